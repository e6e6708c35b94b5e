"""A whole store as JSON Lines, which `store.imports` reads back: a record a line.

A heading, then the records of each kind (`store.record_form.KINDS`) by their keys, then the claims
that follow from them, as the export `jsonl` has them, then an end that counts them all. Equal
stores give equal lines but for the heading, which names the head of the ledger.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import version
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Select, and_, or_, select, true

from store.audit.claims import last_matcher
from store.exports.jsonl import claim_data
from store.exports.kinds import LineExport
from store.record_form import KINDS, VERSION, Data, Kind, record_of
from store.tables import (
    captures,
    contents,
    decision_undos,
    decisions,
    documents,
    ledger,
    mentions,
    redactions,
    refusals,
    sightings,
)

if TYPE_CHECKING:
    from store.exports.selection import Selection

STORE = f"earmark.store/{VERSION}"
END = f"earmark.end/{VERSION}"
AT_ONCE = 200
"""Rows fetched at a time; one where a row may be large."""


def records(chosen: Selection, *, sources: bool) -> Iterator[Data]:
    """Yield every record; of a selection those that the chosen claims rest on.

    That is the documents that state a chosen claim, with all their readings, and those that they
    are echoes of; of these the bytes, captures and refusals; decisions about them alone; every run.

    Args:
        chosen: Which claims.
        sources: Whether the bytes of documents are part of it.
    """
    counts: Counter[str] = Counter()
    yield _heading(chosen, sources=sources)
    for kind in KINDS:
        for data in _records(chosen, kind, sources=sources):
            counts[kind.name] += 1
            yield data
    for claim in chosen.claims():
        counts["claim"] += 1
        yield claim_data(claim)
    yield {"schema": END, "records": dict(counts)}


def line_of(data: Data) -> str:
    """Return a record as a line with its end."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def _heading(chosen: Selection, *, sources: bool) -> Data:
    connection = chosen.connection
    query = select(ledger.c.seq, ledger.c.hash).order_by(ledger.c.seq.desc()).limit(1)
    head = connection.execute(query).one()
    return {
        "schema": STORE,
        "earmark": version("earmark"),
        "matcher": last_matcher(connection),
        "ledger": {"entries": head.seq, "root": head.hash.hex()},
        "sources": sources,
        "whole": chosen.whole,
    }


def _records(chosen: Selection, kind: Kind, *, sources: bool) -> Iterator[Data]:
    query = select(kind.table).order_by(kind.key)
    if not chosen.whole:
        query = query.where(_condition(kind, chosen.contents()))
    size = 1 if "body" in kind.table.columns else AT_ONCE
    for row in chosen.connection.execute(query).yield_per(size).mappings():
        yield record_of(kind, dict(row), sources=sources)


def _condition(kind: Kind, chosen: Select[int]) -> ColumnElement[bool]:
    """Tell the records that rest on chosen rows of `contents`."""
    ours, theirs = decisions.c.content_id, decisions.c.other_content_id
    about = and_(ours.in_(chosen), or_(theirs.is_(None), theirs.in_(chosen)))
    captured = select(captures.c.id).where(captures.c.content_id.in_(chosen))
    read = select(documents.c.id).where(documents.c.content_id.in_(chosen))
    decided = select(decisions.c.id).where(about)
    conditions = {
        contents: contents.c.id.in_(chosen),
        redactions: redactions.c.content_id.in_(chosen),
        captures: captures.c.content_id.in_(chosen),
        refusals: refusals.c.capture_id.in_(captured),
        documents: documents.c.content_id.in_(chosen),
        sightings: sightings.c.document_id.in_(read),
        mentions: mentions.c.document_id.in_(read),
        decisions: about,
        decision_undos: decision_undos.c.decision_id.in_(decided),
    }
    return conditions.get(kind.table, true())


def _lines(chosen: Selection) -> Iterator[str]:
    return (line_of(data) for data in records(chosen, sources=False))


def _lines_with_sources(chosen: Selection) -> Iterator[str]:
    return (line_of(data) for data in records(chosen, sources=True))


STORE_LINES = LineExport("store", _lines, {"with_sources": _lines_with_sources})
