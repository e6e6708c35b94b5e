"""Lines of one block, and the gaps inside them that no sentence crosses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from ingest.layout.words import PlacedWord, rows_of

# A gap that ends a cell: wider than this in type sizes, and than this many of the line's own gaps,
# for justified text may be stretched.
_CELL = 1.5
_STRETCHED = 2.5
_EVEN = 0.5  # points: gaps as even as that are the work of justification, up to so many type sizes
_JUSTIFIED = 6.0
CELL_MARK = " | "

_BULLET = re.compile(r"[•‣◦▪▫■□●○–—*·\ufffd-]|[►▶➢➤❖✓✔]|\(?(?:[0-9]{1,2}|[a-z]|[ivx]{1,4})[.)]")  # noqa: RUF001 - dashes are bullets
_LEADER = re.compile(r"[.…]{4}|(?:[.…] ){4}")
_NUMBERED = re.compile(r"\(?(?:[0-9]{1,2}|[a-z]|[ivx]{1,4})[.)]")


@dataclass(slots=True, eq=False)
class Line:
    """One line of a block.

    Attributes:
        words: From left to right, never empty.
        gaps: What stands before each word but the first: a space, or CELL_MARK, once for each
            border between two cells.
        lead: The marks before the first word, for the empty cells there.
        tail: Those behind the last.
        x0: Left edge.
        x1: Right edge.
        top: Upper edge of the largest type.
        bottom: Lower edge of the largest type.
        size: Type size of most of its words.
        bold: All its words are bold.
        is_parted: It has several cells.
        is_row: It has cells, or dots that lead from one to the next, as a row of a table has.
    """

    words: tuple[PlacedWord, ...]
    gaps: tuple[str, ...]
    lead: str = ""
    tail: str = ""
    x0: float = field(init=False)
    x1: float = field(init=False)
    top: float = field(init=False)
    bottom: float = field(init=False)
    size: float = field(init=False)
    bold: bool = field(init=False)
    is_parted: bool = field(init=False)
    is_row: bool = field(init=False)

    def __post_init__(self) -> None:
        words = self.words
        sizes = [word.size for word in words]
        most = max(sizes)
        largest = words[sizes.index(most)]
        self.x0, self.x1 = words[0].x0, max([word.x1 for word in words])
        self.top, self.bottom = largest.top, largest.bottom
        self.size = most if most == min(sizes) else median(sizes)
        self.bold = all(word.bold for word in words)
        self.is_parted = bool(self.lead or self.tail) or self.gaps.count(" ") < len(self.gaps)
        texts = [word.text for word in words]
        dotted = "." in texts or any(".." in text or "…" in text for text in texts)
        self.is_row = self.is_parted or (dotted and bool(_LEADER.search(self.text)))

    @property
    def text(self) -> str:
        """The words with their gaps."""
        gaps = (self.lead, *self.gaps)
        parts = [gap + word.text for gap, word in zip(gaps, self.words, strict=True)]
        return "".join(parts) + self.tail

    @property
    def is_even(self) -> bool:
        """All its gaps are alike, as in justified text."""
        return _are_even(_widths(self.words), self.words[0].size)

    @property
    def bullet(self) -> str | None:
        """The bullet or number that the line begins with; None without one."""
        first = self.words[0].text
        return first if len(self.words) > 1 and _BULLET.fullmatch(first) else None

    @property
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
