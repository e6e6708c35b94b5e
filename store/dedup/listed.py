"""The lists of many pots at once, and who is near whom in them: what `store.dedup.index` says.

A pot with one figure, whose document states no other, has lists of that and of words alone, which
numbers can be combined for by the thousand; of the others they are asked one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from store.dedup import index
from store.dedup.columns import Columns
from store.dedup.profile import Profile

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]
    Places = NDArray[np.int32]
    Flags = NDArray[np.bool_]

AT_ONCE = 8192
"""Pots that are listed together."""
LAST = np.iinfo(np.int64).max
"""What stands in a row after its words, and sorts last."""
PAIRED = np.array(list(combinations(range(index.MOST_PAIRED), 2))).T
PARTS, PART_BITS = 64, 58
"""Parts in which lists are put in order, by their numbers' first bits, so that few are copied."""
PAIRS_AT_ONCE = 1 << 16
"""Pots of which the pairs are handed out together."""


def pairs(pots: Sequence[Profile], columns: Columns) -> Iterator[tuple[Integers, Integers]]:
    """Yield the places of every two pots to compare, earlier first, each pair once, in order.

    Those whose figures lie too far apart for one to be the other are left out.

    Args:
        pots: In any order.
        columns: Of these.
    """
    shelves = [_near(*shelf, columns) for shelf in _in_order(listed(pots, columns))]
    size = len(pots)
    for start in range(0, size, PAIRS_AT_ONCE):
        ends = np.array([start, start + PAIRS_AT_ONCE]) * size
        found = [shelf[slice(*np.searchsorted(shelf, ends))] for shelf in shelves]
        yield np.divmod(different(np.concatenate(found)), size)


def _near(lists: Integers, places: Places, columns: Columns) -> Integers:
    """Return a number for every two pots that are near in a list and can meet, each once."""
    least, most = columns.reach(places)
    found = []
    for step in range(1, index.WINDOW + 1):
        meet = lists[step:] == lists[:-step]
        meet &= (least[step:] <= most[:-step]) & (least[:-step] <= most[step:])
        one, other = places[:-step][meet], places[step:][meet]
        first = np.minimum(one, other).astype(np.int64)
        found.append(first * len(columns.figures) + np.maximum(one, other))
    return different(np.concatenate(found))


def listed(pots: Sequence[Profile], columns: Columns) -> Iterator[tuple[Integers, Places]]:
    """Yield every list that any pot stands in, with the place of the pot, by rank.

    Args:
        pots: In any order.
        columns: Of these.
    """
    lists, order = _Lists(columns), _order(pots)
    for start in range(0, len(order), AT_ONCE):
        places = order[start : start + AT_ONCE]
        codes, ranks = map(np.concatenate, zip(*lists.of(pots, places), strict=True))
        by_rank = np.argsort(ranks.astype(np.uint16), kind="stable")
        yield codes[by_rank], places[ranks[by_rank]].astype(np.int32)


def _order(pots: Sequence[Profile]) -> Integers:
    """Return the places of pots by where they stand in lists."""
    return np.argsort(np.array([index.place_of(pot) for pot in pots], np.int64), kind="stable")


