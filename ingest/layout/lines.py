"""Lines of one block, and the gaps inside them that no sentence crosses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from operator import attrgetter
from statistics import median

from ingest.layout.words import PlacedWord, rows_of

# A gap that ends a cell: wider than this in type sizes, and than this many of the line's own gaps,
# for justified text may be stretched.
_CELL = 1.5
_STRETCHED = 2.5
_EVEN = 0.5  # points: gaps as even as that are the work of justification, up to so many type sizes
_JUSTIFIED = 6.0
CELL_MARK = " | "
_SIZE = attrgetter("size")

_BULLET = re.compile(r"[•‣◦▪▫■□●○–—*·\ufffd-]|[►▶➢➤❖✓✔]|\(?(?:[0-9]{1,2}|[a-z]|[ivx]{1,4})[.)]")  # noqa: RUF001 - dashes are bullets
_LEADER = re.compile(r"[.…]{4}|(?:[.…] ){4}")
_NUMBERED = re.compile(r"\(?(?:[0-9]{1,2}|[a-z]|[ivx]{1,4})[.)]")


@dataclass(frozen=True)
class Line:
    """One line of a block.

    Attributes:
        words: From left to right, never empty.
        gaps: What stands before each word but the first: a space, or CELL_MARK, once for each
            border between two cells.
        lead: The marks before the first word, for the empty cells there.
        tail: Those behind the last.
    """

    words: tuple[PlacedWord, ...]
    gaps: tuple[str, ...]
    lead: str = ""
    tail: str = ""

    @cached_property
    def x0(self) -> float:
        """Left edge."""
        return self.words[0].x0

    @cached_property
    def x1(self) -> float:
        """Right edge."""
        return max(word.x1 for word in self.words)

    @cached_property
    def top(self) -> float:
        """Upper edge of the largest type."""
        return max(self.words, key=_SIZE).top

    @cached_property
    def bottom(self) -> float:
        """Lower edge of the largest type."""
        return max(self.words, key=_SIZE).bottom

    @cached_property
    def size(self) -> float:
        """Type size of most of its words."""
        return median(word.size for word in self.words)

    @cached_property
    def bold(self) -> bool:
        """All its words are bold."""
        return all(word.bold for word in self.words)

    @cached_property
    def text(self) -> str:
        """The words with their gaps."""
        gaps = (self.lead, *self.gaps)
        parts = [gap + word.text for gap, word in zip(gaps, self.words, strict=True)]
        return "".join(parts) + self.tail

    @cached_property
    def is_parted(self) -> bool:
        """It has several cells."""
        return bool(self.lead or self.tail) or any(gap != " " for gap in self.gaps)

    @cached_property
    def is_even(self) -> bool:
        """All its gaps are alike, as in justified text."""
        return _are_even(_widths(self.words), self.words[0].size)

    @cached_property
    def is_row(self) -> bool:
        """It has cells, or dots that lead from one to the next, as a row of a table has."""
        return self.is_parted or bool(_LEADER.search(self.text))

    @cached_property
    def bullet(self) -> str | None:
        """The bullet or number that the line begins with; None without one."""
        first = self.words[0].text
        return first if len(self.words) > 1 and _BULLET.fullmatch(first) else None

    @cached_property
    def is_numbered(self) -> bool:
        """Its bullet is a number or a letter, which may also be a word of a sentence."""
        return self.bullet is not None and bool(_NUMBERED.fullmatch(self.words[0].text))


def lines_of(words: Iterable[PlacedWord]) -> list[Line]:
    """Return the lines of a block from top to bottom."""
    lines = [Line(tuple(row), _gaps(row)) for row in rows_of(words)]
    return [
        replace(line, gaps=(" ",)) if _is_stretched(line, lines[max(0, n - 1) : n + 2]) else line
        for n, line in enumerate(lines)
    ]


def _is_stretched(line: Line, around: Sequence[Line]) -> bool:
    """Tell whether a line of two words is as broad as justified text above or below it."""
    if CELL_MARK not in line.gaps or len(line.words) != 2:  # noqa: PLR2004 - more words show by their gaps
        return False
    broad = line.words[1].x0 - line.words[0].x1 <= _JUSTIFIED * line.size
    return broad and any(
        not other.is_row and abs(other.x0 - line.x0) <= 1 and abs(other.x1 - line.x1) <= 1
        for other in around
    )


def _widths(row: Sequence[PlacedWord]) -> list[float]:
    return [after.x0 - before.x1 for before, after in pairwise(row)]


def _are_even(widths: Sequence[float], size: float) -> bool:
    if len(widths) <= 1:
        return False
    most = max(widths)
    return most - min(widths) <= _EVEN and most <= _JUSTIFIED * size


def _gaps(row: Sequence[PlacedWord]) -> tuple[str, ...]:
    widths = _widths(row)
    if _are_even(widths, row[0].size):
        return (" ",) * len(widths)
    marks = []
    for index, width in enumerate(widths):
        size = (row[index].size + row[index + 1].size) / 2
        if width <= _CELL * size:
            marks.append(" ")
            continue
        others = widths[:index] + widths[index + 1 :]
        usual = median(others) if len(others) > 1 else 0
        bullet = index == 0 and _BULLET.fullmatch(row[0].text)
        cell = width > max(_CELL * size, _STRETCHED * usual) and not bullet
        marks.append(CELL_MARK if cell else " ")
    return tuple(marks)
