"""Quotes: does every quoted word stand in its document's text, at its offsets, on its page?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, select

from records.mention import SPAN_FIELDS
from store.audit.report import Book, Finding, Verdict
from store.rows import unpack_words
from store.tables import documents, mentions

Row = Mapping[str, Any]
FIELDS = ("amount", "timeframe", *SPAN_FIELDS, "relation", "newness")
BACKUP = "Do not print this quote; go back to a backup."


def check_quotes(connection: Connection, book: Book) -> None:
    """Check the quotes of every document, superseded ones too."""
    ids = connection.execute(select(documents.c.id).order_by(documents.c.id)).scalars().all()
    for document in ids:
        row = connection.execute(
            select(documents.c.number, documents.c.body, documents.c.words).where(
                documents.c.id == document
            )
        ).one()
        text = row.body.decode("utf-8", "replace")
        whole = f"documents/{document}" not in book.suspect
        pages = _Pages(row.words) if whole else None
        query = select(mentions).where(mentions.c.document_id == document)
        for mention in connection.execute(query.order_by(mentions.c.amount_start)).mappings():
            for field, verdict, what in _wrong(dict(mention), text):
                _say(book, mention, f"d{row.number}", field, verdict, what)
            span = mention["amount_start"], mention["amount_end"]
            if pages and pages.first(*span) != mention["page"]:
                _say(
                    book, mention, f"d{row.number}", "amount", "moved", "it stands on another page"
                )
            book.checked["quotes"] += sum(mention[f"{field}_text"] is not None for field in FIELDS)


class _Pages:
    """The pages of a layout."""

    def __init__(self, packed: bytes) -> None:
        self._words = unpack_words(packed)

    def first(self, start: int, end: int) -> int | None:
        pages = (word.page for word in self._words if word.start < end and start < word.end)
        return min(pages, default=None)


def _wrong(row: Row, text: str) -> Iterator[tuple[str, Verdict, str]]:
    for field in FIELDS:
        start, end, quote = (row[f"{field}_{part}"] for part in ("start", "end", "text"))
        if (start, end, quote) != (None, None, None):
            verdict = _verdict(text, start, end, quote)
            if verdict:
                yield field, verdict[0], verdict[1]
    start, sentence = row["sentence_start"], row["sentence"]
    if text[start : start + len(sentence)] != sentence or start < 0:
        yield "sentence", "changed", "the sentence around the amount is not the text there"


def _verdict(
    text: str, start: int | None, end: int | None, quote: str | None
) -> tuple[Verdict, str] | None:
    if start is None or end is None or not quote or start < 0:
        return "changed", "its offsets or its words are missing"
    if text[start:end] == quote and end - start == len(quote):
        return None
    times = text.count(quote)
    if not times:
        return "gone", f'"{quote[:80]}" stands nowhere in the text'
    if times > 1:
        return "ambiguous", f'"{quote[:80]}" stands elsewhere in the text, more than once'
    return "moved", f'"{quote[:80]}" stands elsewhere in the text'


def _say(
    book: Book, row: Mapping[Any, Any], document: str, field: str, verdict: Verdict, what: str
) -> None:
    start = row.get(f"{field}_start")
    where = f"{document}, {field} at {start} (table mentions, row {row['id']})"
    book.findings.append(Finding("quotes", f"m{row['number']}", verdict, what, where, BACKUP))
