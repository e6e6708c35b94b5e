"""Pages by key: together they are the whole answer, and what comes in between moves none."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator

import pytest

from records.errors import CursorError
from store.question import parse
from store.store import Store
from tests.store.language import later, plan
from tests.store.stories import STORIES, fill, whole

ORDERS = ("sort:-amount", "sort:amount", "sort:said", "sort:-said")


@pytest.fixture
def store(store: Store) -> Store:
    fill(store, [make() for make in (*STORIES, whole)])
    return store


def pages(store: Store, text: str, size: int) -> Iterator[list[str]]:
    after: str | None = None
    while True:
        answer = store.find_claims(parse(text), limit=size, after=after)
        yield [claim.id for claim in answer.claims]
        after = answer.next
        if after is None:
            return


def test_pages_together_are_the_answer(store: Store) -> None:
    for order in ORDERS:
        for asked in (order, f"(currency:GBP OR kind:cost) {order}"):
            every = [claim.id for claim in store.find_claims(parse(asked)).claims]
            for size in (1, 2, 5):
                found = list(pages(store, asked, size))
                assert [len(page) for page in found[:-1]] == [size] * (len(found) - 1)
                assert [claim for page in found for claim in page] == every


def test_claims_that_come_in_between_move_no_page(store: Store) -> None:
    for order, add in zip(ORDERS[:2], (plan, later), strict=True):
        every = [claim.id for claim in store.find_claims(parse(order)).claims]
        walk = pages(store, order, 3)
        found = next(walk)
        fill(store, [add()])
        for page in walk:
            found += page
        assert [claim for claim in found if claim in every] == every
        assert len(set(found)) == len(found)


@pytest.mark.parametrize("asked", ["nhs sort:-amount", "sort:said", "-(currency:GBP)"])
def test_a_cursor_fits_its_own_question_and_order_alone(store: Store, asked: str) -> None:
    cursor = store.find_claims(parse(""), limit=1).next
    with pytest.raises(CursorError, match="another question"):
        store.find_claims(parse(asked), after=cursor)


def test_a_cursor_fits_the_question_in_other_words(store: Store) -> None:
    cursor = store.find_claims(parse("amount:>=2bn -nhs"), limit=1).next
    other = parse("amount:>=2,000m NOT (nhs) sort:-amount")
    assert len(store.find_claims(other, after=cursor).claims) == store.count_claims(other) - 1


@pytest.mark.parametrize(
    "cursor",
    ["", "c7", "é", "====", "a" * 5000, *(json.dumps(one) for one in ([], {"a": 1}, [1, 2, 3]))],
)
def test_what_is_no_cursor_is_refused(store: Store, cursor: str) -> None:
    for one in (cursor, base64.urlsafe_b64encode(cursor.encode()).decode()):
        with pytest.raises(CursorError):
            store.find_claims(parse(""), after=one)
