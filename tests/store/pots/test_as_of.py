"""What was known on a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from records.claim import Claim
from store.pots.as_of import known_on
from store.pots.build import build_pots
from store.pots.model import Undated
from store.store import Store
from tests.databases import Databases
from tests.store.pots.told import Told, told
from tests.store.stories import STORIES, Story, fill


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    with Store.open(place, create=True) as opened:
        fill(opened, [story() for story in STORIES])
        yield opened


def facts(claim: Claim) -> Claim:
    """A claim without what depends on the number of other documents."""
    return replace(claim, matches=(), replaced_by=())


@pytest.mark.parametrize("known", [1, 2, 3])
def test_a_store_of_the_documents_of_that_day_says_the_same(
    store: Store, databases: Databases, known: int
) -> None:
    stories: list[Story] = [story() for story in STORIES[:known]]
    published = stories[-1].document.metadata.published
    assert published is not None
    with Store.open(databases.new(), create=True) as then:
        fill(then, stories)
        expected = [facts(claim) for claim in then.all_claims()]
    found = known_on(store.all_claims(), published.value)
    assert [facts(claim) for claim in found] == expected


def test_nothing_was_known_before_the_first_document(store: Store) -> None:
    assert known_on(store.all_claims(), date(2021, 10, 24)) == []


def test_a_revision_counts_from_the_day_on_which_it_was_said() -> None:
    old = told(1, "250m", Told("d1", "2025-03-03"), replaced_by=[2])
    new = told(2, "205m", Told("d2", "2025-09-01"), replaces=[1])
    before = build_pots([old, new], as_of=date(2025, 8, 31))
    after = build_pots([old, new], as_of=date(2025, 9, 1))
    assert [(pot.claim.id, pot.before) for pot in before.pots] == [("c1", ())]
    assert [pot.claim.replaced_by for pot in before.pots] == [()]
    assert [(pot.claim.id, pot.before[0].id) for pot in after.pots] == [("c2", "c1")]


def test_a_relation_counts_from_the_day_on_which_it_was_said() -> None:
    whole = told(1, "10m", Told("d1", "2025-03-03"))
    part = told(2, "4m", Told("d1", "2025-03-03"), Told("d2", "2025-09-01"), part_of=[1])
    assert len(build_pots([whole, part], as_of=date(2025, 3, 3)).pots) == 2
    assert len(build_pots([whole, part], as_of=date(2025, 9, 1)).pots) == 1


def test_documents_without_a_date_are_left_out_and_named() -> None:
    made = [told(1, "10m", Told("d1"), Told("d2", "2025-03-03")), told(2, "4m", Told("d10"))]
    report = build_pots(made, as_of=date(2025, 9, 1))
    assert [(pot.claim.id, pot.said) for pot in report.pots] == [("c1", 1)]
    assert report.undated == (Undated("d1", "d1.txt"), Undated("d10", "d10.txt"))
    assert build_pots(made).undated == ()
    assert build_pots(made, only={"c1"}, as_of=date(2025, 9, 1)).undated == (
        Undated("d1", "d1.txt"),
    )
