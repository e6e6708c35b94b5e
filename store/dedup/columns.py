"""Pots as columns of numbers, so that a million of them are compared by the thousand."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING

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
        figures, periods, sorts = (_Numbers(pots) for _ in range(3))
        vocabulary = Vocabulary()
        said, subjects = _Said(vocabulary), _Ragged()
        days, flags = array("i"), bytearray()
        for place, pot in enumerate(pots):
            around = pot.surroundings
            figures.add(place, pot.figures)
            periods.add(place, _period_of(pot) if pot.timeframe else None)
            sorts.add(place, (pot.kinds, pot.country))
            days.append(pot.published.toordinal() if pot.published else 0)
            subjects.add(map(vocabulary.stems.__getitem__, around.subject))
            flags.append(
                said.add(pot)
                | _says_all(pot.topic, around.words) << 1
                | (len(around.figures) > 1) << 2
                | bool(pot.wholes) << 3
                | pot.opens << 4
                | _is_simple(pot) << 5
            )
        self.figures, self.pots_by_figures = figures.column(), figures.samples
        self.periods, self.pots_by_periods = periods.column(), periods.samples
        self.sorts, self.pots_by_sorts = sorts.column(), sorts.samples
        self.documents = _documents(pots)
        self.days = np.frombuffer(days, np.int32)
        bits = np.frombuffer(bytes(flags), np.uint8)
        plain, self.alone, self.several, self.parts, self.opens, self.simple = (
            (bits >> bit & 1).astype(np.bool_) for bit in range(6)
        )
        order, self.stems, telling = vocabulary.ordered()
        found = slips(self.stems)
        self.classes = found.classes.astype(np.min_scalar_type(len(self.stems)))
        extra = np.where(telling, TELLING, 0) | np.where(found.shared, SLIPS, 0)
        self.words, self.marks, fits = said.rows(order, extra.astype(np.uint8))
        self.subjects = subjects.rows(order)
        self.alike = self.classes[self.words]
        self.weights = _weights(self.marks)
        self.plain = plain & fits
        reach = np.array([_reach(pot) for pot in figures.samples]).reshape(-1, 2)
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


class _Numbers:
    """One column: equal values have equal numbers."""

    def __init__(self, pots: Sequence[Profile]) -> None:
        self._pots, self._known, self._column = pots, dict[Hashable, int](), array("i")
        self.samples: list[Profile] = []

    def add(self, place: int, value: Hashable) -> None:
        number = self._known.setdefault(value, len(self.samples))
        if number == len(self.samples):
            self.samples.append(self._pots[place])
        self._column.append(number)

    def column(self) -> Numbers:
        return np.frombuffer(self._column, np.int32)


class _Ragged:
    """Rows of numbers, of different lengths."""

    def __init__(self) -> None:
        self._flat, self._ends = array("i"), array("q")

    def add(self, numbers: Iterable[int]) -> None:
        self._flat.extend(numbers)
        self._ends.append(len(self._flat))

    def rows(self, order: Numbers) -> Numbers:
        """Return rows of one length, shorter ones with zeros at the end, in other numbers."""
        lengths = np.diff(np.frombuffer(self._ends, np.int64), prepend=0)
        found = np.zeros((len(lengths), int(lengths.max(initial=0))), np.int32)
        given = np.arange(found.shape[1]) < lengths[:, None]
        found[given] = order[np.frombuffer(self._flat, np.int32)]
        return found


class _Said:
    """The words of each pot, with their marks."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._number = vocabulary.__getitem__
        self._words, self._marks, self._ends = array("i"), bytearray(), array("q")

    def add(self, pot: Profile) -> bool:
        """Add a row; tell whether it holds all that the pot says."""
        fields = pot.purposes, pot.recipients, pot.funders
        plain = max(map(len, fields)) <= 1
        if plain:
            for field, mark in zip(fields, MARKS, strict=True):
                for words in field:
                    self._words.extend(map(self._number, words.terms))
                    self._marks.extend(mark * len(words.terms))
        self._ends.append(len(self._words))
        return plain

    def rows(self, order: Numbers, extra: Marks) -> tuple[Numbers, Marks, Flags]:
        """Return the words of each pot, each once and in order, and their marks.

        Args:
            order: Puts words in order, by the numbers that they came with.
            extra: Marks that words have in every pot, by their numbers in the order.

        Returns:
            Words and marks, none for a pot with more than `WIDTH`; and which pots these are not.
        """
        ends = np.frombuffer(self._ends, np.int64)
        flat, marks = np.frombuffer(self._words, np.int32), np.frombuffer(self._marks, np.uint8)
        words, said = np.zeros((len(ends), WIDTH), np.int32), np.zeros((len(ends), WIDTH), np.uint8)
        fits = np.ones(len(ends), np.bool_)
        for start in range(0, len(ends), ROWS):
            part = slice(start, start + ROWS)
            first, last = int(ends[start - 1]) if start else 0, int(ends[part][-1])
            home = np.repeat(np.arange(len(ends[part])), np.diff(ends[part], prepend=first))
            code = home * len(order) + order[flat[first:last]]
            by_code = np.argsort(code, kind="stable")
            fresh = np.flatnonzero(np.diff(code[by_code], prepend=-1))
            home, word = np.divmod(code[by_code[fresh]], len(order))
            column = np.arange(len(home)) - np.searchsorted(home, home)
            fits[part][home[column >= WIDTH]] = False
            fit = fits[part][home]
            if len(fresh):
                mark = np.bitwise_or.reduceat(marks[first:last][by_code], fresh) | extra[word]
                words[part][home[fit], column[fit]] = word[fit]
                said[part][home[fit], column[fit]] = mark[fit]
        return words, said, fits


MARKS = tuple(bytes([mark]) for mark in FIELDS)
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
