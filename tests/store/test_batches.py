"""Several documents in one step: what comes of it is what comes of them one by one."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from records.claim import Claim
from records.document import Reader
from records.errors import SpanMismatchError, StoreError
from store.results import Added
from store.store import Store
from tests.databases import Databases
from tests.store.factory import VERSIONS, document
from tests.store.stories import STORIES, Story, first, second, third


def add(store: Store, run: str, stories: Sequence[Story]) -> list[Added]:
    kept = store.add_captures(run, [one.capture for one in stories])
    read = zip(kept, stories, strict=True)
    return store.add_documents(run, [(k.capture, one.document, one.mentions) for k, one in read])


def again(one: Story) -> Story:
    """The same bytes as another reader has them, without the first mention."""
    return one._replace(
        document=replace(one.document, reader=Reader("plain", "2")), mentions=one.mentions[1:]
    )


def outcome(databases: Databases, batches: Sequence[Sequence[Story]]) -> list[Claim]:
    place = databases.new()
    with Store.open(place, create=True) as store:
        run = store.start_run(VERSIONS)
        for batch in batches:
            add(store, run, batch)
        store.end_run(run, {})
        assert store.audit().outcome == "proven"
        return list(store.all_claims())


@pytest.mark.parametrize("size", [2, 3, 8])
def test_batches_make_the_same_claims(databases: Databases, size: int) -> None:
    made = [make() for make in STORIES]
    stories = [*made, *map(again, made)]
    batches = [stories[start : start + size] for start in range(0, len(stories), size)]
    if size > len(made):
        batches = [made, stories[len(made) :]]
    assert outcome(databases, batches) == outcome(databases, [[one] for one in stories])


def test_each_document_of_a_batch_says_what_it_added(store: Store) -> None:
    run = store.start_run(VERSIONS)
    assert add(store, run, [first(), second(), third()]) == [
        Added("d1", 5, 4, 1, replaced=False),
        Added("d2", 3, 0, 3, replaced=False),
        Added("d3", 3, 3, 0, replaced=False),
    ]
    newer = again(second())
    assert add(store, run, [first(), newer]) == [
        Added("d1", 5, 0, 5, replaced=False),
        Added("d2", 2, 0, 2, replaced=True),
    ]
    told = [entry.what for entry in store.log(None, None, None) if entry.type == "document"]
    assert told == [
        "d2 was read, 2 mentions",
        "d3 was read, 3 mentions",
        "d2 was read, 3 mentions",
        "d1 was read, 5 mentions",
    ]


def test_a_batch_is_stored_wholly_or_not_at_all(store: Store) -> None:
    run = store.start_run(VERSIONS)
    moved = replace(second().document, text=f"x{second().document.text}")
    with pytest.raises(SpanMismatchError):
        add(store, run, [first(), second()._replace(document=moved)])
    assert store.counts().documents == 0
    kept = store.add_capture(run, third().capture)
    one = (kept, document(kept), third().mentions)
    with pytest.raises(StoreError, match="one after the other"):
        store.add_documents(run, [one, one])
    assert store.counts().documents == 0
