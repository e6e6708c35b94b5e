"""Writing: runs, captures and refusals, each with its ledger entry in one transaction.

Documents are written by `store.write_document`.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Select,
    Table,
    bindparam,
    func,
    select,
)

from records.document import Capture
from records.errors import ClaimNotFoundError, StoreError
from store import ledger
from store.bulk import insert_all
from store.canonical import canonical
from store.captures import (
    Kept,
    as_known,
    completed,
    content_ids,
    had_then,
    require_said,
    said_of,
    state_of,
)
from store.instants import now_text
from store.origins import document_of, regroup_origins
from store.redactions import last_redaction, redaction_of
from store.rows import capture_row, name_text
from store.tables import (
    IS_CURRENT,
    captures,
    contents,
    documents,
    refusals,
    run_ends,
    runs,
    sightings,
)
from store.texts import Texts

Commit = tuple[str, bytes]
"""A record (`mentions/7`) and its commitment."""
Sighting = tuple[str, str]
"""A document (`d2`), and a name under which its bytes were found again."""


def next_id(connection: Connection, column: Column[int]) -> int:
    """Return a number that was never used; rows are never deleted, so the highest plus one."""
    return next_ids(connection, column)[0]


def next_ids(connection: Connection, *columns: Column[int]) -> list[int]:
    """Return a number for each of some columns, as `next_id` does."""
    return [highest + 1 for highest in connection.execute(_highest(columns)).one()]


@cache
def _highest(columns: tuple[Column[int], ...]) -> Select[Any]:
    highest = (select(func.coalesce(func.max(one), 0)) for one in columns)
    return select(*(one.scalar_subquery() for one in highest))


def insert_row(connection: Connection, table: Table, row: Mapping[str, Any]) -> Commit:
    """Add a row with fresh random bytes, and return what the ledger is to hold of it."""
    (commit,) = insert_rows(connection, table, [row])
    return commit


def insert_rows(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]
) -> list[Commit]:
    """Add several rows at once, each as `insert_row` does; nothing where there are none."""
    if not rows:
        return []
    chance = secrets.token_bytes(32 * len(rows))
    full = [{**row, "nonce": chance[32 * n :][:32]} for n, row in enumerate(rows)]
    insert_all(connection, table, full)
    (key,) = table.primary_key.columns
    return [
        (f"{table.name}/{one[key.name]}", ledger.row_commitment(table.name, one)) for one in full
    ]


def number_of(prefix: str, name: str) -> int:
    """Return 7 for `m7`.

    Raises:
        ClaimNotFoundError: `name` has not this form.
    """
    digits = name.removeprefix(prefix)
    if not name.startswith(prefix) or not (digits.isascii() and digits.isdigit()):
        raise ClaimNotFoundError(f'"{name[:40]}" is no id; ids look like {prefix}7')
    return int(digits[:18])


def start_run(
    connection: Connection, versions: Mapping[str, str], adopted_by: str | None = None
) -> int:
    """Open a run and return its number; one of readings that somebody adopts says who."""
    run = next_id(connection, runs.c.id)
    row = {
        "id": run,
        "started_at": now_text(),
        "versions": canonical(dict(versions)).decode(),
    }
    commit = insert_row(connection, runs, row)
    adopted = {"adopted_by": name_text(adopted_by)} if adopted_by else {}
    ledger.append(connection, "run-start", {"run": run, **adopted}, dict([commit]))
    return run


def end_run(
    connection: Connection, run: int, counts: Mapping[str, int], unchanged: Iterable[Sighting]
) -> None:
    """Close a run with what it did, and with the documents that it found as they were."""
    require_run(connection, run)
    row = {
        "run_id": run,
        "ended_at": now_text(),
        "counts": canonical(dict(counts)).decode(),
    }
    commits = dict([insert_row(connection, run_ends, row)])
    first = next_id(connection, sightings.c.id)
    for number, (document, capture) in enumerate(_seen(connection, run, unchanged), first):
        sighting = {"id": number, "run_id": run, "document_id": document, "capture_id": capture}
        commits.update([insert_row(connection, sightings, sighting)])
    ledger.append(connection, "run-end", {"run": run}, commits)


def _seen(
    connection: Connection, run: int, unchanged: Iterable[Sighting]
) -> Iterator[tuple[int, int]]:
    """Yield the rows of a document and a capture of its bytes, for what another run had read."""
    for document, source in dict.fromkeys(unchanged):
        query = select(documents.c.id, documents.c.content_id, documents.c.run_id)
        row = connection.execute(
            query.where(documents.c.number == number_of("d", document), IS_CURRENT)
        ).one_or_none()
        said = row and said_of(connection, row.content_id, source)
        if row and said and row.run_id != run:
            yield row.id, said.id


def require_run(connection: Connection, run: int) -> None:
    """Raise StoreError unless the run was started and has not ended."""
    if connection.execute(_OPEN_RUN, {"run": run}).one_or_none() is None:
        raise StoreError(f"run r{run} is not open; start a run first")


def add_captures(
    connection: Connection, texts: Texts, run: int, taken: Iterable[Capture]
) -> list[Kept]:
    """Keep bytes, or only that a name has them now, or nothing where that is known already.

    A name whose bytes went back to earlier ones has a capture more: its history is theirs.
    """
    require_run(connection, run)
    taken = list(taken)
    known = content_ids(connection, [capture.sha256 for capture in taken])
    any_redacted = last_redaction(connection) > 0
    kept, fresh = [], _Fresh(connection, run)
    for capture in taken:
        if capture.sha256 in fresh:
            known.update(fresh.write())
        content = known.get(capture.sha256)
        if content is not None:
            fresh.write()  # numbers are given in the order of the sources
            kept.append(_keep_again(connection, texts, run, content, capture))
        elif redaction := any_redacted and redaction_of(connection, capture):
            told = f"these bytes were {redaction.told}; nothing of them was kept"
            kept.append(Kept("redacted", capture, told))
        else:
            fresh.add(capture)
            kept.append(Kept("absent", capture))
    fresh.write()
    return kept


class _Fresh:
    """Bytes that the store does not have, written together."""

    def __init__(self, connection: Connection, run: int) -> None:
        self._connection, self._run = connection, run
        self._waiting: dict[str, Capture] = {}

    def __contains__(self, sha256: str) -> bool:
        return sha256 in self._waiting

    def add(self, capture: Capture) -> None:
        self._waiting[capture.sha256] = capture

    def write(self) -> dict[str, int]:
        """Write what waits, an entry for each; return the numbers of the bytes by their hashes."""
        if not self._waiting:
            return {}
        waiting = list(self._waiting.values())
        content, name = next_ids(self._connection, contents.c.id, captures.c.id)
        bodies: list[dict[str, Any]] = []
        names: list[dict[str, Any]] = []
        for at, one in enumerate(waiting):
            body = {"sha256": one.sha256, "size": len(one.content), "body": one.content}
            bodies.append({"id": content + at, **body})
            ids = {"id": name + at, "content_id": content + at, "run_id": self._run}
            names.append({**ids, **capture_row(one)})
        commits = zip(
            insert_rows(self._connection, contents, bodies),
            insert_rows(self._connection, captures, names),
            strict=True,
        )
        facts = ({"run": self._run, "content": body["id"]} for body in bodies)
        ledger.append_all(
            self._connection,
            [("capture", fact, dict(both)) for fact, both in zip(facts, commits, strict=True)],
        )
        self._waiting.clear()
        return {body["sha256"]: body["id"] for body in bodies}


def _keep_again(
    connection: Connection, texts: Texts, run: int, content: int, capture: Capture
) -> Kept:
    """Keep that a name has bytes now that the store has already."""
    state = state_of(connection, capture)
    full = replace(capture, given=completed(connection, capture))
    _add_name(connection, texts, run, content, full)
    return Kept(state, as_known(connection, full))


def _add_name(
    connection: Connection, texts: Texts, run: int, content: int, capture: Capture
) -> None:
    known = said_of(connection, content, capture.source)
    same = known is not None and known.given == capture.given
    if same and had_then(connection, capture.source, capture.captured_at) == content:
        return
    row = _capture_row(connection, run, content, capture)
    commits: dict[str, bytes | None] = dict([insert_row(connection, captures, row)])
    if known is None:
        named = document_of(connection, content)
        commits.update(regroup_origins(connection, texts, named, named))
    ledger.append(connection, "capture", {"run": run, "content": content}, commits)


def _capture_row(
    connection: Connection, run: int, content: int, capture: Capture
) -> dict[str, Any]:
    ids = {"id": next_id(connection, captures.c.id), "content_id": content, "run_id": run}
    return {**ids, **capture_row(capture)}


def add_refusal(
    connection: Connection, run: int, capture: Capture, code: str, message: str
) -> None:
    """Record that bytes could not be read; nothing where the last attempt said the same."""
    require_run(connection, run)
    (said,) = require_said(connection, [capture])
    last = connection.execute(
        select(refusals.c.code, refusals.c.message)
        .where(refusals.c.capture_id == said.id)
        .order_by(refusals.c.id.desc())
        .limit(1)
    ).one_or_none()
    told = name_text(message).replace("\0", "\N{REPLACEMENT CHARACTER}")
    if last is not None and tuple(last) == (code, told):
        return
    number = next_id(connection, refusals.c.id)
    row = {
        "id": number,
        "capture_id": said.id,
        "run_id": run,
        "refused_at": now_text(),
        "code": code,
        "message": told,
    }
    commit = insert_row(connection, refusals, row)
    ledger.append(connection, "refusal", {"run": run, "refusal": number}, dict([commit]))


_OPEN_RUN = (
    select(runs.c.id)
    .outerjoin(run_ends, run_ends.c.run_id == runs.c.id)
    .where(runs.c.id == bindparam("run"), run_ends.c.run_id.is_(None))
)
