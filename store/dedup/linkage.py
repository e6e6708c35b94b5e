"""Group pots by average linkage with vetoes: no chain of likenesses ever joins two groups.

Two groups merge only if a pair across them reaches the threshold, none is gated, and the mean of
their comparable pairs comes near it. The best pair of groups merges first, ties go to the earlier
pots, so the groups depend on the set of pots alone. A group that could as well join one of two
others which exclude each other joins neither.

Only pots that an edge connects start a merge, and a mean is worked out when its turn comes: no mean
is above the best score of its pairs, so the queue, ordered by what was known last, never passes a
better pair by. Of a large group some pots speak for all in a mean; a veto counts whoever has it.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from store.dedup.graph import Edge, Pair
from store.dedup.verdict import THRESHOLD, Verdict

UNSURE = 10
"""Two alternatives whose scores differ by less cannot be told apart, hundredths."""
MEAN = 40
"""Mean from which two groups are one, once a pair of their pots reaches `THRESHOLD`."""
SPEAKERS = 16
"""Pots of a group whose pairs make a mean: the first in order, which the hashes of their documents
have shuffled."""

Judge = Callable[[int, int], Verdict]
Bars = Callable[[Sequence[int], Sequence[int]], bool]


@dataclass(frozen=True, slots=True)
class Grouping:
    """Groups of places, each in order, and the pairs whose verdicts merged them, earlier first."""

    groups: tuple[tuple[int, ...], ...]
    merges: tuple[Pair, ...]


class _Link(NamedTuple):
    """What stands between two groups.

    Attributes:
        mean: Of the scores of the pairs that can be compared; 0 where none can.
        joins: No pair is gated, and the mean is such that two groups are one.
        total: Sum of the scores.
        pairs: How many these are.
        best: Score, negative, and places of the pair that speaks most for joining them; more than
            any when none can be compared.
    """

    mean: float
    joins: bool
    total: int
    pairs: int
    best: tuple[int, int, int]


NOTHING = 10_000, -1, -1
VETO, NO_PAIR = _Link(0, False, 0, -1, NOTHING), _Link(0, False, 0, 0, NOTHING)  # noqa: FBT003 - fields of a row


def _linked(total: int, pairs: int, best: tuple[int, int, int]) -> _Link:
    # Of so few pairs, means that differ do so as floats, too.
    return _Link(total / pairs, total >= MEAN * pairs, total, pairs, best) if pairs else NO_PAIR


def _sum(one: _Link, other: _Link) -> _Link:
    """Return what stands between a group and two others together, where nothing is gated."""
    return _linked(one.total + other.total, one.pairs + other.pairs, min(one.best, other.best))


def group(places: Sequence[int], edges: Iterable[Edge], judge: Judge, bars: Bars) -> Grouping:
    """Group pots by a judge of pairs.

    Args:
        places: Of the pots, in an order that depends on the pots alone.
        edges: Every two, earlier first, that may start a merge, with the score that joins them.
        judge: Compares two pots, the earlier one first.
        bars: Tells whether any pot of one group is gated against any of another. Asked for groups
            of more than `SPEAKERS` pots.
    """
    state = _State(places, judge, bars)
    for edge in edges:
        state.connect(*edge)
    while pair := state.pop():
        if state.is_sure(*pair):
            state.merge(*pair)
    groups = sorted(tuple(members) for members in state.members.values())
    return Grouping(tuple(groups), tuple(state.merges))


class _State:
    """Groups under way: their members, their neighbours, and a queue of possible merges.

    A group is known by the first of its places. It only ever grows, so the size of two groups
    together tells whether their place in the queue is still the right one.
    """

    def __init__(self, places: Sequence[int], judge: Judge, bars: Bars) -> None:
        self.members = {place: [place] for place in places}
        self.merges: list[Pair] = []
        self._judge, self._bars = judge, bars
        self._home = {place: place for place in places}
        self._near: dict[int, set[int]] = {place: set() for place in places}
        self._unsure: dict[int, set[int]] = defaultdict(set)
        self._links: dict[int, dict[int, _Link]] = defaultdict(dict)
        self._queued: dict[tuple[int, int], int] = {}
        self._queue: list[tuple[float, int, int, int]] = []

    def connect(self, left: int, right: int, score: int) -> None:
        """Let an edge start a merge."""
        self._near[left].add(right)
        self._near[right].add(left)
        heapq.heappush(self._queue, (-score, left, right, 2))

    def pop(self) -> tuple[int, int] | None:
        """Return the two groups that go together best; None when none do."""
        home = self._home
        while self._queue:
            _, one, other, size = heapq.heappop(self._queue)
            left, right = home[one], home[other]
            if left == right or self._is_unsure(left, right):
                continue
            if left > right:
                left, right = right, left
            now = len(self.members[left]) + len(self.members[right])
            if size == now:
                return left, right
            if self._queued.get((left, right)) != now and (link := self._link(left, right)).joins:
                self._queued[left, right] = now
                heapq.heappush(self._queue, (-link.mean, left, right, now))
        return None

    def is_sure(self, left: int, right: int) -> bool:
        """Tell whether neither group has a rival for the other; else keep the rivals apart."""
        mean = self._link(left, right).mean
        for one, chosen in ((left, right), (right, left)):
            rivals = [
                rival
                for rival in self._neighbours(one)
                if rival != chosen
                and (link := self._link(one, rival)).joins
                and mean - link.mean < UNSURE
                and not self._is_unsure(one, rival)
                and self._exclude(rival, chosen, alike=mean == link.mean)
            ]
            if rivals:
                for other in (chosen, *rivals):
                    self._unsure[one].add(other)
                    self._unsure[other].add(one)
                return False
        return True

    def merge(self, left: int, right: int) -> None:
        """Make one group of two."""
        self.merges.append(self._link(left, right).best[1:])
        moved = self.members.pop(right)
        merged = sorted(self.members[left] + moved)
        self._merge_links(left, right, merged)
        self.members[left] = merged
        for place in moved:
            self._home[place] = left
        self._near[left] |= self._near.pop(right)
        self._unsure[left] |= self._unsure.pop(right, set())

    def _merge_links(self, left: int, right: int, merged: list[int]) -> None:
        """Put together what is known of both; forget what has to be looked at again."""
        ours, theirs = self._links[left], self._links.pop(right)
        found = self._links[left] = {}
        speak_as_before = merged[:SPEAKERS] == self.members[left][:SPEAKERS]
        for other in (ours.keys() | theirs.keys()) - {left, right}:
            one, two = ours.get(other), theirs.get(other)
            links = self._links[other]
            links.pop(right, None)
            if one is VETO or two is VETO:
                found[other] = links[left] = VETO
            elif one is None or two is None:
                links.pop(left, None)
            elif max(len(merged), len(self.members[other])) <= SPEAKERS:
                found[other] = links[left] = _sum(one, two)
            elif speak_as_before:
                found[other] = one
            else:
                del links[left]

    def _exclude(self, one: int, other: int, *, alike: bool) -> bool:
        """Tell whether a third group must choose between two, and has no reason to.

        Args:
            one: A group.
            other: Another.
            alike: The third goes with both equally well.
        """
        link = self._link(one, other)
        return link == VETO or (alike and link.pairs > 0 and link.mean < THRESHOLD - UNSURE)

    def _link(self, left: int, right: int) -> _Link:
        known = self._links[left].get(right)
        if known is None:
            known = self._compared(self.members[left], self.members[right])
            self._know(left, right, known)
        return known

    def _know(self, left: int, right: int, link: _Link) -> None:
        self._links[left][right] = self._links[right][left] = link

    def _compared(self, ours: list[int], theirs: list[int]) -> _Link:
        total, pairs, best = 0, 0, NOTHING
        for one, other in product(ours[:SPEAKERS], theirs[:SPEAKERS]):
            left, right = (one, other) if one < other else (other, one)
            verdict = self._judge(left, right)
            if verdict.gate is not None:
                return VETO
            if verdict.comparable:
                score = verdict.score
                total, pairs = total + score, pairs + 1
                if -score <= best[0]:
                    best = min(best, (-score, left, right))
        large = len(ours) > SPEAKERS or len(theirs) > SPEAKERS
        return VETO if large and self._bars(ours, theirs) else _linked(total, pairs, best)

    def _neighbours(self, place: int) -> set[int]:
        """Return the groups with an edge to one."""
        found = set(map(self._home.__getitem__, self._near[place])) - {place}
        self._near[place] = found
        return found

    def _is_unsure(self, left: int, right: int) -> bool:
        """Tell whether one of two must choose between the other and a rival, and has no reason."""
        rivals = self._unsure.get(left)
        return rivals is not None and any(self._home[other] == right for other in rivals)
