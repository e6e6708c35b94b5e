"""The order in which the columns of a page are read.

A page is cut into strips at its white rows. Strips that follow one another and leave the same white
gutter free, with running text on both sides of it, are columns: the left is read before the right.
All else is read across. A table of figures is no running text, so its rows stay whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from statistics import median

from ingest.layout.words import PlacedWord, rows_of

_GUTTER = (
    1.0  # of the type size: no space between words of justified text is wider over three lines
)
_LINES = 3  # on each side; fewer are a caption beside a picture, or a date beside a heading
_WORDS = 3  # a line on each side, half the lines at least; fewer are labels or figures
_SHRINK = 0.2  # of a word's height, above and below: tight lines touch, and still are two strips
_BINS = 2  # for one point
_WHITE = re.compile("0+")


def columns(words: Sequence[PlacedWord]) -> list[list[PlacedWord]]:
    """Return the words of one frame in blocks, each to be read across, in reading order."""
    if not words:
        return []
    strips = _strips(words)
    masks = [_mask(strip) for strip in strips]
    wide = max(1, round(_GUTTER * _BINS * median(word.size for word in words)))
    blocks: list[list[PlacedWord]] = []
    across: list[PlacedWord] = []
    start = 0
    while start < len(strips):
        end, gutter = _zone(strips, masks, start, wide)
        if gutter is None:
            across += strips[start]
            start += 1
            continue
        if across:
            blocks.append(across)
            across = []
        zone = [word for strip in strips[start:end] for word in strip]
        for side in _split(zone, gutter):
            blocks += columns(side)
        start = end
    return [*blocks, across] if across else blocks


def _strips(words: Iterable[PlacedWord]) -> list[list[PlacedWord]]:
    """Cut the page at rows where no word stands."""
    strips: list[list[PlacedWord]] = []
    lower = 0.0
    for word in sorted(words, key=lambda w: (w.top, w.x0)):
        shrink = _SHRINK * (word.bottom - word.top)
        if not strips or word.top + shrink >= lower:
            strips.append([])
        strips[-1].append(word)
        lower = max(lower, word.bottom - shrink)
    return strips


def _mask(words: Iterable[PlacedWord]) -> int:
    """Return the breadth that words take up, as the bits of a number."""
    mask = 0
    for word in words:
        low, high = max(0, int(word.x0 * _BINS)), max(0, int(word.x1 * _BINS)) + 1
        mask |= ((1 << (high - low)) - 1) << low if high > low else 0
    return mask


def _zone(
    strips: Sequence[Sequence[PlacedWord]], masks: Sequence[int], start: int, wide: int
) -> tuple[int, float | None]:
    """Return where the longest run of strips with a gutter ends, and the gutter's middle."""
    taken = 0
    candidates: dict[tuple[float, ...], int] = {}
    for end in range(start, len(strips)):
        taken |= masks[end]
        if gaps := _gaps(taken, wide):
            candidates[gaps] = end + 1  # the last strip that leaves these gaps free
    for gaps, end in reversed(candidates.items()):
        zone = [word for strip in strips[start:end] for word in strip]
        for gutter in gaps:
            if all(_is_running_text(side) for side in _split(zone, gutter)):
                return end, gutter
    return start, None


def _gaps(taken: int, wide: int) -> tuple[float, ...]:
    """Return the middles of the white gaps inside that are `wide` bins or wider, widest first."""
    lowest = (taken & -taken).bit_length() - 1
    inside = bin(taken >> lowest)[:1:-1]
    gaps = [match for match in _WHITE.finditer(inside) if len(match[0]) >= wide]
    gaps.sort(key=lambda match: (-len(match[0]), match.start()))
    return tuple((lowest + (match.start() + match.end()) / 2) / _BINS for match in gaps)


def _split(words: Iterable[PlacedWord], gutter: float) -> tuple[list[PlacedWord], list[PlacedWord]]:
    left: list[PlacedWord] = []
    right: list[PlacedWord] = []
    for word in words:
        (left if word.x1 <= gutter else right).append(word)
    return left, right


def _is_running_text(words: Sequence[PlacedWord]) -> bool:
    if len(words) < _LINES * _WORDS:
        return False
    rows = rows_of(words)
    return len(rows) >= _LINES and median(len(row) for row in rows) >= _WORDS
