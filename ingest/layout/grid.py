"""The lines of a block with its tables as rows: cells in their places, headers, long labels."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.layout.figures import is_figure
from ingest.layout.glyphs import Box
from ingest.layout.headers import nearest, spanned
from ingest.layout.lines import CELL_MARK, Line
from ingest.layout.paragraphs import ends_sentence
from ingest.layout.tables import Phrase, Run, first_figures, phrases_of, runs_of
from ingest.layout.words import PlacedWord

_PAIR = 2
_HEADINGS = 2  # lines
_HEADERS = 5  # lines above the figures, at most
_NEAR = 2.6  # type sizes from line to line; what stands farther above heads no column
_TIGHT = 0.9  # times the distance of rows: lines as close as that are of one row
_STACKED = 1.45  # type sizes from line to line of one cell over several lines
_ALIKE = 0.08  # relative: type that differs more is of another row, a note, a heading

Cells = list[list[PlacedWord]]


@dataclass(frozen=True, slots=True)
class Rules:
    """The lines drawn on a page, as `(x0, top, x1, bottom)` in points.

    Attributes:
        flat: From left to right.
        upright: From top to bottom.
    """

    flat: tuple[Box, ...] = ()
    upright: tuple[Box, ...] = ()

    @classmethod
    def of(cls, boxes: Iterable[Box], visible: Box) -> Rules:
        """Sort lines that are given as thin boxes, and count from the visible page's corner."""
        left, upper = visible[:2]
        placed = [(a - left, b - upper, c - left, d - upper) for a, b, c, d in boxes]
        return cls(
            tuple(box for box in placed if box[2] - box[0] >= box[3] - box[1]),
            tuple(box for box in placed if box[2] - box[0] < box[3] - box[1]),
        )


NO_RULES = Rules()


def with_tables(lines: list[Line], rules: Rules) -> list[Line]:
    """Return the lines of a block, those of its tables as rows with every cell in its column.

    Args:
        lines: From top to bottom.
        rules: Drawn on the page.
    """
    if sum(line.is_parted or is_figure(line.words[-1].text) for line in lines) <= 1:
        return lines
    phrases = [phrases_of(line, _uprights(line, rules)) for line in lines]
    laid: list[Line] = []
    done = 0
    for run in runs_of(lines, phrases):
        table = _Table(run, lines, phrases, rules)
        first, top = table.begins(done)
        last = table.last()
        laid += lines[done:first]
        laid += table.headers(first, top)
        laid += table.body(top, last)
        done = last + 1
    return laid + lines[done:]


def _uprights(line: Line, rules: Rules) -> list[float]:
    middle = (line.top + line.bottom) / 2
    return [x0 for x0, top, _, bottom in rules.upright if top <= middle <= bottom]


