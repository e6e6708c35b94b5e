"""Live: do the sources still say it? Asked of each once more, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from sqlalchemy import Connection, func, select

from records.document import Capture, Document
from records.errors import IngestError
from store.audit.again import Fare, look_up
from store.audit.report import Book, Finding, Live, Verdict
from store.audit.scope import Reading, Scope
from store.rows import read_capture
from store.tables import captures, claim_mentions, contents, documents, mentions

Again: TypeAlias = Callable[[Capture], Document]
"""Fetches the source of a capture again and reads it; raises IngestError where that cannot be."""
Row: TypeAlias = Mapping[str, Any]
_ADDRESS = ("http://", "https://")
_TODO: dict[str, str] = {
    "moved": "Cite the new place, or the kept copy.",
    "changed": "Keep what was said, and ingest the source again to record what it says now.",
    "gone": "Cite the kept copy: present when it was captured, absent today.",
    "ambiguous": "Look at the source yourself.",
}


def check_live(reading: Reading, book: Book, again: Again, scope: Scope) -> None:
    """Look the sentence of every mention up in its source as it is today.

    Args:
        reading: Opens a reading transaction; none is open while a source is fetched.
        book: For what is found.
        again: Fetches and reads.
        scope: Whose mentions.
    """
    from_files = 0
    for document in scope.current_documents(reading, book):
        with reading() as connection:
            row, rows = _stored(connection, document, scope)
        if row["fetched"] is None or not row["source"].startswith(_ADDRESS):
            from_files += 1
        elif rows and f"documents/{document}" not in book.suspect:
            _check(book, row, rows, again)
    if from_files:
        book.left_out.append(f"documents that did not come from an address: {from_files}")


def _stored(connection: Connection, document: int, scope: Scope) -> tuple[Row, list[Row]]:
    row = connection.execute(
        select(documents.c.number, documents.c.body.label("text"), captures, contents.c.sha256)
        .join(captures, captures.c.id == documents.c.capture_id)
        .join(contents, contents.c.id == documents.c.content_id)
        .where(documents.c.id == document)
    )
    stated = connection.execute(
        select(mentions, func.coalesce(claim_mentions.c.claim_id, 0).label("claim"))
        .outerjoin(claim_mentions, claim_mentions.c.mention_id == mentions.c.id)
        .where(mentions.c.document_id == document)
        .order_by(mentions.c.amount_start)
    )
    chosen: list[Row] = [
        dict(one) for one in stated.mappings() if scope.holds("mentions", one["id"])
    ]
    return dict(row.mappings().one()), chosen


def _check(book: Book, row: Row, rows: list[Row], again: Again) -> None:
    book.checked["sources read again"] += 1
    try:
        now = again(read_capture({**row, "body": b""}))
    except IngestError as error:
        for mention in rows:
            _take_down(book, row, mention, "unreachable", Fare("gone"), str(error))
        what, todo = f"its source could not be read today: {error}", "The kept copy still stands."
        note = Finding("live", f"d{row['number']}", "unreachable", what, row["source"], todo)
        book.notes.append(note)
        return
    text = row["text"].decode()
    for mention in rows:
        start = mention["sentence_start"]
        fare = look_up(text, start, start + len(mention["sentence"]), now.text)
        _take_down(book, row, mention, fare.fate, fare, "")


def _take_down(book: Book, row: Row, mention: Row, verdict: Verdict, fare: Fare, why: str) -> None:
    name, claim, source = f"m{mention['number']}", f"c{mention['claim']}", row["source"]
    home, sentence = f"d{row['number']}", mention["sentence"]
    book.live.append(Live(claim, name, home, source, verdict, sentence, fare.words, why))
    if verdict in _TODO:
        what = f"of {claim}: today its source says it {_HOW[verdict]}"
        where = source if fare.start is None else f"{source}, at {fare.start} in its text today"
        book.findings.append(
            Finding("live", name, verdict, what, where, _TODO[verdict], sentence, fare.words)
        )


_HOW: dict[str, str] = {
    "moved": "at another place",
    "changed": "in other words",
    "gone": "no more",
    "ambiguous": "at several places, or nearly so, and nothing decides between them",
}
