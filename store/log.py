"""The ledger for people: who did what when, the newest first."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, Row, false, or_, select
from sqlalchemy.exc import NoResultFound

from records.errors import ClaimNotFoundError
from store.decisions import read_decisions
from store.tables import (
    captures,
    claims,
    contents,
    decision_undos,
    decisions,
    documents,
    ledger,
    mentions,
    refusals,
    run_ends,
    runs,
    stores,
)
from store.write import number_of

Facts: TypeAlias = Mapping[str, Any]
Told: TypeAlias = tuple[str | None, str]
_AT_ONCE = 200
_ERASED = "(a name that was erased)"
_LETTERS = "cdmrw"


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One entry of the ledger, in words.

    Attributes:
        number: Its place, from 1.
        at: When, as the clock of the machine that wrote it had it; UTC.
        type: One of `store.ledger.TYPES`.
        by: Who did it; None where no person is known, only the program.
        what: What was done.
        records: How many records it wrote.
        hash: Of the entry, its leaf in the tree.
    """

    number: int
    at: str
    type: str
    by: str | None
    what: str
    records: int
    hash: str


def read_log(
    connection: Connection, record: str | None, first: int | None, last: int | None
) -> Iterator[LogEntry]:
    """Yield entries, the newest first.

    Args:
        connection: In a reading transaction.
        record: Only those that wrote it or are about it: `m7`, `c3`, `d2`, `r1`, `w3`.
        first: Only from this number on; None for no bound.
        last: Only up to this number; None for no bound.

    Raises:
        ClaimNotFoundError: The store never had such a record.
    """
    query = select(ledger).order_by(ledger.c.seq.desc())
    if record is not None:
        query = query.where(_about(connection, record))
    if first is not None:
        query = query.where(ledger.c.seq >= first)
    if last is not None:
        query = query.where(ledger.c.seq <= last)
    for row in connection.execute(query).yield_per(_AT_ONCE):
        yield _entry(connection, row)


def _entry(connection: Connection, row: Row[Any]) -> LogEntry:
    try:
        facts = json.loads(row.body)
        by, what = WORDS[row.type](connection, facts)
        at, records = str(facts["at"]), len(facts["commits"])
    except (ValueError, LookupError, TypeError, AttributeError, NoResultFound):
        by, what, at, records = None, "cannot be read: it was changed; see earmark audit", "", 0
    return LogEntry(row.seq, at, row.type, by, what, records, row.hash.hex())


def _store(connection: Connection, _: Facts) -> Told:
    made_by = connection.execute(select(stores.c.made_by)).scalar()
    return None, f"the store was made by Earmark {made_by}"


def _run_start(connection: Connection, facts: Facts) -> Told:
    row = connection.execute(select(runs.c.versions).where(runs.c.id == facts["run"])).scalar()
    with_what = f" with Earmark {json.loads(row)['earmark']}" if row else ""
    adopted = facts.get("adopted_by")
    return adopted, f"r{facts['run']} began{with_what}{' to adopt other readings' * bool(adopted)}"


def _run_end(connection: Connection, facts: Facts) -> Told:
    query = select(run_ends.c.counts).where(run_ends.c.run_id == facts["run"])
    counts = json.loads(connection.execute(query).scalar() or "{}")
    told = ", ".join(f"{number} {word}" for word, number in sorted(counts.items()) if number)
    return None, f"r{facts['run']} ended: {told or 'nothing was added'}"


def _capture(connection: Connection, facts: Facts) -> Told:
    keys = [int(key) for table, _, key in map(_parts, facts["commits"]) if table == captures.name]
    query = select(captures.c.source).where(captures.c.id.in_(keys)).order_by(captures.c.id)
    names = (name or _ERASED for name in connection.execute(query).scalars())
    return None, f"bytes were kept: {', '.join(names)}"


def _parts(record: str) -> tuple[str, str, str]:
    return record.partition("/")


def _document(_: Connection, facts: Facts) -> Told:
    number = facts["mentions"]
    return None, f"d{facts['document']} was read, {number} mention{'s' * (number != 1)}"


