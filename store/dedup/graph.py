"""Edges between pots, and what hangs together by them.

An edge joins two pots that are compared and whose score reaches the threshold. One under `SURE`
counts only where neither of the two has a better one, or one of them has none: so many pots that
are a little alike do not hang together in thousands. Groups of pots never cross the components of
this graph, so a change touches the components around it and nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

from store.dedup.profile import Key, Profile
from store.dedup.verdict import Verdict
from store.dedup.words import rate_key

Pair = tuple[int, int]
Edge = tuple[int, int, int]
"""Two places, earlier first, and the score that joins them."""
Compare = Callable[[Profile, Profile], Verdict]
Neighbours = Callable[[Profile], Iterable[Profile]]
SURE = 60
"""Score from which an edge counts, whatever other edges its pots have."""


class Edges:
    """The edges of pots, each pot's worked out when it is first asked for."""

    def __init__(self, neighbours: Neighbours, compare: Compare) -> None:
        """Know nothing yet.

        Args:
            neighbours: Returns every pot, of any document, that is compared with a pot, or the same
                by decision.
            compare: As `store.dedup.score.score` does.
        """
        self._neighbours, self._compare = neighbours, compare
        self._scores: dict[Key, dict[Key, int]] = {}
        self._same: dict[Key, list[Profile]] = {}
        self.pots: dict[Key, Profile] = {}

    def of(self, pot: Profile) -> Iterator[tuple[Profile, int]]:
        """Yield the other ends of a pot's edges that count, with their scores."""
        best = self._best(pot)
        for key, score in self._scores[pot.key].items():
            other = self.pots[key]
            if score >= SURE or score == best or score == self._best(other):
                yield other, score

    def same(self, pot: Profile) -> list[Profile]:
        """Return the pots that are the same as one by decision."""
        self._best(pot)
        return self._same[pot.key]

    def held(self, pot: Profile) -> list[Profile]:
        """Return the other ends of edges that may count for being the best of a pot."""
        best = self._best(pot)
        scores = self._scores[pot.key]
        return [self.pots[key] for key, score in scores.items() if score == best < SURE]

    def _best(self, pot: Profile) -> int:
        """Return the score of a pot's best edge, 0 where it has none."""
        scores = self._scores.get(pot.key)
        if scores is None:
            scores, same = {}, []
            for other in self._neighbours(pot):
                self.pots[other.key] = other
                if pot.party is not None and pot.party == other.party:
                    same.append(other)
                elif (verdict := self._compare(pot, other)).joins:
                    scores[other.key] = verdict.score
            self._scores[pot.key], self._same[pot.key] = scores, same
        return max(scores.values(), default=0)


def closure(changed: Iterable[Profile], every: Edges) -> tuple[list[Profile], list[Edge]]:
    """Return every pot that must be grouped again when some pots come or go, and their edges.

    Args:
        changed: The pots that come, and those with an edge that comes, goes, counts or counts no
            more because of what comes or goes.
        every: The edges as they are with what has come and without what has gone.

    Returns:
        The changed pots and all that hang together with them, in key order, and the edges between
        them that count, by their places, earlier first.
    """
    found: dict[Key, Profile] = {pot.key: pot for pot in changed}
    edges: dict[tuple[Key, Key], int] = {}
    waiting = list(found.values())
    while waiting:
        pot = waiting.pop()
        near = list(every.of(pot))
        for other, score in near:
            edges[min(pot.key, other.key), max(pot.key, other.key)] = score
        for other in (*every.same(pot), *(other for other, _ in near)):
            if other.key not in found:
                found[other.key] = other
                waiting.append(other)
    ordered = sorted(found)
    place = {key: number for number, key in enumerate(ordered)}
    joined = sorted((place[one], place[other], score) for (one, other), score in edges.items())
    return [found[key] for key in ordered], joined


def components(size: int, edges: Iterable[Edge]) -> list[list[int]]:
    """Split places into sets that no edge crosses.

    Args:
        size: How many places there are.
        edges: Between them.

    Returns:
        Every place exactly once; each set in order, the sets in the order of their first places.
    """
    parent = list(range(size))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    for left, right, _ in edges:
        a, b = root(left), root(right)
        if a != b:
            parent[max(a, b)] = min(a, b)
    sets: dict[int, list[int]] = defaultdict(list)
    for place in range(size):
        sets[root(place)].append(place)
    return list(sets.values())


def within_reach(pots: Sequence[Profile]) -> Iterator[Pair]:
    """Yield the places of every two pots of which one's figure can be the other's, earlier first.

    A pair can come more than once.
    """
    lanes: dict[tuple[str, str | None], list[tuple[Decimal, Decimal, int]]] = defaultdict(list)
    for place, pot in enumerate(pots):
        for figure in pot.figures:
            lanes[figure.currency, rate_key(figure.rate)].append((*figure.reach, place))
    for lane in lanes.values():
        open_ones: list[tuple[Decimal, int]] = []
        for low, high, place in sorted(lane):
            open_ones = [(end, other) for end, other in open_ones if end >= low]
            yield from (
                (min(other, place), max(other, place)) for _, other in open_ones if other != place
            )
            open_ones.append((high, place))
