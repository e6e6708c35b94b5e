"""The tables of a data package and of a workbook: claims, and what stands behind them.

Cells are text, as CSV has them: decimals without exponent, ISO dates, empty for what nobody says.
`tables.toml` says what each column holds.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from records.claim import Claim, StoredMention
from records.decision import Decision
from records.document import Known
from records.money import decimal_text
from records.span import Span
from store.exports.csv import csv_row, quote_of
from store.instants import instant_text
from store.results import StoredDocument

if TYPE_CHECKING:
    from store.exports.selection import Selection

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    Attributes:
        name: Of its file or sheet.
        about: What a row is.
        key: The columns that tell rows apart.
        links: Column to the table whose key it holds.
        columns: Name to `type`, `about` and perhaps `unit`, in order.
        rows: Yields rows by column name.
    """

    name: str
    about: str
    key: str | list[str]
    links: Mapping[str, str]
    columns: Mapping[str, Mapping[str, str]]
    rows: Callable[[Selection], Iterator[Row]]


def _claims(chosen: Selection) -> Iterator[Row]:
    return (csv_row(claim) for claim in chosen.claims())


def _mentions(chosen: Selection) -> Iterator[Row]:
    for claim in chosen.claims():
        yield from (_mention(claim, stored) for stored in claim.mentions)


def _documents(chosen: Selection) -> Iterator[Row]:
    return (_document(stored) for stored in chosen.documents())


def _relations(chosen: Selection) -> Iterator[Row]:
    for claim in chosen.claims():
        for one in claim.relations:
            yield {
                "claim": claim.id,
                "type": one.type,
                "to": one.to,
                "mentions": " ".join(one.mentions),
                "decisions": " ".join(one.decisions),
            }


def _decisions(chosen: Selection) -> Iterator[Row]:
    return (_decision(one) for one in chosen.decisions())


def _mention(claim: Claim, stored: StoredMention) -> Row:
    mention, origin = stored.mention, stored.provenance
    amount, timeframe, relation = mention.amount, mention.timeframe, mention.relation
    newness = mention.newness
    return {
        "id": stored.id,
        "claim": claim.id,
        "document": origin.document,
        "amount_written": amount.span.text,
        "start": str(amount.span.start),
        "end": str(amount.span.end),
        "currency": amount.currency,
        "low": _number(amount.low),
        "high": _number(amount.high),
        "approximate": _truth(amount.approximate),
        "vague": _truth(amount.vague),
        "rate": amount.per or "total",
        "kind": mention.kind,
        "purpose": _words(mention.purpose),
        "excludes": _words(mention.excludes),
        "recipient": _words(mention.recipient),
        "promiser": _words(mention.funder),
        "attribution": _words(mention.attribution),
        "timeframe": _words(timeframe.span if timeframe else None),
        "duration": (timeframe and timeframe.duration) or "",
        "period_start": _day(timeframe.start if timeframe else None),
        "period_end": _day(timeframe.until if timeframe else None),
        "relation": relation.type if relation else "",
        "relation_to": _words(relation.to if relation else None),
        "newness": newness.status if newness else "",
        "newness_cue": _words(newness.cue if newness else None),
        "quote": quote_of(stored),
        "page": "" if origin.page is None else str(origin.page),
        "rules": " ".join(f"{name}={rule}" for name, rule in sorted(mention.rules.items())),
    }


def _document(stored: StoredDocument) -> Row:
    document, echo = stored.document, stored.echo
    metadata = document.metadata
    published = metadata.published
    return {
        "id": stored.id,
        "source": document.source,
        "sha256": document.sha256,
        "text_sha256": document.text_sha256,
        "characters": str(len(document.text)),
        "title": _value(metadata.title),
        "publisher": _value(metadata.publisher),
        "author": _value(metadata.author),
        "published": _day(document.published),
        "published_how": published.how if published else "",
        "country": _value(metadata.country),
        "url": _value(metadata.url),
        "media_type": document.media_type,
        "pages": "" if document.pages is None else str(document.pages),
        "fetched": instant_text(document.captured_at),
        "reader": f"{document.reader.name} {document.reader.version}",
        "run": stored.run,
        "mentions": str(len(stored.mentions)),
        "gaps": str(len(document.gaps)),
        "echo_of": echo.of if echo else "",
        "echo_kind": echo.kind if echo else "",
    }


def _decision(one: Decision) -> Row:
    other, back = one.other, one.taken_back
    return {
        "id": one.id,
        "decision": one.word,
        "by": one.by,
        "at": instant_text(one.at),
        "reason": one.reason or "",
        "mention": one.mention.id or "",
        "quote": one.mention.quote,
        "sha256": one.mention.sha256,
        "other": (other and other.id) or "",
        "other_quote": other.quote if other else "",
        "other_sha256": other.sha256 if other else "",
        "field": one.field or "",
        "value": one.value or "",
        "taken_back_by": back.by if back else "",
        "taken_back_at": instant_text(back.at) if back else "",
        "taken_back_reason": (back and back.reason) or "",
    }


def _number(value: Decimal | None) -> str:
    return "" if value is None else decimal_text(value)


def _truth(value: bool) -> str:  # noqa: FBT001 - it is the value itself
    return "true" if value else "false"


def _words(span: Span | None) -> str:
    return span.text if span else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _value(known: Known[Any] | None) -> str:
    return str(known.value) if known else ""


_ROWS = {
    "claims": _claims,
    "mentions": _mentions,
    "documents": _documents,
    "relations": _relations,
    "decisions": _decisions,
}


def read_tables() -> tuple[Table, ...]:
    """Return every table, in order."""
    data = tomllib.loads(files("store.exports").joinpath("tables.toml").read_text("utf-8"))
    return tuple(
        Table(
            name=one["name"],
            about=one["about"],
            key=one["key"],
            links=one.get("links", {}),
            columns=one["columns"],
            rows=_ROWS[one["name"]],
        )
        for one in data["table"]
    )
