"""Bring the records of a file into a store: all of them, in the caller's transaction, or none.

Records keep their ids. What the store has already must be the very same; nothing is overwritten.
Claims and origins are worked out anew and held against those of the file. The ledger says from
which file and which state of which store all this came.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, insert, select, update
from sqlalchemy.exc import DataError, IntegrityError

from records.document import Document
from records.errors import BrokenImportError, ImportConflictError
from store import ledger
from store.fulltext import full_text
from store.imports.differing import differing_claims
from store.imports.lines import Line
from store.imports.rebuild import rebuild
from store.ledger import row_commitment
from store.matching import Matching
from store.record_form import KINDS, FormError, Kind, row_of
from store.redactions import redaction_of_bytes
from store.rows import read_document
from store.tables import captures, contents, documents, mentions, runs, sightings
from store.write import insert_row

Row = Mapping[str, Any]
MOST_CONFLICTS = 10
"""Listed before an import is given up."""
AT_ONCE = 5000
"""Commitments in one entry of the ledger."""
_KINDS = {one.name: one for one in KINDS}


class Loaded(NamedTuple):
    """What an import brought.

    Attributes:
        added: Kind of record to how many came.
        unchanged: How many were there already.
        filled: Of how many the store had the record and not the bytes, which came now.
        sources: Whether the bytes of documents came, too.
        differing: Claims of the file, by their ids, that came out otherwise here.
    """

    added: Mapping[str, int]
    unchanged: int
    filled: int
    sources: bool
    differing: tuple[str, ...]


def load(
    connection: Connection, matching: Matching, lines: Iterator[Line], sha256: str | None
) -> Loaded:
    """Import records.

    Args:
        connection: In a writing transaction.
        matching: Pots of stored documents.
        lines: What `read_lines` yields.
        sha256: Of the file; None where they come from a store.

    Raises:
        BrokenImportError: The file contradicts itself; the message has the line.
        ImportConflictError: The store has other records under the same ids.
    """
    head = next(lines)
    empty = connection.execute(select(runs.c.id).limit(1)).one_or_none() is None
    loader = _Loader(connection, _facts(head, sha256))
    rest: Iterable[Line] = ()
    for kind, group in groupby(lines, lambda line: line.kind):
        if kind == "claim":
            rest = group
            break
        loader.add(_KINDS[kind], group)
    loader.finish()
    if loader.added or loader.filled:
        try:
            for commits in rebuild(connection, matching):
                loader.commit(commits)
        except IntegrityError as error:
            raise BrokenImportError(
                "two claims of its mentions would have one id. Nothing was imported. Export the "
                "store again."
            ) from error
        loader.flush()
    said = head.data
    strict = empty and said.get("whole") is True and said.get("matcher") == version("earmark")
    differing = tuple(differing_claims(connection, rest, strict=strict))
    sources = said.get("sources") is True
    return Loaded(dict(loader.added), loader.unchanged, loader.filled, sources, differing)


def _facts(head: Line, sha256: str | None) -> dict[str, object]:
    """Return what the ledger says of an import."""
    origin = head.data.get("ledger")
    if not isinstance(origin, dict) or not isinstance(origin.get("root"), str):
        head.refuse("it does not name the ledger that it comes from")
    return {"file": sha256, "root": origin["root"][:64]}


class _Loader:
    """Writes records as they come, and what the ledger is to hold of them in parts."""

    def __init__(self, connection: Connection, facts: Mapping[str, object]) -> None:
        self._connection, self._facts = connection, facts
        self._commits: dict[str, bytes | None] = {}
        self._superseded: dict[int, int] = {}
        self._conflicts: list[str] = []
        self._document: tuple[int, Document] | None = None
        self._homes: set[int] = set()
        self.added: Counter[str] = Counter()
        self.unchanged = 0
        self.filled = 0

    def add(self, kind: Kind, lines: Iterable[Line]) -> None:
        """Write the records of one kind."""
        for line in lines:
            try:
                self._add(kind, line)
            except FormError as error:
                if self._conflicts:
                    raise _refused(self._conflicts) from error
                line.refuse(str(error))
            except DataError:
                line.refuse(f"this {kind.name} has a value that no store can hold")
            except IntegrityError as error:
                if self._conflicts:
                    raise _refused(self._conflicts) from error
                line.refuse(
                    f"this {kind.name} points at a record that is not there, or takes the place of "
                    "another"
                )

    def finish(self) -> None:
        """Write what points forward, and index the words of what came.

        Raises:
            ImportConflictError: Something is in conflict.
            BrokenImportError: It points at nothing.
        """
        if self._conflicts:
            raise _refused(self._conflicts)
        words = full_text(self._connection.dialect.name)
        for home in sorted(self._homes):
            words.add(self._connection, home)
        for document, by in self._superseded.items():
            here = documents.c.id == document
            try:
                self._connection.execute(update(documents).where(here).values(superseded_by=by))
            except IntegrityError as error:
                raise BrokenImportError(
                    f"document {document} is superseded by {by}, which is not in the file. Nothing "
                    "was imported. Export the store again."
                ) from error

    def commit(self, commits: Mapping[str, bytes | None]) -> None:
        """Have the ledger hold something."""
        self._commits.update(commits)
        if len(self._commits) >= AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Write an entry."""
        ledger.append(self._connection, "import", self._facts, self._commits)
        self._commits = {}

    def _add(self, kind: Kind, line: Line) -> None:
        document = self._home(line) if kind.table is mentions else None
        row = row_of(kind, line.data, document)
        key = row[kind.key.name]
        query = select(kind.table).where(kind.key == key)
        old = self._connection.execute(query).mappings().one_or_none()
        if old is None and document is not None and row["document_id"] not in self._homes:
            self._conflict(f"line {line.number}: {kind.name} {key} is not in its document here")
            return
        if old is None:
            known = (row["sha256"], row["size"]) if kind.table is contents else None
            if known and redaction_of_bytes(self._connection, *known):
                self._conflict(f"line {line.number}: these bytes were redacted here")
                return
            self._insert(kind, row)
            if kind.table in (documents, sightings):
                self._require_own_bytes(row)
            self.added[kind.name] += 1
            return
        differing = [name for name, value in row.items() if old[name] != value]
        of_bytes = kind.table is contents and differing == ["body"]
        if not differing or (of_bytes and not row["body"]):
            self.unchanged += 1
        elif of_bytes and not old["body"]:
            self._fill(dict(old), row["body"])
        else:
            self._conflict(f"line {line.number}: {kind.name} {key} is another here")

    def _conflict(self, what: str) -> None:
        self._conflicts.append(what)
        if len(self._conflicts) == MOST_CONFLICTS:
            raise _refused([*self._conflicts, "…"])

    def _insert(self, kind: Kind, row: Row) -> None:
        if kind.table is documents:
            self._homes.add(row["id"])
        by = row.get("superseded_by")
        if by is None:
            self.commit(dict([insert_row(self._connection, kind.table, row)]))
            return
        full = {**row, "nonce": secrets.token_bytes(32)}
        self._connection.execute(insert(kind.table), {**full, "superseded_by": None})
        self._superseded[row["id"]] = by  # a document that comes later
        self.commit({f"{kind.table.name}/{row['id']}": row_commitment(kind.table.name, full)})

    def _require_own_bytes(self, row: Row) -> None:
        """Refuse what stands on a capture of other bytes than its document's."""
        ours = row.get("content_id") or self._bytes_of(documents, row["document_id"])
        if ours != self._bytes_of(captures, row["capture_id"]):
            raise FormError("its capture is of other bytes")

    def _bytes_of(self, table: Table, key: int) -> int | None:
        query = select(table.c.content_id).where(table.c.id == key)
        return self._connection.execute(query).scalar_one_or_none()

    def _fill(self, old: Row, body: bytes) -> None:
        change = {"body": body, "nonce": secrets.token_bytes(32)}
        here = contents.c.id == old["id"]
        self._connection.execute(update(contents).where(here).values(**change))
        self.commit({f"contents/{old['id']}": row_commitment(contents.name, {**old, **change})})
        self.filled += 1

    def _home(self, line: Line) -> Document:
        """Return the document that a mention stands in; mentions come by document."""
        wanted = line.data.get("document_id")
        if self._document is None or self._document[0] != wanted:
            query = (
                select(documents, captures.c.source, captures.c.captured_at, contents.c.sha256)
                .join(captures, captures.c.id == documents.c.capture_id)
                .join(contents, contents.c.id == documents.c.content_id)
                .where(documents.c.id == wanted)
            )
            known = type(wanted) is int
            row = self._connection.execute(query).mappings().one_or_none() if known else None
            if row is None:
                line.refuse("it stands in a document that is not in the file")
            self._document = row["id"], read_document(dict(row))
        return self._document[1]


def _refused(conflicts: Iterable[str]) -> ImportConflictError:
    return ImportConflictError(
        f"the store has other records under the same ids: {'; '.join(conflicts)}. Nothing was "
        "imported. Import into a store of its own: earmark import FILE --store NEW.db"
    )
