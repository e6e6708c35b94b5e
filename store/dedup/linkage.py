"""Group pots by average linkage with vetoes: no chain of likenesses ever joins two groups.

Two groups merge only if no pair across them is gated and the mean of all their comparable pairs
reaches the threshold. The best pair of groups merges first, ties go to the earlier pots, so the
groups depend on the set of pots alone. A group that could as well join one of two others which
exclude each other joins neither.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations
from typing import TypeVar

from store.dedup.verdict import THRESHOLD, Verdict

UNSURE = 10
"""Two alternatives whose scores differ by less cannot be told apart, hundredths."""

Pot = TypeVar("Pot")


@dataclass(frozen=True, slots=True)
class Merge:
    """Two pots, by their places in the sequence, and the verdict that joined their groups."""

    left: int
    right: int
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Grouping:
    """Groups of places, each in order, and the merges that made them."""

    groups: tuple[tuple[int, ...], ...]
    merges: tuple[Merge, ...]


@dataclass(frozen=True, slots=True)
class _Link:
    """What stands between two groups.

    Attributes:
        total: Sum of the scores of the pairs that can be compared.
        pairs: How many these are.
        veto: A pair is gated.
        unsure: One of the two must choose between the other and a rival, and has no reason to.
        best: The pair that speaks most for joining them; None when none can be compared.
    """

    total: int = 0
    pairs: int = 0
    veto: bool = False
    unsure: bool = False
    best: Merge | None = None

    @property
    def mean(self) -> Fraction | int:
        whole, rest = divmod(self.total, self.pairs)
        return Fraction(self.total, self.pairs) if rest else whole  # integers compare much faster

    @property
    def joins(self) -> bool:
        sure = not (self.veto or self.unsure) and self.pairs > 0
        return sure and self.total >= THRESHOLD * self.pairs

    def plus(self, other: _Link) -> _Link:
        merges = [one for one in (self.best, other.best) if one]
        best = min(merges, key=_strength, default=None)
        return _Link(
            total=self.total + other.total,
            pairs=self.pairs + other.pairs,
            veto=self.veto or other.veto,
            unsure=self.unsure or other.unsure,
            best=best,
        )


def group(pots: Sequence[Pot], judge: Callable[[Pot, Pot], Verdict]) -> Grouping:
    """Group pots by a judge of pairs.

    Args:
        pots: In an order that depends on the pots alone.
        judge: Called once for every pair, the earlier one first.
    """
    state = _State(pots, judge)
    while pair := state.pop():
        if state.is_sure(*pair):
            state.merge(*pair)
    groups = sorted(tuple(sorted(members)) for members in state.members.values())
    return Grouping(tuple(groups), tuple(state.merges))


class _State:
    """Groups under way: their members, the links between them, and a queue of possible merges."""

    def __init__(self, pots: Sequence[Pot], judge: Callable[[Pot, Pot], Verdict]) -> None:
        self.members = {place: [place] for place in range(len(pots))}
        self.links: dict[int, dict[int, _Link]] = {place: {} for place in range(len(pots))}
        self.merges: list[Merge] = []
        self._queue: list[tuple[Fraction | int, int, int, int, int]] = []
        self._next = len(pots)
        for left, right in combinations(range(len(pots)), 2):
            self._set(left, right, _link(left, right, judge(pots[left], pots[right])))

    def pop(self) -> tuple[int, int] | None:
        """Return the two groups that go together best; None when none do."""
        while self._queue:
            *_, left, right = heapq.heappop(self._queue)
            if left in self.links and right in self.links and self.links[left][right].joins:
                return left, right
        return None

    def is_sure(self, left: int, right: int) -> bool:
        """Tell whether neither group has a rival for the other; else keep the rivals apart."""
        mean = self.links[left][right].mean
        for one, chosen in ((left, right), (right, left)):
            rivals = [
                rival
                for rival, link in self.links[one].items()
                if rival != chosen
                and link.joins
                and self._are_rivals(rival, chosen, mean - link.mean)
            ]
            if rivals:
                for other in (chosen, *rivals):
                    self._set(one, other, replace(self.links[one][other], unsure=True))
                return False
        return True

    def _are_rivals(self, one: int, other: int, apart: Fraction | int) -> bool:
        """Tell whether a third group must choose between two, and has no reason to."""
        link = self.links[one][other]
        if link.veto:
            return apart < UNSURE
        return apart == 0 and link.pairs > 0 and link.mean < THRESHOLD - UNSURE

    def merge(self, left: int, right: int) -> None:
        """Make one group of two."""
        best = self.links[left][right].best
        assert best  # noqa: S101 - a link that joins has a pair that it stands on
        self.merges.append(best)
        new, self._next = self._next, self._next + 1
        self.members[new] = sorted(self.members.pop(left) + self.members.pop(right))
        links = self.links.pop(left), self.links.pop(right)
        self.links[new] = {}
        for other in self.members:
            if other != new:
                for gone in (left, right):
                    del self.links[other][gone]
                self._set(new, other, links[0][other].plus(links[1][other]))

    def _set(self, left: int, right: int, link: _Link) -> None:
        self.links[left][right] = self.links[right][left] = link
        if link.joins:
            first, second = sorted((self.members[left][0], self.members[right][0]))
            heapq.heappush(self._queue, (-link.mean, first, second, left, right))


def _link(left: int, right: int, verdict: Verdict) -> _Link:
    if verdict.gate:
        return _Link(veto=True)
    if not verdict.comparable:
        return _Link()
    return _Link(verdict.score, 1, best=Merge(left, right, verdict))


def _strength(merge: Merge) -> tuple[int, int, int]:
    return -merge.verdict.score, merge.left, merge.right
