"""The lists of many pots at once: what `store.dedup.index.lists` says of each, as columns.

A pot whose document states no other figure has lists of its amounts and words alone, which numbers
can be combined for by the thousand; of the others they are asked one by one.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from store.dedup import index
from store.dedup.profile import Profile

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]
    Ranks = NDArray[np.int32]
    Flags = NDArray[np.bool_]

AT_ONCE = 8192
"""Pots that are listed together."""
LAST = np.iinfo(np.int64).max
"""What stands in a row after its words, and sorts last."""
PAIRED = np.array(list(combinations(range(index.MOST_PAIRED), 2))).T


def listed(pots: Sequence[Profile], order: Sequence[int]) -> tuple[Integers, Ranks]:
    """Return every list that any pot stands in, with the rank of the pot, by rank.

    Args:
        pots: In any order.
        order: Their places by rank.
    """
    lists = _Lists()
    parts = [
        lists.of([pots[place] for place in order[start : start + AT_ONCE]], start)
        for start in range(0, len(order), AT_ONCE)
    ]
    if not parts:
        return np.zeros(0, np.int64), np.zeros(0, np.int32)
    return np.concatenate([codes for codes, _ in parts]), np.concatenate([r for _, r in parts])


class _Lists:
    """What was found of figures and words."""

    def __init__(self) -> None:
        self._words: dict[int, list[int]] = {}

    def of(self, pots: Sequence[Profile], start: int) -> tuple[Integers, Ranks]:
        """Return the lists of pots of successive ranks, by rank.

        Args:
            pots: In the order of their ranks.
            start: Rank of the first.
        """
        simple = [place for place, pot in enumerate(pots) if _is_simple(pot)]
        found = [*self._of_simple([pots[place] for place in simple])]
        if set(simple) != set(range(len(pots))):
            others = sorted(set(range(len(pots))).difference(simple))
            each = [index.lists(pots[place]) for place in others]
            codes = np.array([code for one in each for code in one], np.int64)
            found.append((codes, np.repeat(np.array(others), [len(one) for one in each])))
        places = np.array(simple, np.int64)
        last = len(found) - (len(simple) != len(pots))
        ranks = [places[r] if number < last else r for number, (_, r) in enumerate(found)]
        joined = np.concatenate(ranks).astype(np.uint16)
        by_rank = np.argsort(joined, kind="stable")
        codes = np.concatenate([codes for codes, _ in found])[by_rank]
        return codes, joined[by_rank].astype(np.int32) + np.int32(start)

    def _of_simple(self, pots: Sequence[Profile]) -> Iterator[tuple[Integers, Integers]]:
        """Yield lists with the places of pots that have one figure and no company."""
        words, said = _rows([self._anchors(pot) for pot in pots])
        twos, paired = _twos(words, said)
        few = said & (said.sum(1) <= index.FEW_WORDS)[:, None]
        amounts = [index.amounts(pot.figures[0]) for pot in pots]
        tells = np.array([pot.figures[0].digits >= index.TELLS_ALONE for pot in pots], np.bool_)
        exact, is_exact = _rows([exact for exact, _ in amounts])
        cells, is_cell = _rows([cells for _, cells in amounts])
        for amount, known, anchors, stand in (
            (exact, is_exact, words, said),
            (cells, is_cell, twos, paired),
            (cells, is_cell, words, few),
        ):
            for column in range(amount.shape[1]):
                row, place = np.nonzero(stand & known[:, column, None])
                yield amount[row, column] ^ anchors[row, place], row
        for amount, known in ((exact, is_exact), (cells, is_cell)):
            row, place = np.nonzero(known & tells[:, None])
            yield amount[row, place], row

    def _anchors(self, pot: Profile) -> Sequence[int]:
        """Return the codes of the words that a pot is listed by."""
        words = self._words.get(id(pot.topic))
        if words is None:
            words = self._words[id(pot.topic)] = index.codes(index.first_words(pot.topic))
        subject = pot.surroundings.subject
        return list(dict.fromkeys((*words, *index.codes(subject)))) if subject else words


def different(numbers: Integers) -> Integers:
    """Return each number once, in order; the array given is sorted in place."""
    numbers.sort()  # much faster than `numpy.unique`, which hashes
    fresh = np.ones(len(numbers), np.bool_)
    fresh[1:] = numbers[1:] != numbers[:-1]
    return numbers[fresh]


def _is_simple(pot: Profile) -> bool:
    figures = pot.figures
    return len(figures) == 1 and all(one in figures for one in pot.surroundings.figures)


def _rows(ragged: Sequence[Sequence[int]]) -> tuple[Integers, Flags]:
    """Return rows of one length, and which of their numbers are given."""
    lengths = np.array([len(one) for one in ragged], np.int64)
    width = int(lengths.max(initial=0))
    given = np.arange(width) < lengths[:, None]
    rows = np.full((len(ragged), width), LAST)
    flat = array("q")
    for one in ragged:
        flat.extend(one)
    rows[given] = np.frombuffer(flat, np.int64) if flat else 0
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
