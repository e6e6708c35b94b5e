from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from earmark.web.app import make_app
from earmark.web.site import Site
from earmark.web.stores import Stores

Open = Callable[..., TestClient]
ADDRESS = "http://127.0.0.1"


@pytest.fixture
def browse() -> Iterator[Open]:
    """Ask for pages of a store as a browser does, in this process."""
    opened: list[TestClient] = []

    def open_(place: Path, *, write: bool = False) -> TestClient:
        app = make_app(Site(Stores(str(place)), write=write, token="key"))  # noqa: S106 - of a test
        client = TestClient(app, ADDRESS, raise_server_exceptions=False, follow_redirects=False)
        opened.append(client.__enter__())
        return client

    yield open_
    for client in opened:
        client.__exit__(None, None, None)


@pytest.fixture
def story(browse: Open, read_store: Path) -> TestClient:
    """The pages of the bundled story; nothing is written."""
    return browse(read_store)
