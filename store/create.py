"""Make a store: built beside its place under another name, so it is there whole or not at all."""

from __future__ import annotations

import secrets
import sqlite3
from pathlib import Path

from store import engine, ledger, schema
from store.faults import at_the_door
from store.instants import now_text
from store.tables import stores
from store.write import insert_row


def create_store(path: Path, version: str) -> None:
    """Make an empty store.

    Args:
        path: Where; folders on the way are made.
        version: This program's, kept so that an older one can say who made the store.

    Raises:
        StoreReadOnlyError: The folder cannot be written.
    """
    made = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    engine.new_file(made)
    try:
        with at_the_door(str(path), engine.WAIT_SECONDS):
            _fill(made, version)
        engine.put_in_place(made, path)
    finally:
        made.unlink(missing_ok=True)


def _fill(path: Path, version: str) -> None:
    mode = engine.journal_mode_for(sqlite3.sqlite_version_info[:3])
    engines = engine.open_engines(path, engine.WAIT_SECONDS, read_only=False)
    assert engines.writer is not None  # noqa: S101 - opened for writing; narrows for the type checker
    try:
        with engines.writer.begin() as connection:
            connection.exec_driver_sql(f"PRAGMA application_id={engine.APPLICATION_ID}")
            schema.migrate(connection)
            row = {
                "id": 1,
                "made_by": version,
                "created_at": now_text(),
                "journal_mode": mode,
            }
            commit = insert_row(connection, stores, row)
            ledger.append(connection, "store", {}, dict([commit]))
        raw = engines.writer.raw_connection()
        try:
            raw.cursor().execute(f"PRAGMA journal_mode={mode}")
        finally:
            raw.close()
    finally:
        engines.dispose()
