"""Pots as columns of numbers, so that a million of them are compared by the thousand."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from itertools import chain, count
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from store.dedup.period import is_past
from store.dedup.profile import Profile
from store.dedup.vocabulary import TELLS, Vocabulary, slips
from store.dedup.words import Words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]
    Numbers = NDArray[np.int32]
    Marks = NDArray[np.uint8]
    Flags = NDArray[np.bool_]
    Reach = NDArray[np.float64]

Item = TypeVar("Item")
WIDTH = 12
"""Different words of a pot that have a column; a pot with more is compared word by word."""
PURPOSE, RECIPIENT, FUNDER, TELLING, SLIPS = 1, 2, 4, 8, 16
"""Marks of a word: the fields it stands in, if it tells much, if another word is a slip of it."""
FIELDS = PURPOSE, RECIPIENT, FUNDER


class Columns:
    """What pots are listed and compared by, as numbers.

    Attributes:
        words: For each pot the numbers of its words, telling ones first, then zeros.
        marks: Of these words.
        alike: Their classes.
        weights: For each pot what its words of any field weigh, and those of each of `FIELDS`.
        subjects: The numbers of its document's words, then zeros.
        stems: By the numbers of words; empty for zero.
        classes: Likewise, equal for words of which one may be a slip of the other.
        figures: Equal for equal figures; `pots_by_figures` has a pot for each number.
        periods: Likewise.
        sorts: Likewise, of kinds and country.
        days: Publication day, 0 when unknown.
        documents: Equal for pots of one document.
        plain: One wording a field at most, and its words fit.
        alone: Its document says nothing besides.
        several: Its document has several figures.
        parts: It is part of some whole.
        opens: It holds its document's first amount.
        simple: It has one figure, and its document no other.
    """

    def __init__(self, pots: Sequence[Profile]) -> None:
        """Draw up the columns.

        Args:
            pots: Those of one document side by side; a pot is known by its place.
        """
        around = [pot.surroundings for pot in pots]
        periods = (_period_of(pot) if pot.timeframe else None for pot in pots)
        sorts = ((pot.kinds, pot.country) for pot in pots)
        days = (pot.published.toordinal() if pot.published else 0 for pot in pots)
        self.figures, self.pots_by_figures = _numbered(pots, [pot.figures for pot in pots])
        self.periods, self.pots_by_periods = _numbered(pots, periods)
        self.sorts, self.pots_by_sorts = _numbered(pots, sorts)
        self.documents = _documents(pots)
        self.days = np.fromiter(days, np.int32, len(pots))
        self.alone = _flags(_says_all(pot.topic, pot.surroundings.words) for pot in pots)
        self.several = _flags(len(one.figures) > 1 for one in around)
        self.parts = _flags(bool(pot.wholes) for pot in pots)
        self.opens = _flags(pot.opens for pot in pots)
        self.simple = _flags(map(_is_simple, pots))
        vocabulary = Vocabulary()
        said = _Said(pots, vocabulary)
        subjects = _Ragged([one.subject for one in around], vocabulary.stems)
        order, self.stems, telling = vocabulary.ordered()
        found = slips(self.stems)
        self.classes = found.classes.astype(np.min_scalar_type(len(self.stems)))
        extra = np.where(telling, TELLING, 0) | np.where(found.shared, SLIPS, 0)
        self.words, self.marks, fits = said.rows(order, extra.astype(np.uint8))
        self.subjects = subjects.rows(order)
        self.alike = self.classes[self.words]
        self.weights = _weights(self.marks)
        self.plain = said.plain & fits
        reach = np.array([_reach(pot) for pot in self.pots_by_figures]).reshape(-1, 2)
        self._least, self._most = reach.T.copy()

    def can_meet(self, left: Integers, right: Integers) -> Flags:
        """Tell of which pairs a figure of one may be a figure of the other."""
        (low, high), (least, most) = self.reach(left), self.reach(right)
        meet: Flags = (low <= most) & (least <= high)
        return meet

    def reach(self, places: Integers | Numbers) -> tuple[Reach, Reach]:
        """Return the least and the greatest amount that pots may meet, and a little more."""
        figures = self.figures[places]
        return self._least[figures], self._most[figures]


def _numbered(
    pots: Sequence[Profile], values: Iterable[Hashable]
) -> tuple[Numbers, Sequence[Profile]]:
    """Number the values of pots, equal ones equally; return with each number's first pot."""
    firsts: dict[Hashable, int] = {}
    places = np.fromiter(map(firsts.setdefault, values, count()), np.int32, len(pots))
    kept, numbers = np.unique(places, return_inverse=True)
    return numbers.astype(np.int32), [pots[place] for place in kept.tolist()]


def _flags(values: Iterable[bool]) -> Flags:
    return np.fromiter(values, np.bool_)


