"""Lists: pots that can be one stand in one together, and why others do not is said."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given

from store.dedup import index
from store.dedup.candidate import Candidate, LocalPot
from store.dedup.figure import meeting
from store.dedup.local import local_pots
from tests.store.dedup.told import candidates
from tests.store.dedup.worlds import documents


def pot(text: str, quote: str, value: str | None, **fields: Any) -> LocalPot:
    (found,) = local_pots(
        candidates({"text": text, "mentions": [{"quote": quote, "value": value, **fields}]})
    )
    return found


ROOFS = pot("The trust got £1m for roofs.", "£1m", "1000000", purpose="roofs")
DESKS = pot("The trust got £1m for desks.", "£1m", "1000000", purpose="desks")
MORE_ROOFS = pot("The trust got £8m for roofs.", "£8m", "8000000", purpose="roofs")
SLATES = pot("Slates and roofs need £1m.", "£1m", "1000000", purpose="Slates and roofs")
VAGUE = pot("The trust got millions for roofs.", "millions", None, purpose="roofs")


@pytest.mark.parametrize(
    ("left", "right", "words"),
    [
        (ROOFS, SLATES, ""),
        (ROOFS, DESKS, "they share no word, and their documents no other figure"),
        (ROOFS, MORE_ROOFS, "their amounts are not equal, and they share too little"),
        (ROOFS, VAGUE, "an amount is vague"),
    ],
    ids=["together", "no-word", "another-amount", "vague"],
)
def test_what_keeps_pots_out_of_one_list_is_said(
    left: LocalPot, right: LocalPot, words: str
) -> None:
    for one, other in ((left, right), (right, left)):
        found = index.apart_by(one.profile, other.profile)
        assert found.startswith(words)
        assert bool(found) == bool(words)


@given(documents())
def test_equal_amounts_with_a_word_in_common_share_a_list(told: list[list[Candidate]]) -> None:
    profiles = [one.profile for document in told for one in local_pots(document)]
    for left, right in combinations(profiles, 2):
        met = [meeting(a, b) for a in left.figures for b in right.figures]
        if any(one and one.how == "same" for one in met) and set(left.topic.stems).intersection(
            right.topic.stems
        ):
            assert not set(index.lists(left)).isdisjoint(index.lists(right))


def test_places_are_in_the_order_of_days() -> None:
    story = {"text": "A sum of £1m.", "mentions": [{"quote": "£1m", "value": "1000000"}]}
    days = [date(2024, 3, 1), date(2024, 3, 2), date(2025, 1, 1)]
    dated = [candidates({**story, "published": day}) for day in days]
    places = [index.place_of(local_pots(one)[0].profile) for one in [candidates(story), *dated]]
    assert places == sorted(places)
    assert max(places) < 2**63
