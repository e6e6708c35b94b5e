"""What a person says, as a call names it, and as the decision that is to be written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from records.decision import DecidedMention, Decision, Word
from records.errors import ClaimNotFoundError, SettingsError
from records.mention import Amount, Timeframe
from store.corrections import reading_text
from store.instants import instant_text, now_text, read_instant
from store.mention_rows import read_day
from store.rows import name_text
from store.tables import IS_CURRENT, claim_mentions, contents, documents, mentions
from store.write import number_of

Row = Mapping[str, Any]
ReadValue = Callable[[str, date | None, str, str], Amount | Timeframe]
"""Reads a corrected value: its words, publication day and country of the document, currency of the
amount. It raises SettingsError where it cannot."""


class Saying(NamedTuple):
    """What a person decides, checked as far as it can be without a store.

    Attributes:
        word: What.
        names: Ids of one mention or claim for a field, of two for a pair.
        by: Who.
        reason: Why; None when not said.
        field: Of one mention.
        value: What the field says instead.
        read: Reads the value of an amount or a timeframe; None for other fields.
    """

    word: Word
    names: tuple[str, ...]
    by: str
    reason: str | None = None
    field: str | None = None
    value: str | None = None
    read: ReadValue | None = None


def mention_named(connection: Connection, name: str) -> Row:
    """Return what names a mention, or the one that a claim has its number from.

    Raises:
        ClaimNotFoundError: There is none.
    """
    prefix = "c" if name.startswith("c") else "m"
    number = number_of(prefix, name)
    query = (
        select(
            *(mentions, documents.c.content_id, contents.c.sha256),
            *(documents.c.published, documents.c.country),
        )
        .join(documents, documents.c.id == mentions.c.document_id)
        .join(contents, contents.c.id == documents.c.content_id)
        .join(claim_mentions, claim_mentions.c.mention_id == mentions.c.id)
        .where(mentions.c.number == number, IS_CURRENT)
    )
    if prefix == "c":
        query = query.where(claim_mentions.c.claim_id == number)
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise ClaimNotFoundError(f"no {name} in this store; list the claims with: earmark query")
    return dict(row)


def decision_of(saying: Saying, named: Sequence[Row], name: str) -> Decision:
    """Return the record of a decision that is not written yet.

    Raises:
        SettingsError: A corrected value cannot be read, or has nothing to be about.
    """
    sides = [
        DecidedMention(
            sha256=row["sha256"],
            start=row["amount_start"],
            end=row["amount_end"],
            quote=row["amount_text"],
            id=f"m{row['number']}",
        )
        for row in named
    ]
    return Decision(
        id=name,
        word=saying.word,
        by=name_text(saying.by),
        at=read_instant(now_text()),
        reason=saying.reason and name_text(saying.reason),
        mention=sides[0],
        other=sides[1] if len(sides) > 1 else None,
        field=saying.field,
        value=saying.value and name_text(saying.value),
        read_as=_reading(saying, named[0]),
    )


def _reading(saying: Saying, row: Row) -> Amount | Timeframe | None:
    if saying.word == "correct" and saying.field == "relation" and row["relation"] is None:
        raise SettingsError(
            f"m{row['number']} is said to be nothing to another sum, so there is no relation to "
            "correct; say of which sum it is a part with: earmark review and both ids"
        )
    if saying.read is None or saying.value is None:
        return None
    day, country = read_day(row["published"]), row["country"] or "GB"
    return saying.read(saying.value, day, country, row["currency"])


def decision_row(decision: Decision, named: Sequence[Row]) -> dict[str, Any]:
    """Return the row of a decision without its number."""
    mention, other = named[0], named[1] if len(named) > 1 else None
    spans = {
        f"{prefix}{name}": row and row[name]
        for prefix, row in (("", mention), ("other_", other))
        for name in ("content_id", "amount_start", "amount_end", "amount_text")
    }
    return {
        "word": decision.word,
        "decided_by": decision.by,
        "decided_at": instant_text(decision.at),
        "reason": decision.reason,
        **spans,
        "field": decision.field,
        "value": decision.value,
        "read_as": reading_text(decision.read_as),
    }
