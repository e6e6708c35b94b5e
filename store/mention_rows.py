"""Mentions to rows and back, losing nothing and rounding nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from records.document import Document
from records.errors import StoreError
from records.mention import SPAN_FIELDS, Amount, Mention, Newness, Relation, Timeframe
from records.money import decimal_text, exponent, from_minor, is_currency, to_minor
from records.span import Span
from store.canonical import canonical, read_canonical
from store.sentences import sentence_around

Row = Mapping[str, Any]


def money_columns(
    currency: str, low: Decimal | None, high: Decimal | None, per: str | None, *, approximate: bool
) -> dict[str, Any]:
    """Return the columns of an amount, for a mention or a claim."""
    return {
        "currency": currency,
        "exponent": exponent(currency) if is_currency(currency) else None,
        **_bound("low", low, currency),
        **_bound("high", high, currency),
        "approximate": int(approximate),
        "per": per,
    }


def read_bound(row: Row, name: str) -> Decimal | None:
    """Return a bound in whole currency units; None where it is open."""
    minor, text = row[f"{name}_minor"], row[f"{name}_text"]
    if minor is not None:
        return Decimal(minor).scaleb(-row["exponent"])
    return None if text is None else Decimal(text)


def mention_row(mention: Mention, document: Document) -> dict[str, Any]:
    """Return the row of a mention, without its ids."""
    amount, timeframe = mention.amount, mention.timeframe
    relation, newness = mention.relation, mention.newness
    start, end = amount.span.start, amount.span.end
    pages = document.pages_of(start, end)
    left, right = sentence_around(document.text, start, end)
    return {
        **_span("amount", amount.span),
        **money_columns(
            amount.currency, amount.low, amount.high, amount.per, approximate=amount.approximate
        ),
        "vague": int(amount.vague),
        "kind": mention.kind,
        **_span("timeframe", timeframe.span if timeframe else None),
        "duration": timeframe and timeframe.duration,
        "period_start": timeframe and timeframe.start and timeframe.start.isoformat(),
        "period_until": timeframe and timeframe.until and timeframe.until.isoformat(),
        **{k: v for name in SPAN_FIELDS for k, v in _span(name, getattr(mention, name)).items()},
        "relation": relation and relation.type,
        **_span("relation", relation.to if relation else None),
        "newness": newness and newness.status,
        **_span("newness", newness.cue if newness else None),
        "rules": canonical(dict(mention.rules)).decode(),
        "page": pages[0] if pages else None,
        "sentence_start": left,
        "sentence": document.text[left:right],
    }


def read_mention(row: Row) -> Mention:
    """Read a mention from its row."""
    spans = {
        name: Span(row[start], row[end], row[text])
        for name, start, end, text in _SPANS
        if row[start] is not None
    }
    timeframe, relation, cue = spans.get("timeframe"), spans.get("relation"), spans.get("newness")
    return Mention(
        amount=Amount(
            span=spans["amount"],
            currency=row["currency"],
            low=read_bound(row, "low"),
            high=read_bound(row, "high"),
            approximate=bool(row["approximate"]),
            per=row["per"],
            vague=bool(row["vague"]),
        ),
        kind=row["kind"],
        timeframe=Timeframe(
            timeframe,
            row["duration"],
            read_day(row["period_start"]),
            read_day(row["period_until"]),
        )
        if timeframe
        else None,
        relation=Relation(row["relation"], relation) if relation else None,
        newness=Newness(row["newness"], cue) if cue else None,
        rules=_read_rules(row["rules"]),
        purpose=spans.get("purpose"),
        excludes=spans.get("excludes"),
        recipient=spans.get("recipient"),
        funder=spans.get("funder"),
        attribution=spans.get("attribution"),
    )


def read_day(text: str | None) -> date | None:
    """Read an ISO date; None stays None."""
    return None if text is None else date.fromisoformat(text)


def _bound(name: str, value: Decimal | None, currency: str) -> dict[str, Any]:
    if value is not None and not value.is_finite():
        raise StoreError(f"{value} is no amount; a bound is a finite number or None")
    minor = None if value is None or not is_currency(currency) else to_minor(value, currency)
    if minor is not None and from_minor(minor, currency) != value:
        minor = None
    text = None if value is None or minor is not None else decimal_text(value)
    return {f"{name}_minor": minor, f"{name}_text": text}


def _span(name: str, span: Span | None) -> dict[str, Any]:
    start, end, text = _COLUMNS[name]
    if span is None:
        return {start: None, end: None, text: None}
    return {start: span.start, end: span.end, text: span.text}


@lru_cache(maxsize=4096)
def _read_rules(text: str) -> Mapping[str, str]:
    """Read the rules of a mention: few combinations are those of very many mentions."""
    rules: Mapping[str, str] = read_canonical(text)
    return rules


_SPANS = tuple(
    (name, f"{name}_start", f"{name}_end", f"{name}_text")
    for name in ("amount", "timeframe", "relation", "newness", *SPAN_FIELDS)
)
_COLUMNS = {name: columns for name, *columns in _SPANS}
