"""Edges between pots, and what hangs together by them.

An edge joins two pots that are compared and whose score reaches the threshold. Groups of pots never
cross the components of this graph, so a change touches the components around it and nothing else.
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


def closure(
    changed: Iterable[Profile],
    neighbours: Callable[[Profile], Iterable[Profile]],
    compare: Compare,
) -> tuple[list[Profile], list[Edge]]:
    """Return every pot that must be grouped again when some pots come or go, and their edges.

    Args:
        changed: The pots that come or go, and those with an edge that comes or goes with them.
        neighbours: Returns every pot, of any document, that is compared with a pot, or the same
            by decision.
        compare: As `store.dedup.score.score` does.

    Returns:
        The changed pots and all that hang together with them, in key order, and the edges between
        them, by their places, earlier first.
    """
    found: dict[Key, Profile] = {pot.key: pot for pot in changed}
    edges: dict[tuple[Key, Key], int] = {}
    waiting = list(found.values())
    while waiting:
        pot = waiting.pop()
        for other in neighbours(pot):
            edge = (pot.key, other.key) if pot.key < other.key else (other.key, pot.key)
            if edge in edges:
                continue
            verdict = compare(pot, other)
            if verdict.joins:
                edges[edge] = verdict.score
            elif pot.party is None or pot.party != other.party:
                continue
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
