"""The documents of a store as a list, page by page, without their texts."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, func, select

from store.echo_rows import read_echo, with_origin
from store.instants import read_instant
from store.mention_rows import read_day
from store.results import ListedDocument
from store.tables import IS_CURRENT, captures, contents, documents, mentions


def list_documents(connection: Connection, limit: int, after: int) -> list[ListedDocument]:
    """Return current documents in the order of their numbers.

    Args:
        connection: In a transaction.
        limit: At most so many.
        after: The number of the last one before; 0 to begin.
    """
    rows = connection.execute(
        _LISTED.where(documents.c.number > after).order_by(documents.c.number).limit(limit)
    )
    return [_listed(dict(row)) for row in rows.mappings()]


def _listed(row: dict[str, Any]) -> ListedDocument:
    return ListedDocument(
        id=f"d{row['number']}",
        source=row["source"],
        title=row["title"],
        publisher=row["publisher"],
        published=read_day(row["published"]),
        media_type=row["media_type"],
        captured_at=read_instant(row["captured_at"]),
        sha256=row["sha256"],
        mentions=row["mentions"],
        partial=row["gaps"] != "[]",
        echo=read_echo(row),
    )


_LISTED = with_origin(
    select(
        *(documents.c[name] for name in ("number", "title", "publisher", "published")),
        *(documents.c[name] for name in ("media_type", "gaps")),
        captures.c.source,
        captures.c.captured_at,
        contents.c.sha256,
        select(func.count())
        .where(mentions.c.document_id == documents.c.id)
        .scalar_subquery()
        .label("mentions"),
    )
    .join(captures, captures.c.id == documents.c.capture_id)
    .join(contents, contents.c.id == documents.c.content_id)
    .where(IS_CURRENT)
)
