"""The different words of many pots as numbers, and which of them may be one, misspelt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from rapidfuzz import fuzz, process

from store.dedup.likeness import ALIKE
from store.dedup.words import Term, can_slip

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int32]
    Flags = NDArray[np.bool_]

TELLS = 2
"""Weight of a telling word."""
AT_ONCE = 500
"""Words that are held against all others of their first or last letters at once."""


class Stems(dict[str, int]):
    """Numbers stems as they come, from 1."""

    def __missing__(self, stem: str) -> int:
        number = self[stem] = len(self) + 1
        return number


class Vocabulary(dict[Term, int]):
    """Numbers terms by their stems, as they come.

    Attributes:
        stems: The numbers by stems.
    """

    def __init__(self) -> None:
        super().__init__()
        self.stems = Stems()
        self._broad: set[str] = set()

    def __missing__(self, term: Term) -> int:
        if term.weight < TELLS:
            self._broad.add(term.stem)
        number = self[term] = self.stems[term.stem]
        return number

    def ordered(self) -> tuple[Numbers, Sequence[str], Flags]:
        """Put telling words first.

        Returns:
            For each number its number in the new order; then for each of the new numbers the stem,
            and whether it tells much. Zero stays zero.
        """
        stems = ["", *sorted(self.stems, key=lambda stem: (stem in self._broad, stem))]
        order = np.zeros(len(stems), np.min_scalar_type(len(stems)))
        order[[self.stems[stem] for stem in stems[1:]]] = np.arange(1, len(stems))
        return order, stems, np.array([stem not in self._broad for stem in stems], np.bool_)


class Classes(NamedTuple):
    """For each of some words the number of its class, and whether that has others.

    Words of which one may be a slip of the other are of one class.
    """

    classes: NDArray[np.int32]
    shared: Flags


def slips(stems: Iterable[str]) -> Classes:
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
    return Classes(classes, counts[classes] > 1)


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
