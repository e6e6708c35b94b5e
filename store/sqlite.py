"""Connect to a SQLite file so that nothing acknowledged can be lost, and check that it is so.

Writers take the lock at once (`BEGIN IMMEDIATE`): a transaction that reads first and writes later
would lose updates or fail. Readers cannot write at all. What must be in force on a connection is
set outside a transaction, read back and compared.

Source of the settings: the SQLite manual (pragmas, write-ahead log, how to corrupt a file).
"""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing
from operator import methodcaller
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event

from records.errors import NoStoreError, NotAStoreError, StoreError, StoreReadOnlyError
from store.engine import Engines
from store.folders import sync_folder
from store.turns import take_the_lock

APPLICATION_ID = 0x4541524D
"""`EARM` in the header of the file: marks an Earmark store."""

JournalMode = Literal["wal", "delete"]
_MODES: tuple[JournalMode, ...] = ("delete", "wal")
"""By the number in the header of the file (`user_version`) that says which was chosen."""


def journal_mode_for(version: tuple[int, int, int]) -> JournalMode:
    """Return the journal mode that is safe with a SQLite library.

    Several processes in write-ahead-log mode can lose commits with libraries from 3.7.0 to 3.51.2.
    3.51.3 is repaired, and 3.44.6 and 3.50.7 on their branches; 3.52.0 was withdrawn.

    Source: the SQLite manual, write-ahead log, and its change log.
    """
    major, minor, patch = version
    if (major, minor) == (3, 44):
        repaired = patch >= 6  # noqa: PLR2004 - the repaired release of the branch
    elif (major, minor) == (3, 50):
        repaired = patch >= 7  # noqa: PLR2004 - likewise
    else:
        repaired = version >= (3, 51, 3) and version != (3, 52, 0)
    return "wal" if repaired else "delete"


def check_place(path: Path) -> None:
    """Refuse what is not an Earmark store, without touching it.

    Raises:
        NoStoreError: Nothing is there.
        NotAStoreError: Something else is there.
        StoreError: It cannot be read.
    """
    try:
        if not path.exists():
            raise NoStoreError(
                f"No store at {path}. Create one with: earmark ingest FILE…  or point to one with "
                "--store."
            )
        if not path.is_file():
            kind = "a folder" if path.is_dir() else "not a file"
            raise _not_a_store(path, kind)
        if path.stat().st_size == 0:
            raise _not_a_store(path, "an empty file")
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror}") from error
    # `immutable`: no lock is taken and no file made beside it. The mark was written at creation,
    # so it is in the file whatever a journal may hold.
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        connection = sqlite3.connect(uri, uri=True)
        try:
            (found,) = connection.execute("PRAGMA application_id").fetchone()
        finally:
            connection.close()
    except sqlite3.Error as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_NOTADB:
            raise _not_a_store(path, "not a database") from error
        if any(path.with_name(path.name + end).exists() for end in ("-journal", "-wal")):
            return  # a write was cut off; opening it will take that back, or end it, and then tell
        raise StoreError(
            f"{path} cannot be read: {error}. Nothing was changed. Go back to a backup."
        ) from error
    if found != APPLICATION_ID:
        raise _not_a_store(path, "a database of another program")


def open_engines(path: Path, wait_seconds: float, *, read_only: bool) -> Engines:
    """Return engines whose every connection is set and checked."""
    reader = _engine(path, wait_seconds, read_only=True)
    writer = None if read_only else _engine(path, wait_seconds, read_only=False)
    return Engines(reader, writer)