def _in_order(
    every: Iterable[tuple[Integers, Places]],
) -> Iterator[tuple[Integers, Places]]:
    """Yield lists in order, and in each the places by rank; a part of all lists at a time."""
    shelves: list[list[tuple[Integers, Places]]] = [[] for _ in range(PARTS)]
    for codes, places in every:
        parts = (codes >> PART_BITS).astype(np.int8)
        by_part = np.argsort(parts, kind="stable")
        ends = np.searchsorted(parts[by_part], np.arange(1 - PARTS // 2, PARTS // 2))
        for shelf, here in zip(shelves, np.split(by_part, ends), strict=True):
            shelf.append((codes[here], places[here]))
    for shelf in shelves:
        if shelf:
            codes, places = map(np.concatenate, zip(*shelf, strict=True))
            shelf.clear()
            by_list = _by_list(codes)
            yield codes[by_list], places[by_list]


def _by_list(codes: Integers) -> Integers:
    """Return where the lists stand that are equal, side by side, and in the order given."""
    bits = len(codes).bit_length()
    order = codes >> bits << bits | np.arange(len(codes))
    order.sort()  # numbers alone are put in order much faster than what numbers stand for
    order &= (1 << bits) - 1
    found = codes[order]
    if (found[1:] < found[:-1]).any():  # two lists differ in the bits that were left out alone
        return np.argsort(codes, kind="stable")
    return order


def different(numbers: Integers) -> Integers:
    """Return each number once, in order; the array given is sorted in place."""
    numbers.sort()  # much faster than `numpy.unique`, which hashes
    fresh = np.ones(len(numbers), np.bool_)
    fresh[1:] = numbers[1:] != numbers[:-1]
    return numbers[fresh]


class _Lists:
    """What is the same for all pots of a figure or of a word."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._codes = np.array([LAST, *index.codes(columns.stems[1:])], np.int64)
        figures = [pot.figures[:1] for pot in columns.pots_by_figures]
        amounts = [index.amounts(one[0]) if one else ((), ()) for one in figures]
        self._exact, self._cells = (_rows([one[side] for one in amounts]) for side in (0, 1))
        tells = [bool(one) and one[0].digits >= index.TELLS_ALONE for one in figures]
        self._tells = np.array(tells, np.bool_)

    def of(self, pots: Sequence[Profile], places: Integers) -> Iterator[tuple[Integers, Integers]]:
        """Yield lists, each with where in `places` the pot stands that is in it."""
        simple = self._columns.simple[places] & self._columns.plain[places]
        others = np.flatnonzero(~simple)
        each = [index.lists(pots[place]) for place in places[others].tolist()]
        codes = np.array([code for one in each for code in one], np.int64)
        yield codes, np.repeat(others, [len(one) for one in each])
        here = np.flatnonzero(simple)
        for codes, rows in self._of_simple(places[here]):
            yield codes, here[rows]

    def _of_simple(self, places: Integers) -> Iterator[tuple[Integers, Integers]]:
        words, said = self._anchors(places)
        twos, paired = _twos(words, said)
        few = said & (said.sum(1) <= index.FEW_WORDS)[:, None]
        figures = self._columns.figures[places]
        tells = self._tells[figures]
        for (numbers, given), kinds in (
            (self._exact, ((words, said),)),
            (self._cells, ((twos, paired), (words, few))),
        ):
            amount, known = numbers[figures], given[figures]
            for anchors, stand in kinds:
                for column in range(amount.shape[1]):
                    row, place = np.nonzero(stand & known[:, column, None])
                    yield amount[row, column] ^ anchors[row, place], row
            row, place = np.nonzero(known & tells[:, None])
            yield amount[row, place], row

    def _anchors(self, places: Integers) -> tuple[Integers, Flags]:
        """Return the codes of the words that pots are listed by, and which of them are given."""
        words = self._columns.words[places, : index.MOST_WORDS]
        subject = self._columns.subjects[places]
        again = (subject[:, :, None] == words[:, None, :]).any(2)
        every = np.concatenate([words, np.where(again, 0, subject)], axis=1)
        kept = np.take_along_axis(every, np.argsort(every == 0, axis=1, kind="stable"), axis=1)
        return self._codes[kept], kept > 0


def _rows(ragged: Sequence[Sequence[int]]) -> tuple[Integers, Flags]:
    """Return rows of one length, and which of their numbers are given."""
    lengths = np.array([len(one) for one in ragged], np.int64)
    given = np.arange(int(lengths.max(initial=0))) < lengths[:, None]
    rows = np.full(given.shape, LAST)
    rows[given] = np.array([number for one in ragged for number in one], np.int64)
    return rows, given


def _twos(words: Integers, said: Flags) -> tuple[Integers, Flags]:
    """Return a number for each two of the first words of each pot."""
    most = index.MOST_PAIRED
    lacking = max(0, most - words.shape[1])
    first = np.pad(words[:, :most], ((0, 0), (0, lacking)), constant_values=LAST)
    count = np.minimum(said.sum(1), most)
    first.sort(1)
    one, other = PAIRED
    return first[:, one] ^ index.second(first[:, other]), other < count[:, None]
