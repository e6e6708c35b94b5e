"""What people decided holds, whatever matching would find, and in whatever order it comes."""

from __future__ import annotations

import random
from itertools import combinations
from typing import NamedTuple

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from records.errors import DecisionConflictError
from store.dedup.candidate import Candidate
from store.dedup.decide import Cluster, cluster
from store.dedup.decisions import Decisions, Pair
from store.dedup.local import local_pots
from store.dedup.profile import Key
from tests.store.dedup.told import claims_found
from tests.store.dedup.worlds import documents

Documents = list[list[Candidate]]


class Decided(NamedTuple):
    told: Documents
    same: list[Pair]
    different: list[Pair]


@st.composite
def decided(draw: st.DrawFn) -> Decided:
    """Documents, and some decisions about their mentions that do not contradict each other."""
    told = draw(documents(most=4))
    keys = sorted(one.key for document in told for one in document)
    pairs = list(combinations(keys, 2))
    assume(pairs)
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=5, unique=True))
    cut = draw(st.integers(0, len(chosen)))
    same, different = chosen[:cut], chosen[cut:]
    try:
        Decisions(same, different)
    except DecisionConflictError:
        assume(False)  # noqa: FBT003 - hypothesis takes it so
    return Decided(told, same, different)


def found(told: Documents, decisions: Decisions) -> list[Cluster]:
    return cluster([pot for one in told for pot in local_pots(one, decisions)], decisions)


def homes(claims: list[Cluster]) -> dict[Key, int]:
    return {key: number for number, keys in enumerate(claims_found(claims)) for key in keys}


@given(decided())
def test_decisions_hold(case: Decided) -> None:
    home = homes(found(case.told, Decisions(case.same, case.different)))
    assert all(home[one] == home[other] for one, other in case.same)
    assert all(home[one] != home[other] for one, other in case.different)


@given(decided())
def test_every_mention_still_is_in_one_claim_with_reasons(case: Decided) -> None:
    claims = found(case.told, Decisions(case.same, case.different))
    assert sorted(homes(claims)) == sorted(one.key for document in case.told for one in document)
    for each in claims:
        members = {one.key for pot in each.members for one in pot.candidates}
        linked = {key for match in each.matches for key in (match.left, match.right)}
        assert len(each.matches) == len(members) - 1
        assert linked == (members if len(members) > 1 else set())


@given(decided(), st.randoms(use_true_random=False))
def test_the_order_of_decisions_makes_no_difference(case: Decided, chance: random.Random) -> None:
    expected = claims_found(found(case.told, Decisions(case.same, case.different)))
    same = [pair[::-1] for pair in chance.sample(case.same, len(case.same))]
    different = chance.sample(case.different, len(case.different))
    told = chance.sample(case.told, len(case.told))
    assert claims_found(found(told, Decisions(same, different))) == expected


@given(documents(most=4))
def test_no_decision_changes_nothing(told: Documents) -> None:
    assert claims_found(found(told, Decisions())) == claims_found(
        cluster([pot for one in told for pot in local_pots(one)])
    )


A, B, C, D = ((letter * 64, 7) for letter in "abcd")


@pytest.mark.parametrize(
    ("same", "different"),
    [
        ([(A, B)], [(B, A)]),
        ([(A, B), (B, C)], [(A, C)]),
        ([(A, B), (C, D), (D, B)], [(A, C)]),
    ],
    ids=["at-once", "by-a-third", "by-a-chain"],
)
def test_a_contradiction_is_an_error(same: list[Pair], different: list[Pair]) -> None:
    with pytest.raises(DecisionConflictError, match=r"contradict each other.*take one"):
        Decisions(same, different)


def test_what_is_the_same_shares_what_is_different() -> None:
    decisions = Decisions([(A, B)], [(B, C)])
    assert decisions.party(A) == decisions.party(B)
    assert decisions.party(D) is None
    left, right = decisions.party(A), decisions.party(C)
    assert left
    assert right
    assert decisions.differ(left, right)
    assert decisions.differ(right, left)
