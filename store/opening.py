"""Open a store: find it, make it where that is wished, and check it before first use."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from records.errors import NoStoreError, NotAStoreError, StoreError
from store import postgresql, schema, sqlite
from store.engine import Engines
from store.faults import at_the_door
from store.place import FilePlace, Place, ServerPlace

OLDEST = (3, 37, 0)
"""The first SQLite with STRICT tables."""


def open_store(place: Place, wait_seconds: float, *, create: bool, read_only: bool) -> Engines:
    """Return engines on a store that is whole, ours, and of a schema that this program knows.

    Raises:
        StoreError: One of its kinds, as `Store.open` says.
    """
    if isinstance(place, FilePlace):
        return _open_file(place, wait_seconds, create=create, read_only=read_only)
    try:
        return _open_on_server(place, wait_seconds, read_only=read_only)
    except NoStoreError:
        if not create:
            raise
    _create(place)
    return _open_on_server(place, wait_seconds, read_only=read_only)


def _create(place: FilePlace | ServerPlace) -> None:
    from store.create import create_store  # noqa: PLC0415 - slow to import, and needed once a store

    create_store(place)


def _open_file(place: FilePlace, wait_seconds: float, *, create: bool, read_only: bool) -> Engines:
    if sqlite3.sqlite_version_info < OLDEST:
        raise StoreError(
            f"the SQLite library here is {sqlite3.sqlite_version}, which cannot keep the types of "
            "a store; install a Python with SQLite 3.37 or newer"
        )
    if create and not place.path.exists():
        _create(place)
    sqlite.check_place(place.path)
    engines = sqlite.open_engines(place.path, wait_seconds, read_only=read_only)
    with _checking(engines, str(place.path), wait_seconds) as connection:
        _check_schema(connection, str(place.path))
        if not read_only:
            _check_journal(connection, str(place.path))
    return engines


def _open_on_server(place: ServerPlace, wait_seconds: float, *, read_only: bool) -> Engines:
    engines = postgresql.open_engines(place, wait_seconds, read_only=read_only)
    with _checking(engines, place.shown, wait_seconds) as connection:
        postgresql.check_place(connection, place.shown)
        _check_schema(connection, place.shown)
    return engines


@contextmanager
def _checking(engines: Engines, place: str, wait_seconds: float) -> Iterator[Connection]:
    """Look at a store for the first time; where it is not as it must be, close it again."""
    try:
        with at_the_door(place, wait_seconds), engines.reader.begin() as connection:
            yield connection
    except BaseException:
        engines.dispose()
        raise


def _check_schema(connection: Connection, place: str) -> None:
    schema.check_revision(connection, place)
    wrong = schema.differences(connection)
    if wrong:
        raise NotAStoreError(
            f"{place} was altered by another program: {'; '.join(wrong[:5])}. Nothing was changed. "
            "Go back to a backup."
        )


def _check_journal(connection: Connection, path: str) -> None:
    chosen, found = sqlite.chosen_mode(connection), sqlite.journal_mode(connection)
    if found != chosen and found == "wal":  # the other way round is slower, and as safe
        raise StoreError(
            f"{path} was put in another journal mode ({found}, made with {chosen}), which may lose "
            f"commits. Set it back with: sqlite3 {path} 'PRAGMA journal_mode={chosen}'"
        )
