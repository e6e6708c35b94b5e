"""Glyphs of one page as they are read: once each, on the page, turned upright."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from ingest.decode import storable

_SAME_PLACE = 0.3  # of a glyph's width: two equal glyphs closer than that are one, drawn twice
_SAME_PLACE_MOST = 1.0  # points
_SLANT = 0.1  # of the unit: text at more of an angle than that to the page's edges is a watermark
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\uf0b7": "•"}
)

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character in its reading frame.

    Attributes:
        text: One or more characters (ligatures are taken apart).
        x0: Left edge in the direction of reading.
        top: Upper edge.
        x1: Right edge.
        bottom: Lower edge.
        bold: The font's name says so.
        box: `(x0, top, x1, bottom)` on the page as it is looked at.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    bold: bool
    box: Box

    @property
    def size(self) -> float:
        """The type size: the height of the glyph's box."""
        return self.bottom - self.top


class PageGlyphs(NamedTuple):
    """The glyphs of one page.

    Attributes:
        frames: One list for each of the four directions of reading that the page uses, the one
            with most glyphs first.
        slanted: Text at an angle, which is not read.
        off_page: Number of characters outside the visible page, which are not read.
        unmapped: Number of characters of which the PDF does not say what they are.
    """

    frames: list[list[Glyph]]
    slanted: str
    off_page: int
    unmapped: int


def page_glyphs(chars: Iterable[dict[str, Any]], visible: Box) -> PageGlyphs:
    """Sort the characters of a page.

    Args:
        chars: pdfplumber's, in the order of the page's content.
        visible: The crop box, in their coordinates.
    """
    frames: dict[int, list[Glyph]] = {}
    slanted: list[str] = []
    off_page = unmapped = 0
    left, upper, right, lower = visible
    for char in _once_each(char for char in chars if char["text"]):
        middle = ((char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2)
        if not (left <= middle[0] <= right and upper <= middle[1] <= lower):
            off_page += not char["text"].isspace()
            continue
        turn = _turn(char["matrix"])
        if turn is None:
            slanted.append(char["text"])
            continue
        glyph = _glyph(char, turn, visible)
        unmapped += glyph.text == "\ufffd"
        frames.setdefault(turn, []).append(glyph)
    ordered = sorted(frames.items(), key=lambda frame: (-len(frame[1]), frame[0]))
    return PageGlyphs([glyphs for _, glyphs in ordered], "".join(slanted), off_page, unmapped)


def _once_each(chars: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """Drop glyphs drawn again at the same place: bold type is faked so, and `£5` reads `££55`."""
    drawn: dict[tuple[str, int, int], list[tuple[float, float]]] = {}
    for char in chars:
        x, y = char["x0"], char["top"]
        near = min(_SAME_PLACE_MOST, _SAME_PLACE * (char["x1"] - x))
        column, row = math.floor(x), math.floor(y)
        cells = ((char["text"], column + i, row + j) for i in (-1, 0, 1) for j in (-1, 0, 1))
        places = (place for cell in cells for place in drawn.get(cell, ()))
        if any(abs(x - a) <= near and abs(y - b) <= near for a, b in places):
            continue
        drawn.setdefault((char["text"], column, row), []).append((x, y))
        yield char


def _turn(matrix: tuple[float, ...]) -> int | None:
    """Return the direction of reading in degrees against the clock; None when it is slanted."""
    along, up = matrix[0], matrix[1]
    length = math.hypot(along, up)
    if not length or min(abs(along), abs(up)) > _SLANT * length:
        return None if length else 0
    if abs(along) >= abs(up):
        return 0 if along > 0 else 180
    return 90 if up > 0 else 270


def _glyph(char: dict[str, Any], turn: int, visible: Box) -> Glyph:
    left, upper, right, lower = visible
    x0, x1 = char["x0"] - left, char["x1"] - left
    top, bottom = char["top"] - upper, char["bottom"] - upper
    width, height = right - left, lower - upper
    upright = {
        0: (x0, top, x1, bottom),
        90: (height - bottom, x0, height - top, x1),
        180: (width - x1, height - bottom, width - x0, height - top),
        270: (top, width - x1, bottom, width - x0),
    }[turn]
    text = char["text"]
    clean = "\ufffd" if text.startswith("(cid:") else storable(text.translate(_LIGATURES))[0]
    return Glyph(clean, *upright, "bold" in char["fontname"].lower(), (x0, top, x1, bottom))
