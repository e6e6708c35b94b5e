"""Pots as columns of numbers, so that a million of them are compared by the thousand."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from rapidfuzz import fuzz, process

from store.dedup.likeness import ALIKE
from store.dedup.period import is_past
from store.dedup.profile import Profile
from store.dedup.words import Term, Words, can_slip

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]
    Flags = NDArray[np.bool_]

WIDTH = 12
"""Different words of a pot that have a column; a pot with more is compared word by word."""
PURPOSE, RECIPIENT, FUNDER, TELLING, SLIPS = 1, 2, 4, 8, 16
"""Marks of a word: the fields it stands in, if it tells much, if another word is a slip of it."""
FIELDS = PURPOSE | RECIPIENT | FUNDER
AT_ONCE = 500
"""Words that are held against all others of their first or last letters at once."""


class Vocabulary(NamedTuple):
    """Different terms: for each the number of its class, and whether that has other words.

    Words of which one may be a slip of the other are of one class.
    """

    classes: NDArray[np.int32]
    shared: Flags


class Columns:
    """What two pots are compared by, as numbers.

    Attributes:
        words: For each pot the classes of its words, then zeros.
        marks: Of these words.
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
    """

    def __init__(self, pots: Sequence[Profile]) -> None:
        """Draw up the columns.

        Args:
            pots: In any order; a pot is known by its place.
        """
        figures, periods, sorts = (_Numbers(pots) for _ in range(3))
        rows, homes = _Rows(), dict[str, int]()
        days, documents, flags = array("i"), array("i"), bytearray()
        for place, pot in enumerate(pots):
            around = pot.surroundings
            figures.add(place, pot.figures)
            periods.add(place, _period_of(pot))
            sorts.add(place, (pot.kinds, pot.country))
            documents.append(homes.setdefault(pot.key[0], len(homes)))
            days.append(pot.published.toordinal() if pot.published else 0)
            flags.append(
                rows.add(pot)
                | _says_all(pot.topic, around.words) << 1
                | (len(around.figures) > 1) << 2
                | bool(pot.wholes) << 3
                | pot.opens << 4
            )
        self.figures, self.pots_by_figures = figures.column(), figures.samples
        self.periods, self.pots_by_periods = periods.column(), periods.samples
        self.sorts, self.pots_by_sorts = sorts.column(), sorts.samples
        self.documents = np.frombuffer(documents, np.int32)
        self.days = np.frombuffer(days, np.int32)
        bits = np.frombuffer(bytes(flags), np.uint8)
        self.plain, self.alone, self.several, self.parts, self.opens = (
            (bits >> bit & 1).astype(np.bool_) for bit in range(5)
        )
        self.words, self.marks = rows.columns()
        self._reach = np.array([_reach(pot) for pot in figures.samples]).reshape(-1, 2)

    def can_meet(self, left: Integers, right: Integers) -> Flags:
        """Tell of which pairs a figure of one may be a figure of the other."""
        ours, theirs = self._reach[self.figures[left]], self._reach[self.figures[right]]
        meet: Flags = (ours[:, 0] <= theirs[:, 1]) & (theirs[:, 0] <= ours[:, 1])
        return meet


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

    def column(self) -> NDArray[np.int32]:
        return np.frombuffer(self._column, np.int32)


class _Rows:
    """The words of each pot, with their marks."""

    def __init__(self) -> None:
        self._terms: dict[tuple[str, int], int] = {}
        self._of: dict[int, tuple[int, ...]] = {}
        self._words, self._marks = array("i"), bytearray()

    def add(self, pot: Profile) -> bool:
        """Add a row; tell whether it holds all that the pot says."""
        fields = pot.purposes, pot.recipients, pot.funders
        row: dict[int, int] = {}
        if all(len(field) <= 1 for field in fields):
            for field, mark in zip(fields, (PURPOSE, RECIPIENT, FUNDER), strict=True):
                for words in field:
                    for number in self._of.get(id(words)) or self._numbers(words):
                        row[number] = row.get(number, 0) | mark
        fits = len(row) <= WIDTH and len(row) == len(pot.topic.terms)
        rest = WIDTH - len(row) if fits else WIDTH
        if fits:
            self._words.extend(row)
            self._marks.extend(row.values())
        self._words.extend(ZEROS[:rest])
        self._marks.extend(bytes(rest))
        return fits

    def columns(self) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
        vocabulary = slips(stem for stem, _ in self._terms)
        weights = np.array([0, *(weight for _, weight in self._terms)])
        extra = np.where(weights > 1, TELLING, 0) + np.concatenate(
            [[0], np.where(vocabulary.shared, SLIPS, 0)]
        )
        numbers = np.frombuffer(self._words, np.int32).reshape(-1, WIDTH)
        marks = np.frombuffer(bytes(self._marks), np.uint8).reshape(-1, WIDTH)
        classes = np.concatenate([[0], vocabulary.classes + 1]).astype(np.int32)
        return classes[numbers], marks | extra.astype(np.uint8)[numbers]

    def _numbers(self, words: Words) -> tuple[int, ...]:
        terms = self._terms
        found = tuple(
            [terms.setdefault((one.stem, one.weight), len(terms) + 1) for one in words.terms]
        )
        self._of[id(words)] = found
        return found


TELLS = 2
"""Weight of a telling word."""
ZEROS = (0,) * WIDTH


def slips(stems: Iterable[str]) -> Vocabulary:
    """Sort words into classes: equal ones, and those of which one may be a slip of the other."""
    every = list(stems)
    places: dict[str, list[int]] = {}
    for place, stem in enumerate(every):
        places.setdefault(stem, []).append(place)
    home = {stem: stem for stem in places}

    def root(stem: str) -> str:
        while home[stem] != stem:
            stem = home[stem]
        return stem

    for one, other in _alike([stem for stem in places if can_slip(Term(stem, 1, stem))]):
        first, second = sorted((root(one), root(other)))
        home[second] = first
    numbers = {stem: number for number, stem in enumerate(places)}
    classes = np.array([numbers[root(stem)] for stem in every], np.int32)
    counts = np.bincount(classes, minlength=len(numbers)) if every else np.zeros(0, np.int64)
    return Vocabulary(classes, counts[classes] > 1)


def _alike(stems: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Yield words that begin or end alike and differ by a slip."""
    ends: Sequence[Callable[[str], str]] = (lambda stem: stem[:3], lambda stem: stem[-3:])
    for end in ends:
        shelves: dict[str, list[str]] = {}
        for stem in stems:
            shelves.setdefault(end(stem), []).append(stem)
        yield from chain.from_iterable(map(_within, shelves.values()))


def _within(stems: Sequence[str]) -> Iterable[tuple[str, str]]:
    for start in range(0, len(stems), AT_ONCE):
        part = stems[start : start + AT_ONCE]
        table = process.cdist(part, stems, scorer=fuzz.ratio, score_cutoff=ALIKE, dtype=np.uint8)
        for row, column in zip(*np.nonzero(table), strict=True):
            if start + row < column:
                yield part[row], stems[column]


def _period_of(pot: Profile) -> Hashable:
    past = not pot.states_period and is_past(pot.timeframe, pot.published)
    return pot.timeframe, pot.states_period, pot.looks_back, past


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
