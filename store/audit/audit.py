"""Run the checks in order, on one snapshot."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DBAPIError

from store.audit.asked import Asked
from store.audit.claims import check_claims
from store.audit.complete import check_complete
from store.audit.cross import ALONE, Outside, check_cross
from store.audit.derive import Derive, check_derivations
from store.audit.grounds import mark_unproven
from store.audit.hashes import SINGLES, Rows
from store.audit.heads import check_heads
from store.audit.ledger import Held, check_ledger
from store.audit.live import check_live
from store.audit.origins import check_origins
from store.audit.redactions import check_redactions
from store.audit.report import AuditReport, Book, Finding
from store.audit.scope import Reading, Scope, first_entry, scope_of
from store.audit.storage import BACKUP, check_storage
from store.audit.words import check_words
from store.tables import IS_CURRENT, claims, documents, ledger, mentions, wordings

NOT_DERIVED = "whether texts, mentions, claims and origins follow from the kept bytes again: --deep"


def audit(
    reading: Reading,
    derive: Derive | None,
    versions: Mapping[str, str] | None,
    asked: Asked,
    heads_from: str = "",
    outside: Outside = ALONE,
) -> AuditReport:
    """Check what a store says.

    Args:
        reading: Opens a reading transaction.
        derive: Bytes to document and mentions, for a deep audit; None leaves texts and mentions
            underived.
        versions: Of the program that derives; None for those that made each document.
        asked: What to look at.
        heads_from: Where the heads in `asked` come from, for people.
        outside: What else can be asked.

    Raises:
        SettingsError: What is asked for cannot be meant.
        ClaimNotFoundError: A record that is asked for is not there.
    """
    asked.check()
    book = Book(advance=asked.advance)
    with reading() as connection:
        scope = _check_rows(connection, book, asked, heads_from)
        if scope.rows is None:
            _guarded(book, "words", lambda: check_words(connection, book, deep=asked.deep))
        if asked.deep:
            _guarded(book, "claims", lambda: check_claims(connection, book, versions, scope))
            _guarded(book, "origins", lambda: check_origins(connection, book, versions, scope))
        _guarded(book, "redactions", lambda: check_redactions(connection, book, scope))
        _guarded(book, "captures", lambda: check_complete(connection, book, scope))
        _guarded(book, "grounds", lambda: mark_unproven(connection, book))
    if asked.deep and derive is not None:
        check_derivations(reading, book, derive, versions, scope)
    if outside.again is not None:
        check_live(reading, book, outside.again, scope)
    if outside.cross is not None:
        check_cross(reading, book, outside.cross, scope)
    if not asked.deep:
        book.left_out.append(NOT_DERIVED)
    return book.report()


def _check_rows(connection: Connection, book: Book, asked: Asked, heads_from: str) -> Scope:
    since = None if asked.since is None else first_entry(connection, asked.since)
    _guarded(book, "size", lambda: _count_steps(connection, book, deep=asked.deep))
    _guarded(book, "storage", lambda: check_storage(connection, book))
    held = Held()

    def read_ledger() -> None:
        nonlocal held
        held = check_ledger(connection, book, since)

    _guarded(book, "ledger", read_ledger)
    heads = asked.heads or ()
    _guarded(book, "heads", lambda: check_heads(connection, book, heads, heads_from, held))
    scope = scope_of(connection, asked, held)
    if scope.rows is not None:
        book.asked = f"{scope.chosen}; with all that they rest on"
        book.left_out.append("all other records: earmark audit")
        book.steps = book.done + sum(map(len, scope.rows.values()))
    _guarded(book, "rows", lambda: Rows(connection, book, held.live, scope).check())
    return scope


def _count_steps(connection: Connection, book: Book, *, deep: bool) -> None:
    """Count what is to be gone through, for whoever wants to know how far the audit is."""
    for table in (ledger, *SINGLES, documents, mentions, claims, wordings):
        book.steps += connection.execute(select(func.count()).select_from(table)).scalar_one()
    if deep:
        query = select(func.count()).select_from(documents).where(IS_CURRENT)
        book.steps += connection.execute(query).scalar_one()


def _guarded(book: Book, name: str, check: Callable[[], None]) -> None:
    """Run a check; where what it reads is damaged, say so and go on with the next.

    A server that refuses ends the audit: it has not looked at what it was asked for.
    """
    try:
        check()
    except Exception as error:
        if isinstance(error, DBAPIError) and not isinstance(error.orig, sqlite3.Error):
            raise
        what = f"the check of {name} ended early: {getattr(error, 'orig', None) or error}"
        book.suspect.add("contents/")
        book.findings.append(Finding("storage", "store", "changed", what, "the file", BACKUP))
