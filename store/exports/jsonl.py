"""JSON Lines: one claim a line, everything that the store knows of it.

Amounts are decimal strings, days ISO dates, instants UTC; null means that nobody says.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from records.claim import Claim, ClaimRelation, Echo, Former, Match, Statement, StoredMention
from records.decision import Decision
from records.money import decimal_text
from store.exports.csv import quote_of
from store.exports.kinds import LineExport
from store.instants import instant_text

if TYPE_CHECKING:
    from store.exports.selection import Selection

SCHEMA = "earmark.claim/1"


def lines(claims: Iterable[Claim]) -> Iterator[str]:
    """Yield one line for each claim."""
    for claim in claims:
        yield json.dumps(claim_data(claim), ensure_ascii=False) + "\n"


def claim_data(claim: Claim) -> dict[str, object]:
    """Return a claim as data for JSON."""
    return {
        "schema": SCHEMA,
        "id": claim.id,
        "amount": {**_figure(claim), "approximate": claim.approximate, "per": claim.per},
        "kind": claim.kind,
        "purpose": claim.purpose,
        "recipient": claim.recipient,
        "funder": claim.funder,
        "timeframe": claim.timeframe,
        "period": {"start": _day(claim.period_start), "until": _day(claim.period_until)},
        "first_said": _day(claim.first_said),
        "documents": claim.documents,
        "origins": claim.origins,
        "relations": _relations(claim.relations),
        "replaced_by": list(claim.replaced_by),
        "timeline": [_statement(one) for one in claim.timeline],
        "silent_since": _day(claim.silent_since),
        "mentions": [mention_data(stored) for stored in claim.mentions],
        "matches": [_match(match) for match in claim.matches],
    }


def mention_data(stored: StoredMention) -> dict[str, object]:
    """Return a mention in the shape of a gold file, with its id, its quote and where it stands."""
    origin = stored.provenance
    return {
        "id": stored.id,
        **stored.mention.to_dict(),
        "quote": {
            "exact": quote_of(stored),
            "before": origin.before,
            "after": origin.sentence_after,
            "page": origin.page,
        },
        "source": {
            "document": origin.document,
            "name": origin.source,
            "sha256": origin.sha256,
            "title": origin.title,
            "publisher": origin.publisher,
            "published": _day(origin.published),
            "published_how": origin.published_how,
            "fetched": instant_text(origin.captured_at),
            "encoding_assumed": origin.decoding_assumed,
            "echo": echo_data(origin.echo),
        },
        "decisions": [decision_data(one) for one in stored.decisions],
        "corrected": stored.correction and stored.correction.to_dict(),
    }


def decision_data(one: Decision) -> dict[str, object]:
    """Return a person's decision; its mentions by what outlives new readings, and by their ids."""
    back = one.taken_back
    return {
        "id": one.id,
        "decision": one.word,
        "by": one.by,
        "at": instant_text(one.at),
        "reason": one.reason,
        "mentions": [asdict(side) for side in (one.mention, one.other) if side],
        "field": one.field,
        "value": one.value,
        "read_as": one.read_as and one.read_as.to_dict(),
        "taken_back": back and {"by": back.by, "at": instant_text(back.at), "reason": back.reason},
    }


def echo_data(echo: Echo | None) -> dict[str, object] | None:
    """Return of which document one is an echo or a version, and why; None for an origin."""
    return {**asdict(echo), "reason": echo.reason} if echo else None


def _figure(stated: Claim | Former) -> dict[str, object]:
    return {
        "currency": stated.currency,
        "low": _number(stated.low),
        "high": _number(stated.high),
    }


def _relations(relations: Iterable[ClaimRelation]) -> list[dict[str, object]]:
    return [
        {
            "type": one.type,
            "to": one.to,
            "mentions": list(one.mentions),
            "decisions": list(one.decisions),
        }
        for one in relations
    ]


def _statement(one: Statement) -> dict[str, object]:
    former = one.former
    return {
        "document": one.document,
        "published": _day(one.published),
        "mentions": list(one.mentions),
        "standing": one.standing,
        "former": former and {"claim": former.claim, **_figure(former), "per": former.per},
        "relations": _relations(one.relations),
    }


def _match(match: Match) -> dict[str, object]:
    return {
        "left": match.left,
        "right": match.right,
        "score": match.score,
        "reasons": [
            {"code": reason.code, "weight": reason.weight, "text": reason.text}
            for reason in match.reasons
        ],
    }


def _number(value: Decimal | None) -> str | None:
    return None if value is None else decimal_text(value)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _lines(chosen: Selection) -> Iterator[str]:
    return lines(chosen.claims())


JSONL = LineExport("jsonl", _lines)
