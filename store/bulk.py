"""Many rows into one table, past SQLAlchemy, which takes longer with a row than the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table

Row = Mapping[str, Any]


def insert_all(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Add rows of one shape; columns that the first one does not name stay NULL in all.

    Args:
        connection: In a writing transaction.
        table: Where to.
        rows: By the names of columns, each with at least those of the first; none add nothing.
    """
    if not rows:
        return
    names = tuple(rows[0])
    one = itemgetter(*names)
    slot = "?" if connection.dialect.name == "sqlite" else "%s"
    statement = _statement(table.name, names, slot)
    connection.exec_driver_sql(statement, [one(row) for row in rows])


@cache
def _statement(table: str, names: tuple[str, ...], slot: str) -> str:
    columns = ", ".join(f'"{name}"' for name in names)
    slots = ", ".join([slot] * len(names))
    return f"INSERT INTO {table} ({columns}) VALUES ({slots})"  # noqa: S608 - names of ours
