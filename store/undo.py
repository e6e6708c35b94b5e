"""Take a run back: what it alone read no longer counts, and what that had replaced counts again.

A document that another run found as it was stays, under the names that other runs gave it. Nothing
is deleted. The rows stay, marked with the undo that took them back, the ledger has an entry that
commits to every changed row, and the claims are those that the remaining documents lead to.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from sqlalchemy import Connection, or_, select, update

from records.errors import ClaimNotFoundError, StoreError
from store import ledger
from store.dedup.candidate import LocalPot
from store.dedup.profile import Key
from store.instants import now_text, read_instant
from store.live import IS_GIVEN
from store.matching import Matching
from store.origins import regroup_origins
from store.regroup import regroup
from store.results import StoredRun, Undone
from store.tables import (
    IS_CURRENT,
    captures,
    documents,
    mentions,
    run_ends,
    runs,
    sightings,
    undos,
)
from store.write import Commit, insert_row, next_id

Row = Mapping[str, Any]


def undo_run(connection: Connection, matching: Matching, run: int) -> Undone:
    """Take back what a run, and no other, added.

    Args:
        connection: In a writing transaction.
        matching: Pots of stored documents.
        run: Its row.

    Raises:
        ClaimNotFoundError: There is no such run.
        StoreError: It is still going on, or was taken back already.
    """
    _check(connection, run)
    renamed = _captured_in(connection, run)
    number = next_id(connection, undos.c.id)
    row = {"id": number, "run_id": run, "undone_at": now_text()}
    commits: dict[str, bytes | None] = dict([insert_row(connection, undos, row)])
    kept, added, moved = _parted(connection, run)
    commits.update(moved)
    counted = [document for document in added if document["superseded_by"] is None]
    touched: dict[Key, LocalPot] = {}
    for document in counted:
        touched.update(matching.leave(connection, document["id"]))
    for document in added:
        commits.update([_change(connection, document, {"undone_by": number})])
    restored = []
    for document in counted:
        if before := _replaced_by(connection, document["id"]):
            commits.update([_change(connection, before, {"superseded_by": None})])
            restored.append(before)
    left = _keys_of(connection, matching, counted)
    touched = {key: pot for key, pot in touched.items() if key not in left}
    for document in restored:
        touched.update(matching.enter(connection, document["id"]))
    gone, back = ([document["id"] for document in those] for those in (counted, restored))
    renamed -= {*gone}
    commits |= regroup_origins(connection, matching.texts, {*gone, *renamed}, {*back, *renamed})
    removed = _mentions_of(connection, counted)
    result = regroup(connection, matching, touched.values(), removed)
    names = [document["number"] for document in counted]
    facts = {"run": run, "undo": number, "documents": sorted(names)}
    ledger.append(connection, "undo", facts, {**commits, **result.commits})
    return Undone(
        run=f"r{run}",
        documents=tuple(f"d{name}" for name in sorted(names)),
        kept=tuple(f"d{document['number']}" for document in kept),
        restored=tuple(f"d{document['number']}" for document in restored),
        claims=sum(1 for commit in result.commits.values() if commit is None),
    )


def read_runs(connection: Connection) -> list[StoredRun]:
    """Return every run, in order."""
    rows = connection.execute(
        select(runs.c.id, runs.c.started_at, run_ends.c.counts, undos.c.undone_at)
        .outerjoin(run_ends, run_ends.c.run_id == runs.c.id)
        .outerjoin(undos, undos.c.run_id == runs.c.id)
        .order_by(runs.c.id)
    )
    return [
        StoredRun(
            id=f"r{row.id}",
            started_at=read_instant(row.started_at),
            counts=row.counts and json.loads(row.counts),
            undone_at=read_instant(row.undone_at) if row.undone_at else None,
        )
        for row in rows
    ]


def _check(connection: Connection, run: int) -> None:
    if connection.execute(select(runs.c.id).where(runs.c.id == run)).one_or_none() is None:
        raise ClaimNotFoundError(f"no run r{run} in this store; `earmark runs` lists them")
    if connection.execute(select(undos.c.id).where(undos.c.run_id == run)).one_or_none():
        raise StoreError(f"run r{run} was taken back already; nothing was changed")
    last = connection.execute(select(runs.c.id).order_by(runs.c.id.desc()).limit(1)).scalar_one()
    ended = connection.execute(select(run_ends.c.run_id).where(run_ends.c.run_id == run))
    if run == last and ended.one_or_none() is None:
        raise StoreError(
            f"run r{run} has not ended; wait for it, or run its command again where it was cut off"
        )


def _rows(connection: Connection, *conditions: Any) -> list[Row]:
    query = select(documents).where(*conditions).order_by(documents.c.id)
    return [dict(row) for row in connection.execute(query).mappings()]


def _keys_of(connection: Connection, matching: Matching, homes: Sequence[Row]) -> set[Key]:
    return {pot.key for home in homes for pot in matching.pots_of(connection, home["id"]).pots}


def _replaced_by(connection: Connection, document: int) -> Row | None:
    """Return the last reading of the same bytes before one, that was not taken back itself."""
    while True:
        row = (
            connection.execute(select(documents).where(documents.c.superseded_by == document))
            .mappings()
            .one_or_none()
        )
        if row is None or row["undone_by"] is None:
            return dict(row) if row else None
        document = row["id"]


def _parted(connection: Connection, run: int) -> tuple[list[Row], list[Row], list[Commit]]:
    """Part what a run gave, once it is taken back.

    Returns:
        The current documents that it read and that stay, for another run gave them too; readings
        that no run gives any more, older ones too; and what changed of those that stay.
    """
    seen = select(sightings.c.document_id).where(sightings.c.run_id == run)
    given = or_(documents.c.run_id == run, documents.c.id.in_(seen))
    undone = set(connection.execute(select(undos.c.run_id)).scalars())
    kept: list[Row] = []
    gone: list[Row] = []
    moved: list[Commit] = []
    unmarked = documents.c.undone_by.is_(None), documents.c.redacted_by.is_(None)
    for document in _rows(connection, given, *unmarked):
        stands = document["run_id"] not in undone
        basis = document["capture_id"] if stands else _basis(connection, document)
        if basis is None:
            gone.append(document)
            continue
        if basis != document["capture_id"]:
            moved.append(_change(connection, document, {"capture_id": basis}))
        if document["run_id"] == run and document["superseded_by"] is None:
            kept.append(document)
    return kept, gone, moved


def _basis(connection: Connection, document: Row) -> int | None:
    """Return the capture on which a reading of a run that was taken back may stand.

    Its own, if that counts, else one under which another run found the document and of which a
    reader makes the same; None where no run found it, or none so.
    """
    query = (
        select(captures)
        .join(sightings, sightings.c.capture_id == captures.c.id)
        .where(sightings.c.document_id == document["id"])
        .where(sightings.c.run_id.not_in(select(undos.c.run_id)))
        .order_by(sightings.c.id)
    )
    found = connection.execute(query).mappings().all()
    if not found:
        return None
    query = select(captures, IS_GIVEN.label("counts")).where(
        captures.c.id == document["capture_id"]
    )
    own = connection.execute(query).mappings().one()
    if own["counts"]:
        return int(own["id"])
    return next((row["id"] for row in found if _is_read_alike(dict(row), dict(own))), None)


def _is_read_alike(one: Row, other: Row) -> bool:
    """Tell whether a reader makes the same of two captures of the same bytes.

    Beside what is said of them, the ends of names tell formats, and headers encodings.
    """
    same = all(one[name] == other[name] for name in ("given", "fetched"))
    return same and PurePath(one["source"]).suffix == PurePath(other["source"]).suffix


def _captured_in(connection: Connection, run: int) -> set[int]:
    """Return the current documents whose bytes a run found under some name."""
    query = select(documents.c.id).join(captures, captures.c.content_id == documents.c.content_id)
    seen = select(sightings.c.capture_id).where(sightings.c.run_id == run)
    query = query.where(or_(captures.c.run_id == run, captures.c.id.in_(seen)), IS_CURRENT)
    return set(connection.execute(query.distinct()).scalars())


def _change(connection: Connection, row: Row, change: Mapping[str, Any]) -> Commit:
    """Change the marks of a document, and return the new commitment to it."""
    connection.execute(update(documents).where(documents.c.id == row["id"]).values(**change))
    return f"documents/{row['id']}", ledger.row_commitment(documents.name, {**row, **change})


def _mentions_of(connection: Connection, gone: Sequence[Row]) -> list[int]:
    return [
        number
        for document in gone
        for number in connection.execute(
            select(mentions.c.id).where(mentions.c.document_id == document["id"])
        ).scalars()
    ]
