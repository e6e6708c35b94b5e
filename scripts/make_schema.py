#!/usr/bin/env python3
"""Draw the tables of a store and how they point to each other: docs/schema.svg.

scripts/make_schema.py            write it
scripts/make_schema.py --check    exit 1 where it is not what the tables are
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from html import escape
from pathlib import Path

from sqlalchemy import Table

from store import tables as _tables
from store.columns import metadata

PLACE = Path(__file__).parents[1] / "docs/schema.svg"
WIDTH, LINE, HEAD, GAP_X, GAP_Y, MARGIN = 188, 15, 24, 92, 22, 24
HISTORY = ("stores", "ledger")
"""Tables that nothing points to and that point to nothing: they stand apart."""
STYLE = """
svg { background: #fff; font: 11px ui-monospace, Menlo, Consolas, monospace; }
rect { fill: #fff; stroke: #5b6770; } .head { fill: #e6edf1; } .name { font-weight: bold; }
.key { fill: #8a4b08; } .link { fill: #1f5f8b; } .type { fill: #6d7780; }
path { fill: none; stroke: #1f5f8b; stroke-opacity: .55; stroke-width: 1.3; }
"""


@dataclass(frozen=True)
class Line:
    """A line of a table: a column, or several that belong together.

    Attributes:
        text: What stands there.
        sort: `key`, `link` or `plain`.
        target: Name of the table that it points to; None for none.
    """

    text: str
    sort: str
    target: str | None = None


def lines_of(table: Table) -> list[Line]:
    """Return a table's lines; a quote's three columns, and a fact and how it is known, are one."""
    found = []
    for column in table.columns:
        name = column.name
        if re.search(r"_(end|how)$", name) or (
            name.endswith("_text") and f"{name[:-5]}_start" in table.columns
        ):
            continue
        quote = name.endswith("_start") and f"{name[:-6]}_text" in table.columns
        text = f"{name[:-6]} “…”" if quote else name
        text += " +how" if f"{name}_how" in table.columns else ""
        text += "" if column.primary_key or not column.nullable else " ?"
        target = next((key.column.table.name for key in column.foreign_keys), None)
        sort = "key" if column.primary_key else "link" if target else "plain"
        found.append(Line(text, sort, target))
    return found


def ranks() -> dict[str, int]:
    """Return in which column each table stands: right of all that it points to."""
    rank: dict[str, int] = {}
    for table in metadata.sorted_tables:
        targets = {key.column.table.name for key in table.foreign_keys} - {table.name}
        rank[table.name] = max((rank[name] + 1 for name in targets), default=0)
    for table in metadata.sorted_tables:
        pointing = [
            rank[other.name]
            for other in metadata.sorted_tables
            if any(key.column.table is table for key in other.foreign_keys)
        ]
        if rank[table.name] == 0 and pointing and min(pointing) > 2:  # noqa: PLR2004 - far away
            rank[table.name] = max(pointing) + 1
    return rank


def places() -> dict[str, tuple[int, int]]:
    """Return the upper left corner of each table, in columns by rank."""
    rank, found = ranks(), {}
    below: dict[int, int] = {}
    for table in metadata.sorted_tables:
        if table.name not in HISTORY:
            column = rank[table.name]
            top = below.get(column, MARGIN)
            found[table.name] = (MARGIN + column * (WIDTH + GAP_X), top)
            below[column] = top + height(table) + GAP_Y
    left = MARGIN
    for name in HISTORY:
        found[name] = (left, max(below[0], below.get(1, 0)))
        left += WIDTH + GAP_X
    return found


def height(table: Table) -> int:
    """Return how tall a table is drawn."""
    return HEAD + LINE * len(lines_of(table)) + 6


def draw() -> str:
    """Return the whole picture."""
    at = places()
    right = max(x for x, _ in at.values()) + WIDTH + MARGIN
    bottom = max(at[table.name][1] + height(table) for table in metadata.sorted_tables) + MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {right} {bottom}" '
        f'width="{right}" height="{bottom}" role="img" aria-label="The tables of a store">',
        f"<style>{STYLE}</style>",
    ]
    boxes = [_box(table, *at[table.name]) for table in metadata.sorted_tables]
    arrows = [arrow for table in metadata.sorted_tables for arrow in _arrows(table, at)]
    return "\n".join([*parts, *arrows, *boxes, "</svg>", ""])


def _box(table: Table, x: int, y: int) -> str:
    parts = [
        f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{height(table)}" rx="4"/>',
        f'<rect class="head" x="{x}" y="{y}" width="{WIDTH}" height="{HEAD}" rx="4"/>',
        f'<text class="name" x="{x + 8}" y="{y + 16}">{table.name}</text>',
    ]
    for number, line in enumerate(lines_of(table)):
        top = y + HEAD + 13 + LINE * number
        parts.append(f'<text class="{line.sort}" x="{x + 8}" y="{top}">{escape(line.text)}</text>')
    return "\n".join(parts)


def _arrows(table: Table, at: dict[str, tuple[int, int]]) -> list[str]:
    x, y = at[table.name]
    found = []
    for number, line in enumerate(lines_of(table)):
        if line.target is None or line.target == table.name:
            continue
        to_x, to_y = at[line.target]
        start = y + HEAD + 9 + LINE * number
        to_left = to_x < x
        from_x, end_x = (x, to_x + WIDTH) if to_left else (x + WIDTH, to_x)
        bend = -GAP_X // 2 if to_left else GAP_X // 2
        found.append(
            f'<path d="M{from_x} {start} C{from_x + bend} {start} {end_x - bend} '
            f'{to_y + 12} {end_x} {to_y + 12}"/>'
        )
    return found


def main() -> int:
    """Write the picture, or compare."""
    assert _tables  # noqa: S101 - imported to fill the metadata
    drawn = draw()
    if "--check" in sys.argv[1:]:
        return 0 if PLACE.exists() and PLACE.read_text("utf-8") == drawn else 1
    PLACE.write_text(drawn, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
