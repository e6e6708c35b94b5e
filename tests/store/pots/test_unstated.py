"""Parts that only their sum tells."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.claim import Claim
from store.pots.build import build_pots
from store.pots.model import PotsReport
from tests.store.pots.told import Told, told

HERE, THERE = Told("d1"), Told("d2")


def by_sum(report: PotsReport) -> set[tuple[str, str]]:
    """Return part and whole of every pot that only its sum makes a part."""
    found = set()
    for root in report.pots:
        for branch in root.tree():
            if branch.pot.by_sum:
                assert branch.whole
                found.add((branch.pot.claim.id, branch.whole.claim.id))
    return found


CAPITAL = [told(1, "5.9bn"), told(2, "2.1bn", part_of=[1]), told(3, "2.3bn"), told(4, "1.5bn")]
CASES: dict[str, tuple[list[Claim], set[tuple[str, str]]]] = {
    "what is left of the whole": (CAPITAL, {("c3", "c1"), ("c4", "c1")}),
    "no part stated": (
        [told(1, "5.9bn"), told(2, "3.4bn"), told(3, "2.5bn")],
        {("c2", "c1"), ("c3", "c1")},
    ),
    "the whole said again between": (
        [told(1, "5.9bn", HERE, *[HERE] * 25), told(2, "3.4bn"), told(3, "2.5bn")],
        {("c2", "c1"), ("c3", "c1")},
    ),
    "three of a round whole": (
        [told(1, "9m"), told(2, "4m"), told(3, "3m"), told(4, "2m")],
        {("c2", "c1"), ("c3", "c1"), ("c4", "c1")},
    ),
    "two of a round whole": ([told(1, "2bn"), told(2, "1bn"), told(3, "1bn")], set()),
    "a penny short": ([told(1, "5.9bn"), told(2, "3.4bn"), told(3, "2.4bn")], set()),
    "another sum between": (
        [told(1, "5.9bn"), told(2, "3.4bn"), told(3, "36bn"), told(4, "2.5bn")],
        set(),
    ),
    "another currency": (
        [told(1, "5.9bn"), told(2, "3.4bn"), told(3, "2.5bn", currency="USD")],
        set(),
    ),
    "an open bound between": (
        [told(1, "5.9bn"), told(2, "3.4bn"), told(3, "1bn.."), told(4, "2.5bn")],
        set(),
    ),
    "on top of the whole": (
        [told(1, "5.9bn"), told(2, "3.4bn"), told(3, "2.5bn", in_addition_to=[1])],
        set(),
    ),
    "a part of something else": (
        [told(9, "8bn"), told(1, "5.9bn"), told(2, "3.4bn"), told(3, "2.5bn", part_of=[9])],
        set(),
    ),
    "before the whole": ([told(1, "3.4bn"), told(2, "2.5bn"), told(3, "5.9bn")], set()),
    "in another text": (
        [told(1, "5.9bn"), told(2, "3.4bn", THERE), told(3, "2.5bn", THERE)],
        set(),
    ),
    "in two ways": (
        [
            told(1, "5.9bn", HERE, THERE),
            *(told(2, "3.4bn"), told(3, "2.5bn")),
            *(told(4, "3.8bn", THERE), told(5, "2.1bn", THERE)),
        ],
        set(),
    ),
}


@pytest.mark.parametrize(("claims", "found"), CASES.values(), ids=CASES)
def test_sums_that_follow_a_whole_and_complete_it_are_its_parts(
    claims: list[Claim], found: set[tuple[str, str]]
) -> None:
    assert by_sum(build_pots(claims)) == found
    assert by_sum(build_pots(reversed(claims))) == found


def test_parts_by_their_sum_count_once_and_are_called_so() -> None:
    (whole,) = build_pots(CAPITAL).pots
    assert whole.check
    assert whole.check.words == "parts add up: 2.3 + 2.1 + 1.5 = 5.9"
    assert [(part.claim.id, part.by_sum) for part in whole.parts] == [
        ("c3", True),
        ("c2", False),
        ("c4", True),
    ]
    assert build_pots(CAPITAL).totals[0].distinct == Decimal("5.9e9")
    (asked,) = build_pots(CAPITAL, only=["c1"]).pots
    assert len(asked.parts) == len(whole.parts)


@st.composite
def texts(draw: st.DrawFn) -> list[Claim]:
    """Draw a few claims of small sums, said in one text or two and related at random."""
    size = draw(st.integers(2, 7))
    numbers = st.integers(1, size)
    made = []
    for number in range(1, size + 1):
        facts: dict[str, Any] = {}
        if draw(st.booleans()):
            facts["part_of"] = [draw(numbers)]
        by = draw(st.lists(st.sampled_from([HERE, THERE]), min_size=1, max_size=2))
        made.append(told(number, f"{draw(st.integers(1, 30))}m", *by, **facts))
    return made


@given(texts())
def test_every_claim_stays_in_one_tree_and_a_completed_whole_adds_up(claims: list[Claim]) -> None:
    report = build_pots(claims)
    assert sorted(pot.claim.id for pot in report.every()) == sorted(one.id for one in claims)
    for pot in report.every():
        if any(part.by_sum for part in pot.parts):
            assert pot.check
            assert pot.check.verdict == "adds up"
            assert not pot.check.others
    assert by_sum(build_pots(claims[::-1])) == by_sum(report)
