"""Origins and echoes in the store: what a change of documents touches is judged again."""

from __future__ import annotations

import heapq
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Connection,
    bindparam,
    delete,
    exists,
    select,
    union_all,
    update,
)

from records.claim import Echo
from store import ledger
from store.bulk import insert_all
from store.echo_rows import read_echo, with_origin
from store.echoes.grouping import NEAREST, Answer, Text, origin_of
from store.tables import (
    IS_CURRENT,
    documents,
    passages,
    wordings,
)
from store.texts import Texts

Row = Mapping[str, Any]
AT_ONCE = 100
"""Keys that one query looks for; SQLite takes 500 parts."""
KEPT_TEXTS = 8 * NEAREST
"""Texts that stay at hand during one change: names of sources do not change meanwhile."""


def regroup_origins(
    connection: Connection, texts: Texts, gone: Iterable[int], came: Iterable[int]
) -> dict[str, bytes | None]:
    """Judge again what a change of documents touches, and write it.

    Args:
        connection: In a writing transaction; the documents are as they are to be.
        texts: Texts of stored documents.
        gone: Rows of documents that no longer count, or whose names have changed.
        came: Rows of documents that count now, or whose names have changed.

    Returns:
        For the ledger: the record of every document whose answer changed, None for one that is no
        longer among the texts.
    """
    work = _Work(connection, texts)
    for document in gone:
        work.remove(document)
    for document in came:
        work.add(document)
    work.judge()
    return work.commits()


def document_of(connection: Connection, content: int) -> list[int]:
    """Return the row of the current document of some bytes; none where there is none."""
    return list(connection.execute(_OF_CONTENT, {"content": content}).scalars())


class _Work:
    """One change: what is still to be judged, in the order of the texts, and what was before."""

    def __init__(self, connection: Connection, texts: Texts) -> None:
        self._connection = connection
        self._text = lru_cache(KEPT_TEXTS)(partial(texts.read, connection))
        self._waiting: list[tuple[str, int]] = []
        self._before: dict[int, Row | None] = {}
        self._came: set[int] = set()

    def remove(self, document: int) -> None:
        """Take a text away; those that may have followed from it are judged again."""
        row = self._row(document)
        self._before.setdefault(document, row)
        if row is None:
            return
        if row["origin_id"] is None:
            self._await_those_after(row["place"], document)
        for table in (passages, wordings):
            self._connection.execute(delete(table).where(table.c.document_id == document))

    def add(self, document: int) -> None:
        """Put a text in its place, as an origin until it is judged."""
        self._before.setdefault(document, None)
        text = self._text(document)
        if not text.wording.keys:
            return
        head, rows = wording_rows(text, None)
        insert_all(self._connection, wordings, [{**head, "nonce": b""}])
        insert_all(self._connection, passages, rows)
        self._came.add(document)
        heapq.heappush(self._waiting, (text.place, document))

    def judge(self) -> None:
        """Judge what waits; what becomes an origin or is one no longer makes others wait."""
        done = ""
        while self._waiting:
            place, document = heapq.heappop(self._waiting)
            row = self._row(document)
            if place != done and row and row["place"] == place:  # it is still a text, and here
                done = place
                self._judge(row)

    def commits(self) -> dict[str, bytes | None]:
        """Give what changed fresh random bytes, and return what the ledger is to hold of it."""
        return {
            f"wordings/{document}": commit
            for document, before in sorted(self._before.items())
            for commit in self._commit(document, before)
        }

    def _judge(self, row: Row) -> None:
        place, document = row["place"], row["document_id"]
        self._before.setdefault(document, row)
        text = self._text(document)
        found = list(self._origins_before(sorted(text.wording.keys), place))
        answer = origin_of(text, found, self._text)
        now = columns_of(answer)
        if any(row[name] != value for name, value in now.items()):
            here = wordings.c.document_id == document
            self._connection.execute(update(wordings).where(here).values(**now))
        was = None if document in self._came else row["origin_id"] is None
        if (answer is None) != bool(was):
            self._await_those_after(place, document)

    def _origins_before(self, keys: Sequence[int], place: str) -> Iterator[tuple[str, int]]:
        for start in range(0, len(keys), AT_ONCE):
            part = {f"key{at}": key for at, key in enumerate(keys[start : start + AT_ONCE])}
            rows = self._connection.execute(_before(len(part)), {"place": place, **part})
            yield from ((row.place, row.document_id) for row in rows.all())

    def _await_those_after(self, place: str, document: int) -> None:
        """Have every text judged again for which a document is among the nearest origins."""
        here = {"document": document, "place": place}
        for key in self._connection.execute(_FOLLOWED, here).scalars().all():
            origins = 0
            rows = self._connection.execute(_AFTER, {"key": key, "place": place})
            for row in rows.yield_per(NEAREST):
                heapq.heappush(self._waiting, (row.place, row.document_id))
                origins += row.origin_id is None
                if origins == NEAREST:
                    break
            rows.close()

    def _row(self, document: int) -> Row | None:
        row = self._connection.execute(_ROW, {"document": document}).mappings().one_or_none()
        return dict(row) if row else None

    def _commit(self, document: int, before: Row | None) -> Iterator[bytes | None]:
        row = self._row(document)
        if row is None:
            if before is not None:
                yield None
            return
        if before is not None and all(before[name] == row[name] for name in row if name != "nonce"):
            change = {"nonce": before["nonce"]}
        else:
            change = {"nonce": secrets.token_bytes(32)}
        if change["nonce"] != row["nonce"]:
            here = wordings.c.document_id == document
            self._connection.execute(update(wordings).where(here).values(**change))
        if before is None or change["nonce"] != before["nonce"]:
            yield commitment({**row, **change}, passages_of(self._connection, document))


