"""Tables of figures: rows whose cells stand below one another, with their empty cells.

The columns are told by where words stand, rules between them or not: figures of a column leave the
same gaps free in all of its rows. Prose does not end in figures line after line, so it has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from ingest.layout.figures import are_figure, is_period
from ingest.layout.lines import Line
from ingest.layout.paragraphs import ends_sentence
from ingest.layout.words import PlacedWord

_APART = 0.45  # of the type size: no space between the words of a cell is wider
_TEXTS_APART = 1.5  # of the type size: the gap between two columns that both hold words
_BETWEEN = 3  # lines without figures that may stand between two rows: headings, long labels
_ALIGNED = 0.6  # of the type size: edges as close as that stand below one another
_MOST_OF = 0.75  # of a table's cells stand so
_MOST = 60  # cells of a row; no table of a page has more
_ROWS = 2  # fewer are no table
_SAME = 0.5  # points: edges that are drawn at one place


class Phrase(NamedTuple):
    """Words of one line that no gap between columns parts."""

    words: tuple[PlacedWord, ...]
    x0: float
    x1: float
    is_figure: bool


@dataclass(slots=True)
class Band:
    """A column: the breadth that its cells take up, and what they hold."""

    x0: float
    x1: float
    figures: int = 0
    texts: int = 0

    @property
    def is_figures(self) -> bool:
        """Most of its cells are figures."""
        return self.figures > self.texts

    def overlap(self, phrase: Phrase) -> float:
        """Return how much of its breadth a phrase shares; negative is how far it stands away."""
        return min(self.x1, phrase.x1) - max(self.x0, phrase.x0)

    def take(self, phrase: Phrase) -> None:
        """Widen it by a cell."""
        self.x0, self.x1 = min(self.x0, phrase.x0), max(self.x1, phrase.x1)
        self.figures += phrase.is_figure
        self.texts += not phrase.is_figure


@dataclass(slots=True)
class Run:
    """Lines of one table.

    Attributes:
        first: Number of its first row of figures in the block.
        last: Of its last one.
        rows: The numbers of all of them.
        bands: The columns, from left to right.
        size: The type size of most rows.
    """

    first: int
    last: int
    rows: list[int]
    bands: list[Band]
    size: float


def phrases_of(line: Line, uprights: Sequence[float]) -> list[Phrase]:
    """Cut a line at gaps wider than a space, and at upright rules."""
    apart = _APART * line.size
    groups: list[list[PlacedWord]] = []
    for word in line.words:
        before = groups[-1][-1] if groups else None
        if (
            before is None
            or word.x0 - before.x1 > apart
            or any(before.x1 - _SAME <= x <= word.x0 + _SAME for x in uprights)
        ):
            groups.append([])
        groups[-1].append(word)
    return [
        Phrase(
            tuple(group),
            group[0].x0,
            max(word.x1 for word in group),
            are_figure([word.text for word in group]),
        )
        for group in groups
    ]


def runs_of(lines: Sequence[Line], phrases: Sequence[list[Phrase]]) -> Iterator[Run]:
    """Yield the tables of a block, from top to bottom."""
    run: Run | None = None
    for number, (line, parts) in enumerate(zip(lines, phrases, strict=True)):
        bands = None
        if run and number - run.last <= _BETWEEN + 1 and _has_figures(parts):
            bands = _fitted(run.bands, parts)
        if run and bands and (_is_row(line, parts) or _lands(parts, run.bands, bands)):
            run.bands, run.last = bands, number
            run.rows.append(number)
        elif _is_row(line, parts):
            yield from _whole(run, lines, phrases)
            first = _fitted([], parts)
            run = Run(number, number, [number], first, line.size) if first else None
        elif run and _parts_tables(line, parts, run):
            yield from _whole(run, lines, phrases)
            run = None
    yield from _whole(run, lines, phrases)


def _has_figures(parts: Sequence[Phrase]) -> bool:
    """Tell whether a line has figures that are not all periods, as those of headers are."""
    return any(part.is_figure and not is_period(part.words[0].text) for part in parts)


def _is_row(line: Line, parts: Sequence[Phrase]) -> bool:
    """Tell whether a line is a row of figures: it ends in several, or has one in a cell apart.

    A line whose gaps are all alike may be justified text; it is a row among others only.
    """
    if line.is_even or not _has_figures(parts) or len(parts) > _MOST:
        return False
    trailing = [part.is_figure for part in parts[-2:]]
    return (len(trailing) > 1 and all(trailing)) or line.is_parted


def _lands(parts: Sequence[Phrase], bands: Sequence[Band], fitted: Sequence[Band]) -> bool:
    """Tell whether every cell of a line stands in a column of the rows above it."""
    figures = [band for band in bands if band.is_figures]
    return (
        len(parts) > 1
        and len(fitted) == len(bands)
        and all(any(band.overlap(part) > 0 for band in figures) for part in parts if part.is_figure)
    )


def _parts_tables(line: Line, parts: Sequence[Phrase], run: Run) -> bool:
    """Tell whether a line without figures is prose, which no table goes on after."""
    return len(parts) == 1 and ends_sentence(line) and line.x1 > run.bands[-1].x0


def _fitted(bands: Sequence[Band], parts: Sequence[Phrase]) -> list[Band] | None:
    """Return the columns with one more row; None where its cells stand in others."""
    fitted = [Band(band.x0, band.x1, band.figures, band.texts) for band in bands]
    for part in parts:
        met = [band for band in fitted if band.overlap(part) > 0]
        texts = [band for band in met if not band.is_figures]
        if len(met) - len(texts) > 1 or (part.is_figure and len(met) > 1):
            return None
        if len(met) > len(texts) > 0:  # a long label reaches under figures, where its row has none
            texts[0].texts += 1
        elif not met:
            fitted.append(Band(part.x0, part.x1, part.is_figure, not part.is_figure))
        else:
            for other in met[1:]:
                met[0].x0, met[0].x1 = min(met[0].x0, other.x0), max(met[0].x1, other.x1)
                met[0].texts += other.texts
                fitted.remove(other)
            met[0].take(part)
    fitted.sort(key=lambda band: band.x0)
    crossed = any(one.x1 > other.x0 for one, other in pairwise(fitted))
    return None if crossed else fitted


def _whole(
    run: Run | None, lines: Sequence[Line], phrases: Sequence[list[Phrase]]
) -> Iterator[Run]:
    """Yield a run if it is a table."""
    if run is None or len(run.rows) < _ROWS:
        return
    run.size = median(lines[number].size for number in run.rows)
    if not _is_aligned(run.bands, [p for number in run.rows for p in phrases[number]], run.size):
        return
    bands: list[Band] = []
    for band in run.bands:
        before = bands[-1] if bands else None
        close = before is not None and band.x0 - before.x1 < _TEXTS_APART * run.size
        if before and close and not before.is_figures and not band.is_figures:
            before.x1 = band.x1
            before.texts += band.texts
        else:
            bands.append(band)
    run.bands = bands
    if len(bands) > 1:
        yield run


def _is_aligned(bands: Sequence[Band], phrases: Sequence[Phrase], size: float) -> bool:
    """Tell whether cells stand below one another, by an edge or by their middles.

    The words of prose do so by chance at most. Labels may stand in from the left.
    """
    if not any(band.is_figures for band in bands):
        return False
    first = first_figures(bands)
    cells = [part for part in phrases if part.is_figure or part.x0 > bands[first].x0]
    aligned = 0
    for number, band in enumerate(bands):
        if band.is_figures or number > first:
            own = [part for part in cells if part.is_figure == band.is_figures]
            aligned += _most_aligned([part for part in own if band.overlap(part) > 0], size)
    return aligned >= _MOST_OF * len(cells)


def first_figures(bands: Sequence[Band]) -> int:
    """Return the first column of figures behind the labels; numbers of rows may stand before."""
    columns = [n for n, band in enumerate(bands) if band.is_figures]
    return next((n for n in columns if not all(b.is_figures for b in bands[:n])), columns[0])


def _most_aligned(cells: Sequence[Phrase], size: float) -> int:
    """Return how many cells of a column stand below one another."""
    edges = zip(*((cell.x0, cell.x1, (cell.x0 + cell.x1) / 2) for cell in cells), strict=True)
    near = _ALIGNED * size
    usual = ((edge, median(edge)) for edge in edges)
    counts = [len([x for x in edge if abs(x - middle) <= near]) for edge, middle in usual]
    return max(counts, default=0)
