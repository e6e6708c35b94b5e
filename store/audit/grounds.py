"""Grounds: which records are as they were written, but rest on some that are not?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import ColumnElement, Connection, Select, select

from store.audit.report import Book
from store.tables import claim_mentions, documents, mentions

_BATCH = 500


def mark_unproven(connection: Connection, book: Book) -> None:
    """Take down documents, mentions and claims that rest on records that were changed.

    Args:
        connection: In a reading transaction.
        book: Its suspects are what they may rest on.
    """
    homes = {*_keys(book, "documents")}
    for column, table in (
        (documents.c.content_id, "contents"),
        (documents.c.capture_id, "captures"),
        (documents.c.run_id, "runs"),
    ):
        query = select(documents.c.id, documents.c.number)
        for row, number in _rows(connection, query, column, _keys(book, table)):
            homes.add(row)
            book.unproven.add(f"d{number}")
    stated = {*_keys(book, "mentions")}
    query = select(mentions.c.id, mentions.c.number)
    for row, number in _rows(connection, query, mentions.c.document_id, homes):
        stated.add(row)
        book.unproven.add(f"m{number}")
    query = select(claim_mentions.c.mention_id, claim_mentions.c.claim_id)
    for _, number in _rows(connection, query, claim_mentions.c.mention_id, stated):
        book.unproven.add(f"c{number}")


def _keys(book: Book, table: str) -> Iterator[int]:
    for record in book.suspect:
        name, _, key = record.partition("/")
        if name == table and key.isdigit():
            yield int(key)


def _rows(
    connection: Connection, query: Select[int, int], column: ColumnElement[int], keys: Iterable[int]
) -> Iterator[tuple[int, int]]:
    held = sorted(keys)
    for start in range(0, len(held), _BATCH):
        some = held[start : start + _BATCH]
        yield from map(tuple, connection.execute(query.where(column.in_(some))))
