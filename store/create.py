"""Make a store: it is there whole or not at all, and of two makers at once one is first."""

from __future__ import annotations

import secrets
import sqlite3
from pathlib import Path

from sqlalchemy import Connection, func, select

from store import ledger, postgresql, schema, sqlite
from store.engine import WAIT_SECONDS
from store.faults import at_the_door
from store.instants import now_text
from store.place import ServerPlace
from store.tables import stores
from store.write import insert_row


def create_file(path: Path, version: str) -> None:
    """Make an empty store in a file, built beside its place under another name.

    Args:
        path: Where; folders on the way are made.
        version: This program's, kept so that an older one can say who made the store.

    Raises:
        StoreReadOnlyError: The folder cannot be written.
    """
    made = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    sqlite.new_file(made)
    try:
        with at_the_door(str(path), WAIT_SECONDS):
            _fill_file(made, version)
        sqlite.put_in_place(made, path)
    finally:
        made.unlink(missing_ok=True)


def create_on_server(place: ServerPlace, version: str) -> None:
    """Make an empty store in an empty schema of a database, in one transaction.

    Raises:
        StoreReadOnlyError: No tables can be made there.
    """
    engine = postgresql.engine_for_making(place, WAIT_SECONDS)
    try:
        with at_the_door(place.shown, WAIT_SECONDS), engine.begin() as connection:
            connection.execute(select(func.pg_advisory_xact_lock(postgresql.MAKING)))
            if not postgresql.tables_in(connection):
                postgresql.check_encoding(connection, place.shown)
                schema.migrate(connection)
                _begin_history(connection, version)
    finally:
        engine.dispose()


def _fill_file(path: Path, version: str) -> None:
    mode = sqlite.journal_mode_for(sqlite3.sqlite_version_info[:3])
    engines = sqlite.open_engines(path, WAIT_SECONDS, read_only=False)
    assert engines.writer is not None  # noqa: S101 - opened for writing; narrows for the type checker
    try:
        with engines.writer.begin() as connection:
            sqlite.mark(connection, mode)
            schema.migrate(connection)
            _begin_history(connection, version)
        sqlite.set_journal_mode(engines.writer, mode)
    finally:
        engines.dispose()


def _begin_history(connection: Connection, version: str) -> None:
    row = {"id": 1, "made_by": version, "created_at": now_text()}
    ledger.append(connection, "store", {}, dict([insert_row(connection, stores, row)]))
