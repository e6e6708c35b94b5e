"""The order in which the columns of a page are read.

A page is cut into strips at its white rows. Strips that follow one another and leave the same white
gutter free, with running text on both sides of it, are columns: the left is read before the right.
All else is read across. A table of figures is no running text, so its rows stay whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import accumulate
from operator import attrgetter, or_
from statistics import median
from typing import NamedTuple

from ingest.layout.figures import is_figure
from ingest.layout.words import PlacedWord, rows_of

_GUTTER = 1.0  # of the type size: no space of justified text is as wide over three lines
_LINES = 3  # on each side; fewer are a caption beside a picture, or a date beside a heading
_WORDS = 3  # a line on each side, half the lines at least; fewer are labels or figures
_FIGURES = 0.8  # of a side's rows; no prose has as many with a figure at the end or apart
_TABLE = 0.6  # of some strips; where as many have a figure apart, there is a table
_CELLS = 0.3  # of a side's rows with a figure apart, where most rows have few words besides
_SHRINK = 0.2  # of a word's height, above and below: tight lines touch, and still are two strips
_BINS = 2  # for one point
_BROADEST = 100_000  # bins; no page is as broad, whatever a damaged PDF says of its glyphs
_WHITE = re.compile("0+")

_FROM_TOP = attrgetter("top", "x0")
_LEFT = attrgetter("x0")

_Gap = tuple[float, float]


class Cut(NamedTuple):
    """The words of one frame of a page, cut at its white rows.

    Attributes:
        strips: The words between two white rows, from top to bottom.
        masks: The breadth that each strip takes up, as the bits of a number.
        wide: The narrowest gutter, in bins.
        cells: How many of the strips up to each one are rows of figures apart.
    """

    strips: list[list[PlacedWord]]
    masks: list[int]
    wide: int
    cells: list[int]


def cut(words: Sequence[PlacedWord]) -> Cut:
    """Cut a frame of a page at its white rows."""
    strips = _strips(words)
    wide = max(1, round(_GUTTER * _BINS * median(word.size for word in words))) if words else 1
    cells = [0, *accumulate(_is_cells(sorted(strip, key=_LEFT)) for strip in strips)]
    return Cut(strips, [_mask(strip, wide) for strip in strips], wide, cells)


def columns(page: Cut, known: Iterable[float] = ()) -> list[list[PlacedWord]]:
    """Return the words of one frame in blocks, each to be read across, in reading order.

    Args:
        page: The frame.
        known: Gutters of the document's other pages: where one of them is free, a single line on a
            side makes a column, as on the last page of a report.
    """
    blocks: list[list[PlacedWord]] = []
    for zone, gutter in _zones(page, tuple(known)):
        if gutter is None:
            blocks.append(zone)
        else:
            for side in _split(zone, gutter):
                blocks += columns(cut(side), known)
    return blocks


def across(page: Cut) -> list[list[PlacedWord]]:
    """Return the words of one frame of which is known that it has no columns, as one block."""
    words = [word for strip in page.strips for word in strip]
    return [words] if words else []


def gutters_of(page: Cut) -> set[float]:
    """Return the middles of the gutters between the columns of one page."""
    found: set[float] = set()
    for zone, gutter in _zones(page, ()):
        if gutter is not None:
            found |= {gutter}.union(*(gutters_of(cut(side)) for side in _split(zone, gutter)))
    return found


def _zones(page: Cut, known: Sequence[float]) -> Iterator[tuple[list[PlacedWord], float | None]]:
    """Yield the parts of a page from top to bottom, each with its gutter or None."""
    strips = page.strips
    across: list[PlacedWord] = []
    start = 0
    while start < len(strips):
        end, gutter = _zone(page, start, known)
        if gutter is None:
            across += strips[start]
            start += 1
            continue
        if across:
            yield across, None
            across = []
        yield [word for strip in strips[start : start + end] for word in strip], gutter
        start += end
    if across:
        yield across, None


def _strips(words: Iterable[PlacedWord]) -> list[list[PlacedWord]]:
    """Cut the page at rows where no word stands."""
    strips: list[list[PlacedWord]] = []
    lower = 0.0
    for word in sorted(words, key=_FROM_TOP):
        shrink = _SHRINK * (word.bottom - word.top)
        if not strips or word.top + shrink >= lower:
            strips.append([])
        strips[-1].append(word)
        lower = max(lower, word.bottom - shrink)
    return strips


def _mask(words: Sequence[PlacedWord], wide: int) -> int:
    """Return the breadth that words take up, as the bits of a number; narrower gaps are filled."""
    mask = 0
    begun, reach = -1, -1
    for word in sorted(words, key=_LEFT):
        low, high = int(word.x0 * _BINS), int(word.x1 * _BINS)
        if low < 0 or high > _BROADEST:
            low, high = min(max(0, low), _BROADEST), min(max(0, high), _BROADEST)
        if low > reach + wide:
            if begun >= 0:
                mask |= ((1 << (reach + 1 - begun)) - 1) << begun
            begun, reach = low, high
        elif high > reach:
            reach = high
            begun = low if begun < 0 else begun
    return mask | (((1 << (reach + 1 - begun)) - 1) << begun if begun >= 0 else 0)


def _zone(page: Cut, start: int, known: Sequence[float]) -> tuple[int, float | None]:
    """Return how many strips from `start` on leave a gutter free, and the gutter's middle."""
    strips, masks, wide = page.strips[start:], page.masks[start:], page.wide
    left, right = _ends(reduce(or_, masks))
    taken = 0
    candidates: dict[tuple[_Gap, ...], int] = {}
    gaps: tuple[_Gap, ...] = ()
    for count, mask in enumerate(masks, 1):
        if mask & ~taken:
            taken |= mask
            gaps = _gaps(taken, wide)
        if gaps:
            candidates[gaps] = count  # the last strip that leaves these gaps free
        elif _ends(taken) == (left, right):
            break  # nothing below can open a gap again
    for gaps, count in reversed(candidates.items()):
        if page.cells[start + count] - page.cells[start] >= _TABLE * count:
            continue
        for low, high in gaps:
            least = 1 if any(low <= gutter <= high for gutter in known) else _LINES
            gutter = (low + high) / 2
            parts = [_split(strip, gutter) for strip in strips[:count]]
            if all(_is_running_text(side, least) for side in zip(*parts, strict=True)):
                return count, gutter
    return 0, None


