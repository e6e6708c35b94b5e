"""Many rows into one table, past SQLAlchemy, which takes longer with a row than the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.exc import DBAPIError

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
    values = [one(row) for row in rows]
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_statement(table.name, names, "?"), values)
    elif len(rows) == 1:
        connection.exec_driver_sql(_statement(table.name, names, "%s"), values)
    else:
        _copy(connection, f"COPY {table.name} ({_columns(names)}) FROM STDIN", values)


def _copy(connection: Connection, statement: str, values: Iterable[Sequence[object]]) -> None:
    """Send rows by COPY, which SQLAlchemy does not know; its errors are as SQLAlchemy's.

    Raises:
        DBAPIError: The server refused, or went away.
    """
    dialect = connection.dialect
    cursor: Any = connection.connection.cursor()
    with closing(cursor):
        try:
            with cursor.copy(statement) as copy:
                for row in values:
                    copy.write_row(row)
        except dialect.loaded_dbapi.Error as error:
            lost = dialect.is_disconnect(error, connection.connection.dbapi_connection, cursor)
            raise DBAPIError.instance(
                statement, None, error, dialect.loaded_dbapi.Error, connection_invalidated=lost
            ) from error


@cache
def _statement(table: str, names: tuple[str, ...], slot: str) -> str:
    slots = ", ".join([slot] * len(names))
    return f"INSERT INTO {table} ({_columns(names)}) VALUES ({slots})"  # noqa: S608 - names of ours


@cache
def _columns(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)