def new_file(path: Path) -> None:
    """Make an empty file that only its owner can read; SQLite gives its journals the same rights.

    Raises:
        StoreReadOnlyError: The folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreReadOnlyError(
            f"no store can be made in {path.parent}: {error.strerror}. Choose another place with "
            "--store."
        ) from error


def put_in_place(made: Path, path: Path) -> bool:
    """Give a finished file its name, unless another process was first; then theirs stays.

    Returns:
        Whether it has its name.
    """
    try:
        os.link(made, path)
    except FileExistsError:
        return False
    except OSError:  # a file system without hard links
        if path.exists():
            return False
        made.replace(path)
    made.unlink(missing_ok=True)
    sync_folder(path.parent)
    return True


def copy_file(reader: Engine, target: Path) -> None:
    """Copy a whole file, with what waits in its journal, into an empty one."""
    raw = reader.raw_connection()
    try:
        source = raw.driver_connection
        assert isinstance(source, sqlite3.Connection)  # noqa: S101 - made by `_connect`; narrows
        with closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
    finally:
        raw.close()


def journal_mode(connection: Connection) -> str:
    """Return the journal mode in force."""
    return str(connection.exec_driver_sql("PRAGMA journal_mode").scalar_one())


def mark(connection: Connection, mode: JournalMode) -> None:
    """Write into the header of a new file that it is a store, and the journal mode chosen for it.

    The mode belongs to the file and not to what is stored: a copy elsewhere may have another.
    """
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version={_MODES.index(mode)}")


def chosen_mode(connection: Connection) -> str:
    """Return the journal mode that the store was made with."""
    number = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    return _MODES[number] if number < len(_MODES) else f"unknown ({number})"


def set_journal_mode(engine: Engine, mode: JournalMode) -> None:
    """Put a new file into its journal mode, which only works outside a transaction."""
    raw = engine.raw_connection()
    try:
        raw.cursor().execute(f"PRAGMA journal_mode={mode}")
    finally:
        raw.close()


def settings_for(mode: str, wait_seconds: float, *, read_only: bool) -> dict[str, int]:
    """Return the pragmas that must be in force on every connection.

    Raises:
        StoreError: No setting makes this journal mode durable.
    """
    synchronous = {"wal": 2, "delete": 3}.get(mode)  # FULL; EXTRA, which syncs the folder as well
    if synchronous is None:
        raise StoreError(
            f"journal mode {mode} can lose what was stored. Set it back with: "
            "sqlite3 FILE 'PRAGMA journal_mode=delete'"
        )
    mac = {"fullfsync": 1, "checkpoint_fullfsync": 1} if sys.platform == "darwin" else {}
    return {
        "foreign_keys": 1,
        "synchronous": synchronous,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "secure_delete": 1,
        "busy_timeout": round(wait_seconds * 1000),
        "query_only": int(read_only),
        **mac,
    }


def _engine(path: Path, wait_seconds: float, *, read_only: bool) -> Engine:
    def connect() -> sqlite3.Connection:
        return _connect(path, wait_seconds, read_only=read_only)

    # A pool of the default kind, named, because without a file name one thread's pool is chosen.
    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if read_only:
            connection.exec_driver_sql("BEGIN")
        else:
            take_the_lock(connection, wait_seconds)

    return engine


def _connect(path: Path, wait_seconds: float, *, read_only: bool) -> sqlite3.Connection:
    # `rw` also where only reading is meant: a reader must be able to roll back what a killed
    # writer left. SQLite itself falls back to reading where the file is protected.
    uri = f"{path.absolute().as_uri()}?mode=rw"
    connection = _open(uri, wait_seconds)
    try:
        mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
    except sqlite3.OperationalError as error:
        connection.close()
        # A write-ahead log needs a file beside the store. Where none can be made nobody writes.
        unmade = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
        if not unmade or not _is_settled(path):
            raise
        connection = _open(f"{uri}&immutable=1", wait_seconds)
        mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
    _apply(connection, settings_for(mode, wait_seconds, read_only=read_only))
    # Where bytes were damaged the audit must see a changed text, not a failing driver.
    connection.text_factory = methodcaller("decode", "utf-8", "replace")
    # SQLite's own lower() knows ASCII only.
    connection.create_function("lower", 1, _lower, deterministic=True)
    return connection


def _open(uri: str, wait_seconds: float) -> sqlite3.Connection:
    return sqlite3.connect(
        uri, uri=True, isolation_level=None, timeout=wait_seconds, check_same_thread=False
    )


def _is_settled(path: Path) -> bool:
    """Tell whether no commit waits in a write-ahead log beside the file."""
    log = path.with_name(f"{path.name}-wal")
    return not log.exists() or log.stat().st_size == 0


def _apply(connection: sqlite3.Connection, settings: dict[str, int]) -> None:
    for name, value in settings.items():
        connection.execute(f"PRAGMA {name}={value}")
        found = connection.execute(f"PRAGMA {name}").fetchone()
        if found is None or found[0] != value:
            connection.close()
            raise StoreError(
                f"SQLite {sqlite3.sqlite_version} does not keep the setting {name}={value}; "
                "install a Python with a newer SQLite"
            )


def _lower(text: str | None) -> str | None:
    return None if text is None else text.lower()


def _not_a_store(path: Path, kind: str) -> NotAStoreError:
    return NotAStoreError(
        f"{path} is not an Earmark store: it is {kind}. Nothing was changed. Point to a store with "
        "--store."
    )
