"""What tests of fetching share: a server of our own, and a fetcher that may ask it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ingest.fetch.client import Fetcher
from tests.ingest.servers import Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(allow_private=True, pause=0) as ready:
        yield ready
