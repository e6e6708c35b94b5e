"""Glyphs of one page as they are read: once each, on the page, turned upright."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

_SAME_PLACE = 0.3  # of a glyph's width: two equal glyphs closer than that are one, drawn twice
_SAME_PLACE_MOST = 1.0  # points
_TOUCH = 0.05  # of the type size: neighbours overlap by as much, and are no type drawn twice
_SLANT = 0.1  # of the unit: text at more of an angle than that to the page's edges is a watermark
MILLI = 1000  # thousandths of a point
# Sums of the same widths in another order differ by less than this. No round number: coordinates
# are decimal fractions, and one of them could stand at a round border.
HALF = 0.5 + MILLI * 3.1e-10
UNMAPPED = "\ufffd"

Box = tuple[float, float, float, float]
Edges = tuple[int, int, int, int]
Letters = tuple[tuple[str, float], ...]


class Glyph(NamedTuple):
    """One character, or several of one word that stand close together on one base line.

    White space is a glyph of its own, or the `space` of the glyph before it.

    Attributes:
        text: The characters; a ligature is taken apart.
        x0: Left edge, on the page or in the direction of reading.
        top: Upper edge.
        x1: Right edge.
        bottom: Lower edge.
        bold: The font's name says so.
        turn: The direction of reading in degrees against the clock; None for a slant.
        space: Right edge of the white space that follows it; `x1` without any.
        letters: The characters one by one, each with its width in ems; empty where there is but
            one. Only glyphs that read from left to right have them.
        scale: Points of one em.
        gap: Points of white between two of the letters.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    bold: bool
    turn: int | None
    space: float
    letters: Letters = ()
    scale: float = 0
    gap: float = 0

    @property
    def size(self) -> float:
        """The type size: the height of the glyph's box."""
        return self.bottom - self.top

    @property
    def first(self) -> float:
        """The width of its first character."""
        return self.letters[0][1] * self.scale if self.letters else self.x1 - self.x0

    def apart(self) -> Iterator[Glyph]:
        """Yield its characters, white space included, as glyphs."""
        if not self.letters and self.space == self.x1:
            yield self
            return
        top, bottom, rest = self.top, self.bottom, (self.bold, self.turn)
        x0 = x1 = self.x0
        for text, width in self.letters or ((self.text, (self.x1 - x0) / (self.scale or 1)),):
            x1 = x0 + width * (self.scale or 1)
            yield Glyph(text, x0, top, x1, bottom, *rest, x1)
            x0 = x1 + self.gap
        if self.space > self.x1:
            yield Glyph(" ", min(x0, self.space), top, self.space, bottom, *rest, self.space)


class Turned(NamedTuple):
    """How a page that is read in another direction than upright is looked at.

    Attributes:
        turn: The direction, in degrees against the clock.
        width: Of the visible page.
        height: Of the visible page.
    """

    turn: int
    width: float
    height: float

    def on_page(self, box: Edges) -> Edges:
        """Return a box of this direction, in thousandths, as it stands on the page looked at."""
        x0, top, x1, bottom = box
        width, height = milli(self.width), milli(self.height)
        return {
            90: (top, height - x1, bottom, height - x0),
            180: (width - x1, height - bottom, width - x0, height - top),
            270: (width - bottom, x0, width - top, x1),
        }[self.turn]


class Frame(NamedTuple):
    """Glyphs of one direction of reading, turned upright.

    Attributes:
        turn: The direction, in degrees against the clock.
        width: Of the visible page.
        height: Of the visible page.
        glyphs: Their lengths count in the direction of reading.
    """

    turn: int
    width: float
    height: float
    glyphs: list[Glyph]


def milli(points: float) -> int:
    """Return a length in whole thousandths of a point.

    Halves go up, and so does what is a half but for the noise of floating point.
    """
    return math.floor(points * MILLI + HALF)


class PageGlyphs(NamedTuple):
    """The glyphs of one page.

    Attributes:
        frames: One for each of the four directions of reading that the page uses, the one with
            most characters first.
        slanted: Text at an angle, which is not read.
        off_page: Number of characters outside the visible page, which are not read.
        unmapped: Number of characters of which the PDF does not say what they are.
        characters: Number of all that are read, white space aside.
    """

    frames: list[Frame]
    slanted: str
    off_page: int
    unmapped: int
    characters: int


def page_glyphs(glyphs: Iterable[Glyph], visible: Box) -> PageGlyphs:
    """Sort the glyphs of a page.

    Args:
        glyphs: In the order of the page's content.
        visible: The crop box, in their coordinates.
    """
    frames: dict[int, list[Glyph]] = {}
    slanted: list[str] = []
    off_page = 0
    inside, outside = _parted(_once_each(list(glyphs)), visible)
    for glyph in outside:
        off_page += not glyph.text.isspace()
    for glyph in inside:
        if glyph.turn is None:
            slanted.append(glyph.text)
        else:
            frames.setdefault(glyph.turn, []).append(glyph)
    counts = {
        turn: sum(len(glyph.text) for glyph in frame if not glyph.text.isspace())
        for turn, frame in frames.items()
    }
    unmapped = sum(glyph.text.count(UNMAPPED) for frame in frames.values() for glyph in frame)
    ordered = sorted(frames, key=lambda turn: (-counts[turn], turn))
    upright = [_upright(turn, frames[turn], visible) for turn in ordered]
    return PageGlyphs(upright, "".join(slanted), off_page, unmapped, sum(counts.values()))


