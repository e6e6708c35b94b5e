"""Claim: one pot of money, every mention that states it, and why they belong together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from records.mention import Kind, Mention, RelationType


@dataclass(frozen=True, slots=True)
class Reason:
    """One argument about a match that a person can read and dispute.

    Attributes:
        code: Stable word (`same-amount`).
        weight: Positive speaks for a match, negative against; hundredths.
        text: In words: `same amount £2.1bn`, `purpose shares nhs, technology`.
    """

    code: str
    weight: int
    text: str


@dataclass(frozen=True, slots=True)
class Match:
    """Why two mentions are held to state the same money.

    Attributes:
        left: Local id of a mention (`m3`).
        right: Local id of another.
        score: Sum of the reasons' weights, hundredths.
        reasons: For and against.
    """

    left: str
    right: str
    score: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a mention stands: everything that is needed to find its words again.

    Attributes:
        document: Local id (`d2`).
        sha256: Of the document's bytes.
        source: The name the user gave.
        title: None when unknown.
        publisher: None when unknown.
        published: None when unknown.
        published_how: How `published` is known; None with it.
        captured_at: UTC.
        page: First page of the amount; None without pages.
        before: Text before the quote, to the start of its sentence.
        sentence_after: Text after the amount, to the end of its sentence.
        decoding_assumed: The text's encoding was assumed, so its currency signs may be wrong.
    """

    document: str
    sha256: str
    source: str
    title: str | None
    publisher: str | None
    published: date | None
    published_how: str | None
    captured_at: datetime
    page: int | None
    before: str
    sentence_after: str
    decoding_assumed: bool = False


@dataclass(frozen=True, slots=True)
class StoredMention:
    """A mention in a store, with its provenance."""

    id: str
    mention: Mention
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class ClaimRelation:
    """What this claim's money is to another claim's.

    Attributes:
        type: It stands at the part, the addition, the new figure.
        to: Local id of the other claim.
        mentions: Local ids of the claim's mentions that say so.
    """

    type: RelationType
    to: str
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One pot of money.

    The figures are those of its most precise mention; where no mention is better than another, of
    the one first said.

    Attributes:
        id: Local id (`c7`): the number of its first stored mention.
        currency: ISO 4217 code.
        low: Lower bound; None when open.
        high: Upper bound; None when open.
        approximate: Every mention hedges.
        per: Rate; None for a total.
        kind: Of the mention that gives the figures.
        purpose: The first purpose wording among the mentions; None when none says.
        recipient: Likewise.
        funder: Likewise.
        timeframe: The fullest timeframe wording; None when none says.
        period_start: First day of the money's period; None when not fixed.
        period_until: Last day; None when not fixed.
        first_said: Earliest publication day among the mentions; None when no document has one.
        mentions: In order of publication day, then document, then offset.
        matches: Why they are one claim; empty for a single mention.
        relations: To other claims.
    """

    id: str
    currency: str
    low: Decimal | None
    high: Decimal | None
    approximate: bool
    per: str | None
    kind: Kind
    purpose: str | None
    recipient: str | None
    funder: str | None
    timeframe: str | None
    period_start: date | None
    period_until: date | None
    first_said: date | None
    mentions: tuple[StoredMention, ...]
    matches: tuple[Match, ...] = ()
    relations: tuple[ClaimRelation, ...] = ()
