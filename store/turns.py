"""How writers of one SQLite file take turns."""

from __future__ import annotations

import sqlite3
import time

from sqlalchemy import Connection


def take_the_lock(connection: Connection, wait_seconds: float) -> None:
    """Begin to write, as soon as nobody else does.

    SQLite's own waiting looks ten times a second, and whoever comes back at once wins: of eight
    busy writers some get no turn for half a minute. Here one looks the oftener the longer it waits.

    Raises:
        sqlite3.OperationalError: Others were writing all the time.
    """
    file = connection.connection.driver_connection
    assert isinstance(file, sqlite3.Connection)  # noqa: S101 - made by `_connect`; narrows
    began = time.monotonic()
    file.execute("PRAGMA busy_timeout=0")
    try:
        while True:
            try:
                file.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                waited = time.monotonic() - began
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or waited > wait_seconds:
                    raise
                time.sleep(0.02 / (1 + waited))
            else:
                return
    finally:  # a commit waits for readers
        file.execute(f"PRAGMA busy_timeout={round(wait_seconds * 1000)}")
