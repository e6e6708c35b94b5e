"""Taking a run back: as if it had never been, and said so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given as given_by
from hypothesis import settings
from hypothesis import strategies as st

from records.errors import ClaimNotFoundError, StoreError
from store.question import parse
from store.store import Store
from tests.databases import Databases
from tests.store.factory import VERSIONS, document, given
from tests.store.stories import Story, fill, first, fourth, give, release, second, third
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


def named(story: Story, source: str) -> Story:
    return story._replace(capture=replace(story.capture, source=source))


def test_what_another_run_found_unchanged_stays_with_its_ids(store: Store) -> None:
    gone = give(store, [first(), second()])
    before, ids = by_content(store), [one.id for one in store.document("d1").mentions]
    again = give(store, [first()])
    undone = store.undo(gone)
    assert (undone.documents, undone.kept) == (("d2",), ("d1",))
    assert [one.id for one in store.document("d1").mentions] == ids
    assert store.state_of(first().capture) == "done"
    assert store.audit().findings == ()
    assert store.undo(again).documents == ("d1",)
    assert store.counts().documents == 0
    give(store, [first(), second()])
    assert by_content(store) == before
    assert store.audit().findings == ()


def test_what_another_run_found_under_another_name_stays_under_that_alone(store: Store) -> None:
    gone = give(store, [first()])
    give(store, [named(first(), "copy.txt")])
    assert store.undo(gone).kept == ("d1",)
    assert store.document("d1").sources == ("copy.txt",)
    assert store.document("d1").document.source == "copy.txt"
    assert store.audit().findings == ()


def test_what_might_read_otherwise_under_the_name_that_is_left_is_read_again(store: Store) -> None:
    gone = give(store, [first()])
    other = named(first(), "copy.md")
    give(store, [other])
    assert store.undo(gone).documents == ("d1",)
    assert store.state_of(other.capture) == "pending"
    give(store, [other])
    assert store.document("d2").sources == ("copy.md",)
    assert store.audit().findings == ()


def test_an_older_reading_that_another_run_found_counts_again(store: Store) -> None:
    runs = [give(store, [first()]), give(store, [first()])]
    before = by_content(store)
    newer = fill(store, [replace_mentions(first())])
    assert store.undo(runs[0]).kept == ()
    assert store.undo(newer).restored == ("d1",)
    assert by_content(store) == before
    assert store.audit().findings == ()
    store.undo(runs[1])
    assert store.counts().documents == 0


GIVEN = st.lists(
    st.tuples(st.sampled_from([first, second, fourth, release]), st.sampled_from(["", "copy-"])),
    min_size=1,
    max_size=2,
)


@pytest.fixture(scope="module")
def empty(databases: Databases) -> str:
    """A store with nothing in it, which takes long to make."""
    place = databases.new()
    Store.open(place, create=True).close()
    return place


@settings(max_examples=8)
@given_by(runs=st.lists(GIVEN, min_size=2, max_size=3), data=st.data())
def test_runs_taken_back_in_any_order_might_never_have_been(
    databases: Databases,
    empty: str,
    runs: list[list[tuple[Callable[[], Story], str]]],
    data: st.DataObject,
) -> None:
    stories = [
        [named(make(), before + make().capture.source) for make, before in run] for run in runs
    ]
    gone = data.draw(st.lists(st.sampled_from(range(len(runs))), unique=True, min_size=1))
    places = databases.copy(empty), databases.copy(empty)
    with Store.open(places[0]) as store:
        names = [give(store, run) for run in stories]
        for number in gone:
            store.undo(names[number])
        told = by_content(store), sources(store)
        assert store.audit().findings == ()
    with Store.open(places[1]) as store:
        for run in (run for number, run in enumerate(stories) if number not in gone):
            give(store, run)
        assert (by_content(store), sources(store)) == told
    for place in places:
        databases.drop(place)


def sources(store: Store) -> set[frozenset[str]]:
    return {frozenset(stored.sources) for stored in store.documents()}


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
