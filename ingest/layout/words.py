"""Words out of glyphs, and rows out of anything that has a place."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import floor
from operator import attrgetter
from statistics import median
from sys import intern
from typing import NamedTuple, Protocol, TypeVar

from ingest.layout.glyphs import HALF, MILLI, Frame, Glyph, Turned, milli

_SPACE = 0.15  # of the type size: the narrowest gap between words; letters stand closer
_SPACED = 0.3  # of the type size: the widest gap between letters that are spaced out
_SPACED_GAPS = 10  # in a row, that tell spaced letters from a row of single figures
_PITCHED_STEPS = 5  # in a row, all of them even, that tell letters set at one pitch
_PITCHED_WIDTHS = 3  # of letters: single figures, which may stand at one pitch, have one
_PITCHED = 0.9  # of the steps of a longer row that are even
_EVEN = 0.02  # of the type size: steps that differ by less are even
_LEAP = 1.0  # of the type size: a gap that may lead to other text, set in its own way
_BACK = 0.5  # of a glyph's width: one that begins further back than that is no next letter
_OVERLAP = 0.5  # of the lower height that two things in one row share
_TALLER = 2.05  # times: taller things, such as initials over several lines, make a row of their own
_ALIKE = 0.1  # of the height: less of a difference is none
_RAISED = 0.12  # of the type size: how far a superscript's foot stands over the letters' before it
_SMALLER = 0.8  # of the type size: superscripts are smaller than that
_NO_GAP = 0.01  # of the type size: letters as close as that are not spaced out
_NOISE = 1e-6  # of a point: sums of the same widths in another order differ by less
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Placed(Protocol):
    """Anything with a left edge, a top and a bottom."""

    @property
    def x0(self) -> float: ...  # noqa: D102 - the class says it
    @property
    def top(self) -> float: ...  # noqa: D102 - the class says it
    @property
    def bottom(self) -> float: ...  # noqa: D102 - the class says it


P = TypeVar("P", bound=Placed)


class PlacedWord(NamedTuple):
    """A word in its reading frame; its edges are whole thousandths of a point.

    Attributes:
        text: Its characters.
        x0: Left edge.
        top: Upper edge.
        x1: Right edge.
        bottom: Lower edge.
        size: Type size of its largest glyph.
        bold: All its glyphs are bold.
        turned: How its page is looked at; None where the word is upright.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool
    turned: Turned | None = None

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Its place on the page as it is looked at, in thousandths, from the top left corner."""
        x0, top, x1, bottom = self[1:5]
        edges = round(x0 * MILLI), round(top * MILLI), round(x1 * MILLI), round(bottom * MILLI)
        return self.turned.on_page(edges) if self.turned else edges


def rows_of(things: Iterable[P]) -> list[list[P]]:
    """Group things that stand on one line, each row from left to right, rows from top to bottom.

    A thing joins a row if it stands beside the row's tallest thing and beside the one most like
    itself: two lines of small print beside a large heading stay two rows.
    """
    bands: dict[tuple[float, float], list[P]] = {}
    for thing in things:
        bands.setdefault((thing.top, thing.bottom), []).append(thing)
    rows: list[list[P]] = []
    heights: list[P] = []
    for band in sorted(bands, key=_middle_of_band):
        thing = bands[band][0]
        height = _height(thing)
        alike = min(heights, key=lambda t: abs(_height(t) - height)) if heights else None
        if alike is None or not all(
            _same_row(t, thing) for t in (max(heights, key=_height), alike)
        ):
            rows.append([])
            heights = [thing]
        elif abs(_height(alike) - height) > _ALIKE * height:
            heights.append(thing)
        rows[-1] += bands[band]
    for row in rows:
        row.sort(key=_LEFT)
    return rows


_LEFT = attrgetter("x0")


def _middle_of_band(band: tuple[float, float]) -> tuple[float, float]:
    return band[0] + band[1], band[0]


def _height(thing: Placed) -> float:
    return thing.bottom - thing.top


def _same_row(one: Placed, other: Placed) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    low, high = sorted((_height(one), _height(other)))
    return shared >= _OVERLAP * low and high <= _TALLER * low


def words_of(frame: Frame) -> Iterator[PlacedWord]:
    """Yield the words of one frame, row by row.

    A word ends at white space, at a gap, and where the next glyph stands on another line. Raised
    digits become superscript digits: footnote 3 after `£2.1` must not read `£2.13`.
    """
    placer = _Placer(frame)
    rows = (
        (part, _pitch(row)) for row in map(_in_order, rows_of(frame.glyphs)) for part in _parts(row)
    )
    for row, pitch in rows:
        letter_gap = _letter_gap(row)
        word: list[Glyph] = []
        for glyph in row:
            if glyph.text.isspace():
                if word:
                    yield placer.word(word)
                word = []
                continue
            if word and (
                word[-1].space > word[-1].x1 or not _continues(word[-1], glyph, letter_gap, pitch)
            ):
                yield placer.word(word)
                word = []
            word.append(glyph)
        if word:
            yield placer.word(word)


def _in_order(row: list[Glyph]) -> list[Glyph]:
    """Take glyphs that overlap on a row apart, so that each character finds its place."""
    reach = -math.inf
    for glyph in row:
        if glyph.x0 < reach:
            return sorted((letter for glyph in row for letter in glyph.apart()), key=_LEFT)
        reach = glyph.x1 - _NO_GAP * (glyph.bottom - glyph.top)
    return row


def _parts(row: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Cut a row where it leaps, as it does from one column to the next."""
    part: list[Glyph] = []
    for glyph in row:
        if part and glyph.x0 - part[-1].space > _LEAP * glyph.size + _NOISE:
            yield part
            part = []
        part.append(glyph)
    yield part


