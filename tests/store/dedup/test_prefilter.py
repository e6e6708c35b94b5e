"""What is passed over has no chance: no pair that joins is left out."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings

from corpus.telling import single_mentions
from store.dedup.candidate import Candidate
from store.dedup.local import local_pots
from store.dedup.prefilter import Prefilter
from store.dedup.profile import Profile
from store.dedup.score import score
from tests.store.dedup.made_up import candidates
from tests.store.dedup.worlds import documents


def passed_over(pots: list[Profile]) -> list[tuple[int, int]]:
    pairs = list(combinations(range(len(pots)), 2))
    left, right = (np.array([pair[side] for pair in pairs], np.int64) for side in (0, 1))
    hopeful = Prefilter(pots).hopeful(left, right)
    return [pair for pair, may in zip(pairs, hopeful.tolist(), strict=True) if not may]


@settings(deadline=None)
@given(documents(most=6))
def test_nothing_that_joins_is_passed_over(told: list[list[Candidate]]) -> None:
    pots = [pot.profile for document in told for pot in local_pots(document)]
    assert not any(score(pots[one], pots[other]).joins for one, other in passed_over(pots))


@pytest.fixture(scope="module")
def single_pots() -> list[Profile]:
    told = enumerate(single_mentions(seed=5, count=400, block=400))
    found = ([one for one, _ in candidates(number, each)] for number, each in told)
    return [pot.profile for document in found for pot in local_pots(document)]


def test_of_equal_amounts_most_are_passed_over(single_pots: list[Profile]) -> None:
    passed = passed_over(single_pots)
    assert len(passed) > 0.7 * len(single_pots) * (len(single_pots) - 1) / 2
    pairs = ((single_pots[one], single_pots[other]) for one, other in passed)
    assert not any(score(*pair).joins for pair in pairs)
