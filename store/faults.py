"""The store's door: what the database says becomes one of Earmark's errors."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from records.errors import StoreError, StoreLockedError, StoreReadOnlyError

_DAMAGED = "Check it with: earmark audit  and go back to a backup if it is broken."


@contextmanager
def at_the_door(place: str, wait_seconds: float) -> Iterator[None]:
    """Turn the database's errors into the store's.

    Args:
        place: The store, named in the message.
        wait_seconds: How long a locked store was waited for.

    Raises:
        StoreLockedError: Another process was writing all that time.
        StoreReadOnlyError: The file or its folder cannot be written.
        StoreError: Anything else, with what the database said.
    """
    try:
        yield
    except DBAPIError as error:
        raise _told(place, wait_seconds, error.orig or error) from error
    except (sqlite3.Error, SQLAlchemyError) as error:
        raise _told(place, wait_seconds, error) from error


def _told(place: str, wait_seconds: float, error: BaseException) -> StoreError:
    # The lowest byte is the kind of failure, the rest its cause.
    match getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return StoreLockedError(
                f"{place} is being written by another program. Waited {wait_seconds:g} s; nothing "
                "was changed. Try again when it is done."
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return StoreReadOnlyError(
                f"{place} cannot be written ({error}); nothing was changed. Make the file and its "
                "folder writable, or point to another store with --store."
            )
        case sqlite3.SQLITE_FULL:
            return StoreError(
                f"{place} could not grow: the disk is full. The step under way was not stored, all "
                "before it was. Make room and run the same command again."
            )
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_IOERR:
            return StoreError(f"{place} cannot be read as it should be: {error}. {_DAMAGED}")
        case _:
            return StoreError(f"{place}: the database refused: {error}. {_DAMAGED}")
