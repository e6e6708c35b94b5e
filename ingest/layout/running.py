"""Running heads, feet and page numbers: lines at the edge of pages that belong to no paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from ingest.layout.figures import is_period
from ingest.layout.words import PlacedWord, rows_of

_EDGE = 0.12  # of the page's height, at its top and at its foot
_NEAR = 0.3  # of the page's height: no type is so large that a row at the edge has words beyond
_ROWS = 3  # at most, at each edge
_PAGES = 2  # that hold the same line make it a running one
_PLACE = 6.0  # points; a running line stands at the same height on every page
_PAGE_NUMBER = re.compile(
    r"(?:page\s+)?[0-9]{1,4}(?:\s*(?:of|/)\s*[0-9]{1,4})?|[-\u2013]\s*[0-9]{1,4}\s*[-\u2013]|[ivxl]+",
    re.IGNORECASE,
)
_DIGITS = re.compile("[0-9]+")


class Sheet(NamedTuple):
    """One page's words apart: what runs over the pages, and what is its own.

    Attributes:
        heads: Rows at the top.
        body: All other words.
        feet: Rows at the foot.
    """

    heads: list[list[PlacedWord]]
    body: list[PlacedWord]
    feet: list[list[PlacedWord]]


def sheets(pages: Sequence[tuple[Sequence[PlacedWord], float]]) -> list[Sheet]:
    """Part the running lines of each page from its body.

    Args:
        pages: The upright words and the height of every page.
    """
    edges = [_edges(words, height) for words, height in pages]
    seen = Counter(key for heads, feet in edges for key in {*map(_key, heads), *map(_key, feet)})
    return [
        _sheet(words, *(_running(rows, seen) for rows in edge))
        for (words, _), edge in zip(pages, edges, strict=True)
    ]


def _edges(
    words: Sequence[PlacedWord], height: float
) -> tuple[list[list[PlacedWord]], list[list[PlacedWord]]]:
    """Return the rows at the top, from above, and those at the foot, from below."""
    above, below = _NEAR * height, (1 - _NEAR) * height
    upper = rows_of(word for word in words if word.top <= above)
    lower = rows_of(word for word in words if word.bottom >= below)
    heads = [row for row in upper[:_ROWS] if row[0].bottom <= _EDGE * height]
    feet = [row for row in lower[-_ROWS:] if row[0].top >= (1 - _EDGE) * height]
    return heads, feet[::-1]


def _text(row: Sequence[PlacedWord]) -> str:
    return " ".join(word.text for word in row)


def _key(row: Sequence[PlacedWord]) -> tuple[str, int]:
    """Return what a running line has in common over the pages: words, numbers aside, and place."""
    return _DIGITS.sub("#", _text(row).casefold()), round(row[0].bottom / _PLACE)


def _running(
    rows: Sequence[list[PlacedWord]], seen: Counter[tuple[str, int]]
) -> list[list[PlacedWord]]:
    """Return the outermost rows that run; a row inside of one that does not run is text.

    A row of periods heads the columns of a table on each of its pages, and belongs to the table.
    """
    running: list[list[PlacedWord]] = []
    for row in rows:
        words, place = _key(row)
        pages = sum(seen[words, place + step] for step in (-1, 0, 1))
        if pages < _PAGES and not _PAGE_NUMBER.fullmatch(_text(row)):
            break
        if sum(is_period(word.text) for word in row) > 1:
            break
        running.append(row)
    return running


def _sheet(
    words: Sequence[PlacedWord], heads: list[list[PlacedWord]], feet: list[list[PlacedWord]]
) -> Sheet:
    apart = {id(word) for row in (*heads, *feet) for word in row}
    return Sheet(heads, [word for word in words if id(word) not in apart], feet[::-1])
