"""Add documents: their rows, their mentions, the claims that these touch, and the ledger entries.

All in one transaction of the caller's: a document is in the store wholly, or not at all. Of several
documents rows of one table are written together, and what they touch is grouped once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from records.claim import Echo
from records.document import Capture, Document
from records.errors import StoreError
from records.mention import Mention
from store import ledger
from store.captures import Said, require_said
from store.dedup.candidate import LocalPot
from store.dedup.profile import Key
from store.fulltext import full_text
from store.matching import Matching
from store.mention_rows import mention_row
from store.origins import echoes_of, regroup_origins
from store.regroup import Regrouped, regroup
from store.results import Added
from store.rows import document_row, name_text
from store.tables import IS_CURRENT, captures, claims, documents, mentions, wordings
from store.write import insert_rows, next_ids, require_run

Row = Mapping[str, Any]
Read = tuple[Capture, Document, Sequence[Mention]]
"""An added capture, and what a reader made of it."""


@dataclass(frozen=True)
class Reading:
    """What a reader made of a capture.

    Attributes:
        capture: Row of the capture.
        content: Row of its bytes.
        sha256: Of its bytes.
        document: Row of the document, without ids.
        mentions: Rows of its mentions, without ids, in the order of the text.
    """

    capture: int
    content: int
    sha256: str
    document: Row
    mentions: Sequence[Row]


def prepare(connection: Connection, read: Sequence[Read]) -> list[Reading]:
    """Check readings against their captures and their own texts.

    Raises:
        StoreError: A capture was not added, a document is of other bytes, two are of the same, or
            two mentions have one place.
        SpanMismatchError: A quote is not the text at its offsets.
    """
    said = require_said(connection, [capture for capture, _, _ in read])
    if len({one.content for one in said}) != len(said):
        raise StoreError("documents of the same bytes must be added one after the other")
    return [_prepared(one, *each) for one, each in zip(said, read, strict=True)]


def _prepared(
    said: Said, capture: Capture, document: Document, found: Sequence[Mention]
) -> Reading:
    where = name_text(capture.source)
    if document.sha256 != capture.sha256:
        raise StoreError(f"{where}: the document was read from other bytes than were kept")
    for mention in found:
        mention.check(document.text)
    ordered = sorted(found, key=lambda mention: mention.amount.span.start)
    if len({mention.amount.span.start for mention in ordered}) != len(ordered):
        raise StoreError(f"{where}: two mentions begin at one place; one amount is one mention")
    rows = [mention_row(mention, document) for mention in ordered]
    return Reading(said.id, said.content, document.sha256, document_row(document), rows)


def add_documents(
    connection: Connection, matching: Matching, run: int, readings: Sequence[Reading]
) -> list[Added]:
    """Write readings of different bytes, each in place of an older one of its bytes, if there is.

    A reading that is the current one already changes nothing. Each document has its entry in the
    ledger, in order; a claim that changes is held by that of the last of these documents that
    states it, or by the last one of all.

    Args:
        connection: In a writing transaction.
        matching: Pots of stored documents.
        run: The open run.
        readings: What `prepare` returned.
    """
    require_run(connection, run)
    coming = _coming(connection, readings)
    news = [one for one in coming if not one.is_same]
    touched = leave_all(connection, matching, [one for one in news if one.old])
    commits: dict[str, bytes | None] = {**_write_rows(connection, run, news)}
    add_words(connection, news)
    touched.update(enter_all(connection, matching, news))
    gone = [row["id"] for one in news for row in one.older]
    result = regroup(connection, matching, touched.values(), gone)
    replaced = [one.old["id"] for one in news if one.old]
    homes = [one.home for one in news]
    origins = regroup_origins(connection, matching.texts, replaced, homes)
    commits.update(result.commits)
    commits.update(origins)
    _write_entries(connection, run, news, commits, result.claim_of)
    return _added(coming, result, echoes_of(connection, homes))


def _added(
    coming: Sequence[_Coming], result: Regrouped, echoes: Mapping[int, Echo | None]
) -> list[Added]:
    """Say what became of each document; a claim is new in the first one that states it."""
    stated: set[int] = set()
    added = []
    for one in coming:
        if one.is_same:
            every = len(one.older)
            added.append(Added(f"d{one.number}", every, 0, every, replaced=False))
            continue
        own = {result.claim_of[row["id"]] for row in one.rows} & result.new - stated
        stated |= own
        rest = len(one.rows) - len(own)
        echo = echoes[one.home]
        added.append(
            Added(f"d{one.number}", len(one.rows), len(own), rest, one.old is not None, echo)
        )
    return added


@dataclass(frozen=True)
class _Coming:
    """A document on its way into the store.

    Attributes:
        reading: What a reader made of it.
        home: Its row.
        number: Its public number, `d7`.
        rows: Of its mentions.
        old: The current document of the same bytes; None where there is none.
        older: Rows of the mentions of that one.
        is_same: The current document says all this already, and nothing is to be written.
    """

    reading: Reading
    home: int
    number: int
    rows: Sequence[dict[str, Any]]
    old: Row | None
    older: Sequence[Row]
    is_same: bool


def _coming(connection: Connection, readings: Sequence[Reading]) -> list[_Coming]:
    """Give documents and their mentions their numbers, the old ones where they stay the same."""
    current = connection.execute(_CURRENT, {"contents": [one.content for one in readings]})
    olds = {row["content_id"]: dict(row) for row in current.mappings()}
    columns = documents.c.id, documents.c.number, mentions.c.id, mentions.c.number
    home, number, row, fresh = next_ids(connection, *columns)
    coming = []
    for one in readings:
        old = olds.get(one.content)
        older = _mention_rows(connection, old) if old else []
        if old and _is_same(one, old, older):
            coming.append(_Coming(one, old["id"], old["number"], (), old, older, is_same=True))
            continue
        known = {_place(each): each["number"] for each in older}
        rows: list[dict[str, Any]] = []
        for each in one.mentions:
            own = known.get(_place(each))
            if own is None:
                own, fresh = fresh, fresh + 1
            rows.append({"id": row + len(rows), "number": own, "document_id": home, **each})
        shown = old["number"] if old else number
        coming.append(_Coming(one, home, shown, rows, old, older, is_same=False))
        home, row, number = home + 1, row + len(rows), number + (old is None)
    return coming


def leave_all(
    connection: Connection, matching: Matching, coming: Sequence[_Coming]
) -> dict[Key, LocalPot]:
    """Take older readings out of their lists, and return the pots of others that this touches."""
    touched: dict[Key, LocalPot] = {}
    for one in coming:
        if one.old:
            touched.update(matching.leave(connection, one.old["id"]))
    left = {one.reading.sha256 for one in coming}
    return {key: pot for key, pot in touched.items() if key[0] not in left}


def enter_all(
    connection: Connection, matching: Matching, coming: Sequence[_Coming]
) -> dict[Key, LocalPot]:
    """Put documents into their lists, and return all pots that this touches."""
    touched: dict[Key, LocalPot] = {}
    for one in coming:
        touched.update(matching.enter(connection, one.home))
    return touched


def add_words(connection: Connection, coming: Sequence[_Coming]) -> None:
    """Take the words of mentions into the index."""
    index = full_text(connection.dialect.name)
    for one in coming:
        index.add(connection, one.home)


def _write_rows(connection: Connection, run: int, coming: Sequence[_Coming]) -> dict[str, bytes]:
    """Write documents and mentions, and return what the ledger is to hold of each."""
    rows = []
    for one in coming:
        ids = {
            "id": one.home,
            "number": one.number,
            "run_id": run,
            "capture_id": one.reading.capture,
        }
        state = {"content_id": one.reading.content, "superseded_by": None, "undone_by": None}
        rows.append({**ids, **state, **one.reading.document})
    commits = dict(insert_rows(connection, documents, rows))
    commits.update(_supersede(connection, one.old, one.home) for one in coming if one.old)
    commits.update(insert_rows(connection, mentions, [row for one in coming for row in one.rows]))
    return commits


def _write_entries(
    connection: Connection,
    run: int,
    coming: Sequence[_Coming],
    commits: dict[str, bytes | None],
    claim_of: Mapping[int, int],
) -> None:
    """Write an entry for each document, the last one with all that is no document's own."""
    told = []
    for one in reversed(coming):
        names = [f"{documents.name}/{one.home}", f"{wordings.name}/{one.home}"]
        if one.old:
            names += [f"{documents.name}/{one.old['id']}", f"{wordings.name}/{one.old['id']}"]
        names += [f"{mentions.name}/{row['id']}" for row in one.rows]
        names += [f"{claims.name}/{claim_of[row['id']]}" for row in one.rows]
        own = {name: commits.pop(name) for name in names if name in commits}
        facts = {"run": run, "document": one.number, "mentions": len(one.rows)}
        told.append((facts, own))
    if told:
        told[0][1].update(commits)
    ledger.append_all(connection, [("document", *one) for one in reversed(told)])


_CURRENT = (
    select(documents, captures.c.given)
    .join(captures, captures.c.id == documents.c.capture_id)
    .where(documents.c.content_id.in_(bindparam("contents", expanding=True)), IS_CURRENT)
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


def _supersede(connection: Connection, old: Row, home: int) -> tuple[str, bytes]:
    """Mark a document as replaced; nothing of it goes away."""
    change = {"superseded_by": home}
    connection.execute(update(documents).where(documents.c.id == old["id"]).values(**change))
    row = {column.name: old[column.name] for column in documents.columns}
    return f"documents/{old['id']}", ledger.row_commitment(documents.name, {**row, **change})


def _place(row: Row) -> tuple[int, str]:
    return row["amount_start"], row["amount_text"]
