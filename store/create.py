"""Make a store: it is there whole or not at all, and of two makers at once one is first."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, func, select

from records.errors import NotAStoreError
from store import heads, ledger, postgresql, schema, sqlite
from store.engine import WAIT_SECONDS
from store.faults import at_the_door
from store.instants import now_text
from store.place import FilePlace, Place, ServerPlace
from store.tables import stores
from store.write import insert_row

T = TypeVar("T")


def create_store(place: Place) -> None:
    """Make an empty store, unless another process was first; then theirs stays.

    Args:
        place: Where; folders on the way to a file are made.

    Raises:
        StoreReadOnlyError: Nothing can be made there.
        StoreGoneError: The server cannot be reached.
    """
    with suppress(NotAStoreError):
        create_filled(place, lambda _: None)


def create_filled(place: Place, fill: Callable[[Connection], T]) -> T:
    """Make a store with something in it, or nothing at all.

    Args:
        place: As for `create_store`.
        fill: Writes what shall be in it; where it fails there is no store.

    Returns:
        What `fill` did.

    Raises:
        NotAStoreError: Something is there already; it was not touched.
        StoreReadOnlyError: Nothing can be made there.
        StoreGoneError: The server cannot be reached.
    """
    with building(place) as connection:
        row = {"id": 1, "made_by": version("earmark"), "created_at": now_text()}
        ledger.append(connection, "store", {}, dict([insert_row(connection, stores, row)]))
        filled = fill(connection)
        head = ledger.head_of(connection)
    heads.begin(place, head)
    return filled


@contextmanager
def building(place: Place) -> Iterator[Connection]:
    """Hold a transaction on a new store that has its tables and no row.

    A file is built beside its place under another name, and named when all is done. On a server
    nobody sees the tables before.

    Raises:
        NotAStoreError: Something is there already; it was not touched.
        StoreReadOnlyError: Nothing can be made there.
        StoreGoneError: The server cannot be reached.
    """
    build = _in_a_file(place.path) if isinstance(place, FilePlace) else _on_a_server(place)
    with build as connection:
        yield connection


@contextmanager
def _in_a_file(path: Path) -> Iterator[Connection]:
    if path.exists():
        raise _not_empty(str(path))
    made = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    sqlite.new_file(made)
    try:
        with at_the_door(str(path), WAIT_SECONDS):
            mode = sqlite.journal_mode_for(sqlite3.sqlite_version_info[:3])
            engines = sqlite.open_engines(made, WAIT_SECONDS, read_only=False)
            assert engines.writer is not None  # noqa: S101 - opened for writing; narrows for the type checker
            try:
                with engines.writer.begin() as connection:
                    sqlite.mark(connection, mode)
                    schema.migrate(connection)
                    yield connection
                sqlite.set_journal_mode(engines.writer, mode)
            finally:
                engines.dispose()
        if not sqlite.put_in_place(made, path):
            raise _not_empty(str(path))
    finally:
        made.unlink(missing_ok=True)


@contextmanager
def _on_a_server(place: ServerPlace) -> Iterator[Connection]:
    engine = postgresql.engine_for_making(place, WAIT_SECONDS)
    try:
        with at_the_door(place.shown, WAIT_SECONDS), engine.begin() as connection:
            connection.execute(select(func.pg_advisory_xact_lock(postgresql.MAKING)))
            if postgresql.tables_in(connection):
                raise _not_empty(place.shown)
            postgresql.check_encoding(connection, place.shown)
            schema.migrate(connection)
            yield connection
    finally:
        engine.dispose()


def _not_empty(place: str) -> NotAStoreError:
    return NotAStoreError(
        f"{place} is not empty. Nothing was changed. Name a new file or an empty database."
    )
