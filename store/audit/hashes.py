"""Rows against the ledger, both ways: every row is the image of an entry, and every entry's there.

Also the bytes against their hashes, and the texts against theirs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Table, select

from records.errors import StoreError
from store.audit.report import Book, Finding, Verdict
from store.claim_states import ClaimState, read_states
from store.ledger import row_commitment
from store.origins import commitment, passages_of
from store.tables import (
    captures,
    claims,
    contents,
    decision_undos,
    decisions,
    documents,
    mentions,
    refusals,
    run_ends,
    runs,
    sightings,
    stores,
    undos,
    wordings,
)

Row = Mapping[str, Any]
SINGLES: tuple[Table, ...] = (
    *(stores, runs, run_ends, undos, contents, captures, refusals, documents, mentions),
    *(sightings, decisions, decision_undos),
)
"""Tables each row of which is a record of its own."""
BATCH = 500
BACKUP = "Go back to a backup; until then do not print what rests on it."
_NAMES = {
    "documents": ("d", "number"),
    "mentions": ("m", "number"),
    "claims": ("c", "id"),
    "runs": ("r", "id"),
    "run_ends": ("r", "run_id"),
    "decisions": ("w", "id"),
    "decision_undos": ("w", "decision_id"),
}


def check_hashes(connection: Connection, book: Book, live: Mapping[str, str]) -> None:
    """Compare every row with what the ledger commits to.

    Args:
        connection: In a reading transaction.
        book: For what is found.
        live: Record to hash, as `check_ledger` returns it.
    """
    missing = dict(live)
    for table in SINGLES:
        for row in _rows(connection, table):
            (key,) = (row[column.name] for column in table.primary_key)
            record = f"{table.name}/{key}"
            _compare(
                book,
                record,
                name_of(table.name, row),
                _commitment(table.name, row),
                missing.pop(record, None),
            )
            _check_content(book, table, row)
    for record, name, found in chain(_claims(connection), _wordings(connection)):
        _compare(book, record, name, found, missing.pop(record, None))
    for record in missing:
        table_name, _, key = record.partition("/")
        name = f"c{key}" if table_name == "claims" else record
        _say(book, record, name, "gone", "the ledger has it, the table does not")


def name_of(table: str, row: Row) -> str:
    """Return what a person calls a row: `m7`, `d2`, `bytes 9f3c…`."""
    if table in _NAMES:
        prefix, key = _NAMES[table]
        return f"{prefix}{row[key]}"
    if table == "contents":
        return f"bytes {row['sha256'][:12]}…"
    if table == "captures":
        return f"source {row['source']}"
    return "store" if table == "stores" else f"{table} {row['id']}"


def _rows(connection: Connection, table: Table) -> Iterator[Row]:
    size = 1 if "body" in table.columns else BATCH  # a body may be all that memory should hold
    rows = connection.execute(select(table).order_by(*table.primary_key)).yield_per(size)
    return (dict(row) for row in rows.mappings())


def _claims(connection: Connection) -> Iterator[tuple[str, str, bytes]]:
    ids = connection.execute(select(claims.c.id).order_by(claims.c.id)).scalars().all()
    for start in range(0, len(ids), BATCH):
        for claim, state in read_states(connection, ids[start : start + BATCH]).items():
            yield f"claims/{claim}", f"c{claim}", _group_commitment(state)


def _wordings(connection: Connection) -> Iterator[tuple[str, str, bytes]]:
    query = select(wordings, documents.c.number).join(
        documents, documents.c.id == wordings.c.document_id, isouter=True
    )
    for row in connection.execute(query.order_by(wordings.c.document_id)).mappings().all():
        document = row["document_id"]
        head = {name: value for name, value in row.items() if name != "number"}
        try:
            found = commitment(head, passages_of(connection, document))
        except StoreError:
            found = b""
        yield f"wordings/{document}", f"d{row['number']}", found


def _commitment(table: str, row: Row) -> bytes:
    try:
        return row_commitment(table, row)
    except StoreError:  # what could not have been written cannot be right
        return b""


def _group_commitment(state: ClaimState) -> bytes:
    try:
        return state.commitment()
    except StoreError:
        return b""


def _compare(book: Book, record: str, name: str, found: bytes, committed: str | None) -> None:
    book.checked["rows"] += 1
    if committed is None:
        _say(book, record, name, "changed", "no entry of the ledger wrote it")
    elif found.hex() != committed:
        _say(book, record, name, "changed", "it is not what was written")


def _check_content(book: Book, table: Table, row: Row) -> None:
    if table is contents:
        if row["size"] and not row["body"]:
            what = "its bytes were left out of the file that it was imported from"
            where = f"table contents, row {row['id']}"
            name = name_of("contents", row)
            book.notes.append(Finding("hashes", name, "not checkable here", what, where))
            return
        book.checked["bytes"] += 1
        right = hashlib.sha256(row["body"]).hexdigest() == row["sha256"]
        if not right or len(row["body"]) != row["size"]:
            what = "the kept bytes do not have the hash or the size that they came with"
            _say(book, f"contents/{row['id']}", name_of("contents", row), "changed", what)
    elif table is documents:
        book.checked["texts"] += 1
        if hashlib.sha256(row["body"]).hexdigest() != row["text_sha256"]:
            what = "the text does not have the hash that it was stored with"
            _say(book, f"documents/{row['id']}", name_of("documents", row), "changed", what)


def _say(book: Book, record: str, name: str, verdict: Verdict, what: str) -> None:
    book.suspect.add(record)
    table, _, key = record.partition("/")
    where = f"table {table}, row {key}"
    book.findings.append(Finding("hashes", name, verdict, what, where, BACKUP))
