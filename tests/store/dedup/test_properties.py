"""What must hold for any documents: order, partition, gates, and grouping bit by bit."""

from __future__ import annotations

import random
from collections.abc import Iterable
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from store.dedup.block import closure, components, reach, within_reach
from store.dedup.candidate import Candidate, Key, LocalPot
from store.dedup.decide import Cluster, cluster
from store.dedup.local import local_pots
from store.dedup.memo import Verdicts
from store.dedup.score import score
from store.dedup.verdict import THRESHOLD
from tests.store.dedup.told import claims_found
from tests.store.dedup.worlds import documents

Documents = list[list[Candidate]]


def pots_of(told: Documents) -> list[LocalPot]:
    return [pot for document in told for pot in local_pots(document)]


def keys(found: Iterable[Cluster]) -> list[tuple[tuple[Key, ...], int]]:
    return [(tuple(pot.key for pot in one.members), len(one.matches)) for one in found]


@given(documents(), st.randoms(use_true_random=False))
def test_order_makes_no_difference(told: Documents, chance: random.Random) -> None:
    expected = cluster(pots_of(told))
    shuffled = [chance.sample(document, len(document)) for document in told]
    chance.shuffle(shuffled)
    pots = pots_of(shuffled)
    chance.shuffle(pots)
    assert cluster(pots) == expected


@given(documents())
def test_every_mention_is_in_exactly_one_claim(told: Documents) -> None:
    clusters = cluster(pots_of(told))
    found = [one.key for each in clusters for pot in each.members for one in pot.candidates]
    assert sorted(found) == sorted(one.key for document in told for one in document)
    for each in clusters:
        linked = {key for match in each.matches for key in (match.left, match.right)}
        members = {one.key for pot in each.members for one in pot.candidates}
        assert len(each.matches) == len(members) - 1
        assert linked == (members if len(members) > 1 else set())


@given(documents())
def test_no_gate_stands_inside_a_claim_and_no_weak_link_joins_one(told: Documents) -> None:
    for each in cluster(pots_of(told)):
        verdicts = [score(one, two) for one, two in combinations(each.members, 2)]
        assert not any(verdict.gate for verdict in verdicts)
        scores = [verdict.score for verdict in verdicts if verdict.comparable]
        if len(each.members) > 1:
            assert scores
            assert max(scores) >= THRESHOLD


@given(documents())
def test_a_score_is_the_same_both_ways_and_the_sum_of_its_reasons(told: Documents) -> None:
    for one, two in combinations(pots_of(told), 2):
        verdict = score(one, two)
        assert score(two, one) == verdict
        assert verdict.score == sum(reason.weight for reason in verdict.reasons)
        assert all(reason.text and reason.weight for reason in verdict.reasons if reason.weight)


@given(documents())
def test_only_pots_within_reach_match(told: Documents) -> None:
    pots = pots_of(told)
    near = set(within_reach(pots))
    for left, right in combinations(range(len(pots)), 2):
        verdict = score(pots[left], pots[right])
        if (left, right) not in near:
            assert verdict.gate or not verdict.comparable


@given(documents())
def test_no_claim_crosses_a_component(told: Documents) -> None:
    pots = sorted(pots_of(told), key=lambda pot: pot.key)
    home = {
        pots[place].key: number
        for number, places in enumerate(components(pots, score))
        for place in places
    }
    for each in cluster(pots):
        assert len({home[pot.key] for pot in each.members}) == 1


@given(documents(), st.integers(1, 20))
def test_a_known_verdict_is_the_one_that_was_given(told: Documents, most: int) -> None:
    pots = pots_of(told)
    verdicts = Verdicts(most)
    for one, two in [*combinations(pots, 2)] * 2:
        full, bare = score(one, two), verdicts.judge(two, one)
        assert (bare.score, bare.comparable) == (full.score, full.comparable)
        assert (bare.gate is None) == (full.gate is None)
        assert verdicts.explain(one, two) == full


class Shelf:
    """A store as the matcher sees it: pots, and clusters grouped again only where they must be."""

    def __init__(self) -> None:
        self.pots: dict[Key, LocalPot] = {}
        self.clusters: dict[Key, Cluster] = {}
        self.verdicts = Verdicts()

    def neighbours(self, pot: LocalPot) -> list[LocalPot]:
        return [
            other
            for other in self.pots.values()
            if any(
                a[:2] == b[:2] and a.low <= b.high and b.low <= a.high
                for a in reach(pot)
                for b in reach(other)
            )
        ]

    def add(self, document: list[Candidate]) -> None:
        new = local_pots(document)
        self.pots.update({pot.key: pot for pot in new})
        self._group(closure(new, self.neighbours, self.verdicts.judge))

    def remove(self, document: list[Candidate]) -> None:
        old = {pot.key for pot in local_pots(document)}
        touched = closure([self.pots[key] for key in old], self.neighbours, self.verdicts.judge)
        for key in old:
            del self.pots[key]
            self.clusters.pop(key, None)
        self._group([pot for pot in touched if pot.key not in old])

    def _group(self, touched: list[LocalPot]) -> None:
        again = {pot.key for pot in touched}
        kept = {key: one for key, one in self.clusters.items() if key not in again}
        for one in kept.values():
            assert not again & {pot.key for pot in one.members}
        self.clusters = {
            **kept,
            **{one.members[0].key: one for one in cluster(touched, self.verdicts)},
        }


@settings(deadline=None)
@given(documents(most=6), st.randoms(use_true_random=False))
def test_documents_one_by_one_equal_all_at_once(told: Documents, chance: random.Random) -> None:
    shelf = Shelf()
    for document in chance.sample(told, len(told)):
        shelf.add(document)
    expected = cluster(pots_of(told))
    found = sorted(shelf.clusters.values(), key=lambda one: one.members[0].key)
    assert keys(found) == keys(expected)
    assert found == expected


@settings(deadline=None)
@given(documents(most=6), st.data())
def test_a_document_taken_away_leaves_no_trace(told: Documents, data: st.DataObject) -> None:
    shelf = Shelf()
    for document in told:
        shelf.add(document)
    gone = data.draw(st.integers(0, len(told) - 1))
    shelf.remove(told[gone])
    rest = [document for place, document in enumerate(told) if place != gone]
    assert claims_found(list(shelf.clusters.values())) == claims_found(cluster(pots_of(rest)))
