"""Rows against the ledger, both ways: every row is the image of an entry, and every entry's there.

Also the bytes against their hashes, and the texts against theirs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, select

from records.errors import StoreError
from store.audit.quotes import Pages, check_mention
from store.audit.report import Book, Finding, Verdict
from store.audit.scope import Scope
from store.blank import MARK
from store.claim_states import read_states
from store.ledger import row_commitment
from store.origins import commitment
from store.tables import (
    captures,
    claims,
    contents,
    decision_undos,
    decisions,
    documents,
    mentions,
    passages,
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
Named = Callable[[], str]
SINGLES: tuple[Table, ...] = (
    *(stores, runs, run_ends, undos, contents, captures, refusals),
    *(sightings, decisions, decision_undos, redactions),
)
"""Tables each row of which is a record of its own, but for documents and their mentions."""
BATCH = 500
_UNWRITTEN = "no entry of the ledger wrote it"
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
        self, connection: Connection, book: Book, live: dict[str, bytes], scope: Scope
    ) -> None:
        """Be ready to compare.

        Args:
            connection: In a reading transaction.
            book: For what is found.
            live: Record to hash, as `check_ledger` found it; used up.
            scope: Which records to look at.
        """
        self._connection = connection
        self._book = book
        self._scope = scope
        self._missing = live
        if scope.rows is not None:
            self._missing = {one: found for one, found in live.items() if self._holds(one)}

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
            missing, what = self._of_missing(record)
            self._say(record, missing, "gone", what)

    def _of_missing(self, record: str) -> tuple[str, str]:
        """Return the name of a record that is not there, and what to say of it."""
        table, _, key = record.partition("/")
        if table == "contents" and key.isdigit():
            return self._home_of(documents.c.content_id, int(key)), _NO_BYTES
        name = f"c{key}" if table == "claims" else record
        return name, "the ledger has it, the table does not"

    def _holds(self, record: str) -> bool:
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

    def _claims(self) -> Iterator[tuple[str, Named, Commit]]:
        for chosen in self._scope.batches(claims.c.id, "claims"):
            query = select(claims.c.id).where(chosen).order_by(claims.c.id)
            ids = self._connection.execute(query).scalars().all()
            for start in range(0, len(ids), BATCH):
                states = read_states(self._connection, ids[start : start + BATCH])
                for claim, state in states.items():
                    self._book.see("c", claim)
                    yield f"claims/{claim}", f"c{claim}".__str__, state.commitment

    def _wordings(self) -> Iterator[tuple[str, Named, Commit]]:
        for chosen in self._scope.batches(wordings.c.document_id, "wordings"):
            query = select(wordings).where(chosen).order_by(wordings.c.document_id)
            keys = self._keys(chosen)
            waiting = next(keys, None)
            for head in _read(self._connection, query):
                document = head["document_id"]
                while waiting and waiting[0] < document:
                    self._say_stray(waiting[0])
                    waiting = next(keys, None)
                rows: list[Row] = []
                if waiting and waiting[0] == document:
                    rows = waiting[1]
                    waiting = next(keys, None)
                name = partial(self._home_of, documents.c.id, document)
                yield f"wordings/{document}", name, partial(commitment, head, rows)
            while waiting:
                self._say_stray(waiting[0])
                waiting = next(keys, None)

    def _keys(self, chosen: ColumnElement[bool]) -> Iterator[tuple[int, list[Row]]]:
        """Yield the keys of texts, document by document."""
        query = select(passages)
        if self._scope.rows is not None:
            query = query.where(
                passages.c.document_id.in_(select(wordings.c.document_id).where(chosen))
            )
        order = query.order_by(passages.c.document_id, passages.c.key)
        for document, rows in groupby(_read(self._connection, order), itemgetter("document_id")):
            yield document, list(rows)

    def _say_stray(self, document: int) -> None:
        name = self._home_of(documents.c.id, document)
        self._say(f"passages/{document}", name, "changed", _UNWRITTEN)

    def _check_single(self, table: str, row: Row) -> None:
        if table in _NAMES:
            letter, number = _NAMES[table]
            self._book.see(letter, row[number])
        record = f"{table}/{row[_KEYS[table]]}"
        self._compare(record, partial(name_of, table, row), partial(row_commitment, table, row))

    def _compare(self, record: str, name: Named, commit: Commit) -> None:
        self._book.checked["rows"] += 1
        self._book.step()
        committed = self._missing.pop(record, None)
        if committed is None:
            self._say(record, name(), "changed", _UNWRITTEN)
        elif not _is_written(commit, committed):
            self._say(record, name(), "changed", "it is not what was written")

    def _check_bytes(self, row: Row) -> None:
        record, name = f"contents/{row['id']}", name_of("contents", row)
        if row["sha256"].startswith(MARK):
            self._check_single("contents", row)  # that it is empty is looked at with redactions
        elif row["size"] and not row["body"]:
            committed = self._missing.get(record, b"")
            if _is_written(partial(row_commitment, "contents", row), committed):
                what = "its bytes were left out of the file that it was imported from"
                where = f"table contents, row {row['id']}"
                note = Finding("hashes", name, "not checkable here", what, where)
                self._book.notes.append(note)
                self._check_single("contents", row)
            else:
                self._missing.pop(record, None)
                home = self._home_of(documents.c.content_id, row["id"])
                self._say(record, home, "gone", _NO_BYTES)
        else:
            self._check_single("contents", row)
            self._book.checked["bytes"] += 1
            right = hashlib.sha256(row["body"]).hexdigest() == row["sha256"]
            if not right or len(row["body"]) != row["size"]:
                what = "the kept bytes do not have the hash or the size that they came with"
                self._say(record, name, "changed", what)

    def _home_of(self, column: ColumnElement[int], key: int) -> str:
        """Return the name of the first document with some key; its row where there is none."""
        query = select(documents.c.number).where(column == key).order_by(documents.c.id)
        home = self._connection.execute(query).scalars().first()
        return f"{column.name} {key}" if home is None else f"d{home}"

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


_KEYS = {table.name: table.primary_key.columns[0].name for table in (*SINGLES, documents, mentions)}


def _is_written(commit: Commit, committed: bytes) -> bool:
    """Tell whether a record is what the ledger commits to."""
    try:
        return commit() == committed
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
