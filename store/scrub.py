"""Clear the database's own files of what was erased, and look whether it is gone.

An erased row leaves its bytes behind: in a file in free pages and in the journal, on a server in
dead rows and in values that it keeps for planning. Both are written anew here. What this cannot
reach is said (`OUT_OF_REACH`).
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from sqlalchemy import Engine

from records.errors import StoreError, StoreLockedError
from store import find_bytes
from store.columns import metadata

Kind = Literal["sqlite", "postgresql"]
OUT_OF_REACH: dict[Kind, tuple[str, ...]] = {
    "sqlite": (
        "backups and copies of the store, and what was exported or sent from it",
        "free blocks and snapshots of the file system, and of the disk itself",
        "the source where it was read from, and what programs that used the store keep in memory",
    ),
    "postgresql": (
        "backups, dumps and copies of the store, and what was exported or sent from it",
        "the server's write-ahead log and its archive, standby servers, and its own log",
        "statistics that other tables' dead rows hold until autovacuum has passed (pg_statistic)",
        "free blocks and snapshots of the server's file system, and of the disk itself",
        "the source where it was read from, and what programs that used the store keep in memory",
    ),
}
"""Where words may still stand after a redaction, in words for people."""


def scrub_file(writer: Engine, wait_seconds: float) -> None:
    """Write a SQLite file anew, and empty its journal.

    Raises:
        StoreLockedError: Other programs were using the file all the time.
    """
    raw = writer.raw_connection()
    try:
        file = raw.driver_connection
        assert isinstance(file, sqlite3.Connection)  # noqa: S101 - made by `_connect`; narrows
        began = time.monotonic()
        while not _rewritten(file):
            if time.monotonic() - began > wait_seconds:
                raise StoreLockedError("old pages of the file were in use all the time")
            time.sleep(0.1)
    finally:
        raw.close()


def _rewritten(file: sqlite3.Connection) -> bool:
    """Try once; every step may be done again."""
    try:
        done = _checkpoint(file)
        if done:
            file.execute("VACUUM")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return False
        raise
    return done and _checkpoint(file)


def _checkpoint(file: sqlite3.Connection) -> bool:
    busy, _, _ = file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def scrub_server(writer: Engine) -> None:
    """Write every table of a store on a server anew, with indexes and statistics."""
    with writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in metadata.sorted_tables:
            connection.exec_driver_sql(f'VACUUM (FULL, ANALYZE) "{table.name}"')


def files_of(path: Path) -> list[Path]:
    """Return the files that belong to a store's file, and what lies beside it under its name."""
    return sorted(path.parent.glob(f"{_escaped(path.name)}*"))


def look_in_files(files: Sequence[Path], pieces: Sequence[bytes]) -> list[tuple[bytes, str]]:
    """Return which pieces stand in some files, looked for by a process of its own.

    Raises:
        StoreError: The files could not be read.
    """
    asked = {"files": [str(one) for one in files], "pieces": [one.hex() for one in pieces]}
    ended = subprocess.run(  # noqa: S603 - this Python, and a program of ours
        [sys.executable, "-I", str(Path(find_bytes.__file__))],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        why = ended.stderr.strip().splitlines()[-1:] or ["it was ended"]
        raise StoreError(f"the words are erased, but the files could not be searched: {why[0]}")
    answer: dict[str, list[int]] = json.loads(ended.stdout)
    return [(pieces[place], name) for name, places in answer.items() for place in places]


def _escaped(name: str) -> str:
    return "".join(f"[{one}]" if one in "*?[" else one for one in name)