def commitment(head: Row, rows: Sequence[Row]) -> bytes:
    """Return the commitment to a text's row and its keys, which count as one record."""
    return ledger.group_commitment(wordings.name, head, {passages.name: rows})


def passages_of(connection: Connection, document: int) -> list[Row]:
    """Return the keys of a text, in their order."""
    rows = connection.execute(_PASSAGES, {"document": document}).mappings()
    return [dict(row) for row in rows]


def wording_rows(text: Text, answer: Answer) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the rows that a text has: its own, without random bytes, and one for each key."""
    head = {"document_id": text.id, "place": text.place, **columns_of(answer)}
    keys = sorted(text.wording.keys)
    return head, [{"document_id": text.id, "key": key, "place": text.place} for key in keys]


def columns_of(answer: Answer) -> dict[str, Any]:
    """Return what a text's row says of its origin."""
    if answer is None:
        return dict.fromkeys(("origin_id", "kind", "words", "shared", "sums"))
    origin, link = answer
    facts = {"kind": link.kind, "words": link.words, "shared": link.shared, "sums": link.sums}
    return {"origin_id": origin, **facts}


def echoes_of(connection: Connection, chosen: Sequence[int]) -> dict[int, Echo | None]:
    """Return of which document each of some is an echo or a version, by row; None for an origin."""
    rows = connection.execute(_ECHOES, {"documents": list(chosen)}).mappings()
    return {row["id"]: read_echo(dict(row)) for row in rows}


_OF_CONTENT = select(documents.c.id).where(
    documents.c.content_id == bindparam("content"), IS_CURRENT
)
_ROW = select(wordings).where(wordings.c.document_id == bindparam("document"))
_ECHOES = with_origin(
    select(documents.c.id).where(documents.c.id.in_(bindparam("documents", expanding=True)))
)
_PASSAGES = (
    select(passages).where(passages.c.document_id == bindparam("document")).order_by(passages.c.key)
)
_later = passages.alias("later")
_FOLLOWED = select(passages.c.key).where(
    passages.c.document_id == bindparam("document"),
    exists().where(_later.c.key == passages.c.key, _later.c.place > bindparam("place")),
)
"""The keys of a text that a later one has too: of most texts, none."""
_HOLDERS = select(passages.c.place, passages.c.document_id, wordings.c.origin_id).join(
    wordings, wordings.c.document_id == passages.c.document_id
)


@cache
def _before(keys: int) -> CompoundSelect[Any]:
    """Select, for each of so many keys, the nearest origins before a place that have it."""
    sides = (
        select(passages.c.place, passages.c.document_id)
        .join(wordings, wordings.c.document_id == passages.c.document_id)
        .where(
            passages.c.key == bindparam(f"key{at}"),
            passages.c.place < bindparam("place"),
            wordings.c.origin_id.is_(None),
        )
        .order_by(passages.c.place.desc())
        .limit(NEAREST)
        .subquery()
        for at in range(keys)
    )
    return union_all(*(select(side) for side in sides))


_AFTER = _HOLDERS.where(
    passages.c.key == bindparam("key"), passages.c.place > bindparam("place")
).order_by(passages.c.place)
