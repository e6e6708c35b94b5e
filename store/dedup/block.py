"""Which pots can meet at all, and which must be looked at again when documents come or go.

`reach` gives the intervals by which SQL fetches a pot's possible partners. Groups of pots never
cross the components of the graph in which two pots are joined by a score of the threshold or more:
a merge needs a mean, so at least one pair, that reaches it. The pots to group again after a change
are therefore the components of what changed, and `closure` walks them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from store.dedup.candidate import Key, LocalPot
from store.dedup.verdict import THRESHOLD, Verdict
from store.dedup.words import rate_key

Judge = Callable[[LocalPot, LocalPot], Verdict]


class Reach(NamedTuple):
    """One interval of amounts that a pot can match.

    Two pots can match only if a reach of one and a reach of the other have equal currency and rate,
    and share an amount.

    Attributes:
        currency: ISO 4217.
        rate: None for totals; one key for everything that counts persons.
        low: Least amount, in whole currency units.
        high: Greatest amount.
    """

    currency: str
    rate: str | None
    low: Decimal
    high: Decimal


def reach(pot: LocalPot) -> tuple[Reach, ...]:
    """Return the intervals that a pot can match; empty when all its amounts are vague."""
    found = (Reach(figure.currency, rate_key(figure.rate), *figure.reach) for figure in pot.figures)
    return tuple(dict.fromkeys(found))


def closure(
    changed: Iterable[LocalPot],
    neighbours: Callable[[LocalPot], Iterable[LocalPot]],
    judge: Judge,
) -> list[LocalPot]:
    """Return every pot that must be grouped again when some pots come or go.

    To add a document, pass its pots, with the store's pots and the new ones within reach as
    neighbours. To take one away, pass its pots while they still count as neighbours, and leave them
    out of what is returned. Grouping the pots returned, and keeping every other group, equals
    grouping everything at once.

    Args:
        changed: The pots that come or go.
        neighbours: Returns at least every pot, of any document, that shares a `reach` with a pot.
        judge: Compares two pots, as `store.dedup.score.score` does.

    Returns:
        The changed pots and all that hang together with them, in key order.
    """
    found: dict[Key, LocalPot] = {pot.key: pot for pot in changed}
    waiting = list(found.values())
    while waiting:
        pot = waiting.pop()
        for other in neighbours(pot):
            if other.key not in found and joins(judge(pot, other)):
                found[other.key] = other
                waiting.append(other)
    return [found[key] for key in sorted(found)]


def components(pots: Sequence[LocalPot], judge: Judge) -> list[list[int]]:
    """Split pots, by their places, into sets that no group crosses.

    Args:
        pots: In any order.
        judge: Compares two pots.

    Returns:
        Every place exactly once; each set in order, the sets in the order of their first places.
    """
    parent = list(range(len(pots)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    for left, right in within_reach(pots):
        a, b = root(left), root(right)
        if a != b and joins(judge(pots[left], pots[right])):
            parent[max(a, b)] = min(a, b)
    sets: dict[int, list[int]] = defaultdict(list)
    for place in range(len(pots)):
        sets[root(place)].append(place)
    return list(sets.values())


def within_reach(pots: Sequence[LocalPot]) -> Iterator[tuple[int, int]]:
    """Yield the places of every two pots that share a reach; a pair can come more than once."""
    lanes: dict[tuple[str, str | None], list[tuple[Decimal, Decimal, int]]] = defaultdict(list)
    for place, pot in enumerate(pots):
        for currency, rate, low, high in reach(pot):
            lanes[currency, rate].append((low, high, place))
    for lane in lanes.values():
        open_ones: list[tuple[Decimal, int]] = []
        for low, high, place in sorted(lane):
            open_ones = [(end, other) for end, other in open_ones if end >= low]
            yield from (
                (min(other, place), max(other, place)) for _, other in open_ones if other != place
            )
            open_ones.append((high, place))


def joins(verdict: Verdict) -> bool:
    """Tell whether a verdict alone would join two pots."""
    return verdict.comparable and verdict.gate is None and verdict.score >= THRESHOLD
