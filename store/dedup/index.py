"""Which pots are compared: those that share a telling word and an amount, near each other in time.

Every pot stands in some lists, one for each of its telling words and each of its amounts. In a
list pots stand in the order of their days, and each is compared with the few on either side of it.
So the work grows with the pots, however many state one amount, and it depends on the set of pots
alone: a pot that comes or goes changes nothing but the lists around it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations
from typing import TYPE_CHECKING, TypeVar

from store.dedup.figure import KEPT_FIGURES, Figure
from store.dedup.profile import Profile
from store.dedup.words import KEPT_TEXTS, Words, rate_key

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]

Number = TypeVar("Number", int, "NDArray[np.int64]")

WINDOW = 4
"""Pots on either side in a list that a pot is compared with."""
MOST_WORDS = 6
"""Words of one pot that make lists."""
MOST_COMPANY = 8
"""Other figures of its document by which a pot is listed, the most distinctive."""
MOST_PAIRED = 8
"""Words of one pot of which each two make a list of amounts that may round each other."""
FEW_WORDS = 3
"""Words of one pot up to which each one makes such a list, too."""
SECOND = 0x5BD1E995
"""What tells the second of two words from the first."""
TELLS_ALONE = 4
"""Digits of an amount by which alone a pot is listed."""
CELL = math.log(1.5)
"""Width of the lists that amounts which are not equal share, as a logarithm."""
LEAST = Decimal("0.01")

TIE_BITS = 40
"""Of a place in a list, those that tell pots of one day apart."""
SCATTER = 0x9E3779B97F
"""Odd, so that it scatters the pots of one document."""


def place_of(pot: Profile) -> int:
    """Return where a pot stands in each of its lists: by day, the undated first, then by chance."""
    day = pot.published.toordinal() if pot.published else 0
    document, start = pot.key
    chance = int(document[-TIE_BITS // 4 :], 16) ^ start * SCATTER
    return day << TIE_BITS | chance & (1 << TIE_BITS) - 1


def lists(pot: Profile) -> list[int]:
    """Return the lists in which a pot stands: signed 64-bit numbers, the same in every process.

    Two pots of which one's figure can be the other's share a list if they share an anchor.
    """
    words = codes(dict.fromkeys(_words(pot)))
    paired = combinations(sorted(words[:MOST_PAIRED]), 2)
    twos = [one ^ second(two) for one, two in paired]
    company = _company(pot)
    roughly = [*twos, *(words if len(words) <= FEW_WORDS else ()), *company]
    found = []
    for figure in pot.figures:
        exact, cells = amounts(figure)
        found += [amount ^ anchor for amount in exact for anchor in (*words, *company)]
        found += [cell ^ anchor for cell in cells for anchor in roughly]
        found += exact + cells if figure.digits >= TELLS_ALONE else ()
    return list(dict.fromkeys(found))


def anchors(pot: Profile) -> list[int]:
    """Return what a pot can share with others besides its amount: words and other figures."""
    return [*codes(dict.fromkeys(_words(pot))), *_company(pot)]


def apart_by(left: Profile, right: Profile) -> str:
    """Say why two pots stand in no list together; empty when they do."""
    if not set(lists(left)).isdisjoint(lists(right)):
        return ""
    if not left.figures or not right.figures:
        return "an amount is vague, or its document states it too often to tell"
    if set(anchors(left)).isdisjoint(anchors(right)):
        return "they share no word, and their documents no other figure"
    return "their amounts are not equal, and they share too little for one to be the other rounded"


def pairs(pots: Sequence[Profile]) -> tuple[Integers, Integers]:
    """Return the places of every two pots to compare, earlier first, each pair once, in order.

    Args:
        pots: In any order.
    """
    import numpy as np  # noqa: PLC0415 - a tenth of a second that a question need not wait for

    from store.dedup import listed  # noqa: PLC0415 - likewise
    from store.dedup.columns import Columns  # noqa: PLC0415 - likewise

    found = [*listed.pairs(pots, Columns(pots))] or [(np.zeros(0, np.int64),) * 2]
    left, right = map(np.concatenate, zip(*found, strict=True))
    return left, right


def _words(pot: Profile) -> list[str]:
    """Return the words of purpose and parties, and those of the document."""
    return [*first_words(pot.topic), *pot.surroundings.subject]


def first_words(topic: Words) -> list[str]:
    """Return the words of purpose and parties by which a pot is listed, telling ones first."""
    telling = [term.stem for term in topic.terms if term.weight > 1]
    others = [term.stem for term in topic.terms if term.weight == 1]
    return [*telling, *others][:MOST_WORDS]


def codes(words: Iterable[str]) -> list[int]:
    """Return the numbers of words."""
    return [_code("word", word) for word in words]


@lru_cache(KEPT_TEXTS)
def _code(*parts: str) -> int:
    """Return a number for some words, the same in every process."""
    digest = blake2b("\0".join(parts).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _company(pot: Profile) -> list[int]:
    others = [figure for figure in pot.surroundings.figures if figure not in pot.figures]
    return [code for figure in others[:MOST_COMPANY] for code in _numbers(figure)]


@lru_cache(KEPT_FIGURES)
def _numbers(figure: Figure) -> tuple[int, ...]:
    if figure.digits < 2:  # noqa: PLR2004 - round sums of one digit are no company
        return ()
    return tuple(
        _code("figure", figure.currency, f"{point.normalize():f}") for point in figure.points
    )


@lru_cache(KEPT_FIGURES)
def amounts(figure: Figure) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return what a figure is listed by: its own numbers, and cells for what it can stand for."""
    lane = figure.currency, rate_key(figure.rate) or ""
    exact = tuple(_code(*lane, "=", f"{point.normalize():f}") for point in figure.points)
    ends = [(point, point) for point in figure.points] if figure.is_wide else [figure.reach]
    cells = (cell for low, high in ends for cell in range(_cell(low), _cell(high) + 1))
    return exact, tuple(_code(*lane, "~", str(cell)) for cell in cells)


def second(code: Number) -> Number:
    """Return a number, or numbers, that stand for the second of two words."""
    return (code >> 1) ^ SECOND


def _cell(amount: Decimal) -> int:
    return math.floor(math.log(max(amount, LEAST)) / CELL)
