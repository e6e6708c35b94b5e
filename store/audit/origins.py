"""Origins: do echoes and origins still follow from the texts?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from store.audit.claims import GROUNDS, last_matcher
from store.audit.report import Book, Finding
from store.audit.scope import Scope
from store.echoes.grouping import group
from store.origins import passages_of, wording_rows
from store.tables import IS_CURRENT, documents, passages, wordings
from store.texts import Texts

Row = Mapping[str, Any]


def check_origins(
    connection: Connection, book: Book, versions: Mapping[str, str] | None, scope: Scope
) -> None:
    """Judge all texts anew and compare with what the store has.

    Args:
        connection: In a reading transaction.
        book: For what is found.
        versions: The program's; None for those of the last run.
        scope: Which documents to speak of.
    """
    if any(record.startswith((*GROUNDS, "captures/")) for record in book.suspect):
        what = "origins were not looked for again, because rows that they rest on were changed"
        book.notes.append(Finding("origins", "store", "not checkable here", what, "table wordings"))
        return
    query = select(documents.c.id, documents.c.number).where(IS_CURRENT)
    numbers = {row.id: row.number for row in connection.execute(query.order_by(documents.c.id))}
    texts = Texts()

    def read(document: int) -> Any:
        return texts.read(connection, document)

    answers = group((read(document) for document in numbers), read)
    known = versions is None or last_matcher(connection) == versions.get("earmark")
    for document, number in numbers.items():
        if not scope.holds("documents", document):
            continue
        head, rows = wording_rows(read(document), answers[document])
        if (head if rows else None, rows) != _stored(connection, document):
            _say(book, document, f"d{number}", known=known)
    for table in (wordings, passages):
        strange = select(table.c.document_id).where(
            table.c.document_id.not_in(select(documents.c.id).where(IS_CURRENT))
        )
        for document in connection.execute(strange.distinct()).scalars():
            if scope.holds("documents", document):
                _say(book, document, f"document row {document}", known=known)
    book.checked["origins"] = sum(answer is None for answer in answers.values())


def _stored(connection: Connection, document: int) -> tuple[Row | None, list[Row]]:
    query = select(wordings).where(wordings.c.document_id == document)
    row = connection.execute(query).mappings().one_or_none()
    head = {name: value for name, value in row.items() if name != "nonce"} if row else None
    return head, passages_of(connection, document)


def _say(book: Book, document: int, name: str, *, known: bool) -> None:
    what, where = "the texts lead to another origin", f"table wordings, row {document}"
    if known:
        todo = "Do not count this document's origin; go back to a backup."
        book.findings.append(Finding("origins", name, "changed", what, where, todo))
    else:
        now = f"{what}, by the rules of this version"
        book.notes.append(Finding("origins", name, "rules differ", now, where))
