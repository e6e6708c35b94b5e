"""Redactions: what was erased, by whom, when and why; and is it erased still?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, select

from store import blank
from store.audit.report import Book, Finding
from store.audit.scope import Scope
from store.redactions import read_redactions
from store.tables import captures, contents, documents, mentions, redactions, refusals

Row = Mapping[str, Any]


def check_redactions(connection: Connection, book: Book, scope: Scope) -> None:
    """Note every redaction, and every claim that nothing states since.

    Args:
        connection: In a reading transaction.
        book: For what is found.
        scope: Which records to look at.
    """
    suspect = [int(one.partition("/")[2]) for one in book.suspect if one.startswith("redactions/")]
    for one in read_redactions(connection, redactions.c.id.not_in(suspect)):
        query = select(documents.c.id).where(documents.c.redacted_by == one.id)
        read = connection.execute(query).scalars().all()
        if scope.rows is not None and not any(scope.holds("documents", row) for row in read):
            continue
        book.redacted.update(one.mentions)
        for name in one.names:
            what = f"{one.told}; its words are erased, and the ledger still commits to what it was"
            where = f"table redactions, row {one.id}"
            book.notes.append(Finding("hashes", name, "redacted", what, where))
        for claim in one.unsupported:
            book.see("c", int(claim[1:]))
            what = f"its last mention was {one.told}"
            book.notes.append(Finding("claims", claim, "unsupported", what, "table claims"))
        book.checked["redactions"] += 1
    _check_blank(connection, book)


def _check_blank(connection: Connection, book: Book) -> None:
    """Find rows of redacted bytes in which words stand again."""
    for redaction in connection.execute(select(redactions)).mappings().all():
        content, number = redaction["content_id"], redaction["id"]
        taken = select(captures.c.id).where(captures.c.content_id == content)
        read = select(documents.c.id).where(documents.c.content_id == content)
        expected: tuple[tuple[Table, Any, Row], ...] = (
            (contents, contents.c.id == content, blank.blank_content(number)),
            (captures, captures.c.content_id == content, blank.blank_capture()),
            (refusals, refusals.c.capture_id.in_(taken), blank.blank_refusal()),
            (documents, documents.c.content_id == content, blank.blank_document(number)),
        )
        for table, condition, empty in expected:
            for row in connection.execute(select(table).where(condition)).mappings():
                if any(row[name] != value for name, value in empty.items()):
                    _say(book, table, row["id"])
        stated = select(mentions).where(mentions.c.document_id.in_(read))
        for row in connection.execute(stated).mappings():
            empty = blank.blank_mention(row["amount_start"], figures=bool(redaction["figures"]))
            if any(row[name] != value for name, value in empty.items()):
                _say(book, mentions, row["id"])


def _say(book: Book, table: Table, row: int) -> None:
    what = "it was redacted, and says something again"
    where = f"table {table.name}, row {row}"
    todo = "Redact the document again, and ask who wrote there."
    book.findings.append(Finding("hashes", f"{table.name} {row}", "changed", what, where, todo))
