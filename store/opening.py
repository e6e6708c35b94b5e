"""Open a store: find the file, make it where that is wished, and check it before first use."""

from __future__ import annotations

import sqlite3
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import Connection, select

from records.errors import NotAStoreError, StoreError
from store import engine, schema
from store.create import create_store
from store.engine import Engines
from store.faults import at_the_door
from store.tables import stores

OLDEST = (3, 37, 0)
"""The first SQLite with STRICT tables."""


def open_store(path: Path, wait_seconds: float, *, create: bool, read_only: bool) -> Engines:
    """Return engines on a store that is whole, ours, and of a schema that this program knows.

    Raises:
        StoreError: One of its kinds, as `Store.open` says.
    """
    if sqlite3.sqlite_version_info < OLDEST:
        raise StoreError(
            f"the SQLite library here is {sqlite3.sqlite_version}, which cannot keep the types of "
            "a store; install a Python with SQLite 3.37 or newer"
        )
    program = version("earmark")
    if create and not path.exists():
        create_store(path, program)
    engine.check_place(path)
    engines = engine.open_engines(path, wait_seconds, read_only=read_only)
    try:
        with at_the_door(str(path), wait_seconds), engines.reader.begin() as connection:
            schema.check_revision(connection, str(path), program)
            _check_schema(connection, path)
            if not read_only:
                _check_journal(connection, path)
    except BaseException:
        engines.dispose()
        raise
    return engines


def _check_schema(connection: Connection, path: Path) -> None:
    wrong = schema.differences(connection)
    if wrong:
        raise NotAStoreError(
            f"{path} was altered by another program: {'; '.join(wrong[:5])}. Nothing was changed. "
            "Go back to a backup."
        )


def _check_journal(connection: Connection, path: Path) -> None:
    chosen = connection.execute(select(stores.c.journal_mode)).scalar_one()
    found = engine.journal_mode(connection)
    if found != chosen and found == "wal":  # the other way round is slower, and as safe
        raise StoreError(
            f"{path} was put in another journal mode ({found}, made with {chosen}), which may lose "
            f"commits. Set it back with: sqlite3 {path} 'PRAGMA journal_mode={chosen}'"
        )