def _refusal(connection: Connection, facts: Facts) -> Told:
    query = select(captures.c.source, refusals.c.message).join(
        captures, captures.c.id == refusals.c.capture_id
    )
    row = connection.execute(query.where(refusals.c.id == facts["refusal"])).one()
    return None, f"not read: {row.source or _ERASED}: {row.message or 'why was erased too'}"


def _undo(_: Connection, facts: Facts) -> Told:
    names = ", ".join(f"d{name}" for name in facts["documents"])
    return None, f"r{facts['run']} was taken back: {names or 'no document'}"


def _decision(connection: Connection, facts: Facts) -> Told:
    (one,) = read_decisions(connection, decisions.c.id == facts["decision"])
    return one.by, f"{one.id}: {one.says}{_because(one.reason)}"


def _decision_undo(connection: Connection, facts: Facts) -> Told:
    (one,) = read_decisions(connection, decisions.c.id == facts["decision"])
    back = one.taken_back
    by, reason = (back.by, back.reason) if back else (None, None)
    return by, f"{one.id} was taken back{_because(reason)}"


def _redaction(_: Connection, facts: Facts) -> Told:
    return facts["by"], f"words were erased for good{_because(facts['reason'])}"


def _import(_: Connection, facts: Facts) -> Told:
    file = facts.get("file")
    return None, f"records were imported{f' from a file with SHA-256 {file}' if file else ''}"


def _upgrade(_: Connection, facts: Facts) -> Told:
    return None, f"the schema was brought from {facts['from']} to {facts['to']}"


def _because(reason: str | None) -> str:
    return f", because {reason}" if reason else ""


WORDS: Mapping[str, Callable[[Connection, Facts], Told]] = {
    "store": _store,
    "run-start": _run_start,
    "capture": _capture,
    "document": _document,
    "refusal": _refusal,
    "run-end": _run_end,
    "undo": _undo,
    "decision": _decision,
    "decision-undo": _decision_undo,
    "import": _import,
    "upgrade": _upgrade,
    "redaction": _redaction,
}
"""What to say of an entry, by its type: who did it, if a person is known, and what."""


def _about(connection: Connection, record: str) -> ColumnElement[bool]:
    """Return the condition that an entry wrote a record, or is about it."""
    letter = record[:1]
    if letter not in _LETTERS:
        raise ClaimNotFoundError(f'"{record[:40]}" is no id; ids look like m7, c3, d2, r1 or w3')
    number = number_of(letter, record)
    told = [f'"{key}":' for key in _keys(connection, letter, number)]
    if letter == "r":
        told = [f'"run":{number},']  # every entry of a run names it
    found = or_(false(), *(ledger.c.body.contains(one, autoescape=True) for one in told))
    if connection.execute(select(ledger.c.seq).where(found).limit(1)).first() is None:
        raise ClaimNotFoundError(
            f"no {letter}{number} in the ledger of this store; see: earmark log"
        )
    return found


def _keys(connection: Connection, letter: str, number: int) -> Iterator[str]:
    """Yield what the ledger calls a record, and the decisions about it."""
    if letter == "c":
        yield f"{claims.name}/{number}"
    elif letter == "w":
        yield from (f"{table.name}/{number}" for table in (decisions, decision_undos))
    elif letter == "m":
        query = select(mentions.c.id, documents.c.content_id, mentions.c.amount_start)
        query = query.join(documents, documents.c.id == mentions.c.document_id)
        for key, content, start in connection.execute(query.where(mentions.c.number == number)):
            yield f"{mentions.name}/{key}"
            for side in ("", "other_"):
                about = decisions.c[f"{side}content_id"] == content
                at = decisions.c[f"{side}amount_start"] == start
                for one in connection.execute(select(decisions.c.id).where(about, at)).scalars():
                    yield from _keys(connection, "w", one)
    elif letter == "d":
        query = select(documents.c.id, documents.c.content_id).where(documents.c.number == number)
        for key, content in connection.execute(query):
            yield f"{documents.name}/{key}"
            yield f"{contents.name}/{content}"
            named = select(captures.c.id).where(captures.c.content_id == content)
            yield from (f"{captures.name}/{one}" for one in connection.execute(named).scalars())
