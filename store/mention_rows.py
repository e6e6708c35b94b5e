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
from records.money import decimal_text, exponent, is_currency, to_minor
from records.span import Span
from store.canonical import canonical, read_canonical
from store.sentences import sentence_around

Row = Mapping[str, Any]


def money_columns(
    currency: str, low: Decimal | None, high: Decimal | None, per: str | None, *, approximate: bool
) -> dict[str, Any]:
    """Return the columns of an amount, for a mention or a claim."""
    minor, text = _bound(low, currency)
    high_minor, high_text = (minor, text) if high is low else _bound(high, currency)
    return {
        "currency": currency,
        "exponent": exponent(currency) if is_currency(currency) else None,
        "low_minor": minor,
        "low_text": text,
        "high_minor": high_minor,
        "high_text": high_text,
        "approximate": int(approximate),
        "per": per,
    }


def read_bound(row: Row, name: str) -> Decimal | None:
    """Return a bound in whole currency units; None where it is open."""
    return _bound_of(row[f"{name}_minor"], row[f"{name}_text"], row["exponent"])


def mention_row(mention: Mention, document: Document) -> dict[str, Any]:
    """Return the row of a mention, without its ids."""
    amount, timeframe = mention.amount, mention.timeframe
    start, end = amount.span.start, amount.span.end
    left, right = sentence_around(document.text, start, end)
    row: dict[str, Any] = {
        **_NOTHING_SAID,
        **money_columns(
            amount.currency, amount.low, amount.high, amount.per, approximate=amount.approximate
        ),
    }
    for name, span in mention.spans():
        first, last, text = _COLUMNS[name]
        row[first], row[last], row[text] = span.start, span.end, span.text
    if timeframe:
        row["duration"] = timeframe.duration
        row["period_start"] = timeframe.start and timeframe.start.isoformat()
        row["period_until"] = timeframe.until and timeframe.until.isoformat()
    if mention.relation:
        row["relation"] = mention.relation.type
    if mention.newness:
        row["newness"] = mention.newness.status
    row["vague"] = int(amount.vague)
    row["kind"] = mention.kind
    row["rules"] = _rules_text(tuple(mention.rules.items()))
    row["page"] = min(document.words.pages(start, end), default=None)
    row["sentence_start"] = left
    row["sentence"] = document.text[left:right]
    return row


def read_mention(row: Row) -> Mention:
    """Read a mention from its row."""
    spans = [
        None if row[start] is None else Span(row[start], row[end], row[text])
        for start, end, text in _COLUMNS.values()
    ]
    amount, timeframe, relation, cue, purpose, excludes, recipient, funder, attribution = spans
    assert amount is not None  # noqa: S101 - the column is never NULL; narrows
    # By position, as all that is made by the hundred: names take three times as long.
    return Mention(
        Amount(
            amount,
            row["currency"],
            read_bound(row, "low"),
            read_bound(row, "high"),
            bool(row["approximate"]),
            row["per"],
            bool(row["vague"]),
        ),
        row["kind"],
        Timeframe(
            timeframe,
            row["duration"],
            read_day(row["period_start"]),
            read_day(row["period_until"]),
        )
        if timeframe
        else None,
        purpose,
        excludes,
        recipient,
        funder,
        attribution,
        Relation(row["relation"], relation) if relation else None,
        Newness(row["newness"], cue) if cue else None,
        _read_rules(row["rules"]),
    )


def read_day(text: str | None) -> date | None:
    """Read an ISO date; None stays None."""
    return None if text is None else date.fromisoformat(text)


@lru_cache(maxsize=4096)
def _bound_of(minor: int | None, text: str | None, places: int) -> Decimal | None:
    """Read a bound: one sum is both bounds of most mentions, and of all that state it."""
    if minor is not None:
        return Decimal(minor).scaleb(-places)
    return None if text is None else Decimal(text)


def _bound(value: Decimal | None, currency: str) -> tuple[int | None, str | None]:
    """Return a bound in minor units; as text where that cannot be."""
    if value is None:
        return None, None
    if not value.is_finite():
        raise StoreError(f"{value} is no amount; a bound is a finite number or None")
    minor = to_minor(value, currency) if is_currency(currency) else None
    return minor, decimal_text(value) if minor is None else None


@lru_cache(maxsize=4096)
def _rules_text(rules: tuple[tuple[str, str], ...]) -> str:
    """Return the rules of a mention as a column: see `_read_rules`."""
    return canonical(dict(rules)).decode()


@lru_cache(maxsize=4096)
def _read_rules(text: str) -> Mapping[str, str]:
    """Read the rules of a mention: few combinations are those of very many mentions."""
    rules: Mapping[str, str] = read_canonical(text)
    return rules


_COLUMNS = {
    name: (f"{name}_start", f"{name}_end", f"{name}_text")
    for name in ("amount", "timeframe", "relation", "newness", *SPAN_FIELDS)
}
_NOTHING_SAID: Row = dict.fromkeys(
    (
        *(column for columns in _COLUMNS.values() for column in columns),
        *("duration", "period_start", "period_until", "relation", "newness"),
    )
)
"""Columns of what a mention may leave unsaid."""
