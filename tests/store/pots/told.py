"""Claims for pots, built by hand: who said how much, for what, when, and what it is to others."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from records.claim import Claim, ClaimRelation, Former, Provenance, StoredMention
from records.mention import (
    RELATION_TYPES,
    Amount,
    Mention,
    Newness,
    NewnessStatus,
    Relation,
    Timeframe,
)
from records.money import display_bounds
from records.span import Span
from store.timeline import former_of, with_timeline

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
SCALES = {"": 1, "k": 10**3, "m": 10**6, "bn": 10**9}


class Told(NamedTuple):
    """What one document says of a claim; what is None takes the claim's own.

    Attributes:
        document: `d1`.
        day: `2025-03-03`; None for a document without a date.
        amount: `2.1bn`, `..5m`, `5m..`.
        purpose: In words.
        recipient: Likewise.
        years: First and last year of the money.
        new: What the text says of newness.
    """

    document: str
    day: str | None = None
    amount: str | None = None
    purpose: str | None = None
    recipient: str | None = None
    years: tuple[int, int] | None = None
    new: NewnessStatus | None = None


def told(number: int, amount: str, *by: Told, **facts: Any) -> Claim:
    """A claim of funding as documents state it; relations take numbers of claims.

    Its relations are stated by its last mention.
    """
    said = [_stored(number, at, one, amount, facts) for at, one in enumerate(by or (Told("d1"),))]
    amounts = _bounds(amount)
    days = [one.provenance.published for one in said if one.provenance.published]
    relations = tuple(
        ClaimRelation(kind, f"c{to}", (said[-1].id,))
        for kind in RELATION_TYPES
        for to in facts.get(kind, ())
    )
    return Claim(
        id=f"c{number}",
        currency=facts.get("currency", "GBP"),
        low=amounts[0],
        high=amounts[1],
        approximate=False,
        per=facts.get("per"),
        kind="funding",
        purpose=facts.get("purpose"),
        recipient=facts.get("recipient"),
        funder=facts.get("funder"),
        timeframe=None,
        period_start=None,
        period_until=None,
        first_said=min(days, default=None),
        mentions=tuple(said),
        relations=relations,
        replaced_by=tuple(f"c{each}" for each in facts.get("replaced_by", ())),
    )


def with_timelines(*claims: Claim, latest: date | None = None) -> list[Claim]:
    formers: dict[str, Former] = {claim.id: former_of(claim) for claim in claims}
    return [with_timeline(claim, formers, latest) for claim in claims]


def _stored(number: int, at: int, one: Told, amount: str, facts: dict[str, Any]) -> StoredMention:
    name = f"m{10 * number + at}"
    purpose = one.purpose or facts.get("purpose")
    recipient = one.recipient or facts.get("recipient")
    years = one.years or facts.get("years")
    funder = facts.get("funder")
    low, high = _bounds(one.amount or amount)
    currency = facts.get("currency", "GBP")
    written = facts.get("written") or display_bounds(low, high, currency)
    start = 1000 * number + 100 * at
    mention = Mention(
        Amount(_span(written, start), currency, low, high, per=facts.get("per")),
        "funding",
        timeframe=years and _years(*years),
        purpose=purpose and _span(purpose),
        recipient=recipient and _span(recipient),
        funder=funder and _span(funder),
        relation=Relation(*facts["relation"]) if "relation" in facts else None,
        newness=one.new and Newness(one.new, _span(one.new)),
    )
    day = date.fromisoformat(one.day) if one.day else None
    how = "given" if day else None
    sha256 = one.document[1:].zfill(64)
    origin = Provenance(
        *(one.document, sha256, f"{one.document}.txt", None, None, day, how, NOON, None, "", "")
    )
    return StoredMention(name, mention, origin)


def _span(words: str, start: int = 0) -> Span:
    return Span(start, start + len(words), words)


def _years(first: int, last: int) -> Timeframe:
    words = f"from {first} to {last}"
    return Timeframe(_span(words), None, date(first, 1, 1), date(last, 12, 31))


def _bounds(amount: str) -> tuple[Decimal | None, Decimal | None]:
    low, dots, high = amount.partition("..")
    return _number(low), _number(high if dots else low)


def _number(text: str) -> Decimal | None:
    if not text:
        return None
    digits = text.rstrip("bkmn")
    return Decimal(digits) * SCALES[text[len(digits) :]]