def _pitch(row: Sequence[Glyph]) -> float:
    """Return the pitch at which letters of different widths are set, as on a typewriter; mostly 0.

    Narrow ones stand apart then, and `£340.90m` must not be read `£340. 90m`.
    """
    if any(glyph.letters for glyph in row):
        return 0
    letters = [glyph for glyph in row if not glyph.text.isspace()]
    steps = [after.x0 - before.x0 for before, after in pairwise(letters)]
    if len(steps) < _PITCHED_STEPS:
        return 0
    usual, size = median(steps), median(glyph.size for glyph in letters)
    widths = {round((glyph.x1 - glyph.x0) / size, 1) for glyph in letters if size}
    if not 0 < usual <= size or len(widths) < _PITCHED_WIDTHS:
        return 0
    uneven = sum(abs(step - round(step / usual) * usual) > _EVEN * size for step in steps)
    most = (1 - _PITCHED) * len(steps) if len(steps) >= _SPACED_GAPS else 0
    return usual if uneven <= most else 0


def _letter_gap(row: Sequence[Glyph]) -> float:
    """Return by how much the letters of a row are spaced out, in type sizes; mostly 0."""
    if _is_tight(row):
        return 0
    gaps: list[float] = []
    before: Glyph | None = None
    for glyph in row:
        if glyph.text.isspace():
            before = None
            continue
        size = glyph.bottom - glyph.top
        if size and before is not None and before.space <= before.x1:
            gaps.append((glyph.x0 - before.x1) / size)
        if size and len(glyph.letters) > 1:
            gaps += [glyph.gap / size] * (len(glyph.letters) - 1)
        before = glyph
    if len(gaps) < _SPACED_GAPS or 2 * sum(gap > _NO_GAP for gap in gaps) < len(gaps):
        return 0
    usual = median(gaps)
    return usual if _NO_GAP < usual <= _SPACED else 0


def _is_tight(row: Sequence[Glyph]) -> bool:
    """Tell whether so many letters of a row stand close that the others do not matter."""
    close, apart = 0, len(row)  # gaps inside of glyphs, and at most as many between them
    for glyph in row:
        inside = len(glyph.letters) - 1
        if inside > 0 and glyph.gap <= _NO_GAP * (glyph.bottom - glyph.top):
            close += inside
        elif inside > 0:
            apart += inside
    return close > apart


def _continues(before: Glyph, glyph: Glyph, letter_gap: float, pitch: float) -> bool:
    size = (before.size + glyph.size) / 2
    if pitch:
        near = abs(glyph.x0 - before.x0 - pitch) <= _EVEN * size
    else:
        gap, most = glyph.x0 - before.x1, (letter_gap + _SPACE) * size
        near = -_BACK * glyph.first - _NOISE <= gap <= most + _NOISE
    return near and (
        (before.top == glyph.top and before.bottom == glyph.bottom) or _same_row(before, glyph)
    )


class _Placer:
    """Makes the words of one frame; edges are whole thousandths, whatever they are summed from."""

    def __init__(self, frame: Frame) -> None:
        self._turned = Turned(frame.turn, frame.width, frame.height) if frame.turn else None
        self._heights: dict[tuple[float, float, float], tuple[float, float, float]] = {}

    def word(self, glyphs: list[Glyph]) -> PlacedWord:
        """Make one word; raised digits become superscripts."""
        if len(glyphs) == 1:
            text, x0, top, x1, bottom, bold, *_ = glyphs[0]
            return self._placed(text, (x0, x1), (top, bottom, bottom - top), bold=bold)
        size = max(glyph.size for glyph in glyphs)
        top, bottom = min(glyph.top for glyph in glyphs), max(glyph.bottom for glyph in glyphs)
        across = min(glyph.x0 for glyph in glyphs), max(glyph.x1 for glyph in glyphs)
        bold = all(glyph.bold for glyph in glyphs)
        return self._placed("".join(_texts(glyphs, size)), across, (top, bottom, size), bold=bold)

    def _placed(
        self,
        text: str,
        across: tuple[float, float],
        down: tuple[float, float, float],
        *,
        bold: bool,
    ) -> PlacedWord:
        kept = self._heights.get(down)
        if kept is None:  # one for all words of a line
            high, low, size = map(milli, down)
            kept = self._heights[down] = high / MILLI, low / MILLI, size / MILLI
        left = floor(across[0] * MILLI + HALF) / MILLI  # `milli`, without the call
        right = floor(across[1] * MILLI + HALF) / MILLI
        known = intern(text)  # words return, and all of a document are held at once
        return PlacedWord(known, left, kept[0], right, kept[1], kept[2], bold, self._turned)


def _texts(glyphs: Sequence[Glyph], size: float) -> Iterator[str]:
    """Yield the characters of a word, raised digits as superscripts.

    Raised is what is smaller than the letters before it and stands over their foot.
    """
    if all(glyph.size >= _SMALLER * size for glyph in glyphs):
        yield from (glyph.text for glyph in glyphs)
        return
    base = glyphs[0]
    for glyph in glyphs:
        raised = (
            glyph.size < _SMALLER * base.size and base.bottom - glyph.bottom > _RAISED * base.size
        )
        yield glyph.text.translate(_SUPERSCRIPTS) if raised else glyph.text
        if glyph.size > base.size:
            base = glyph
