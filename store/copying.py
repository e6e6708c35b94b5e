"""Copy a store to another place, of either database: the same rows, ids and ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from records.errors import StoreError
from store import heads, ledger
from store.columns import metadata
from store.create import building
from store.engine import WAIT_SECONDS
from store.faults import at_the_door
from store.fulltext import full_text
from store.place import Place

ROWS = 500
"""Rows held at a time."""
BODIES = 20
"""Likewise where each may be as large as a document."""


def copy_to(source: Connection, source_place: str, place: Place) -> None:
    """Copy everything that a store holds, in one transaction of the new one.

    Args:
        source: In a reading transaction.
        source_place: Named where it cannot be read.
        place: Where nothing is yet: no file, or an empty database.

    Raises:
        NotAStoreError: Something is there; it was not touched.
        StoreReadOnlyError: Nothing can be made there.
        StoreError: One of the two failed, or what arrived is not what was sent; nothing of the
            copy is there.
    """
    tables = metadata.sorted_tables
    with building(place) as target:
        for table in tables:
            for part in _parts(source, source_place, table):
                target.execute(insert(table), part)
        full_text(target.dialect.name).add_all(target)
        wrong = [one.name for one in tables if _size(source, one) != _size(target, one)]
        if ledger.head(source) != ledger.head(target):
            wrong.append("ledger")
        if wrong:
            raise StoreError(
                f"{place.shown}: not all of {', '.join(wrong)} arrived; nothing was kept of the "
                "copy. Please report it."
            )
        head = ledger.head_of(target)
    heads.begin(place, head)


def _parts(
    source: Connection, source_place: str, table: Table
) -> Iterator[Sequence[dict[str, Any]]]:
    # A row comes after those of its own table that it points to: a document that was replaced
    # points to the newer one, whose number is higher.
    to_itself = any(key.column.table is table for key in table.foreign_keys)
    order = [column.desc() if to_itself else column for column in table.primary_key]
    size = BODIES if "body" in table.columns else ROWS
    with at_the_door(source_place, WAIT_SECONDS):
        rows = source.execute(select(table).order_by(*order)).yield_per(size).mappings()
        for part in rows.partitions():
            yield [dict(row) for row in part]


def _size(side: Connection, table: Table) -> int:
    return int(side.execute(select(func.count()).select_from(table)).scalar_one())
