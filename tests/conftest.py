"""What tests of every room share: the same draws every time, and a store on both databases."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.databases import Databases, Files, Server
from tests.readers import SpareReaders

# A change is held to what the last one was, and to no clock. To look for what nobody has thought
# of, draw anew: scripts/test --hypothesis-profile search
_NO_CLOCK = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", _NO_CLOCK, derandomize=True)
settings.register_profile("search", _NO_CLOCK)
settings.load_profile("same")


@pytest.fixture(scope="session", autouse=True)
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A data folder for tests alone: heads of stores on servers are kept there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> str:
    """The kind of database under the store."""
    return str(request.param)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server to make databases on."""
    made = Server()
    yield made
    made.clear()


@pytest.fixture(scope="session")
def databases(
    backend: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Databases:
    """Where stores of one kind of database can be made."""
    if backend == "sqlite":
        return Files(tmp_path_factory.mktemp("stores"))
    made: Server = request.getfixturevalue("server")
    return made


@pytest.fixture
def place(databases: Databases) -> Iterator[str]:
    """A place for an empty store of a test's own."""
    made = databases.new()
    yield made
    databases.drop(made)


@pytest.fixture(scope="session")
def spare() -> Iterator[SpareReaders]:
    """Reading processes that tests have left."""
    with SpareReaders() as kept:
        yield kept
