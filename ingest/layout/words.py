"""Words out of glyphs, and rows out of anything that has a place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from statistics import median
from typing import Protocol, TypeVar

from ingest.layout.glyphs import Box, Glyph

_SPACE = 0.15  # of the type size: the narrowest gap between words; letters stand closer
_SPACED = 0.3  # of the type size: the widest gap between letters that are spaced out
_SPACED_GAPS = 10  # in a row, that tell spaced letters from a row of single figures
_LEAP = 1.0  # of the type size: a gap that may lead to other text, set in its own way
_BACK = 0.5  # of a glyph's width: one that begins further back than that is no next letter
_OVERLAP = 0.5  # of the lower height that two things in one row share
_TALLER = 2.05  # times: taller things, such as initials over several lines, make a row of their own
_ALIKE = 0.1  # of the height: less of a difference is none
_RAISED = 0.12  # of the type size: how far a superscript's foot stands over the letters' before it
_SMALLER = 0.8  # of the type size: superscripts are smaller than that
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


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word in its reading frame.

    Attributes:
        text: Its characters.
        x0: Left edge.
        top: Upper edge.
        x1: Right edge.
        bottom: Lower edge.
        size: Type size of its largest glyph.
        bold: All its glyphs are bold.
        box: On the page as it is looked at, origin at the visible page's top left.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool
    box: Box


def rows_of(things: Iterable[P]) -> list[list[P]]:
    """Group things that stand on one line, each row from left to right, rows from top to bottom.

    A thing joins a row if it stands beside the row's tallest thing and beside the one most like
    itself: two lines of small print beside a large heading stay two rows.
    """
    rows: list[list[P]] = []
    heights: list[P] = []
    for thing in sorted(things, key=lambda t: (t.top + t.bottom, t.x0)):
        height = _height(thing)
        alike = min(heights, key=lambda t: abs(_height(t) - height)) if heights else None
        if alike is None or not all(
            _same_row(t, thing) for t in (max(heights, key=_height), alike)
        ):
            rows.append([])
            heights = [thing]
        elif abs(_height(alike) - height) > _ALIKE * height:
            heights.append(thing)
        rows[-1].append(thing)
    return [sorted(row, key=lambda t: t.x0) for row in rows]


def _height(thing: Placed) -> float:
    return thing.bottom - thing.top


def _same_row(one: Placed, other: Placed) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    low, high = sorted((_height(one), _height(other)))
    return shared >= _OVERLAP * low and high <= _TALLER * low


def words_of(glyphs: Iterable[Glyph]) -> Iterator[PlacedWord]:
    """Yield the words of one frame, row by row.

    A word ends at white space, at a gap, and where the next glyph stands on another line. Raised
    digits become superscript digits: footnote 3 after `£2.1` must not read `£2.13`.
    """
    for row in chain.from_iterable(map(_parts, rows_of(glyphs))):
        letter_gap = _letter_gap(row)
        word: list[Glyph] = []
        texts: list[str] = []
        for glyph in row:
            if word and (glyph.text.isspace() or not _continues(word[-1], glyph, letter_gap)):
                yield _word(word, texts)
                word, texts = [], []
            if not glyph.text.isspace():
                raised = bool(word) and _is_raised(glyph, word)
                texts.append(glyph.text.translate(_SUPERSCRIPTS) if raised else glyph.text)
                word.append(glyph)
        if word:
            yield _word(word, texts)


def _parts(row: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Cut a row where it leaps, as it does from one column to the next."""
    part: list[Glyph] = []
    for glyph in row:
        if part and glyph.x0 - part[-1].x1 > _LEAP * glyph.size:
            yield part
            part = []
        part.append(glyph)
    yield part


def _letter_gap(row: Sequence[Glyph]) -> float:
    """Return by how much the letters of a row are spaced out, in type sizes; mostly 0."""
    gaps = [
        (glyph.x0 - before.x1) / glyph.size
        for before, glyph in pairwise(row)
        if not before.text.isspace() and not glyph.text.isspace() and glyph.size
    ]
    usual = median(gaps) if len(gaps) >= _SPACED_GAPS else 0
    return usual if 0 < usual <= _SPACED else 0


def _continues(before: Glyph, glyph: Glyph, letter_gap: float) -> bool:
    gap = glyph.x0 - before.x1
    most = (letter_gap + _SPACE) * (before.size + glyph.size) / 2
    return -_BACK * (glyph.x1 - glyph.x0) <= gap <= most and _same_row(before, glyph)


def _is_raised(glyph: Glyph, word: list[Glyph]) -> bool:
    """Tell whether a glyph is smaller than the word's letters and stands over their foot."""
    base = max(word, key=lambda g: g.size)
    return glyph.size < _SMALLER * base.size and base.bottom - glyph.bottom > _RAISED * base.size


def _word(glyphs: list[Glyph], texts: list[str]) -> PlacedWord:
    boxes = [glyph.box for glyph in glyphs]
    return PlacedWord(
        text="".join(texts),
        x0=min(g.x0 for g in glyphs),
        top=min(g.top for g in glyphs),
        x1=max(g.x1 for g in glyphs),
        bottom=max(g.bottom for g in glyphs),
        size=max(g.size for g in glyphs),
        bold=all(g.bold for g in glyphs),
        box=(
            min(b[0] for b in boxes),
            min(b[1] for b in boxes),
            max(b[2] for b in boxes),
            max(b[3] for b in boxes),
        ),
    )
