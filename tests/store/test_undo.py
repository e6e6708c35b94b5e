"""Taking a run back: as if it had never been, and said so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from records.errors import ClaimNotFoundError, StoreError
from store.question import parse
from store.store import Store
from tests.databases import Databases
from tests.store.factory import VERSIONS, document, given
from tests.store.stories import fill, first, fourth, second, third
from tests.store.test_store import by_content, replace_mentions


@pytest.mark.parametrize("order", list(permutations([0, 1, 2])))
def test_a_run_taken_back_might_never_have_been(
    databases: Databases, order: tuple[int, ...]
) -> None:
    stories = [first(), second(), third()]
    kept, gone, last = (stories[place] for place in order)
    with Store.open(databases.new(), create=True) as store:
        fill(store, [kept])
        run = fill(store, [gone, fourth()])
        fill(store, [last])
        undone = store.undo(run)
        assert (undone.run, undone.documents, undone.restored) == (run, ("d2", "d3"), ())
        told = by_content(store)
        assert store.audit().findings == ()
    with Store.open(databases.new(), create=True) as store:
        fill(store, [kept, last])
        assert by_content(store) == told


def test_what_was_taken_back_can_be_read_again(store: Store) -> None:
    fill(store, [first(), second()])
    before = by_content(store)
    store.undo(fill(store, [third()]))
    assert by_content(store) == before
    assert store.state_of(third().capture) == "pending"
    fill(store, [third()])
    assert store.state_of(third().capture) == "done"
    assert store.counts().documents == 3
    assert store.audit().findings == ()


def test_a_reading_that_was_replaced_counts_again(store: Store) -> None:
    fill(store, [first(), second()])
    before, ids = by_content(store), [one.id for one in store.document("d1").mentions]
    run = fill(store, [replace_mentions(first())])
    assert by_content(store) != before
    undone = store.undo(run)
    assert (undone.documents, undone.restored) == (("d1",), ("d1",))
    assert by_content(store) == before
    assert [one.id for one in store.document("d1").mentions] == ids
    assert store.audit().findings == ()


def test_what_was_said_in_a_run_that_was_taken_back_was_not_said(store: Store) -> None:
    store.undo(fill(store, [first(given(published=date(2021, 10, 25)))]))
    run = store.start_run(VERSIONS)
    taken = store.add_capture(run, first(given(country="GB")).capture)
    assert taken.given == given(country="GB")
    store.add_document(run, taken, document(taken), first().mentions)
    assert store.document("d2").document.published is None
    assert store.audit().findings == ()


def test_bytes_from_two_addresses_lose_the_one_that_is_taken_back(store: Store) -> None:
    one = first()
    fill(store, [one])
    run = store.start_run(VERSIONS)
    store.add_capture(run, replace(one.capture, source="copy.txt"))
    store.end_run(run, {"unchanged": 1})
    assert store.document("d1").sources == ("news/first.txt", "copy.txt")
    assert store.count_claims(parse("source:copy")) == 4
    store.undo(run)
    assert store.document("d1").sources == ("news/first.txt",)
    assert store.count_claims(parse("source:copy")) == 0
    assert store.audit().findings == ()


def test_bytes_from_two_addresses_are_read_again_under_the_one_that_is_left(store: Store) -> None:
    one = first()
    gone = fill(store, [one])
    run = store.start_run(VERSIONS)
    other = replace(one.capture, source="copy.txt", given=given())
    store.add_capture(run, other)
    store.end_run(run, {"unchanged": 1})
    store.undo(gone)
    assert store.state_of(other) == "pending"
    fill(store, [one._replace(capture=other)])
    assert store.document("d2").sources == ("copy.txt",)
    assert store.audit().findings == ()


def test_of_two_readings_taken_back_in_any_order_neither_counts(databases: Databases) -> None:
    for order in ((0, 1), (1, 0)):
        with Store.open(databases.new(), create=True) as store:
            runs = [fill(store, [first()]), fill(store, [replace_mentions(first())])]
            for place in order:
                store.undo(runs[place])
            assert store.counts().documents == 0
            assert by_content(store) == []
            assert store.audit().findings == ()


def test_the_runs_say_what_was_taken_back(store: Store) -> None:
    one, two = fill(store, [first()]), fill(store, [second()])
    store.undo(one)
    listed = store.runs()
    assert [run.id for run in listed] == [one, two]
    assert listed[0].undone_at is not None
    assert (listed[1].undone_at, listed[1].counts) == (None, {"added": 1})


def test_what_cannot_be_taken_back_is_refused_and_changes_nothing(store: Store) -> None:
    run = fill(store, [first()])
    going = store.start_run(VERSIONS)
    with pytest.raises(ClaimNotFoundError, match="no run r9"):
        store.undo("r9")
    with pytest.raises(StoreError, match="has not ended"):
        store.undo(going)
    store.undo(run)
    entries = store.audit().checked["ledger entries"]
    with pytest.raises(StoreError, match="taken back already"):
        store.undo(run)
    assert store.audit().checked["ledger entries"] == entries


def test_the_audit_names_what_was_taken_back(store: Store) -> None:
    run = fill(store, [first()])
    store.undo(run)
    notes = [note.what for note in store.audit().notes if note.level != "storage"]
    assert notes == [f"its bytes are kept; their document was taken back with {run}"]
