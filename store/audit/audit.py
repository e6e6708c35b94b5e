"""Run the checks in order, on one snapshot."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from store.audit.claims import check_claims
from store.audit.complete import check_complete
from store.audit.derive import Derive, Reading, check_derivations
from store.audit.hashes import check_hashes
from store.audit.ledger import check_ledger
from store.audit.origins import check_origins
from store.audit.quotes import check_quotes
from store.audit.report import AuditReport, Book, Finding
from store.audit.storage import BACKUP, check_storage


def audit(
    reading: Reading, derive: Derive | None, versions: Mapping[str, str] | None
) -> AuditReport:
    """Check everything that a store says.

    Args:
        reading: Opens a reading transaction.
        derive: Bytes to document and mentions; None leaves texts and mentions underived.
        versions: Of the program that derives; None for those that made each document.
    """
    book = Book()
    live: dict[str, str] = {}
    with reading() as connection:
        _guarded(book, "storage", lambda: check_storage(connection, book))
        _guarded(book, "ledger", lambda: live.update(check_ledger(connection, book)))
        _guarded(book, "rows", lambda: check_hashes(connection, book, live))
        _guarded(book, "quotes", lambda: check_quotes(connection, book))
        _guarded(book, "claims", lambda: check_claims(connection, book, versions))
        _guarded(book, "origins", lambda: check_origins(connection, book, versions))
        _guarded(book, "captures", lambda: check_complete(connection, book))
    if derive is not None:
        check_derivations(reading, book, derive, versions)
    return book.report()


def _guarded(book: Book, name: str, check: Callable[[], None]) -> None:
    """Run a check; where a file cannot even be read, say so and go on with the next.

    A server that refuses ends the audit: it has not looked at what it was asked for.
    """
    try:
        check()
    except (SQLAlchemyError, sqlite3.Error) as error:
        if isinstance(error, DBAPIError) and not isinstance(error.orig, sqlite3.Error):
            raise
        what = f"the check of {name} ended early: {getattr(error, 'orig', None) or error}"
        book.suspect.add("contents/")
        book.findings.append(Finding("storage", "store", "changed", what, "the file", BACKUP))
