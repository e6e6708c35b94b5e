"""Gold-shaped JSON to and from records: gold files, the scorer and the program share one shape.

The writing half is `to_dict` on each record; this module reads it back and frames a whole file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from records.errors import SpanMismatchError
from records.mention import SPAN_FIELDS, Amount, Mention, Newness, Relation, Timeframe
from records.span import Span


def mention_from_dict(data: Mapping[str, Any], text: str) -> Mention:
    """Read one mention of a gold file or of the program, and check it against its text.

    Args:
        data: What `Mention.to_dict` returns; `newness` and `rules` may be absent, and a timeframe's
            `interval` and `timex3` are not read, since its days and length say the same.
        text: The document's text.

    Raises:
        SpanMismatchError: A quote is not the text at its offsets.
        KeyError: A required key is missing.
    """
    timeframe = data["timeframe"]
    relation, newness = data["relation"], data.get("newness")
    mention = Mention(
        amount=amount_from_dict({"vague": data.get("vague"), **data["amount"]}),
        kind=data["kind"],
        timeframe=timeframe and timeframe_from_dict(timeframe),
        relation=relation
        and Relation(
            relation["type"], Span.of(text, relation["to"]["start"], relation["to"]["end"])
        ),
        newness=newness and Newness(newness["status"], _span(newness)),
        rules=data.get("rules", {}),
        confidence=data.get("confidence", {}),
        **{name: data[name] and _span(data[name]) for name in SPAN_FIELDS},
    )
    mention.check(text)
    return mention


def amount_from_dict(data: Mapping[str, Any]) -> Amount:
    """Read what `Amount.to_dict` returns."""
    return Amount(
        span=_span(data),
        currency=data["currency"],
        low=_decimal(data["low"]),
        high=_decimal(data["high"]),
        approximate=data["approximate"],
        per=data["per"],
        vague=bool(data.get("vague")),
    )


def timeframe_from_dict(data: Mapping[str, Any]) -> Timeframe:
    """Read what `Timeframe.to_dict` returns."""
    return Timeframe(_span(data), data["duration"], _day(data["from"]), _day(data["until"]))


def gold_file(
    document: Mapping[str, object], mentions: Iterable[tuple[Mention, str | None]]
) -> dict[str, object]:
    """Return the content of one gold-shaped file.

    Args:
        document: `text_sha256`, `title`, `publisher`, `published`, `country`.
        mentions: Each with the identifier of its claim; None leaves the key out.
    """
    return {
        "document": dict(document),
        "mentions": [
            {**mention.to_dict(), **({} if claim is None else {"claim": claim})}
            for mention, claim in mentions
        ],
    }


def _span(data: Mapping[str, Any] | None) -> Span:
    if data is None:
        raise SpanMismatchError("a quote is missing where one must stand")
    return Span(data["start"], data["end"], data["text"])


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)
