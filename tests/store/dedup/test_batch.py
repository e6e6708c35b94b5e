"""Pots by the thousand: the same lists, pairs and scores as one by one."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given

from corpus.telling import Told, single_mentions, stories
from store.dedup import index
from store.dedup.at_once import edges
from store.dedup.batch import NEVER, Batch
from store.dedup.candidate import Candidate
from store.dedup.columns import Columns
from store.dedup.decide import grouped, matched
from store.dedup.listed import listed
from store.dedup.local import local_pots
from store.dedup.profile import Profile
from store.dedup.score import score
from store.dedup.vocabulary import slips
from tests.store.dedup.made_up import candidates
from tests.store.dedup.worlds import documents


def told_by(told: Iterable[list[Candidate]]) -> list[Profile]:
    found = [pot.profile for document in told for pot in local_pots(document)]
    return sorted(found, key=lambda pot: pot.key)


def made_up(stories: Iterable[Told]) -> list[Profile]:
    told = ([one for one, _ in candidates(at, each)] for at, each in enumerate(stories))
    return told_by(told)


def check_scores(pots: list[Profile]) -> float:
    """Hold the scores of all pairs against the full ones; return the share of exact ones."""
    pairs = list(combinations(range(len(pots)), 2))
    left, right = (np.array([pair[side] for pair in pairs], np.int64) for side in (0, 1))
    most, exact = Batch(pots).scores(left, right)
    for (one, other), least, sure in zip(pairs, most.tolist(), exact.tolist(), strict=True):
        verdict = score(pots[one], pots[other])
        open_ = verdict.gate is None and verdict.comparable
        expected = verdict.score if open_ else NEVER
        assert expected == least if sure else expected <= least
    return float(exact.sum()) / max(len(pairs), 1)


@given(documents(most=6))
def test_no_score_is_missed(told: list[list[Candidate]]) -> None:
    check_scores(told_by(told))


@pytest.fixture(scope="module")
def single_pots() -> list[Profile]:
    return made_up(single_mentions(seed=5, count=300, block=300))


def test_most_scores_of_single_mentions_are_exact(single_pots: list[Profile]) -> None:
    assert check_scores(single_pots) > 0.95


def test_scores_of_whole_stories() -> None:
    check_scores(made_up(stories(seed=2, documents=40)))


@given(documents(most=6))
def test_lists_of_many_pots_are_those_of_each(told: list[list[Candidate]]) -> None:
    check_lists(told_by(told))


def test_lists_of_single_mentions(single_pots: list[Profile]) -> None:
    check_lists(single_pots)


def check_lists(pots: list[Profile]) -> None:
    order = sorted(range(len(pots)), key=lambda place: index.place_of(pots[place]))
    found = [
        (place, code)
        for codes, places in listed(pots, Columns(pots))
        for code, place in zip(codes.tolist(), places.tolist(), strict=True)
    ]
    each = [(place, code) for place in order for code in index.lists(pots[place])]
    assert sorted(found) == sorted(each)
    assert list(dict.fromkeys(place for place, _ in found)) == [
        place for place in order if index.lists(pots[place])
    ]


@given(documents(most=6))
def test_groups_of_many_pots_are_those_found_pair_by_pair(told: list[list[Candidate]]) -> None:
    check_groups(told_by(told))


def test_groups_of_single_mentions(single_pots: list[Profile]) -> None:
    check_groups(single_pots)


def check_groups(pots: list[Profile]) -> None:
    joined = edges(pots, Batch(pots)).rows()
    assert matched(pots) == grouped(pots, joined)


@pytest.mark.parametrize(
    ("stems", "classes"),
    [
        (["dentistry", "dentisty", "hospital"], [0, 0, 1]),
        (["hospital", "hospital"], [0, 0]),
        (["care", "cars"], [0, 1]),
        ([], []),
    ],
    ids=["a-slip", "the-same", "too-short-to-tell", "nothing"],
)
def test_words_that_may_be_one_are_of_one_class(stems: list[str], classes: list[int]) -> None:
    found = slips(stems).classes.tolist()
    assert [found.index(one) for one in found] == [classes.index(one) for one in classes]
