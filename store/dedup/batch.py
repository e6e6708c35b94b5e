"""Score pairs of pots by the thousand: the same scores as `store.dedup.score`, from columns.

Figures, periods, kinds and countries come again and again, so what two of them say is worked out
once for each different two, by the very functions that compare two pots. Words, parties and days
are added up as numbers. What numbers do not tell (several wordings, figures that two documents
share, a word that may be another one misspelt) is left to `score`, for pairs that can join at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from store.dedup import across
from store.dedup.columns import (
    FIELDS,
    FUNDER,
    PURPOSE,
    RECIPIENT,
    SLIPS,
    TELLING,
    WIDTH,
    Columns,
    weights_of,
)
from store.dedup.profile import Profile
from store.dedup.tables import Table, of_figures, of_periods, of_sorts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from store.dedup.columns import Flags, Integers, Marks

    Numbers = NDArray[np.int32]

AT_ONCE = 16_384
"""Pairs that are looked at together: as many as stay near the processor."""
WIDTHS = (4, 6, 8, WIDTH)
"""Most words of two pots by which pairs are told apart, so that few words are compared in vain."""
NEVER = -10_000
"""Score of a pair that is barred, or that cannot be compared."""
MOST_WORDS = 100
"""More than any words and parties are worth."""
MOST_DOCUMENTS = across.COMPANY_MOST + across.ONLY_ONE + across.SAME_WHOLE
SUBJECT_MOST = across.SUBJECT[0][1]


class Scores(NamedTuple):
    """What is known of pairs.

    Attributes:
        most: The most that a pair can score.
        exact: It is the score.
    """

    most: Numbers
    exact: Flags


class Batch:
    """Scores pairs of some pots."""

    def __init__(self, pots: Sequence[Profile]) -> None:
        """Draw up the columns.

        Args:
            pots: In key order; pairs are given by their places.
        """
        known = self.columns = Columns(pots)
        self._figures = Table(known.figures, known.pots_by_figures, of_figures, 3)
        self._periods = Table(known.periods, known.pots_by_periods, of_periods, 3)
        self._sorts = Table(known.sorts, known.pots_by_sorts, of_sorts, 1)
        self._counts = np.count_nonzero(known.words, axis=1).astype(np.uint8)

    def scores(self, left: Integers, right: Integers) -> Scores:
        """Score pairs, the earlier pot on the left."""
        most, exact = np.empty(len(left), np.int32), np.empty(len(left), np.bool_)
        width = np.maximum(self._counts[left], self._counts[right])
        least = -1
        for words in WIDTHS:
            places = np.flatnonzero((width > least) & (width <= words))
            for start in range(0, len(places), AT_ONCE):
                part = places[start : start + AT_ONCE]
                most[part], exact[part] = self._part(left[part], right[part], words)
            least = words
        return Scores(most, exact)

    def _part(self, left: Integers, right: Integers, width: int) -> Scores:
        """Score pairs of pots that have so many words at most."""
        most = np.full(len(left), NEVER, np.int32)
        exact = np.ones(len(left), np.bool_)
        known = self.columns
        one_home = known.documents[left] == known.documents[right]
        near = np.flatnonzero(known.can_meet(left, right) & ~one_home)
        amount, digits, meets = self._figures(left[near], right[near])
        period, past, open_ = self._periods(left[near], right[near])
        able = np.flatnonzero(meets & open_)
        near, amount = near[able], (amount + period)[able]
        left, right, digits = left[near], right[near], digits[able]
        words = _Words(known, left, right, width)
        scored, exact[near] = self._open(left, right, digits, past[able] > 0, words)
        most[near] = scored + amount + self._sorts(left, right)[0]
        most[one_home], exact[one_home] = -NEVER, False  # its own words decide
        return Scores(most, exact)

    def _open(
        self, left: Integers, right: Integers, digits: Numbers, past: Flags, words: _Words
    ) -> tuple[Numbers, Flags]:
        """Score what pairs say besides amount and period, where neither bars them."""
        known = self.columns
        alone = known.alone[left] & known.alone[right]
        company = known.several[left] & known.several[right]
        wholes = known.parts[left] & known.parts[right]
        plain = known.plain[left] & known.plain[right]
        total, support = words.purposes(np.minimum(digits, 4))
        for field, same, other in (
            (RECIPIENT, across.RECIPIENT, across.OTHER_RECIPIENT),
            (FUNDER, across.FUNDER, across.OTHER_FUNDER),
        ):
            weight, is_shared = words.party(field, same, other)
            total += weight
            support |= is_shared
        shared = words.subject()
        subject = _steps(across.SUBJECT, shared)
        enough = np.where(shared > 0, across.SUBJECT_SUPPORTS, across.TELLS_ALONE)
        bare = ~support & ~past & (digits < enough)
        total += np.where(alone, subject, SUBJECT_MOST)
        exact = alone & plain & ~company & ~wholes & ~words.slip
        total += np.where(bare & exact, UNSUPPORTED[np.minimum(digits, 4)], 0)
        total = np.where(plain, total, MOST_WORDS) + MOST_DOCUMENTS * (company | wholes)
        return total + self._days(left, right, digits), exact

    def _days(self, left: Integers, right: Integers, digits: Numbers) -> Numbers:
        ours, theirs = self.columns.days[left], self.columns.days[right]
        apart, known = np.minimum(np.abs(ours - theirs), across.YEAR + 1), (ours > 0) & (theirs > 0)
        both = self.columns.opens[left] & self.columns.opens[right] & (apart <= across.DAYS[-1][0])
        found: Numbers = APART[np.minimum(digits, 4), apart] + across.BOTH_OPEN * both
        return found * known


class _Words:
    """What two pots of each pair say in words."""

    def __init__(self, known: Columns, left: Integers, right: Integers, width: int) -> None:
        ours, theirs = (_columns(known.alike, side, width) for side in (left, right))
        marks, others = (_columns(known.marks, side, width) for side in (left, right))
        found = np.zeros_like(marks)
        for word, mark in zip(theirs, others, strict=True):
            found |= (ours == word) * mark
        self._marks, self._found, self._both = marks, found, found & marks
        self._weights = weights_of(marks)
        self._ours, self._theirs = (known.weights.take(side, 0).T for side in (left, right))
        self.slip: Flags = np.bitwise_or.reduce(found, axis=0) & SLIPS > 0
        some = np.flatnonzero(self.slip)
        self.slip[some] = _differ(known.words[left[some]], known.words[right[some]], known.classes)

    def purposes(self, digits: Numbers) -> tuple[Numbers, Flags]:
        """Return what purposes, or these and parties together, are worth, and if they support."""
        shared, least, score = self._shared()
        some = least > 0
        deeds = PURPOSE | RECIPIENT
        named = ((self._found | self._marks) & deeds * (self._found > 0)).any(0)
        funders = (self._ours[FUNDER_AT] > 0) & (self._theirs[FUNDER_AT] > 0)
        topic = (shared > 1) & (named | ~funders)
        whole = (shared >= least) | (shared > across.TELLING)
        total = (score // 5 + across.TOPIC_BASE * whole) * topic
        shared_, least, score = self._shared(PURPOSE)
        both = least > 0
        total += across.OTHER_TOPIC * (some & (shared == 0) & ~both)
        other = both & (shared_ == 0)
        total += OTHER_PURPOSE[digits] * other
        worth = np.minimum(score * 2 // 5, across.WORD * shared_.astype(np.int32))
        worth += np.where(shared_ >= least, across.PURPOSE_BASE, -across.PURPOSE_REST)
        purpose = shared_ > 1
        return np.where(purpose, worth, total).astype(np.int32), topic | other | purpose

    def party(self, field: int, same: int, other: int) -> tuple[Numbers, Flags]:
        """Return what a party is worth, and if it supports."""
        shared, least, _ = self._shared(field)
        some = shared > 0
        whole = (shared >= least) & some
        weight = np.where(whole, same, np.where(some, other // 2, other))
        return weight.astype(np.int32) * (least > 0), whole

    def subject(self) -> Marks:
        """Return how many telling words both share in any field."""
        telling: Marks = (self._both & TELLING > 0).sum(0, dtype=np.uint8)
        return telling

    def _shared(self, field: int = 0) -> tuple[Marks, Marks, Numbers]:
        """Return what the shared words of a field weigh, and of the lighter side all; the likeness.

        Args:
            field: Any, when 0.
        """
        common = (self._both & field if field else self._found) > 0
        shared = (common * self._weights).sum(0, dtype=np.uint8)
        place = FIELDS.index(field) + 1 if field else 0
        ours, theirs = self._ours[place], self._theirs[place]
        code = shared.astype(np.intp) * HEAVIEST**2 + ours.astype(np.intp) * HEAVIEST + theirs
        return shared, np.minimum(ours, theirs), LIKENESS[code]


def _columns(rows: NDArray[np.unsignedinteger], places: Integers, width: int) -> Marks:
    """Return the first numbers of some rows, the first ones of all together."""
    return rows.take(places, 0)[:, :width].T.copy()


def _differ(ours: Numbers, theirs: Numbers, classes: Numbers) -> Flags:
    """Tell of which pairs some words may be one, misspelt, and are not equal."""
    words, others = ours[:, :, None], theirs[:, None, :]
    alike = (classes[words] == classes[others]) & (words > 0) & (others > 0)
    found: Flags = (alike & (words != others)).any((1, 2))
    return found


def _likeness() -> Numbers:
    """Return the likeness that `store.dedup.likeness` finds, by what is shared and each has."""
    shared, ours, theirs = np.indices((HEAVIEST,) * 3, np.int32)
    least, both = np.minimum(ours, theirs), ours + theirs
    under = np.maximum(2 * least * both, 1)
    found: Numbers = np.minimum(100, (100 * shared * both + 200 * shared * least) // under)
    return found.ravel()


def _steps(steps: Sequence[tuple[int, int]], counts: Marks) -> Numbers:
    found = np.zeros(len(counts), np.int32)
    for least, weight in reversed(steps):
        found[counts >= least] = weight
    return found


def _apart() -> Numbers:
    """Return what days between two publications weigh, by shared digits."""
    found = np.zeros((5, across.YEAR + 2), np.int32)
    for days, weight in reversed(across.DAYS):
        found[:, : days + 1] = weight
    found[:, -1] = _by_digits(across.YEAR_APART)
    return found


def _by_digits(weights: dict[int, int]) -> Numbers:
    return np.array([weights.get(digits, 0) for digits in range(5)], np.int32)


HEAVIEST = 2 * WIDTH + 1
"""More than all words of a pot weigh."""
LIKENESS = _likeness()
FUNDER_AT = 1 + FIELDS.index(FUNDER)
UNSUPPORTED = _by_digits(across.UNSUPPORTED)
OTHER_PURPOSE = _by_digits(across.OTHER_PURPOSE)
APART = _apart()
