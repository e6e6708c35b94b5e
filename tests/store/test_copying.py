"""Copying a store: the same in another place, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from records.errors import NoStoreError, NotAStoreError, StoreReadOnlyError
from store import copying
from store.question import parse
from store.store import Store
from tests.databases import Databases, Server, dump
from tests.store.factory import VERSIONS
from tests.store.stories import fill, fourth


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A place of either kind where nothing is."""
    if request.param == "sqlite":
        yield str(tmp_path / "copy" / "a.db")
        return
    server: Server = request.getfixturevalue("server")
    made = server.empty()
    yield made
    server.drop(made)


def is_empty(place: str) -> bool:
    with pytest.raises(NoStoreError):
        Store.open(place)
    return "://" in place or not list(Path(place).parent.iterdir())


@pytest.mark.parametrize("at_once", [1, 500])
def test_a_copy_says_what_the_store_says(
    everything: str, target: str, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "ROWS", at_once)
    monkeypatch.setattr(copying, "BODIES", at_once)
    with Store.open(everything, read_only=True) as store:
        store.copy_to(target)
    assert dump(target) == dump(everything)
    with Store.open(target) as copy, Store.open(everything, read_only=True) as store:
        assert list(copy.all_claims()) == list(store.all_claims())
        assert copy.audit().findings == ()
        checked, before = (
            # Of a file the index is checked; a server's is on the rows themselves.
            {name: number for name, number in one.audit().checked.items() if "index" not in name}
            for one in (copy, store)
        )
        assert checked == {**before, "heads": 1}  # it has the last of them
        assert copy.head() == store.head()
        asked = parse("NHS -for:roads")
        assert copy.find_claims(asked) == store.find_claims(asked)
        assert copy.find_claims(asked).claims
        fill(copy, [fourth()])  # it goes on as the store would
        assert copy.audit().findings == ()


def test_what_is_there_is_left_alone(everything: str, databases: Databases) -> None:
    other = databases.new()
    with Store.open(other, create=True) as store:
        store.start_run(VERSIONS)
    before = dump(other)
    with Store.open(everything) as store:
        for place in (other, everything):
            with pytest.raises(NotAStoreError, match="not empty"):
                store.copy_to(place)
    assert dump(other) == before


def test_a_copy_that_is_cut_off_leaves_nothing(
    everything: str, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> int:
        raise KeyboardInterrupt

    with Store.open(everything) as store:
        with monkeypatch.context() as patch:
            patch.setattr(copying, "_size", interrupt)  # all rows are written by then
            with pytest.raises(KeyboardInterrupt):
                store.copy_to(target)
        assert is_empty(target)
        store.copy_to(target)
    assert dump(target) == dump(everything)


def test_where_nothing_can_be_made_it_is_said(everything: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with (
        Store.open(everything) as store,
        pytest.raises(StoreReadOnlyError, match="no store can be"),
    ):
        store.copy_to(str(tmp_path / "file" / "a.db"))
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]
