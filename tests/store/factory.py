"""Documents and mentions built by hand, so that the store is tested without a reader or a rule."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from records.document import Capture, Document, Known, Metadata, Reader
from records.mention import Amount, Mention, Newness, Relation, Timeframe
from records.span import Span

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
VERSIONS = {"earmark": "0.1.0", "rules": "abc", "spacy": "3.8.18", "readers": "plain 1"}


def span(text: str, quote: str, nth: int = 0) -> Span:
    """The nth place where `quote` stands in `text`."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(quote, start + 1)
    return Span.of(text, start, start + len(quote))


def given(**facts: Any) -> Metadata:
    return Metadata(**{name: Known(value, "given") for name, value in facts.items()})


def capture(text: str, source: str = "a.txt", said: Metadata | None = None) -> Capture:
    return Capture.of(source, text.encode(), NOON, said)


def document(taken: Capture, **changes: Any) -> Document:
    facts: dict[str, Any] = {
        "sha256": taken.sha256,
        "media_type": "text/plain",
        "text": taken.content.decode(),
        "source": taken.source,
        "captured_at": taken.captured_at,
        "reader": Reader("plain", "1"),
        "metadata": taken.given,
    }
    return Document(**{**facts, **changes})


def mention(text: str, quote: str, value: str | None, **fields: Any) -> Mention:
    """A mention of `quote`; `value` is `2100000000`, `..5`, `5..` or `2..3`.

    Fields that are quotes are given as strings; `timeframe` as (quote, start, until), `relation`
    as (type, quote, nth), `newness` as (status, quote).
    """
    low, _, high = (value or "..").partition("..")
    if value and ".." not in value:
        high = low
    amount = Amount(
        span(text, quote, fields.pop("nth", 0)),
        fields.pop("currency", "GBP"),
        Decimal(low) if low else None,
        Decimal(high) if high else None,
        fields.pop("approximate", False),
        fields.pop("per", None),
        vague=value is None,
    )
    parts: dict[str, Any] = {"kind": fields.pop("kind", "funding")}
    if "timeframe" in fields:
        words, start, until = fields.pop("timeframe")
        length = fields.pop("duration", None)
        parts["timeframe"] = Timeframe(span(text, words), length, _day(start), _day(until))
    if "relation" in fields:
        name, *place = fields.pop("relation")
        parts["relation"] = Relation(name, span(text, *place))
    if "newness" in fields:
        status, words = fields.pop("newness")
        parts["newness"] = Newness(status, span(text, words))
    parts.update({name: span(text, words) for name, words in fields.items()})
    return Mention(amount, **parts, rules=dict.fromkeys(["amount", *parts], "by.hand"))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
