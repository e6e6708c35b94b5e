"""What must hold for any documents: order, partition, gates, and grouping bit by bit."""

from __future__ import annotations

import random
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.dedup import index, partition
from store.dedup.at_once import edges
from store.dedup.batch import Batch
from store.dedup.candidate import Candidate, LocalPot
from store.dedup.decide import Cluster, cluster, clusters
from store.dedup.graph import Edges, closure, components, within_reach
from store.dedup.local import local_pots
from store.dedup.memo import Verdicts
from store.dedup.profile import Key, Profile
from store.dedup.score import score
from store.dedup.verdict import THRESHOLD
from tests.store.dedup.worlds import documents

Documents = list[list[Candidate]]


def pots_of(told: Documents) -> list[LocalPot]:
    return [pot for document in told for pot in local_pots(document)]


def told_by(found: Iterable[Cluster]) -> list[tuple[object, ...]]:
    """All that clusters say: their pots, the mentions of each, and why they are one."""
    return [
        (one.matches, *((pot.key, pot.candidates, pot.matches) for pot in one.members))
        for one in sorted(found, key=lambda one: one.members[0].key)
    ]


@given(documents(), st.randoms(use_true_random=False))
def test_order_makes_no_difference(told: Documents, chance: random.Random) -> None:
    expected = cluster(pots_of(told))
    shuffled = [chance.sample(document, len(document)) for document in told]
    chance.shuffle(shuffled)
    pots = pots_of(shuffled)
    chance.shuffle(pots)
    assert told_by(cluster(pots)) == told_by(expected)


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
        verdicts = [score(one.profile, two.profile) for one, two in combinations(each.members, 2)]
        assert not any(verdict.gate for verdict in verdicts)
        scores = [verdict.score for verdict in verdicts if verdict.comparable]
        if len(each.members) > 1:
            assert scores
            assert max(scores) >= THRESHOLD


@given(documents())
def test_a_score_is_the_same_both_ways_and_the_sum_of_its_reasons(told: Documents) -> None:
    for one, two in combinations(pots_of(told), 2):
        verdict = score(one.profile, two.profile)
        assert score(two.profile, one.profile) == verdict
        assert verdict.score == sum(reason.weight for reason in verdict.reasons)
        assert all(reason.text and reason.weight for reason in verdict.reasons if reason.weight)


@given(documents())
def test_only_pots_within_reach_match(told: Documents) -> None:
    profiles = [pot.profile for pot in pots_of(told)]
    near = set(within_reach(profiles))
    for left, right in combinations(range(len(profiles)), 2):
        verdict = score(profiles[left], profiles[right])
        if (left, right) not in near:
            assert verdict.gate or not verdict.comparable


@given(documents())
def test_no_claim_crosses_a_component(told: Documents) -> None:
    pots = sorted(pots_of(told), key=lambda pot: pot.key)
    profiles = [pot.profile for pot in pots]
    joined = edges(profiles, Batch(profiles)).rows()
    home = {
        pots[place].key: number
        for number, places in enumerate(components(len(pots), joined))
        for place in places
    }
    for each in cluster(pots):
        assert len({home[pot.key] for pot in each.members}) == 1


@given(documents(), st.integers(1, 20))
def test_a_known_verdict_is_the_one_that_was_given(told: Documents, most: int) -> None:
    pots = pots_of(told)
    verdicts = Verdicts(most)
    for one, two in [*combinations(pots, 2)] * 2:
        full = score(one.profile, two.profile)
        bare = verdicts.compare(two.profile, one.profile)
        assert (bare.score, bare.comparable) == (full.score, full.comparable)
        assert (bare.gate is None) == (full.gate is None)


