"""Cross: does another reader find the same figures on each page?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from sqlalchemy import select

from records.errors import IngestError
from store.audit.live import Again
from store.audit.report import Book, Finding
from store.audit.scope import Reading, Scope
from store.rows import unpack_words
from store.tables import captures, contents, documents

Cross: TypeAlias = Callable[[str, bytes, Sequence[str]], Sequence[tuple[int, str, str]]]
"""Source, bytes and what was read on each page, to pages with other figures: number, figures only
read before, figures only read by the other. Raises IngestError where that cannot be."""
_TODO = "Look at the page: earmark show MENTION --page-image FILE"


class Outside(NamedTuple):
    """What an audit can ask of the program beside the store.

    Attributes:
        again: Fetches a source again and reads it; None leaves sources alone.
        cross: Another reader; None asks for no second opinion.
    """

    again: Again | None = None
    cross: Cross | None = None


ALONE = Outside()


def check_cross(reading: Reading, book: Book, cross: Cross, scope: Scope) -> None:
    """List the pages on which another reader finds other figures; none is judged to be right.

    Args:
        reading: Opens a reading transaction; none is open while a document is read.
        book: For what is found.
        cross: The other reader.
        scope: Which documents.
    """
    for document in scope.current_documents(reading, book, documents.c.pages.is_not(None)):
        if f"documents/{document}" not in book.suspect:
            _check(reading, book, cross, document)
    book.left_out.append("a second opinion on documents without pages: no other reader is here")


def _check(reading: Reading, book: Book, cross: Cross, document: int) -> None:
    with reading() as connection:
        row = connection.execute(
            select(documents, captures.c.source, contents.c.body.label("content"))
            .join(captures, captures.c.id == documents.c.capture_id)
            .join(contents, contents.c.id == documents.c.content_id)
            .where(documents.c.id == document)
        ).one()
    name, text = f"d{row.number}", row.body.decode()
    pages: list[list[str]] = [[] for _ in range(row.pages)]
    for word in unpack_words(row.words):
        pages[word.page - 1].append(text[word.start : word.end])
    try:
        differing = cross(row.source, row.content, [" ".join(words) for words in pages])
    except IngestError as error:
        what = f"another reader cannot read it: {error}"
        book.notes.append(Finding("cross", name, "not checkable here", what, row.source))
        return
    book.checked["pages read by another reader"] += row.pages
    for page, ours, theirs in differing:
        what, where = "another reader finds other figures", f"{name}, page {page}"
        note = Finding("cross", name, "reader differs", what, where, _TODO, ours, theirs)
        book.notes.append(note)
