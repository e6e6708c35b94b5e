"""Pass over pairs that have no chance, by the thousand at once: what is left is compared in full.

The most that two pots could score is worked out from numbers alone. It is never less than their
score, so nothing that would join is passed over. Pots with much to say (several figures, wordings
or wholes) are always compared.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from store.dedup import across
from store.dedup.profile import Profile
from store.dedup.verdict import SAME_PAST, THRESHOLD
from store.dedup.words import NO_WORDS, Words, can_slip, ends_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]

AT_ONCE = 50_000
"""Pairs that are looked at together."""
KEPT_ROWS = 50_000
"""Texts whose numbers stay at hand."""
MOST = {"purposes": 6, "recipients": 5, "funders": 5, "topic": 9}
"""Words of each field that are looked at; a pot that has more is compared."""


class Prefilter:
    """Numbers that stand for pots.

    Args:
        pots: In any order; pairs are given by their places.
    """

    def __init__(self, pots: Sequence[Profile]) -> None:
        """Draw up the numbers."""
        self._ids: dict[str, int] = {}
        self._texts = {field: _Texts(pots, field, self._number) for field in MOST}
        self._facts = np.zeros((len(pots), 9), np.int64)
        self._reach = np.zeros((len(pots), 2))
        for place, pot in enumerate(pots):
            self._take(place, pot)

    def hopeful(self, left: Integers, right: Integers) -> NDArray[np.bool_]:
        """Tell which pairs may join, a part at a time."""
        parts = range(0, len(left), AT_ONCE)
        found = [self._part(left[at : at + AT_ONCE], right[at : at + AT_ONCE]) for at in parts]
        return np.concatenate(found) if found else np.zeros(0, np.bool_)

    def _take(self, place: int, pot: Profile) -> None:
        fields = (pot.purposes, pot.recipients, pot.funders)
        one_each = all(len(field) <= 1 for field in fields) and not pot.wholes
        simple = one_each and len(pot.figures) == 1 and not pot.figures[0].is_range
        if pot.figures:
            reaches = [figure.reach for figure in pot.figures]
            self._reach[place] = (
                float(min(low for low, _ in reaches)) * (1 - 1e-9),
                float(max(high for _, high in reaches)) * (1 + 1e-9),
            )
        if not simple:
            return
        if not all(texts.fits[place] for texts in self._texts.values()):
            return
        figure = pot.figures[0]
        self._facts[place] = (
            1,
            min(figure.digits, 4),
            self._number(f"{figure.currency} {figure.rate} {figure.points}"),
            pot.published.toordinal() if pot.published else 0,
            pot.opens,
            len(pot.surroundings.figures) > 1,
            figure.written,
            pot.timeframe is not None,
            figure.rate is not None or figure.points[-1] >= across.LARGE,
        )

    def _number(self, text: str) -> int:
        return self._ids.setdefault(text, len(self._ids) + 1)

    def _part(self, left: Integers, right: Integers) -> NDArray[np.bool_]:
        low, high = (
            np.maximum(self._reach[left, 0], self._reach[right, 0]),
            np.minimum(self._reach[left, 1], self._reach[right, 1]),
        )
        ours, theirs = self._facts[left].T, self._facts[right].T
        simple = (ours[0] & theirs[0]).astype(bool) & ~(ours[5] & theirs[5]).astype(bool)
        most = self._most(left, right, ours, theirs)
        hopeful: NDArray[np.bool_] = (low <= high) & (~simple | (most >= THRESHOLD))
        return hopeful

    def _most(self, left: Integers, right: Integers, ours: Integers, theirs: Integers) -> Integers:
        """Return the most that each pair can score."""
        equal, digits = ours[2] == theirs[2], np.maximum(ours[1], theirs[1])
        roughly = np.minimum(digits, np.minimum(ours[6], theirs[6]) + 1)
        rounded = np.maximum(_by_digits(across.ROUNDED)[np.minimum(roughly, 4)], across.NEAR)
        amount = np.where(equal, _by_digits(across.SAME)[digits], rounded)
        amount += across.COUNTED * (ours[8] | theirs[8])
        words = self._words(left, right, np.where(equal, digits, 4))
        words += self._party("recipients", left, right, across.RECIPIENT, across.OTHER_RECIPIENT)
        words += self._party("funders", left, right, across.FUNDER, across.OTHER_FUNDER)
        periods = (3 * across.PERIOD + SAME_PAST) * (ours[7] & theirs[7])
        days = self._days(ours, theirs, np.where(equal, digits, 4))
        most: Integers = amount + words + periods + days + across.SUBJECT[0][1]
        return most

    def _words(self, left: Integers, right: Integers, digits: Integers) -> Integers:
        """Return the most that purposes, or these and parties together, can be worth."""
        least, weight, score = self._texts["topic"].likeness(left, right)
        whole = (weight >= least) | (weight > across.TELLING)
        topic = np.where(weight > 1, score // 5 + across.TOPIC_BASE * whole, 0)
        some, shared, alike = self._texts["purposes"].likeness(left, right)
        purpose = np.minimum(alike * 2 // 5, across.WORD * shared)
        purpose += np.where(shared >= some, across.PURPOSE_BASE, -across.PURPOSE_REST)
        bare = (some > 0) & (shared == 0)
        other = topic + np.where(bare, _by_digits(across.OTHER_PURPOSE)[digits], 0)
        return np.where((some > 0) & (shared > 1), np.maximum(purpose, other), other)

    def _party(
        self, field: str, left: Integers, right: Integers, same: int, other: int
    ) -> Integers:
        least, shared, _ = self._texts[field].likeness(left, right)
        found = np.where(shared == 0, other, np.where(shared >= least, same, other // 2))
        return np.where(least > 0, found, 0)

    @staticmethod
    def _days(ours: Integers, theirs: Integers, digits: Integers) -> Integers:
        apart = np.abs(ours[3] - theirs[3])
        known = (ours[3] > 0) & (theirs[3] > 0)
        found = np.zeros(len(apart), np.int64)
        for days, weight in reversed(across.DAYS):
            found = np.where(known & (apart <= days), weight, found)
        late = np.array([0, *(across.YEAR_APART.get(one, 0) for one in range(1, 5))])[digits]
        found += np.where(known & (apart > across.YEAR), late, 0)
        opening: Integers = across.BOTH_OPEN * ((found > 0) & (ours[4] & theirs[4]).astype(bool))
        return found + opening


class _Texts:
    """Words of one field of all pots, as numbers."""

    def __init__(self, pots: Sequence[Profile], field: str, number: Callable[[str], int]) -> None:
        most, none = MOST[field], NO_WORDS
        rows = _Rows(most, number)
        parts = [array("i") for _ in range(4)]
        self.fits = np.ones(len(pots), np.bool_)
        for place, pot in enumerate(pots):
            stated = pot.topic if field == "topic" else next(iter(getattr(pot, field)), none)
            if len(stated.terms) > most:
                self.fits[place], stated = False, none
            for part, row in zip(parts, rows[stated], strict=True):
                part.extend(row)
        found = (np.frombuffer(part, np.int32).reshape(-1, most) for part in parts)
        self._stems, self._first, self._last, self._weights = found

    def likeness(self, left: Integers, right: Integers) -> tuple[Integers, Integers, Integers]:
        """Return the lighter text's weight, 0 where one is empty; the most that is shared; a score.

        A word counts as shared if the other text has it, or one that it may be a slip of.
        """
        alike = partial(_alike, left, right)
        found = alike(self._stems) | alike(self._first) | alike(self._last)
        weights = self._weights[left].astype(np.int64), self._weights[right].astype(np.int64)
        sums = weights[0].sum(1), weights[1].sum(1)
        least, both = np.minimum(*sums), sums[0] + sums[1]
        weight = np.minimum((found * weights[0]).sum(1), least)
        under = np.maximum(2 * least * both, 1)
        score = np.minimum(100, (100 * weight * both + 200 * weight * least) // under)
        return least, weight, score


class _Rows(dict[Words, tuple[tuple[int, ...], ...]]):
    """Stems, first and last letters and weights of a text's words, filled up with zeros."""

    def __init__(self, most: int, number: Callable[[str], int]) -> None:
        super().__init__()
        self._most, self._number = most, number

    def __missing__(self, words: Words) -> tuple[tuple[int, ...], ...]:
        rest = (0,) * (self._most - len(words.terms))
        ends = [ends_of(one.stem) if can_slip(one) else None for one in words.terms]
        found = (
            (*(self._number(stem) for stem in words.stems), *rest),
            (*(self._number(end[0]) if end else 0 for end in ends), *rest),
            (*(self._number(end[1]) if end else 0 for end in ends), *rest),
            (*(one.weight for one in words.terms), *rest),
        )
        if len(self) >= KEPT_ROWS:
            self.clear()
        self[words] = found
        return found


def _alike(left: Integers, right: Integers, numbers: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Tell which words of the left texts have their number among those of the right ones."""
    ours, theirs = numbers[left], numbers[right]
    equal: NDArray[np.bool_] = (ours[:, :, None] == theirs[:, None, :]).any(2)
    return np.logical_and(equal, ours > 0)


def _by_digits(weights: dict[int, int]) -> Integers:
    return np.array([0, *(weights[digits] for digits in range(1, 5))])