class Shelf:
    """A store as the matcher sees it: pots in lists, grouped again only where they must be."""

    def __init__(self) -> None:
        self.pots: dict[Key, LocalPot] = {}
        self.clusters: dict[Key, Cluster] = {}
        self.lists: dict[int, list[tuple[int, Key]]] = defaultdict(list)
        self.verdicts = Verdicts()

    def around(self, pot: Profile) -> Iterator[tuple[list[LocalPot], list[LocalPot]]]:
        for number in index.lists(pot):
            entries = self.lists[number]
            at = bisect_left(entries, (index.place_of(pot), pot.key))
            end = at + (at < len(entries) and entries[at][1] == pot.key)
            before = [self.pots[key] for _, key in entries[max(0, at - index.WINDOW) : at][::-1]]
            yield before, [self.pots[key] for _, key in entries[end : end + index.WINDOW]]

    def disturbed(self, pot: LocalPot) -> dict[Key, LocalPot]:
        """Pots whose edges change as one comes that is not listed yet, or goes."""
        keys = set()
        for before, after in self.around(pot.profile):
            keys |= {one.key for one in (*before, *after) if self._join(pot, one)}
            for near, one in enumerate(before):
                for other in after[index.WINDOW - 1 - near : index.WINDOW - near]:
                    keys |= {one.key, other.key} if self._join(one, other) else set()
        edges = Edges(self.neighbours, self.verdicts.compare)
        held = [other.key for key in keys for other in edges.held(self.pots[key].profile)]
        return {key: self.pots[key] for key in (*keys, *held)}

    def neighbours(self, pot: Profile) -> Iterator[Profile]:
        for before, after in self.around(pot):
            yield from (other.profile for other in (*before, *after))

    def add(self, document: list[Candidate]) -> None:
        touched: dict[Key, LocalPot] = {}
        for pot in local_pots(document):
            touched |= {**self.disturbed(pot), pot.key: pot}
            self.pots[pot.key] = pot
            for number in index.lists(pot.profile):
                insort(self.lists[number], (index.place_of(pot.profile), pot.key))
        self._group(touched)

    def remove(self, document: list[Candidate]) -> None:
        touched: dict[Key, LocalPot] = {}
        gone = {pot.key: pot for pot in local_pots(document)}
        for pot in gone.values():
            touched |= self.disturbed(self.pots[pot.key])
            for number in index.lists(pot.profile):
                self.lists[number].remove((index.place_of(pot.profile), pot.key))
        for key in gone:
            del self.pots[key]
            self.clusters.pop(key, None)
        self._group({key: pot for key, pot in touched.items() if key not in gone})

    def _join(self, one: LocalPot, other: LocalPot) -> bool:
        return self.verdicts.compare(one.profile, other.profile).joins

    def _group(self, touched: dict[Key, LocalPot]) -> None:
        changed = [pot.profile for pot in touched.values()]
        found, joined = closure(changed, Edges(self.neighbours, self.verdicts.compare))
        again = {profile.key for profile in found}
        kept = {key: one for key, one in self.clusters.items() if key not in again}
        for one in kept.values():
            assert not again & {pot.key for pot in one.members}
        grouped = clusters([self.pots[one.key] for one in found], joined, self.verdicts.compare)
        self.clusters = {**kept, **{one.members[0].key: one for one in grouped}}


@pytest.fixture(params=[(1, 2), (2, 128), (index.WINDOW, 2), (index.WINDOW, 128)])
def window(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """How far a list is looked along: so near that what comes between two pots parts them, too.

    And how many pots hang together before only better edges count.
    """
    monkeypatch.setattr(index, "WINDOW", request.param[0])
    monkeypatch.setattr(partition, "MOST_TOGETHER", request.param[1])


IN_A_WINDOW = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@IN_A_WINDOW
@given(documents(most=6), st.randoms(use_true_random=False))
@pytest.mark.usefixtures("window")
def test_documents_one_by_one_equal_all_at_once(told: Documents, chance: random.Random) -> None:
    shelf = Shelf()
    for document in chance.sample(told, len(told)):
        shelf.add(document)
    assert told_by(shelf.clusters.values()) == told_by(cluster(pots_of(told)))


@IN_A_WINDOW
@given(documents(most=6), st.data())
@pytest.mark.usefixtures("window")
def test_a_document_taken_away_leaves_no_trace(told: Documents, data: st.DataObject) -> None:
    shelf = Shelf()
    for document in told:
        shelf.add(document)
    gone = data.draw(st.integers(0, len(told) - 1))
    shelf.remove(told[gone])
    rest = [document for place, document in enumerate(told) if place != gone]
    assert told_by(shelf.clusters.values()) == told_by(cluster(pots_of(rest)))
