"""What each two different values of a column say: judged once, by what compares two pots."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from store.dedup import across
from store.dedup.profile import Profile
from store.dedup.verdict import Argument, Verdict, best_meeting, period_arguments, period_gate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from store.dedup.columns import Integers

    Numbers = NDArray[np.int32]


class Table:
    """What each two different values of a column say, worked out when they first meet."""

    def __init__(
        self,
        column: Numbers,
        samples: Sequence[Profile],
        judge: Callable[[Profile, Profile], tuple[int, ...]],
        width: int,
    ) -> None:
        """Know nothing yet.

        Args:
            column: Numbers of values, by the places of pots.
            samples: A pot for each number.
            judge: Returns what the values of two pots say.
            width: How many numbers it returns.
        """
        self._column, self._samples, self._judge, self._width = column, samples, judge, width
        self._known: dict[int, tuple[int, ...]] = {}
        self._same: dict[tuple[int, ...], tuple[int, ...]] = {}
        self._own = np.zeros((len(samples), width), np.int32)
        self._is_own = np.zeros(len(samples), np.bool_)

    def __call__(self, left: Integers, right: Integers) -> Numbers:
        """Return for each of the judge's numbers one a pair."""
        ours, theirs = self._column[left], self._column[right]
        found = self._equal(ours)  # as most are; others are put in their places below
        rest = np.flatnonzero(ours != theirs)
        if len(rest):
            codes = ours[rest].astype(np.int64) * len(self._samples) + theirs[rest]
            different, place = np.unique(codes, return_inverse=True)
            rows = np.array([self._row(code) for code in different.tolist()], np.int32)
            found[rest] = rows[place]
        return found.T

    def _equal(self, values: Numbers) -> Numbers:
        """Return a row for each value held against itself."""
        for value in np.unique(values[~self._is_own[values]]).tolist():
            self._own[value] = self._row(value * len(self._samples) + value)
            self._is_own[value] = True
        return self._own[values]

    def _row(self, code: int) -> tuple[int, ...]:
        row = self._known.get(code)
        if row is None:
            one, other = divmod(code, len(self._samples))
            row = self._judge(self._samples[one], self._samples[other])
            row = self._known[code] = self._same.setdefault(row, row)
        return row


def of_figures(left: Profile, right: Profile) -> tuple[int, int, int]:
    """Return what the amounts of two pots weigh, the digits they share, and if they meet."""
    found = best_meeting(left, right)
    if isinstance(found, Verdict):
        return 0, 0, False
    return _sum(across.amount_arguments(found)), found.digits, True


def of_periods(left: Profile, right: Profile) -> tuple[int, int, int]:
    """Return what the periods weigh, if both look back on one, and if none bars the other."""
    if period_gate(left, right):
        return 0, 0, False
    said = list(period_arguments(left, right, across.PERIOD, across.ONLY_ONE_PAST))
    return _sum(said), any(one.code == "same-past" for one in said), True


def of_sorts(left: Profile, right: Profile) -> tuple[int]:
    """Return what kinds and countries weigh."""
    country = across.OTHER_COUNTRY if left.country != right.country else 0
    return (_sum(across.kind_arguments(left, right)) + country,)


def _sum(arguments: Iterable[Argument]) -> int:
    return sum([one.weight for one in arguments])