def _parted(glyphs: Iterable[Glyph], visible: Box) -> tuple[list[Glyph], list[Glyph]]:
    """Part glyphs whose middle is on the page from those beside it."""
    left, upper, right, lower = visible
    inside: list[Glyph] = []
    outside: list[Glyph] = []
    for whole in glyphs:
        if whole.x0 >= left and whole.x1 <= right and whole.top >= upper and whole.bottom <= lower:
            inside.append(whole)
            continue
        for glyph in whole.apart():
            across, down = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
            within = left <= across <= right and upper <= down <= lower
            (inside if within else outside).append(glyph)
    return inside, outside


def _once_each(glyphs: Sequence[Glyph]) -> Sequence[Glyph]:
    """Drop glyphs drawn again at the same place: bold type is faked so, and `£5` reads `££55`.

    Only glyphs that overlap others on their line are looked at one by one.
    """
    doubtful: set[int] = set()
    line: list[tuple[float, int, Glyph]] = []
    last = -math.inf
    for number in sorted(range(len(glyphs)), key=lambda n: glyphs[n].top):
        glyph = glyphs[number]
        if glyph.top - last > _SAME_PLACE_MOST:
            doubtful |= _overlapping(line)
            line = []
        last = glyph.top
        line.append((glyph.x0, number, glyph))
    doubtful |= _overlapping(line)
    if not doubtful:
        return glyphs
    once: list[Glyph] = []
    drawn: dict[tuple[str, int, int], list[tuple[float, float]]] = {}
    for number, glyph in enumerate(glyphs):
        if number in doubtful:
            once += (letter for letter in glyph.apart() if not _again(letter, drawn))
        else:
            once.append(glyph)
    return once


def _overlapping(line: list[tuple[float, int, Glyph]]) -> set[int]:
    """Return the numbers of the glyphs of a line that overlap one another."""
    found: set[int] = set()
    if len(line) < 2:  # noqa: PLR2004 - one glyph overlaps none
        return found
    line.sort()
    reach, furthest = -math.inf, -1
    for x0, number, glyph in line:
        if x0 < reach - _TOUCH * (glyph.bottom - glyph.top):
            found |= {number, furthest}
        if glyph.x1 >= reach:
            reach, furthest = glyph.x1, number
    return found


def _again(glyph: Glyph, drawn: dict[tuple[str, int, int], list[tuple[float, float]]]) -> bool:
    """Tell whether the glyph stands where the same one was drawn before; else remember it."""
    x, y = glyph.x0, glyph.top
    near = min(_SAME_PLACE_MOST, _SAME_PLACE * (glyph.x1 - x))
    column, row = math.floor(x), math.floor(y)
    cells = ((glyph.text, column + i, row + j) for i in (-1, 0, 1) for j in (-1, 0, 1))
    places = (place for cell in cells for place in drawn.get(cell, ()))
    if any(abs(x - a) <= near and abs(y - b) <= near for a, b in places):
        return True
    drawn.setdefault((glyph.text, column, row), []).append((x, y))
    return False


def turn_of(matrix: Sequence[float]) -> int | None:
    """Return the direction of reading in degrees against the clock; None when it is slanted.

    Args:
        matrix: From the glyph's space to the page's, six numbers as PDF has them.
    """
    along, up = matrix[0], matrix[1]
    length = math.hypot(along, up)
    if not length or min(abs(along), abs(up)) > _SLANT * length:
        return None if length else 0
    if abs(along) >= abs(up):
        return 0 if along > 0 else 180
    return 90 if up > 0 else 270


def _upright(turn: int, glyphs: list[Glyph], visible: Box) -> Frame:
    left, upper, right, lower = visible
    width, height = right - left, lower - upper
    frame = Frame(turn, width, height, glyphs)
    if turn or left or upper:
        frame.glyphs[:] = [_turned(glyph, turn, visible) for glyph in glyphs]
    return frame


def _turned(glyph: Glyph, turn: int, visible: Box) -> Glyph:
    left, upper, right, lower = visible
    x0, x1 = glyph.x0 - left, glyph.x1 - left
    top, bottom = glyph.top - upper, glyph.bottom - upper
    width, height = right - left, lower - upper
    box = {
        0: (x0, top, x1, bottom),
        90: (height - bottom, x0, height - top, x1),
        180: (width - x1, height - bottom, width - x0, height - top),
        270: (top, width - x1, bottom, width - x0),
    }[turn]
    space = box[2] + (glyph.space - glyph.x1 if turn == 0 else 0)
    return glyph._replace(x0=box[0], top=box[1], x1=box[2], bottom=box[3], space=space)
