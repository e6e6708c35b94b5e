"""What people decided, as rows and as records.

A decision names its mentions by the bytes of their document, the offsets of the amount and its
words, so that it outlives every new reading. Nothing is deleted: what is taken back has a row that
says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, ScalarSelect, Select, select

from records.decision import DecidedMention, Decision, TakenBack
from store.corrections import read_reading
from store.instants import read_instant
from store.tables import IS_CURRENT, contents, decision_undos, decisions, documents, mentions

Place = tuple[str, int, str]
"""A mention as a decision names it: SHA-256 of the document, start of the amount, its words."""
NOT_TAKEN_BACK = decision_undos.c.decision_id.is_(None)


def read_decisions(connection: Connection, *conditions: Any) -> list[Decision]:
    """Return decisions in the order in which they were made.

    Args:
        connection: In a transaction.
        conditions: On `decisions` and `decision_undos`; none for all.
    """
    rows = connection.execute(_DECISIONS.where(*conditions).order_by(decisions.c.id)).mappings()
    return [_decision(row) for row in rows]


def decisions_about(connection: Connection, hashes: Iterable[str]) -> dict[Place, list[Decision]]:
    """Return what holds of the mentions of some documents, by their SHA-256."""
    if connection.execute(_ANY).one_or_none() is None:
        return {}
    rows = select(contents.c.id).where(contents.c.sha256.in_(set(hashes)))
    about = decisions.c.content_id.in_(rows) | decisions.c.other_content_id.in_(rows)
    found: dict[Place, list[Decision]] = defaultdict(list)
    for one in read_decisions(connection, NOT_TAKEN_BACK, about):
        for side in (one.mention, one.other):
            if side is not None:
                found[place_of(side)].append(one)
    return found


def place_of(mention: DecidedMention) -> Place:
    """Return by what a decision finds a mention."""
    return mention.sha256, mention.start, mention.quote


def _now(prefix: str) -> ScalarSelect[int]:
    """Return the number of the mention that stands now where a decision names one."""
    content = decisions.c[f"{prefix}content_id"]
    return (
        select(mentions.c.number)
        .join(documents, documents.c.id == mentions.c.document_id)
        .where(
            documents.c.content_id == content,
            IS_CURRENT,
            mentions.c.amount_start == decisions.c[f"{prefix}amount_start"],
            mentions.c.amount_text == decisions.c[f"{prefix}amount_text"],
        )
        .correlate(decisions)
        .scalar_subquery()
    )


_ANY = select(decisions.c.id).limit(1)
_ours, _theirs = contents.alias("ours"), contents.alias("theirs")
_DECISIONS: Select[Any] = (
    select(
        decisions,
        decision_undos.c.undone_by,
        decision_undos.c.undone_at,
        decision_undos.c.reason.label("undone_reason"),
        _ours.c.sha256.label("sha256"),
        _theirs.c.sha256.label("other_sha256"),
        _now("").label("number"),
        _now("other_").label("other_number"),
    )
    .join(_ours, _ours.c.id == decisions.c.content_id)
    .outerjoin(_theirs, _theirs.c.id == decisions.c.other_content_id)
    .outerjoin(decision_undos, decision_undos.c.decision_id == decisions.c.id)
)


def _decision(row: Mapping[Any, Any]) -> Decision:
    undone = row["undone_at"] is not None
    return Decision(
        id=f"w{row['id']}",
        word=row["word"],
        by=row["decided_by"],
        at=read_instant(row["decided_at"]),
        reason=row["reason"],
        mention=_mention(row, ""),
        other=_mention(row, "other_") if row["other_sha256"] else None,
        field=row["field"],
        value=row["value"],
        read_as=read_reading(row["read_as"], row["field"]),
        taken_back=TakenBack(row["undone_by"], read_instant(row["undone_at"]), row["undone_reason"])
        if undone
        else None,
    )


def _mention(row: Mapping[Any, Any], prefix: str) -> DecidedMention:
    number = row[f"{prefix}number"]
    return DecidedMention(
        sha256=row[f"{prefix}sha256"],
        start=row[f"{prefix}amount_start"],
        end=row[f"{prefix}amount_end"],
        quote=row[f"{prefix}amount_text"],
        id=None if number is None else f"m{number}",
    )
