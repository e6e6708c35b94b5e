"""What each two different values of a column say: judged once, by what compares two pots."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from store.dedup import across
from store.dedup.figure import met
from store.dedup.profile import Profile
from store.dedup.verdict import Argument, closest_meeting, period_arguments, period_gate

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
        self._column, self._size, self._width = column, len(samples), width
        self._known = _Known(samples, judge)
        self._own = np.full(len(samples), -1, np.int32)

    def __call__(self, left: Integers, right: Integers) -> Numbers:
        """Return for each of the judge's numbers one a pair."""
        ours, theirs = self._column[left], self._column[right]
        numbers = self._equal(ours)  # as most are; others are put in their places below
        rest = np.flatnonzero(ours != theirs)
        if len(rest):
            codes = ours[rest].astype(np.int64) * self._size + theirs[rest]
            different, place = np.unique(codes, return_inverse=True)
            numbers[rest] = self._known.numbers(different)[place]
        rows = np.array(self._known.rows, np.int32).reshape(-1, self._width)
        return rows.T.take(numbers, 1)

    def _equal(self, values: Numbers) -> Numbers:
        """Return the number of the row for each value held against itself."""
        fresh = np.unique(values[self._own[values] < 0])
        self._own[fresh] = self._known.numbers(fresh.astype(np.int64) * (self._size + 1))
        return self._own[values]


class _Known(dict[int, int]):
    """For two values the number of the row that says what they say.

    Attributes:
        rows: Each different one.
    """

    def __init__(
        self, samples: Sequence[Profile], judge: Callable[[Profile, Profile], tuple[int, ...]]
    ) -> None:
        super().__init__()
        self._samples, self._judge = samples, judge
        self._same: dict[tuple[int, ...], int] = {}
        self.rows: list[tuple[int, ...]] = []

    def __missing__(self, code: int) -> int:
        one, other = divmod(code, len(self._samples))
        row = self._judge(self._samples[one], self._samples[other])
        number = self[code] = self._same.setdefault(row, len(self.rows))
        if number == len(self.rows):
            self.rows.append(row)
        return number

    def numbers(self, codes: Integers) -> Numbers:
        return np.fromiter(map(self.__getitem__, codes.tolist()), np.int32, len(codes))


def of_figures(left: Profile, right: Profile) -> tuple[int, int, int]:
    """Return what the amounts of two pots weigh, the digits they share, and if they meet."""
    single = len(left.figures) == 1 == len(right.figures)  # each two are asked for once
    found = met(left.figures[0], right.figures[0]) if single else closest_meeting(left, right)
    if not found:
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
