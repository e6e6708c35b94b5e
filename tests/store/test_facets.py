"""What is counted beside a list is what the list would come to with one more term."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from store.facets import narrowed
from store.question import parse
from store.question_text import question_text
from store.store import Store
from tests.store.language import fill_all

QUESTIONS = (
    *("", "kind:funding", "amount:>1m OR who:treasury", "kind:funding sort:said"),
    *("(amount:>1m OR who:treasury) sort:said", "-kind:funding", "said:1066"),
)


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    with Store.open(place, create=True) as made:
        fill_all(made)
        yield made


def test_every_count_is_that_of_the_question_with_its_term(store: Store) -> None:
    for text in QUESTIONS:
        question = parse(text)
        summary = store.summary(question)
        assert summary is not None
        assert bool(summary.facets) == bool(store.count_claims(question))
        for facet in summary.facets:
            more = narrowed(question, facet.term)
            assert store.count_claims(more) == facet.claims, (text, facet)
            assert parse(question_text(more)).condition == more.condition
        assert summary.totals == store.totals(question)


def test_a_long_list_is_not_added_up(store: Store) -> None:
    number = store.count_claims(parse(""))
    assert store.summary(parse(""), number - 1) is None
    assert store.summary(parse(""), number) == store.summary(parse(""))
    assert store.has_more_than(number - 1, parse(""))
    assert not store.has_more_than(number, parse(""))


def test_an_edition_changes_with_every_change(store: Store) -> None:
    before = store.edition()
    assert store.edition() == before
    store.start_run({"earmark": "0"})
    assert store.edition() != before


def test_documents_are_listed_a_page_at_a_time(store: Store) -> None:
    names = [one.id for one in store.documents()]
    found: list[str] = []
    while page := store.list_documents(2, int(found[-1][1:]) if found else 0):
        found += [one.id for one in page]
    assert found == names
    whole = {one.id: one for one in store.list_documents(len(names))}
    for one in store.documents():
        listed = whole[one.id]
        assert (listed.mentions, listed.sha256) == (len(one.mentions), one.document.sha256)
        assert listed.partial == bool(one.document.gaps)
