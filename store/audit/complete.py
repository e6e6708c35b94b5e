"""Complete: does every capture end in a document or a refusal, and is every gap declared?"""

from __future__ import annotations

import json

from sqlalchemy import Connection, exists, func, or_, select

from store.audit.report import Book, Finding
from store.audit.scope import Scope
from store.tables import (
    IS_CURRENT,
    captures,
    contents,
    documents,
    redactions,
    refusals,
    run_ends,
    runs,
    undos,
)

_NOTHING = "[]"


def check_complete(connection: Connection, book: Book, scope: Scope) -> None:
    """Note what was not read, in whole or in part. Nothing of it is wrong."""
    _note_unread(connection, book, scope)
    ended = exists().where(run_ends.c.run_id == runs.c.id)
    for run in connection.execute(select(runs.c.id).where(~ended).order_by(runs.c.id)).scalars():
        if not scope.holds("runs", run):
            continue
        what = "the run was interrupted, or is still going on"
        todo = "Run the same command again to finish it."
        book.notes.append(Finding("complete", f"r{run}", "noted", what, f"run r{run}", todo))
    query = select(documents.c.id, documents.c.number, documents.c.gaps, documents.c.warnings)
    something = or_(documents.c.gaps != _NOTHING, documents.c.warnings != _NOTHING)
    query = query.where(IS_CURRENT, something).order_by(documents.c.number)
    for row in connection.execute(query):
        if f"documents/{row.id}" in book.suspect or not scope.holds("documents", row.id):
            continue
        name = f"d{row.number}"
        for where, why in json.loads(row.gaps):
            what = f"missing from the text: {why}"
            book.notes.append(Finding("complete", name, "noted", what, f"{name}, {where}"))
        for warning in json.loads(row.warnings):
            book.notes.append(Finding("complete", name, "noted", warning, name))


def _note_unread(connection: Connection, book: Book, scope: Scope) -> None:
    read = exists().where(documents.c.content_id == contents.c.id, IS_CURRENT)
    taken_back = (
        select(func.max(undos.c.run_id))
        .join(documents, documents.c.undone_by == undos.c.id)
        .where(documents.c.content_id == contents.c.id)
        .scalar_subquery()
        .label("taken_back")
    )
    rows = connection.execute(
        select(contents.c.id, captures.c.source, refusals.c.message, taken_back)
        .select_from(contents)
        .join(captures, captures.c.content_id == contents.c.id)
        .outerjoin(refusals, refusals.c.capture_id == captures.c.id)
        .where(~read, contents.c.id.not_in(select(redactions.c.content_id)))
        .order_by(contents.c.id, captures.c.id, refusals.c.id)
    )
    last = {row.id: row for row in rows}
    for row in last.values():
        if not scope.holds("contents", row.id):
            continue
        if row.taken_back is not None:
            what = f"its bytes are kept; their document was taken back with r{row.taken_back}"
            todo = ""
        elif row.message is None:
            what = "its bytes are kept and were not read yet"
            todo = "Run the same command again to read them."
        else:
            what = f"its bytes are kept and could not be read: {row.message}"
            todo = ""
        name = f"source {row.source}"
        book.notes.append(Finding("complete", name, "noted", what, row.source, todo))
