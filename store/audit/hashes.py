"""Rows against the ledger, both ways: every row is the image of an entry, and every entry's there.

Also the bytes against their hashes, and the texts against theirs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, select

from records.errors import StoreError
from store.audit.quotes import Pages, check_mention
from store.audit.report import Book, Finding, Verdict
from store.audit.scope import Scope
from store.blank import MARK
from store.claim_states import read_states
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
    redactions,
    refusals,
    run_ends,
    runs,
    sightings,
    stores,
    undos,
    wordings,
)

Row = Mapping[str, Any]
Commit = Callable[[], bytes]
SINGLES: tuple[Table, ...] = (
    *(stores, runs, run_ends, undos, contents, captures, refusals),
    *(sightings, decisions, decision_undos, redactions),
)
"""Tables each row of which is a record of its own, but for documents and their mentions."""
BATCH = 500
_NO_BYTES = "the bytes that it was read from are gone"
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


class Rows:
    """Compares rows with what the ledger commits to."""

    def __init__(
        self, connection: Connection, book: Book, live: Mapping[str, str], scope: Scope
    ) -> None:
        """Be ready to compare.

        Args:
            connection: In a reading transaction.
            book: For what is found.
            live: Record to hash, as `check_ledger` found it.
            scope: Which records to look at.
        """
        self._connection = connection
        self._book = book
        self._scope = scope
        self._missing = {record: found for record, found in live.items() if self._holds(record)}

    def check(self) -> None:
        """Compare every row, and look for those that are gone."""
        for table in SINGLES:
            for row in self._rows(table):
                if table is contents:
                    self._check_bytes(row)
                else:
                    self._check_single(table.name, row)
        self._check_texts()
        for record, name, commit in chain(self._claims(), self._wordings()):
            self._compare(record, name, commit)
        for record in self._missing:
            name, what = self._of_missing(record)
            self._say(record, name, "gone", what)

    def _of_missing(self, record: str) -> tuple[str, str]:
        """Return the name of a record that is not there, and what to say of it."""
        table, _, key = record.partition("/")
        home = self._home_of(int(key)) if table == "contents" and key.isdigit() else None
        if home is not None:
            return home, _NO_BYTES
        name = f"c{key}" if table == "claims" else record
        return name, "the ledger has it, the table does not"

    def _holds(self, record: str) -> bool:
        if self._scope.rows is None:
            return True
        table, _, key = record.partition("/")
        return key.isdigit() and self._scope.holds(table, int(key))

    def _rows(self, table: Table) -> Iterator[Row]:
        (key,) = table.primary_key
        for chosen in self._scope.batches(key, table.name):
            yield from _read(self._connection, select(table).where(chosen).order_by(key))

    def _check_texts(self) -> None:
        """Check documents, and with each, while its text is at hand, its mentions."""
        for chosen in self._scope.batches(documents.c.id, "documents"):
            query = select(documents).where(chosen).order_by(documents.c.id)
            waiting = self._mentions(chosen)
            mention = next(waiting, None)
            for document in _read(self._connection, query):
                while mention is not None and mention["document_id"] < document["id"]:
                    self._check_single("mentions", mention)  # of a document that is gone
                    mention = next(waiting, None)
                self._check_single("documents", document)
                self._check_text(document)
                text = document["body"].decode("utf-8", "replace")
                pages = None
                while mention is not None and mention["document_id"] == document["id"]:
                    self._check_single("mentions", mention)
                    whole = f"documents/{document['id']}" not in self._book.suspect
                    if whole and pages is None:
                        pages = Pages(document["words"])
                    if document["redacted_by"] is None:
                        check_mention(self._book, document["number"], mention, text, pages)
                    mention = next(waiting, None)
            while mention is not None:
                self._check_single("mentions", mention)
                mention = next(waiting, None)

    def _mentions(self, chosen: ColumnElement[bool]) -> Iterator[Row]:
        homes = select(documents.c.id).where(chosen)
        query = select(mentions)
        if self._scope.rows is not None:
            query = query.where(mentions.c.document_id.in_(homes))
        order = query.order_by(mentions.c.document_id, mentions.c.amount_start)
        for row in _read(self._connection, order):
            if self._scope.holds("mentions", row["id"]):
                yield row

    def _claims(self) -> Iterator[tuple[str, str, Commit]]:
        for chosen in self._scope.batches(claims.c.id, "claims"):
            query = select(claims.c.id).where(chosen).order_by(claims.c.id)
            ids = self._connection.execute(query).scalars().all()
            for start in range(0, len(ids), BATCH):
                states = read_states(self._connection, ids[start : start + BATCH])
                for claim, state in states.items():
                    self._book.see("c", claim)
                    yield f"claims/{claim}", f"c{claim}", state.commitment

    def _wordings(self) -> Iterator[tuple[str, str, Commit]]:
        query = select(wordings, documents.c.number).join(
            documents, documents.c.id == wordings.c.document_id, isouter=True
        )
        for chosen in self._scope.batches(wordings.c.document_id, "wordings"):
            rows = self._connection.execute(query.where(chosen).order_by(wordings.c.document_id))
            for row in rows.mappings().all():
                document = row["document_id"]
                head = {name: value for name, value in row.items() if name != "number"}
                keys = passages_of(self._connection, document)
                yield f"wordings/{document}", f"d{row['number']}", partial(commitment, head, keys)

    def _check_single(self, table: str, row: Row) -> None:
        (key,) = (row[column.name] for column in _TABLES[table].primary_key)
        if table in _NAMES:
            letter, number = _NAMES[table]
            self._book.see(letter, row[number])
        record, name = f"{table}/{key}", name_of(table, row)
        self._compare(record, name, partial(row_commitment, table, row))

    def _compare(self, record: str, name: str, commit: Commit) -> None:
        self._book.checked["rows"] += 1
        self._book.step()
        committed = self._missing.pop(record, None)
        if committed is None:
            self._say(record, name, "changed", "no entry of the ledger wrote it")
        elif not _is_written(commit, committed):
            self._say(record, name, "changed", "it is not what was written")

    def _check_bytes(self, row: Row) -> None:
        record, name = f"contents/{row['id']}", name_of("contents", row)
        if row["sha256"].startswith(MARK):
            self._check_single("contents", row)  # that it is empty is looked at with redactions
        elif row["size"] and not row["body"]:
            committed = self._missing.get(record, "")
            if _is_written(partial(row_commitment, "contents", row), committed):
                what = "its bytes were left out of the file that it was imported from"
                where = f"table contents, row {row['id']}"
                note = Finding("hashes", name, "not checkable here", what, where)
                self._book.notes.append(note)
                self._check_single("contents", row)
            else:
                self._missing.pop(record, None)
                self._say(record, self._home_of(row["id"]) or name, "gone", _NO_BYTES)
        else:
            self._check_single("contents", row)
            self._book.checked["bytes"] += 1
            right = hashlib.sha256(row["body"]).hexdigest() == row["sha256"]
            if not right or len(row["body"]) != row["size"]:
                what = "the kept bytes do not have the hash or the size that they came with"
                self._say(record, name, "changed", what)

    def _home_of(self, content: int) -> str | None:
        """Return the name of a document of some bytes; None without one."""
        query = select(documents.c.number).where(documents.c.content_id == content)
        home = self._connection.execute(query.order_by(documents.c.id)).scalars().first()
        return None if home is None else f"d{home}"

    def _check_text(self, row: Row) -> None:
        self._book.checked["texts"] += row["redacted_by"] is None
        if hashlib.sha256(row["body"]).hexdigest() != row["text_sha256"]:
            what = "the text does not have the hash that it was stored with"
            self._say(f"documents/{row['id']}", name_of("documents", row), "changed", what)

    def _say(self, record: str, name: str, verdict: Verdict, what: str) -> None:
        self._book.suspect.add(record)
        table, _, key = record.partition("/")
        where = f"table {table}, row {key}"
        self._book.findings.append(Finding("hashes", name, verdict, what, where, BACKUP))


_TABLES = {table.name: table for table in (*SINGLES, documents, mentions)}


def _is_written(commit: Commit, committed: str) -> bool:
    """Tell whether a record is what the ledger commits to."""
    try:
        return commit().hex() == committed
    except StoreError:  # what could not have been written cannot be right
        return False


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


def _read(connection: Connection, query: Select[Any]) -> Iterator[dict[str, Any]]:
    # A body may be all that memory should hold.
    rows = connection.execute(query)
    names = list(rows.keys())
    size = 1 if "body" in names else BATCH
    return (dict(zip(names, row, strict=True)) for row in rows.yield_per(size))
