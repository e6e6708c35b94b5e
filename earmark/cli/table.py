"""Columns of text that fit a terminal: every row is one line, and what is cut shows that it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from earmark.words.safe import inline

_GAP = 2
_NARROWEST = 8
Row = Sequence[str] | str
"""Cells under the columns, or one line across all of them."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        heading: Its title.
        right: It stands right-aligned.
        share: Part of the width that is left over, for a column that may be cut; None for one
            that is always shown whole.
    """

    heading: str
    right: bool = False
    share: int | None = None


def table_lines(columns: Sequence[Column], rows: Sequence[Row], width: int) -> Iterator[str]:
    """Yield the headings and the rows, none wider than `width` unless the columns need it."""
    cells = [[inline(cell) for cell in row] for row in rows if not isinstance(row, str)]
    widths = _widths(columns, cells, width)
    yield _line(columns, [column.heading for column in columns], widths)
    for row in rows:
        if isinstance(row, str):
            yield inline(row).rstrip()
        else:
            yield _line(columns, [inline(cell) for cell in row], widths)


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int) -> list[int]:
    natural = [
        max(map(cell_len, (column.heading, *(row[number] for row in rows))))
        for number, column in enumerate(columns)
    ]
    spare = width - _GAP * (len(columns) - 1)
    spare -= sum(size for size, column in zip(natural, columns, strict=True) if not column.share)
    open_columns = [number for number, column in enumerate(columns) if column.share]
    # Narrow columns first: what they do not use is there for the others.
    for number in sorted(open_columns, key=lambda n: natural[n] / (columns[n].share or 1)):
        shares = sum(columns[n].share or 0 for n in open_columns)
        fair = spare * (columns[number].share or 0) // shares
        natural[number] = min(natural[number], max(fair, _NARROWEST))
        spare -= natural[number]
        open_columns.remove(number)
    return natural


def _line(columns: Sequence[Column], cells: Sequence[str], widths: Sequence[int]) -> str:
    fitted = [
        _fit(cell, width, right=column.right)
        for column, cell, width in zip(columns, cells, widths, strict=True)
    ]
    return (" " * _GAP).join(fitted).rstrip()


def _fit(cell: str, width: int, *, right: bool) -> str:
    if cell_len(cell) > width:
        cell = set_cell_size(cell, width - 1).rstrip() + "…"
    padding = " " * (width - cell_len(cell))
    return padding + cell if right else cell + padding