class _Table:
    def __init__(
        self, run: Run, lines: Sequence[Line], phrases: Sequence[list[Phrase]], rules: Rules
    ) -> None:
        self._run, self._lines, self._phrases = run, lines, phrases
        self._bands = run.bands
        self._rows = frozenset(run.rows)
        self._pitch = _pitch(lines, run.rows)
        self._labels = first_figures(run.bands)
        edges = run.bands[0].x0, run.bands[-1].x1
        self._flat = sorted(
            (top + bottom) / 2
            for x0, top, x1, bottom in rules.flat
            if x0 < edges[1] and x1 > edges[0]
        )
        below = {round(y) for y in self._flat if lines[run.first].top < y}
        self._ruled = len(below) >= len(run.rows) - 1  # a line is drawn between most rows

    def begins(self, done: int) -> tuple[int, int]:
        """Return the numbers of the first header line, and of the first line below the headers."""
        top = self._run.first
        while top > done and self._is_label(top - 1) and self._joined(top - 1, top):
            top -= 1
        first = top
        for headings in range(_HEADINGS + 1):  # of the first rows, below the headers
            below = top - headings
            if below > done and self._heads(below - 1, below):
                first = top = below
                break
            if below <= done or not self._is_label(below - 1):
                break
        while first > max(done, top - _HEADERS) and self._heads(first - 1, first):
            first -= 1
        return first, top

    def _heads(self, number: int, below: int) -> bool:
        """Tell whether a line stands over columns: it has words over figures, and none across."""
        line, parts = self._lines[number], self._phrases[number]
        far = self._lines[below].bottom - line.bottom > _NEAR * self._run.size
        if far or (len(parts) == 1 and ends_sentence(line)):
            return False
        left = self._bands[self._labels].x0
        edge = self._bands[self._labels - 1].x1 if self._labels else left
        over = [part for part in parts if part.x1 > left]
        return bool(over) and all(part.x0 >= min(edge, left) - self._run.size for part in over)

    def last(self) -> int:
        """Return the number of the last line: the rest of the last row's label belongs to it."""
        last = self._run.last
        while last + 1 < len(self._lines) and self._is_label(last + 1):
            if not self._joined(last, last + 1):
                break
            last += 1
        return last

    def headers(self, first: int, top: int) -> Iterator[Line]:
        """Yield the header rows; lines that hold one header over several are one row."""
        stacked: list[tuple[Line, Cells]] = []
        for number in range(first, top):
            line = self._lines[number]
            cells, spans = self._headed(number, last=number + 1 == top)
            close = stacked and line.bottom - stacked[-1][0].bottom <= _STACKED * line.size
            if stacked and (spans or not close):
                yield _row(_merged([cells for _, cells in stacked]))
                stacked = []
            if spans:
                yield _row(cells)
            else:
                stacked.append((line, cells))
        if stacked:
            yield _row(_merged([cells for _, cells in stacked]))

    def _headed(self, number: int, *, last: bool) -> tuple[Cells, bool]:
        """Return the cells of a header line, and whether one of them spans several columns."""
        cells: Cells = [[] for _ in self._bands]
        columns = self._bands[self._labels :]
        over = [part for part in self._phrases[number] if part.x1 > columns[0].x0]
        for part in self._phrases[number]:
            if part not in over:
                cells[self._place(part)] += part.words
        starts = None
        if len(over) < len(columns) and not last:
            starts = spanned(over, columns, self._run.size)
        for place, part in enumerate(over):
            column = starts[place] if starts else nearest(part, columns)
            cells[self._labels + column] += part.words
        return cells, starts is not None

    def _place(self, part: Phrase) -> int:
        """Return the column that shares most with a phrase, or stands nearest."""
        return max(range(len(self._bands)), key=lambda n: (self._bands[n].overlap(part), -n))

    def body(self, top: int, last: int) -> Iterator[Line]:
        """Yield the rows, and the headings between them as they are."""
        groups = [[top]]
        for number in range(top + 1, last + 1):
            if self._joined(number - 1, number):
                groups[-1].append(number)
            else:
                groups.append([number])
        for group in groups:
            figures = sum(number in self._rows for number in group)
            if figures == 1:
                yield _row(_merged([self._cells(number) for number in group]))
            else:
                yield from map(self._alone, group)

    def _alone(self, number: int) -> Line:
        """Return a row in one line, a header among the rows, or a heading as it is."""
        if number in self._rows:
            return _row(self._cells(number))
        if not self._is_label(number) and self._heads(number, number):
            return _row(self._headed(number, last=True)[0])
        return self._lines[number]

    def _cells(self, number: int) -> Cells:
        cells: Cells = [[] for _ in self._bands]
        for part in self._phrases[number]:
            cells[self._place(part)] += part.words
        return cells

    def _is_label(self, number: int) -> bool:
        """Tell whether a line has words in columns of words alone."""
        parts = self._phrases[number]
        figures = [band for band in self._bands if band.is_figures]
        return number not in self._rows and not any(
            band.overlap(part) > 0 for band in figures for part in parts
        )

    def _joined(self, number: int, below: int) -> bool:
        """Tell whether two lines are of one row, of which one has its figures or neither has."""
        rows = sum(n in self._rows for n in (number, below))
        if rows + sum(map(self._is_label, (number, below))) < _PAIR or rows == _PAIR:
            return False
        one, other = self._lines[number], self._lines[below]
        upper, lower = (one.top + one.bottom) / 2, (other.top + other.bottom) / 2
        parted = bisect_right(self._flat, upper) < bisect_left(self._flat, lower)
        return not parted and (self._ruled or self._is_close(one, other))

    def _is_close(self, one: Line, other: Line) -> bool:
        """Tell whether two lines are set as one cell: in one type, and closer than rows are."""
        bold = one.words[0].bold != other.words[0].bold and _is_word(one) and _is_word(other)
        if bold or abs(one.size - other.size) > _ALIKE * one.size:
            return False
        goes_on = other.words[0].text[:1].islower()
        apart = other.bottom - one.bottom
        return apart <= (_STACKED * one.size if goes_on else _TIGHT * self._pitch)


def _pitch(lines: Sequence[Line], rows: Sequence[int]) -> float:
    """Return the distance from a row to the next: the least, or of long labels the greatest."""
    nexts = [lines[b].bottom - lines[a].bottom for a, b in pairwise(rows) if b == a + 1]
    if nexts:
        return min(nexts)
    every = pairwise(lines[rows[0] : rows[-1] + 1])
    return max((below.bottom - line.bottom for line, below in every), default=0)


def _is_word(line: Line) -> bool:
    return not is_figure(line.words[0].text)


def _merged(rows: Sequence[Cells]) -> Cells:
    """Return one row of lines that stand below one another."""
    return [[word for row in rows for word in row[n]] for n in range(len(rows[0]))]


def _row(cells: Cells) -> Line:
    """Return a row as a line: a mark for each border between two cells."""
    words: list[PlacedWord] = []
    gaps: list[str] = []
    marks = ""
    lead = ""
    for number, cell in enumerate(cells):
        if number:
            marks += CELL_MARK
        for word in cell:
            if words:
                gaps.append(marks or " ")
            else:
                lead = marks
            words.append(word)
            marks = ""
    heading = not any(cells[1:])
    return Line(tuple(words), tuple(gaps), lead, "" if heading else marks.rstrip(" "))