class _Ragged:
    """Rows of numbers, of different lengths, as they come.

    Attributes:
        flat: All of them.
        lengths: Of each row.
        ends: Where each row ends.
    """

    def __init__(self, rows: Sequence[Collection[Item]], numbers: Mapping[Item, int]) -> None:
        self.lengths = np.fromiter(map(len, rows), np.int64, len(rows))
        self.ends = np.cumsum(self.lengths)
        items = chain.from_iterable(rows)
        self.flat = np.fromiter(map(numbers.__getitem__, items), np.int32)

    def rows(self, order: Numbers) -> Numbers:
        """Return rows of one length, shorter ones with zeros at the end, in other numbers."""
        width = int(self.lengths.max(initial=0))
        found = np.zeros((len(self.lengths), width), order.dtype)
        found[np.arange(width) < self.lengths[:, None]] = order[self.flat]
        return found

    def part(self, start: int, stop: int) -> tuple[Numbers, Integers]:
        """Return the numbers of some rows, and each one's row, counted from the first of these."""
        lengths = self.lengths[start:stop]
        first = int(self.ends[start - 1]) if start else 0
        return self.flat[first : first + int(lengths.sum())], np.arange(len(lengths)).repeat(
            lengths
        )


class _Said:
    """The words of each pot, with their marks.

    Attributes:
        plain: The pot has one wording a field at most; else it has no words here.
    """

    def __init__(self, pots: Sequence[Profile], vocabulary: Vocabulary) -> None:
        self.plain = _flags(
            len(pot.purposes) < 2 and len(pot.recipients) < 2 and len(pot.funders) < 2  # noqa: PLR2004 - one wording
            for pot in pots
        )
        self._fields = [
            _Ragged(
                [
                    words[0].terms if is_plain and words else ()
                    for words, is_plain in zip(map(field, pots), self.plain.tolist(), strict=True)
                ],
                vocabulary,
            )
            for field in map(attrgetter, ("purposes", "recipients", "funders"))
        ]

    def rows(self, order: Numbers, extra: Marks) -> tuple[Numbers, Marks, Flags]:
        """Return the words of each pot, each once and in order, and their marks.

        Args:
            order: Puts words in order, by the numbers that they came with.
            extra: Marks that words have in every pot, by their numbers in the order.

        Returns:
            Words and marks, none for a pot with more than `WIDTH`; and which pots these are not.
        """
        size = len(self.plain)
        words, said = np.zeros((size, WIDTH), order.dtype), np.zeros((size, WIDTH), np.uint8)
        fits = np.ones(size, np.bool_)
        for start in range(0, size, ROWS):
            part = slice(start, start + ROWS)
            each = [field.part(start, start + ROWS) for field in self._fields]
            marks = np.repeat(np.array(FIELDS, np.uint8), [len(flat) for flat, _ in each])
            code = np.concatenate([home * len(order) + order[flat] for flat, home in each])
            by_code = np.argsort(code, kind="stable")
            fresh = np.flatnonzero(np.diff(code[by_code], prepend=-1))
            home, word = np.divmod(code[by_code[fresh]], len(order))
            column = np.arange(len(home)) - np.searchsorted(home, home)
            fits[part][home[column >= WIDTH]] = False
            fit = fits[part][home]
            if len(fresh):
                mark = np.bitwise_or.reduceat(marks[by_code], fresh) | extra[word]
                words[part][home[fit], column[fit]] = word[fit]
                said[part][home[fit], column[fit]] = mark[fit]
        return words, said, fits


ROWS = 65_536
"""Pots whose words are put in order together."""


def _weights(marks: Marks) -> Marks:
    """Return what words of any field weigh, and of each field."""
    found = np.empty((len(marks), 1 + len(FIELDS)), np.uint8)
    for start in range(0, len(marks), ROWS):
        part = slice(start, start + ROWS)
        here = marks[part]
        weights = weights_of(here)
        found[part, 0] = (weights * (here > 0)).sum(1)
        for place, field in enumerate(FIELDS, 1):
            found[part, place] = (weights * (here & field > 0)).sum(1)
    return found


def weights_of(marks: Marks) -> Marks:
    """Return what words weigh, by their marks."""
    return (marks & TELLING > 0) + np.uint8(1)


def _documents(pots: Sequence[Profile]) -> Numbers:
    """Number the documents of pots, which stand side by side."""
    before = chain([""], (pot.document for pot in pots))
    fresh = [pot.document != last for pot, last in zip(pots, before, strict=False)]
    return np.cumsum(fresh, dtype=np.int32)


def _period_of(pot: Profile) -> Hashable:
    past = not pot.states_period and is_past(pot.timeframe, pot.published)
    return pot.timeframe, pot.states_period, pot.looks_back, past


def _is_simple(pot: Profile) -> bool:
    figures, others = pot.figures, pot.surroundings.figures
    return len(figures) == 1 and (figures == others or all(one in figures for one in others))


def _reach(pot: Profile) -> tuple[float, float]:
    """Return the least and the greatest amount that a pot may meet, and a little more."""
    reaches = [figure.reach for figure in pot.figures]
    if not reaches:
        return 1.0, 0.0
    low, high = min(low for low, _ in reaches), max(high for _, high in reaches)
    return float(low) * (1 - 1e-9), float(high) * (1 + 1e-9)


def _says_all(topic: Words, around: Words) -> bool:
    """Tell whether a pot has all telling words of its document."""
    if topic is around:  # as where all words of a document's only pot are telling
        return len(topic.terms) * TELLS == topic.weight
    return around.terms == tuple([term for term in topic.terms if term.weight == TELLS])
