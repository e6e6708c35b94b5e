"""Mention: one monetary amount as one document states it. Definitions: docs/annotation.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

from records.money import decimal_text
from records.packed import Packed
from records.span import Span
from records.timex import interval_of, timex3_of

Kind = Literal["funding", "cost", "income", "saving", "other"]
RelationType = Literal["part_of", "in_addition_to", "equates_to", "replaces"]
NewnessStatus = Literal["new", "additional", "existing"]

KINDS: tuple[Kind, ...] = get_args(Kind)
RELATION_TYPES: tuple[RelationType, ...] = get_args(RelationType)
NEWNESS_STATUSES: tuple[NewnessStatus, ...] = get_args(NewnessStatus)
SPAN_FIELDS = ("purpose", "excludes", "recipient", "funder", "attribution")


@dataclass(frozen=True, slots=True)
class Amount(Packed):
    """What the text says of how much.

    Attributes:
        span: Number, multiplier and currency, and nothing else.
        currency: ISO 4217 code.
        low: Lower bound in whole currency units; None when open (`up to £5m`) or vague.
        high: Upper bound, `low` again for a point amount; None when open (`at least £5m`) or vague.
        approximate: The text hedges (`about`, `nearly`).
        per: `year`, `month`, … or the singular noun that it is counted by; None for a total.
        vague: Too vague to have bounds (`millions of pounds`).
    """

    span: Span
    currency: str
    low: Decimal | None
    high: Decimal | None
    approximate: bool = False
    per: str | None = None
    vague: bool = False

    def says_as(self, other: Amount) -> bool:
        """Tell whether another amount says the same, hedge and rate included, in whatever words."""
        return replace(self, span=other.span) == other

    def to_dict(self) -> dict[str, object]:
        """Return the amount as in a gold file; bounds are decimal strings."""
        data: dict[str, object] = {
            **self.span.to_dict(),
            "currency": self.currency,
            "low": None if self.low is None else decimal_text(self.low),
            "high": None if self.high is None else decimal_text(self.high),
            "approximate": self.approximate,
            "per": self.per,
        }
        return {**data, "vague": True} if self.vague else data


@dataclass(frozen=True, slots=True)
class Timeframe(Packed):
    """When the money is provided, spent, raised or saved.

    Attributes:
        span: The whole expression with its preposition.
        duration: ISO 8601 length (`P3Y`); None when the text states none.
        start: First day (`from` in JSON); None when text and publication date do not fix it.
        until: Last day, inclusive; None likewise.
    """

    span: Span
    duration: str | None = None
    start: date | None = None
    until: date | None = None

    def to_dict(self) -> dict[str, object]:
        """Return the timeframe as in a gold file, with its ISO 8601 interval and TIMEX3 value."""
        return {
            **self.span.to_dict(),
            "duration": self.duration,
            "from": self.start.isoformat() if self.start else None,
            "until": self.until.isoformat() if self.until else None,
            "interval": interval_of(self.duration, self.start, self.until),
            "timex3": timex3_of(self.span.text, self.duration, self.start, self.until),
        }


@dataclass(frozen=True, slots=True)
class Relation(Packed):
    """What this amount is to another amount of the same document.

    Attributes:
        type: It stands at the part, the addition, the restatement, the new figure.
        to: The other amount's span.
    """

    type: RelationType
    to: Span


@dataclass(frozen=True, slots=True)
class Newness(Packed):
    """What the text itself says about new money: the word, and where it stands."""

    status: NewnessStatus
    cue: Span


@dataclass(frozen=True, slots=True)
class Mention(Packed):
    """One amount with what its document says about it; None means that the document does not say.

    Attributes:
        amount: How much.
        kind: What sort of statement it is.
        timeframe: When.
        purpose: What for.
        excludes: What it is said not to be for.
        recipient: Who gets it.
        funder: Who gives it.
        attribution: Who is reported as saying so.
        relation: To another amount of the document.
        newness: `new`, `additional` or `existing` as the text words it.
        rules: Field name to the id of the rule that made it; every field that is not None is here.
        confidence: Field name to the chance that what it states is right, 0 to 1, and `mention` for
            the least sure of amount, timeframe and purpose (docs/confidence.md). It follows from
            `rules`, so it is no part of what makes two mentions equal; empty where not known.
    """

    amount: Amount
    kind: Kind
    timeframe: Timeframe | None = None
    purpose: Span | None = None
    excludes: Span | None = None
    recipient: Span | None = None
    funder: Span | None = None
    attribution: Span | None = None
    relation: Relation | None = None
    newness: Newness | None = None
    rules: Mapping[str, str] = field(default_factory=dict)
    confidence: Mapping[str, float] = field(default_factory=dict, compare=False)

    def spans(self) -> Iterator[tuple[str, Span]]:
        """Yield every quoted span with its field name."""
        yield "amount", self.amount.span
        if self.timeframe:
            yield "timeframe", self.timeframe.span
        for name in SPAN_FIELDS:
            part: Span | None = getattr(self, name)
            if part is not None:
                yield name, part
        if self.relation:
            yield "relation", self.relation.to
        if self.newness:
            yield "newness", self.newness.cue

    def check(self, document_text: str) -> None:
        """Raise SpanMismatchError unless every quote stands at its offsets in `document_text`."""
        for _, span in self.spans():
            span.check(document_text)

    def to_dict(self) -> dict[str, object]:
        """Return the mention in the shape of a gold file, with what else is known beside it."""
        parts: dict[str, Span | None] = {name: getattr(self, name) for name in SPAN_FIELDS}
        return {
            "amount": self.amount.to_dict(),
            "timeframe": self.timeframe and self.timeframe.to_dict(),
            **{name: part and part.to_dict() for name, part in parts.items()},
            "kind": self.kind,
            "relation": self.relation
            and {
                "type": self.relation.type,
                "to": {"start": self.relation.to.start, "end": self.relation.to.end},
            },
            "newness": self.newness
            and {"status": self.newness.status, **self.newness.cue.to_dict()},
            "rules": dict(sorted(self.rules.items())),
            **({"confidence": dict(sorted(self.confidence.items()))} if self.confidence else {}),
        }
