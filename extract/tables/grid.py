"""Grids in a text: lines whose cells are parted by `|`, with the lines that caption them.

One convention for all formats (docs/tables.md): a row is a line, its cells stand between ` | `, an
empty cell is an empty place, a merged cell is followed by empty places. A Markdown table has a `|`
at both ends of its lines and a line of dashes below its header.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.rulebook import pattern

_LINE = re.compile(r"[^\n]+")
_DASHES = re.compile(r"[\s|:+=-]*-[\s|:+=-]*")
_CAPTION = pattern("table.caption")
_CAPTION_LINES = 3
_SHORT = 140  # a longer line is no heading inside of a table
_LONG = 400  # a longer line is no caption
_BLANKS = 2  # line breaks between two rows: readers part blocks by one blank line
_SECTIONS = 2  # headings that may stand between two rows


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a cell's words stand, white space left out; an empty cell has no length."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """A row, or a line without `|` inside of a table or above it.

    Attributes:
        start: First code point.
        end: One past the last.
        cells: One for a line without `|`.
    """

    start: int
    end: int
    cells: tuple[Cell, ...]

    @property
    def filled(self) -> list[Cell]:
        """The cells that are not empty."""
        return [cell for cell in self.cells if cell.end > cell.start]


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows that stand together.

    Attributes:
        caption: Lines right above, the nearest first.
        lines: Rows, and the headings between them.
    """

    caption: tuple[Line, ...]
    lines: tuple[Line, ...]


def has_rows(text: str) -> bool:
    """Tell whether a text can hold a grid at all, at the cost of one look for its mark."""
    mark = text.find("|")
    return mark >= 0 and text.find("|", mark + 1) >= 0


def grids(text: str) -> Iterator[Grid]:
    """Yield the grids of a folded text, in order."""
    if not has_rows(text):
        return
    spans = [m.span() for m in _LINE.finditer(text) if not text[m.start() : m.end()].isspace()]
    place = 0
    while place < len(spans):
        if not _is_row(text, spans[place]):
            place += 1
            continue
        stop = _end_of_grid(text, spans, place)
        lines = [_line(text, *span) for span in spans[place:stop]]
        rows = tuple(line for line in lines if not _DASHES.fullmatch(text, line.start, line.end))
        yield Grid(tuple(_captions(text, spans, place)), rows)
        place = stop


def _is_row(text: str, span: tuple[int, int]) -> bool:
    return text.find("|", *span) >= 0


def _end_of_grid(text: str, spans: list[tuple[int, int]], place: int) -> int:
    """Return where the rows end; a few short lines between two rows are headings."""
    stop = place + 1
    while stop < len(spans):
        ahead = stop
        while ahead < len(spans) and ahead - stop <= _SECTIONS:
            if text.count("\n", spans[ahead - 1][1], spans[ahead][0]) > _BLANKS:
                return stop
            if _is_row(text, spans[ahead]):
                break
            if not _is_heading(text, spans[ahead]):
                return stop
            ahead += 1
        if ahead == len(spans) or not _is_row(text, spans[ahead]):
            return stop
        stop = ahead + 1
    return stop


def _is_heading(text: str, span: tuple[int, int]) -> bool:
    line = text[span[0] : span[1]].strip()
    return len(line) <= _SHORT and line[-1] not in ".!?;" and not _CAPTION.search(line)


def _captions(text: str, spans: list[tuple[int, int]], place: int) -> Iterator[Line]:
    """Yield the lines above a grid; beyond the nearest only what reads as a caption."""
    for above in range(place - 1, max(-1, place - 1 - _CAPTION_LINES), -1):
        start, end = spans[above]
        if _is_row(text, spans[above]) or end - start > _LONG:
            return
        line = text[start:end].strip()
        titled = _CAPTION.search(line) is not None
        if above < place - 1 and not titled and (len(line) > _SHORT or line[-1] in ".!?;"):
            return
        yield _line(text, start, end)


def _line(text: str, start: int, end: int) -> Line:
    """Part a line into its cells; `|` at both ends are Markdown's and part nothing."""
    first, last = start, end
    bare = text[start:end].rstrip()
    if bare.startswith("|") and bare.endswith("|") and len(bare) > 1:
        first, last = start + 1, start + len(bare) - 1
    cells: list[Cell] = []
    while True:
        mark = text.find("|", first, last)
        stop = last if mark < 0 else mark
        cells.append(_cell(text, first, stop))
        if mark < 0:
            return Line(start, end, tuple(cells))
        first = mark + 1


def _cell(text: str, start: int, end: int) -> Cell:
    words = text[start:end]
    bare = words.lstrip()
    start += len(words) - len(bare)
    return Cell(start, start + len(bare.rstrip()))
