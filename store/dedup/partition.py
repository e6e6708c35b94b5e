"""Split pots into groups by their edges, by what people decided, and by comparing when in doubt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from types import MappingProxyType

from store.dedup.decisions import UNDECIDED, Decisions
from store.dedup.graph import Edge, Pair, components
from store.dedup.linkage import MEAN, Bars, Judge, group
from store.dedup.profile import Key
from store.dedup.verdict import Verdict, bare

MOST_TOGETHER = 128
"""Pots of a component beyond which only better edges count."""
BARS = (70, 75, 80, 90, 1000)
"""Scores under which an edge then counts only if one of its pots has no better one, in turn."""
FEW = 16
"""Pots of a component up to which all pairs are looked at before any are grouped."""
Split = Callable[[Sequence[int], Sequence[Edge], Mapping[Pair, Verdict]], Iterable["Group"]]
"""Groups the pots of one component, given its places, its edges and verdicts that are known."""
NOTHING: Mapping[Pair, Verdict] = MappingProxyType({})
BY_DECISION = Verdict(gate="a person decided that they are different")


@dataclass(frozen=True, slots=True)
class Group:
    """Pots that are one, by their places.

    Attributes:
        members: In order; never empty.
        merges: Pairs of them that connect them all.
        decided: Those of the pairs that a person decided.
    """

    members: tuple[int, ...]
    merges: tuple[Pair, ...] = ()
    decided: frozenset[Pair] = frozenset()

    def moved(self, places: Sequence[int]) -> Group:
        """Return it with each place replaced by what `places` has there; that is in order."""
        pairs = tuple((places[one], places[other]) for one, other in self.merges)
        decided = frozenset((places[one], places[other]) for one, other in self.decided)
        return Group(tuple(places[one] for one in self.members), pairs, decided)


@dataclass(frozen=True)
class Pots:
    """What grouping knows of pots, which it names by their places.

    Attributes:
        size: How many there are.
        compare: Compares two, the earlier one first.
        bars: Tells whether any of some pots is gated against any of others.
        party: What `Decisions.party` says of a pot's mentions.
        document: The document of a pot.
    """

    size: int
    compare: Judge
    bars: Bars
    party: Callable[[int], Key | None]
    document: Callable[[int], str]


def partition(pots: Pots, edges: Iterable[Edge], decisions: Decisions = UNDECIDED) -> list[Group]:
    """Split pots into groups.

    Args:
        pots: In key order.
        edges: Every two that are compared and join, with their score.
        decisions: What people decided about their mentions.

    Returns:
        In the order of their first members; each pot is in exactly one.
    """
    units = _Units(pots, decisions) if decisions else None
    joined = units.edges(edges) if units else list(edges)
    found: list[Group] = []
    for places, given in parted(range(pots.size), joined, (0, *BARS)):
        if units:
            found += units.groups(places, given)
        else:
            found += split(places, given, pots.compare, pots.bars)
    return sorted(found, key=first)


def parted(
    places: Sequence[int], edges: Sequence[Edge], bars: Sequence[int]
) -> Iterator[tuple[Sequence[int], Sequence[Edge]]]:
    """Yield what hangs together, and the edges inside; where that is too much, by fewer edges.

    Args:
        places: Of pots, in order.
        edges: Between them.
        bars: Scores under which an edge counts only if one of its pots has no better one: the first
            for all, the next for what is still too much.
    """
    best: dict[int, int] = defaultdict(int)
    for left, right, score in edges:
        best[left], best[right] = max(best[left], score), max(best[right], score)
    kept = [
        (left, right, score)
        for left, right, score in edges
        if score >= bars[0] or score == min(best[left], best[right])
    ]
    at = {place: number for number, place in enumerate(places)}
    sets = components(len(places), [(at[left], at[right], score) for left, right, score in kept])
    home = {places[number]: one for one, numbers in enumerate(sets) for number in numbers}
    inside: dict[int, list[Edge]] = defaultdict(list)
    for edge in kept:
        inside[home[edge[0]]].append(edge)
    for number, numbers in enumerate(sets):
        part, own = [places[one] for one in numbers], inside.get(number, [])
        if len(part) > MOST_TOGETHER and len(bars) > 1:
            yield from parted(part, own, bars[1:])
        else:
            yield part, own


def first(found: Group) -> int:
    """Return the place that groups are in order of."""
    return found.members[0]


def split(
    places: Sequence[int],
    edges: Sequence[Edge],
    compare: Judge,
    bars: Bars,
    ahead: Mapping[Pair, Verdict] = NOTHING,
) -> list[Group]:
    """Group the pots of one component.

    Args:
        places: Of its pots, in order.
        edges: Between them, that count.
        compare: Compares two, the earlier one first.
        bars: As `Pots` has it.
        ahead: Verdicts that are known.
    """
    if not edges:
        return [Group((place,)) for place in places]
    known = {(left, right): bare(score) for left, right, score in edges}

    def judge(left: int, right: int) -> Verdict:
        pair = left, right
        verdict = known.get(pair) or ahead.get(pair)
        if verdict is None:
            verdict = known[pair] = compare(left, right)
        return verdict

    if len(places) <= FEW and all(_is_alike(judge(*pair)) for pair in combinations(places, 2)):
        return [whole(places, edges)]
    grouping = group(places, edges, judge, bars)
    home = {place: one for one in grouping.groups for place in one}
    merges: dict[tuple[int, ...], list[Pair]] = defaultdict(list)
    for merge in grouping.merges:
        merges[home[merge[0]]].append(merge)
    return [Group(one, tuple(merges[one])) for one in grouping.groups]


def _is_alike(verdict: Verdict) -> bool:
    """Tell whether a pair is such that, if all of a component are, nothing keeps any two apart.

    Every mean of scores from `MEAN` on is so itself, and rivals are never so far apart.
    """
    return verdict.gate is None and verdict.comparable and verdict.score >= MEAN


def whole(places: Sequence[int], edges: Sequence[Edge]) -> Group:
    """Return a component as one group, with the strongest pairs that connect it."""
    home = {place: place for place in places}
    links = []
    for left, right, _ in sorted(edges, key=_strength) if len(edges) > 1 else edges:
        one, other = left, right
        while home[one] != one:
            one = home[one]
        while home[other] != other:
            other = home[other]
        if one != other:
            home[other] = one
            links.append((left, right))
    return Group(tuple(places), tuple(links))


def _strength(edge: Edge) -> tuple[int, int, int]:
    left, right, score = edge
    return -score, left, right


class _Units:
    """Pots that people said are the same stand as one unit, known by the first of its places.

    A unit is stated by all of its members' figures: another pot is compared with the one it goes
    with best. What one document tells apart stays apart all the same.
    """

    def __init__(self, pots: Pots, decisions: Decisions) -> None:
        self._pots, self._decisions = pots, decisions
        firsts: dict[Key, int] = {}
        self._home = list(range(pots.size))
        self._members: dict[int, list[int]] = {}
        for place in range(pots.size):
            party = pots.party(place)
            unit = place if party is None else firsts.setdefault(party, place)
            self._home[place] = unit
            self._members.setdefault(unit, []).append(place)

    def edges(self, edges: Iterable[Edge]) -> list[Edge]:
        """Return the edges between units, each once, and those inside a unit from its first."""
        found = {
            (min(one, other), max(one, other))
            for left, right, _ in edges
            if (one := self._home[left]) != (other := self._home[right])
        }
        judged = ((left, right, self.compare(left, right)) for left, right in sorted(found))
        return [(left, right, verdict.score) for left, right, verdict in judged if verdict.joins]

    def groups(self, places: Sequence[int], edges: Sequence[Edge]) -> list[Group]:
        """Group the units of one component."""
        units = [place for place in places if self._home[place] == place]
        return [self._of_pots(one) for one in split(units, edges, self.compare, self.bars)]

    def compare(self, left: int, right: int) -> Verdict:
        """Compare two units."""
        if self._differ(left, right):
            return BY_DECISION
        return self._best(left, right)[0]

    def bars(self, ours: Sequence[int], theirs: Sequence[int]) -> bool:
        """Tell whether any unit of one group is gated against any of another."""
        return any(self.compare(*sorted(pair)).gate for pair in product(ours, theirs))

    def _differ(self, left: int, right: int) -> bool:
        one, other = self._pots.party(left), self._pots.party(right)
        return bool(one and other and self._decisions.differ(one, other))

    def _best(self, left: int, right: int) -> tuple[Verdict, Pair]:
        pairs = [sorted(pair) for pair in product(self._members[left], self._members[right])]
        found = [(self._pots.compare(one, other), (one, other)) for one, other in pairs]
        for verdict, (one, other) in found:
            if verdict.gate and self._pots.document(one) == self._pots.document(other):
                return verdict, (one, other)
        return max(found, key=lambda one: _standing(one[0]))

    def _of_pots(self, found: Group) -> Group:
        """Return a group of units as one of pots."""
        members = sorted(place for unit in found.members for place in self._members[unit])
        merges = [self._best(left, right)[1] for left, right in found.merges]
        decided = [(unit, place) for unit in found.members for place in self._members[unit][1:]]
        return Group(tuple(members), (*decided, *merges), frozenset(decided))


def _standing(verdict: Verdict) -> tuple[bool, bool, int]:
    """Rank the verdicts on the members of a unit: what joins counts more than what bars."""
    return verdict.gate is None and verdict.comparable, verdict.gate is not None, verdict.score
