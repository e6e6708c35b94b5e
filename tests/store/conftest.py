from collections.abc import Iterator
from pathlib import Path

import pytest

from store.store import Store
from tests.databases import Databases, Server
from tests.store.everything import fill_everything


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A place for a SQLite file: of tests that are about files."""
    return tmp_path / "test.earmark.db"


@pytest.fixture
def database(server: Server) -> Iterator[str]:
    """A PostgreSQL database with an empty store: of tests that are about servers."""
    made = server.new()
    yield made
    server.drop(made)


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    with Store.open(place, create=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def everything(databases: Databases) -> str:
    """A store with something in every table; never write to it."""
    place = databases.new()
    with Store.open(place, create=True) as store:
        fill_everything(store)
    return place
