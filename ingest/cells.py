"""Table rows as text: one convention for every format (docs/tables.md).

A row is one line, its cells are parted by ` | `, an empty cell is an empty place, and a merged cell
is followed by as many empty places as it spans further columns, so that columns stay aligned.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_BAR = "\N{BOX DRAWINGS LIGHT VERTICAL}"  # what a `|` inside of a cell becomes, or it would part it


def row_text(cells: Iterable[str]) -> str:
    """Return a row's line; a row whose first cell alone has words is a heading, without places."""
    words = [" ".join(cell.split()).replace("|", _BAR) for cell in cells]
    filled = [place for place, word in enumerate(words) if word]
    if not filled:
        return ""
    return words[0] if filled == [0] else " | ".join(words).rstrip(" ")


def sheet_text(rows: Iterable[Sequence[str]]) -> str:
    """Return the lines of a sheet; empty columns at its edges go, empty rows become one."""
    every = [[cell.strip() for cell in row] for row in rows]
    filled = {place for row in every for place, cell in enumerate(row) if cell}
    first, last = min(filled, default=0), max(filled, default=-1) + 1
    lines: list[str] = []
    for row in every:
        line = row_text(row[first:last])
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).rstrip("\n")