def _ends(mask: int) -> tuple[int, int]:
    return (mask & -mask).bit_length(), mask.bit_length()


def _gaps(taken: int, wide: int) -> tuple[_Gap, ...]:
    """Return the white gaps inside that are `wide` bins or wider, in points, widest first."""
    lowest = (taken & -taken).bit_length() - 1
    if _closed(taken >> lowest, wide):
        return ()
    inside = bin(taken >> lowest)[:1:-1]
    gaps = [match.span() for match in _WHITE.finditer(inside)]
    gaps = sorted((gap for gap in gaps if gap[1] - gap[0] >= wide), key=lambda g: (g[0] - g[1], g))
    return tuple(((lowest + low) / _BINS, (lowest + high) / _BINS) for low, high in gaps)


def _closed(mask: int, wide: int) -> bool:
    """Tell whether every gap inside is narrower than `wide`: widening what is taken closes it."""
    length = mask.bit_length()
    step, widened = 1, 1
    while widened < wide:
        step = min(step, wide - widened)
        mask |= mask << step
        widened += step
        step *= 2
    full = (1 << length) - 1
    return mask & full == full


def _split(words: Iterable[PlacedWord], gutter: float) -> tuple[list[PlacedWord], list[PlacedWord]]:
    left: list[PlacedWord] = []
    right: list[PlacedWord] = []
    for word in words:
        (left if word.x1 <= gutter else right).append(word)
    return left, right


def _is_running_text(strips: Sequence[Sequence[PlacedWord]], least: int) -> bool:
    """Tell whether one side of a gutter holds lines of words; strips hold one row at least.

    Rows of a table are none, however many words they have: nearly all of them end in a figure, or
    few have words enough without their figures.
    """
    words = [word for strip in strips for word in strip]
    rows_at_least = sum(map(bool, strips))
    if len(words) < max(least * _WORDS, rows_at_least * (_WORDS + 1) / 2):
        return False  # too few for half of the rows to have _WORDS words; spares the next line
    rows = rows_of(words)
    if len(rows) < least or median(len(row) for row in rows) < _WORDS:
        return False
    apart = sum(map(_is_cells, rows))
    ended = sum(is_figure(row[-1].text) for row in rows)
    if max(apart, ended) >= _FIGURES * len(rows):
        return False
    plain = median(sum(not is_figure(word.text) for word in row) for row in rows)
    return plain >= _WORDS or apart < _CELLS * len(rows)


def _is_cells(row: Sequence[PlacedWord]) -> bool:
    """Tell whether a row has nothing but figures, or one with a gutter on either side."""
    if all(is_figure(word.text) for word in row):
        return True
    starts = (None, *row)
    ends = (*row[1:], None)
    return any(
        is_figure(word.text)
        and (before is None or word.x0 - before.x1 > _GUTTER * word.size)
        and (after is None or after.x0 - word.x1 > _GUTTER * word.size)
        for before, word, after in zip(starts, row, ends, strict=False)
    )
