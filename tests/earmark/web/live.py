"""A server on a port of this machine, and a real browser that looks at it."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn

from earmark.web.app import make_app
from earmark.web.site import Site
from earmark.web.stores import Stores

TOKEN = "key-of-a-test"  # noqa: S105 - of a test
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
needs_browser = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium on this machine: apt-get install chromium"
)


@contextmanager
def served(place: Path, *, write: bool = False) -> Iterator[str]:
    """Serve a store, and return the address."""
    listening = socket.create_server(("127.0.0.1", 0))
    site = Site(Stores(str(place)), write=write, token=TOKEN)
    config = uvicorn.Config(make_app(site), log_level="critical", lifespan="on")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(20)
        listening.close()
