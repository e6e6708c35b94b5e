"""Which records an audit looks at: all, or those asked for with what they rest on."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from heapq import nsmallest
from typing import TypeAlias

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, select

from records.errors import ClaimNotFoundError, SettingsError
from store.audit.asked import Asked
from store.audit.ledger import Held
from store.audit.report import Book
from store.redactions import told_of
from store.tables import (
    IS_CURRENT,
    captures,
    claim_mentions,
    claims,
    documents,
    ledger,
    mentions,
    refusals,
    run_ends,
    runs,
    sightings,
)

Reading: TypeAlias = Callable[[], AbstractContextManager[Connection]]
"""Opens a reading transaction."""
BATCH = 500
_ID = re.compile(r"([mcdr])([0-9]{1,18})", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_OF_RUN = (captures, refusals, sightings)


@dataclass(frozen=True)
class Scope:
    """Records by table.

    Attributes:
        rows: Table name to keys; None for all records of the store.
        chosen: Mentions that were asked for, in words; empty for the whole store.
    """

    rows: Mapping[str, set[int]] | None = None
    chosen: str = ""

    def holds(self, table: str, key: int) -> bool:
        """Tell whether a record is looked at."""
        return self.rows is None or key in self.rows.get(table, ())

    def batches(self, column: ColumnElement[int], table: str) -> Iterator[ColumnElement[bool]]:
        """Yield conditions that together choose the rows looked at."""
        if self.rows is None:
            yield column.is_not(None)
        else:
            yield from (column.in_(some) for some in _batched(self.rows.get(table, ())))

    def current_documents(
        self, reading: Reading, book: Book, *conditions: ColumnElement[bool]
    ) -> Iterator[int]:
        """Yield the current documents looked at, by number, each a step of the audit.

        No transaction is open meanwhile, so that what takes long holds up no writer.
        """
        with reading() as connection:
            query = select(documents.c.id).where(IS_CURRENT, *conditions)
            held = connection.execute(query.order_by(documents.c.number)).scalars().all()
        ids = [document for document in held if self.holds("documents", document)]
        book.steps += len(ids)
        for document in ids:
            book.step()
            yield document


@dataclass
class _Closure:
    """Collects records with those that they rest on."""

    connection: Connection
    rows: dict[str, set[int]] = field(default_factory=dict)

    def add(self, table: str, keys: Iterable[int]) -> None:
        self.rows.setdefault(table, set()).update(keys)

    def select(self, query: Select[int], column: ColumnElement[int], table: str) -> set[int]:
        """Return what a query finds for every key of a table."""
        return {
            key
            for some in _batched(self.rows.get(table, ()))
            for key in self.connection.execute(query.where(column.in_(some))).scalars()
        }

    def with_grounds(self) -> dict[str, set[int]]:
        """Add documents of mentions, and what those were read from."""
        homes = select(mentions.c.document_id)
        self.add("documents", self.select(homes, mentions.c.id, "mentions"))
        for name, column in (
            ("contents", documents.c.content_id),
            ("captures", documents.c.capture_id),
            ("runs", documents.c.run_id),
        ):
            self.add(name, self.select(select(column), documents.c.id, "documents"))
        self.add("wordings", self.rows["documents"])
        return self.rows


def first_entry(connection: Connection, since: str) -> int:
    """Return the number of the first entry of the ledger that belongs to what is asked for.

    Args:
        connection: In a reading transaction.
        since: As in `Asked`.

    Raises:
        SettingsError: It is none of these.
        ClaimNotFoundError: There is no such run.
    """
    if since.isascii() and since.isdigit():
        return int(since[:18]) + 1
    run = re.fullmatch(r"r([0-9]{1,18})", since, re.ASCII)
    if not run and not _DAY.fullmatch(since):
        raise SettingsError(
            f'--since: "{since[:40]}" is no run (r3), no day (2026-11-02), no number of ledger '
            "entries (34), and no file that holds a head"
        )
    query = select(ledger.c.seq, ledger.c.body).order_by(ledger.c.seq)
    if run:
        query = query.where(ledger.c.type == "run-start")
    rows = connection.execute(query)
    for seq, body in rows.yield_per(BATCH):
        entry = _object(body)
        if entry.get("run") == int(run[1]) if run else str(entry.get("at", "")) >= since:
            return int(seq)
    if run:
        raise ClaimNotFoundError(f"no {since} in this store; list the runs with: earmark runs")
    return (
        int(connection.execute(select(func.coalesce(func.max(ledger.c.seq), 0))).scalar_one()) + 1
    )


def scope_of(connection: Connection, asked: Asked, held: Held) -> Scope:
    """Return what an audit looks at.

    Raises:
        ClaimNotFoundError: There is no such record.
        SettingsError: A word is no id.
    """
    found = _Closure(connection)
    if asked.ids:
        for name in asked.ids:
            _add_named(found, name)
        return Scope(found.with_grounds(), ", ".join(asked.ids))
    if asked.sample is not None:
        numbers = connection.execute(select(mentions.c.number).distinct()).scalars()
        salt = held.last[1]
        picked = nsmallest(asked.sample, numbers, key=lambda one: _rank(salt, one))
        for some in _batched(picked):
            # A mention of a document that was read again has a row of each reading.
            of_them = select(mentions.c.id).where(mentions.c.number.in_(some))
            found.add("mentions", connection.execute(of_them).scalars())
        chosen = (
            f"{len(picked)} mentions, chosen by the hash of ledger entry "
            f"{held.last[0]}: as long as nothing is added, the same every time"
        )
        return Scope(found.with_grounds(), chosen)
    if asked.since is not None:
        for record in held.recent & held.live.keys():
            table, _, key = record.partition("/")
            found.add(table, [int(key)])
        return Scope(found.with_grounds(), f"what was written since {asked.since}")
    return Scope()


def _rank(salt: bytes, mention: int) -> bytes:
    return hashlib.sha256(salt + str(mention).encode()).digest()


def _add_named(found: _Closure, name: str) -> None:
    match = _ID.fullmatch(name)
    if not match:
        raise SettingsError(
            f'"{name[:40]}" is no id that can be audited; those of mentions (m7), claims (c7), '
            "documents (d2) and runs (r1) can"
        )
    letter, number = match[1], int(match[2])
    rows = list(_rows_of(found.connection, letter, number))
    if not rows:
        raise ClaimNotFoundError(
            told_of(found.connection, name)
            or f"no {name} in this store; a whole audit tells whether a record is missing"
        )
    for table, key in rows:
        found.add(table, [key])
    if letter in "dr":
        held = select(mentions.c.id)
        found.add("mentions", found.select(held, mentions.c.document_id, "documents"))
    elif letter == "m":
        home = select(claim_mentions.c.claim_id)
        found.add("claims", found.select(home, claim_mentions.c.mention_id, "mentions"))


def _rows_of(connection: Connection, letter: str, number: int) -> Iterator[tuple[str, int]]:
    for table, query in _QUERIES[letter]:
        for key in connection.execute(query, {"number": number}).scalars():
            yield table, key


def _object(body: str) -> dict[str, object]:
    try:
        data = json.loads(body)
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}


def _batched(keys: Collection[int]) -> Iterator[list[int]]:
    held = sorted(keys)
    return (held[start : start + BATCH] for start in range(0, len(held), BATCH))


def _of(column: ColumnElement[int], key: ColumnElement[int]) -> Select[int]:
    return select(key).where(column == bindparam("number"))


_QUERIES: Mapping[str, tuple[tuple[str, Select[int]], ...]] = {
    "m": (("mentions", _of(mentions.c.number, mentions.c.id)),),
    "d": (("documents", _of(documents.c.number, documents.c.id)),),
    "c": (
        ("claims", _of(claims.c.id, claims.c.id)),
        ("mentions", _of(claim_mentions.c.claim_id, claim_mentions.c.mention_id)),
    ),
    "r": (
        ("runs", _of(runs.c.id, runs.c.id)),
        ("run_ends", _of(run_ends.c.run_id, run_ends.c.run_id)),
        ("documents", _of(documents.c.run_id, documents.c.id)),
        *((table.name, _of(table.c.run_id, table.c.id)) for table in _OF_RUN),
    ),
}
"""Letter of an id to the rows that it names."""
