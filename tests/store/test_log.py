"""The ledger in words."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from records.errors import ClaimNotFoundError
from store.ledger import TYPES
from store.log import WORDS, LogEntry
from store.store import Store
from store.tables import ledger
from tests.databases import Databases, behind_its_back, unguarded
from tests.store.factory import VERSIONS, capture


@pytest.fixture(scope="module")
def told(everything: str) -> list[LogEntry]:
    with Store.open(everything, read_only=True) as store:
        return list(store.log(None, None, None))


def test_every_entry_is_told_the_newest_first(everything: str, told: list[LogEntry]) -> None:
    with Store.open(everything, read_only=True) as store:
        assert [one.number for one in told] == list(range(store.head().size, 0, -1))
    assert {one.type for one in told} <= set(TYPES)
    assert all(one.what and one.what != one.type and one.at.endswith("Z") for one in told)
    assert not any("cannot be read" in one.what for one in told)
    assert told[-1].what == "the store was made by Earmark 0.1.0"


def test_every_type_has_its_words() -> None:
    assert set(WORDS) == set(TYPES)


def test_a_decision_says_who_and_what(told: list[LogEntry]) -> None:
    decided = [one for one in told if one.type == "decision"]
    assert decided
    for one in decided:
        assert one.by
        assert one.what.startswith("w")
    for one in told:
        if one.type == "decision-undo":
            assert one.by
            assert "was taken back" in one.what


def test_a_range_is_what_lies_in_it(everything: str, told: list[LogEntry]) -> None:
    with Store.open(everything, read_only=True) as store:
        assert list(store.log(None, 3, 5)) == [one for one in told if 3 <= one.number <= 5]
        assert list(store.log(None, None, 2)) == told[-2:]
        assert list(store.log(None, 10**9, None)) == []


@pytest.mark.parametrize(
    ("record", "types"),
    [
        ("m1", {"document", "decision"}),
        ("d1", {"document", "capture"}),
        ("r1", {"run-start", "capture", "document", "run-end"}),
        ("w1", {"decision"}),
        ("c1", {"document"}),
    ],
)
def test_a_record_has_its_history(everything: str, record: str, types: set[str]) -> None:
    with Store.open(everything, read_only=True) as store:
        found = list(store.log(record, None, None))
    assert found
    assert types & {one.type for one in found}
    assert len(found) < 34
    if record == "r1":
        assert all("r1" in one.what or one.type in {"capture", "document"} for one in found)


@pytest.mark.parametrize("record", ["m999", "c999", "d999", "r999", "w999", "x1", "", "m"])
def test_what_never_was_has_no_history(everything: str, record: str) -> None:
    with Store.open(everything, read_only=True) as store, pytest.raises(ClaimNotFoundError):
        list(store.log(record, None, None))


def test_refusals_and_sources_are_named(store: Store) -> None:
    run = store.start_run(VERSIONS)
    store.add_refusal(run, store.add_capture(run, capture("x", "jane.txt")), "a", "it is empty")
    store.end_run(run, {"failed": 1, "added": 0})
    what = [one.what for one in store.log(None, 2, None)]
    assert what == [
        "r1 ended: 1 failed",
        "not read: jane.txt: it is empty",
        "bytes were kept: jane.txt",
        "r1 began with Earmark 0.1.0",
    ]


def test_a_broken_entry_is_said_and_stops_nothing(everything: str, databases: Databases) -> None:
    place = databases.copy(everything)
    with behind_its_back(place) as connection, unguarded(connection):
        connection.execute(update(ledger).where(ledger.c.seq == 3).values(body='{"at": 1}'))
        connection.execute(update(ledger).where(ledger.c.seq == 4).values(body="\x1b["))
    with Store.open(place, read_only=True) as store:
        found = {one.number: one.what for one in store.log(None, None, None)}
    assert "cannot be read" in found[3]
    assert "cannot be read" in found[4]
    assert len(found) == 34
    databases.drop(place)
