"""The store's door: what the database says becomes one of Earmark's errors."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from json import JSONDecodeError

from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

from records.errors import StoreError, StoreGoneError, StoreLockedError, StoreReadOnlyError
from store.patience import too_slow

_DAMAGED = "Check it with: earmark audit  and go back to a backup if it is broken."
_WRITING = frozenset(
    {
        sqlite3.SQLITE_IOERR_WRITE,
        sqlite3.SQLITE_IOERR_FSYNC,
        sqlite3.SQLITE_IOERR_DIR_FSYNC,
        sqlite3.SQLITE_IOERR_TRUNCATE,
        sqlite3.SQLITE_IOERR_SHMSIZE,
    }
)
"""Of input and output that failed, what was output; a file too large for its system is one."""
_BROKEN_OFF = frozenset({sqlite3.SQLITE_INTERRUPT, "57014"})
"""What the two databases say where `store.patience` told them to stop."""
_FULL = (
    "The step under way was not stored, all before it was. Make room and run the same command "
    "again."
)


@contextmanager
def at_the_door(place: str, wait_seconds: float) -> Iterator[None]:
    """Turn the database's errors into the store's.

    Args:
        place: The store, named in the message, without a password.
        wait_seconds: How long a locked store was waited for.

    Raises:
        StoreLockedError: Another process was writing all that time.
        StoreReadOnlyError: The file or its folder, or the tables, cannot be written.
        StoreGoneError: The server cannot be reached, or went away.
        QuestionTooSlowError: A question was broken off, as `store.patience` had it.
        StoreError: Anything else, with what the database said.
    """
    try:
        yield
    except DBAPIError as error:
        raise _told(place, wait_seconds, error) from error.orig
    except (sqlite3.Error, SQLAlchemyError) as error:
        raise _told_by_sqlite(place, wait_seconds, error) from error
    # What stands in a row is no text, no JSON, not packed; also a message quotes a damaged schema.
    except (UnicodeDecodeError, JSONDecodeError, zlib.error) as error:
        raise StoreError(f"{place} cannot be read as it should be: {error}. {_DAMAGED}") from error


def _told(place: str, wait_seconds: float, error: DBAPIError) -> StoreError:
    said = error.orig or error
    if _BROKEN_OFF & {getattr(said, name, None) for name in ("sqlite_errorcode", "sqlstate")}:
        return too_slow()
    if hasattr(said, "sqlstate"):
        lost = error.connection_invalidated or isinstance(error, OperationalError)
        return _told_by_postgresql(place, wait_seconds, said, lost=lost)
    return _told_by_sqlite(place, wait_seconds, said)


def _told_by_sqlite(place: str, wait_seconds: float, error: BaseException) -> StoreError:
    # The lowest byte is the kind of failure, the rest its cause.
    match getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return _locked(place, wait_seconds)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return StoreReadOnlyError(
                f"{place} cannot be written ({error}); nothing was changed. Make the file and its "
                "folder writable, or point to another store with --store."
            )
        case sqlite3.SQLITE_FULL:
            return StoreError(f"{place} could not grow: the disk is full. {_FULL}")
        case sqlite3.SQLITE_IOERR if getattr(error, "sqlite_errorcode", 0) in _WRITING:
            return StoreError(f"{place} could not be written: {error}. {_FULL}")
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_IOERR:
            return StoreError(f"{place} cannot be read as it should be: {error}. {_DAMAGED}")
        case _:
            return StoreError(f"{place}: the database refused: {error}. {_DAMAGED}")


def _told_by_postgresql(
    place: str, wait_seconds: float, error: BaseException, *, lost: bool
) -> StoreError:
    """Judge by the SQLSTATE; without one the connection failed or broke.

    Source: the PostgreSQL manual, appendix on error codes.
    """
    said = str(error).strip().partition("\n")[0]
    match getattr(error, "sqlstate", None):
        case "55P03" | "40001" | "40P01":  # a lock not had, a clash, a deadlock
            return _locked(place, wait_seconds)
        case "25006" | "42501":  # a server or transaction for reading only, a missing right
            return StoreReadOnlyError(
                f"{place} cannot be written ({said}); nothing was changed. Ask whoever keeps the "
                "server for the right to write, or point to another store with --store."
            )
        case "53100":
            return StoreError(f"{place} could not grow: the server's disk is full. {_FULL}")
        case state if lost and (state is None or state[:2] in ("08", "28", "3D", "53", "57")):
            return StoreGoneError(
                f"{place} cannot be reached: {said}. The step under way was not stored, all before "
                "it was. Run the same command again once the server answers."
            )
        case _:
            return StoreError(f"{place}: the database refused: {said}. {_DAMAGED}")


def _locked(place: str, wait_seconds: float) -> StoreLockedError:
    return StoreLockedError(
        f"{place} is being written by another program. Waited {wait_seconds:g} s; nothing "
        "was changed. Try again when it is done."
    )
