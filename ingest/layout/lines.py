"""Lines of one block, and the gaps inside them that no sentence crosses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.layout.words import PlacedWord, rows_of

# A gap that ends a cell: wider than this in type sizes, and than this many of the line's own gaps,
# for justified text may be stretched.
_CELL = 1.5
_STRETCHED = 2.5
CELL_MARK = " | "

_BULLET = re.compile(r"[•‣◦▪▫■□●○–—*·\ufffd-]|[►▶➢➤❖✓✔]|\(?(?:[0-9]{1,2}|[a-z]|[ivx]{1,4})[.)]")  # noqa: RUF001 - dashes are bullets
_NUMBERED = re.compile(r"\(?(?:[0-9]{1,2}|[a-z]|[ivx]{1,4})[.)]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a block.

    Attributes:
        words: From left to right, never empty.
        gaps: What stands before each word but the first: a space, or CELL_MARK.
    """

    words: tuple[PlacedWord, ...]
    gaps: tuple[str, ...]

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Right edge."""
        return max(word.x1 for word in self.words)

    @property
    def top(self) -> float:
        """Upper edge of the largest type."""
        return max(self.words, key=lambda word: word.size).top

    @property
    def bottom(self) -> float:
        """Lower edge of the largest type."""
        return max(self.words, key=lambda word: word.size).bottom

    @property
    def size(self) -> float:
        """Type size of most of its words."""
        return median(word.size for word in self.words)

    @property
    def bold(self) -> bool:
        """All its words are bold."""
        return all(word.bold for word in self.words)

    @property
    def text(self) -> str:
        """The words with their gaps."""
        parts = [gap + word.text for gap, word in zip(("", *self.gaps), self.words, strict=True)]
        return "".join(parts)

    @property
    def is_row(self) -> bool:
        """It has cells, as a row of a table has."""
        return CELL_MARK in self.gaps

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
    return [Line(tuple(row), _gaps(row)) for row in rows_of(words)]


def _gaps(row: Sequence[PlacedWord]) -> tuple[str, ...]:
    widths = [after.x0 - before.x1 for before, after in pairwise(row)]
    marks = []
    for index, width in enumerate(widths):
        size = (row[index].size + row[index + 1].size) / 2
        others = widths[:index] + widths[index + 1 :]
        usual = median(others) if len(others) > 1 else 0
        bullet = index == 0 and _BULLET.fullmatch(row[0].text)
        cell = width > max(_CELL * size, _STRETCHED * usual) and not bullet
        marks.append(CELL_MARK if cell else " ")
    return tuple(marks)
