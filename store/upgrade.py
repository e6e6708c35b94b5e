"""Bring a store that an older Earmark made to this program's schema: a backup, one transaction."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from records.errors import StoreError
from store import heads, ledger, postgresql, schema, sqlite
from store.engine import WAIT_SECONDS, Engines
from store.faults import at_the_door
from store.place import FilePlace, Place, place_of


def upgrade_store(text: str) -> Path | None:
    """Upgrade a store; one that has this program's schema already is left as it is.

    A file is backed up beside its place first, while nobody can write; a server's database is the
    server's to back up. What is interrupted leaves the store as it was.

    Args:
        text: Its place, as for `Store.open`.

    Returns:
        The backup of a file; None for a server's database, or where nothing was to be done.

    Raises:
        NoStoreError: There is no store.
        SchemaVersionError: It was made by a newer Earmark.
        StoreError: It cannot be written, or the backup cannot.
    """
    place = place_of(text)
    if isinstance(place, FilePlace):
        sqlite.check_place(place.path)
        path: Path | None = place.path
        engines = sqlite.open_engines(place.path, WAIT_SECONDS, read_only=False)
    else:
        path = None
        engines = postgresql.open_engines(place, WAIT_SECONDS, read_only=False)
    try:
        with at_the_door(place.shown, WAIT_SECONDS):
            return _upgrade(engines, place, path)
    finally:
        engines.dispose()


def _upgrade(engines: Engines, place: Place, path: Path | None) -> Path | None:
    shown = place.shown
    if path is None:
        with engines.reader.begin() as connection:
            postgresql.check_place(connection, shown)
    assert engines.writer is not None  # noqa: S101 - opened for writing; narrows for the type checker
    with heads.keeping(heads.file_of(place)) as keep, engines.writer.begin() as connection:
        before = schema.check_known(connection, shown)
        if before == schema.REVISION:
            return None
        backup = path and _back_up(engines, path, before)
        schema.migrate(connection)
        ledger.append(connection, "upgrade", {"from": before, "to": schema.REVISION}, {})
        wrong = schema.differences(connection)
        if wrong:
            raise StoreError(
                f"{shown} does not become what it should: {'; '.join(wrong[:5])}. Nothing was "
                "changed. Please report it."
            )
        keep(ledger.head_of(connection))
    return backup


def _back_up(engines: Engines, path: Path, revision: str) -> Path:
    """Copy a file through the database, which alone knows what belongs to it."""
    tries = (path.with_name(f"{path.name}.{revision}.backup{n or ''}") for n in count())
    backup = next(made for made in tries if not made.exists())
    sqlite.new_file(backup)
    sqlite.copy_file(engines.reader, backup)
    return backup
