"""Add a document: its rows, its mentions, the claims that these touch, and the ledger entry.

All in one transaction of the caller's: a document is in the store wholly, or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from records.document import Capture, Document
from records.errors import StoreError
from records.mention import Mention
from store import ledger
from store.captures import require_said
from store.fulltext import full_text
from store.matching import Matching
from store.mention_rows import mention_row
from store.origins import echo_of, regroup_origins
from store.regroup import regroup
from store.results import Added
from store.rows import document_row, name_text
from store.tables import IS_CURRENT, captures, documents, mentions
from store.write import insert_row, insert_rows, next_id, require_run

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Reading:
    """What a reader made of a capture.

    Attributes:
        capture: Row of the capture.
        content: Row of its bytes.
        document: Row of the document, without ids.
        mentions: Rows of its mentions, without ids, in the order of the text.
    """

    capture: int
    content: int
    document: Row
    mentions: Sequence[Row]


def prepare(
    connection: Connection, capture: Capture, document: Document, found: Sequence[Mention]
) -> Reading:
    """Check a reading against its capture and its own text.

    Raises:
        StoreError: The capture was not added, the document is of other bytes, or two mentions have
            one place.
        SpanMismatchError: A quote is not the text at its offsets.
    """
    said = require_said(connection, capture)
    where = name_text(capture.source)
    if document.sha256 != capture.sha256:
        raise StoreError(f"{where}: the document was read from other bytes than were kept")
    for mention in found:
        mention.check(document.text)
    ordered = sorted(found, key=lambda mention: mention.amount.span)
    if len({mention.amount.span.start for mention in ordered}) != len(ordered):
        raise StoreError(f"{where}: two mentions begin at one place; one amount is one mention")
    rows = [mention_row(mention, document) for mention in ordered]
    return Reading(said.id, said.content, document_row(document), rows)


def add_document(connection: Connection, matching: Matching, run: int, reading: Reading) -> Added:
    """Write a reading, in place of an older one of the same bytes if there is one.

    A reading that is the current one already changes nothing.

    Args:
        connection: In a writing transaction.
        matching: Pots of stored documents.
        run: The open run.
        reading: What `prepare` returned.
    """
    require_run(connection, run)
    old = _current(connection, reading.content)
    older = _mention_rows(connection, old) if old else []
    if old and _is_same(reading, old, older):
        return Added(f"d{old['number']}", len(older), 0, len(older), replaced=False)
    touched = matching.leave(connection, old["id"]) if old else {}
    home, number = next_id(connection, documents.c.id), _number(connection, old)
    ids = {"id": home, "number": number, "run_id": run, "superseded_by": None, "undone_by": None}
    ids |= {"content_id": reading.content, "capture_id": reading.capture}
    commits: dict[str, bytes | None] = dict(
        [insert_row(connection, documents, {**ids, **reading.document})]
    )
    if old:
        commits.update([_supersede(connection, old, home)])
    rows = _numbered(connection, home, reading.mentions, older)
    commits.update(insert_rows(connection, mentions, rows))
    full_text(connection.dialect.name).add(connection, home)
    touched.update(matching.enter(connection, home))
    result = regroup(connection, matching, touched.values(), [row["id"] for row in older])
    gone = [old["id"]] if old else []
    origins = regroup_origins(connection, matching.texts, gone, [home])
    facts = {"run": run, "document": number, "mentions": len(rows)}
    ledger.append(connection, "document", facts, {**commits, **result.commits, **origins})
    own = {result.claim_of[row["id"]] for row in rows}
    new = len(own & result.new)
    echo = echo_of(connection, home)
    return Added(f"d{number}", len(rows), new, len(rows) - new, old is not None, echo)


def _current(connection: Connection, content: int) -> Row | None:
    row = connection.execute(_CURRENT, {"content": content}).mappings().one_or_none()
    return dict(row) if row else None


_CURRENT = (
    select(documents, captures.c.given)
    .join(captures, captures.c.id == documents.c.capture_id)
    .where(documents.c.content_id == bindparam("content"), IS_CURRENT)
)


def _mention_rows(connection: Connection, document: Row) -> list[Row]:
    query = select(mentions).where(mentions.c.document_id == document["id"])
    rows = connection.execute(query.order_by(mentions.c.amount_start)).mappings()
    return [dict(row) for row in rows]


def _is_same(reading: Reading, old: Row, older: Sequence[Row]) -> bool:
    """Tell whether a reading says what the current document and its mentions say already."""
    news, olds = [reading.document, *reading.mentions], [old, *older]
    return (
        reading.capture == old["capture_id"]
        and len(news) == len(olds)
        and all(
            was[key] == value
            for new, was in zip(news, olds, strict=True)
            for key, value in new.items()
        )
    )


def _number(connection: Connection, old: Row | None) -> int:
    return int(old["number"]) if old else next_id(connection, documents.c.number)


def _supersede(connection: Connection, old: Row, home: int) -> tuple[str, bytes]:
    """Mark a document as replaced; nothing of it goes away."""
    change = {"superseded_by": home}
    connection.execute(update(documents).where(documents.c.id == old["id"]).values(**change))
    row = {column.name: old[column.name] for column in documents.columns}
    return f"documents/{old['id']}", ledger.row_commitment(documents.name, {**row, **change})


def _numbered(
    connection: Connection, home: int, rows: Sequence[Row], older: Sequence[Row]
) -> list[dict[str, Any]]:
    """Give mentions their numbers: the old one where an older reading has the same amount there."""
    known = {_place(row): row["number"] for row in older}
    fresh, first = next_id(connection, mentions.c.number), next_id(connection, mentions.c.id)
    numbered = []
    for place, row in enumerate(rows):
        number = known.get(_place(row))
        if number is None:
            number, fresh = fresh, fresh + 1
        numbered.append({"id": first + place, "number": number, "document_id": home, **row})
    return numbered


def _place(row: Row) -> tuple[int, str]:
    return row["amount_start"], row["amount_text"]
