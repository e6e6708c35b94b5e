"""Parquet: a row for a claim, its mentions, relations and decisions nested in it.

Figures are decimals of 38 digits, 6 of them behind the point; a figure with more behind the point
has none there, and stands exactly in the text beside it. Days are days, instants UTC.
"""

from __future__ import annotations

from decimal import Decimal
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from records.claim import Claim, StoredMention
from records.decision import Decision
from records.mention import SPAN_FIELDS
from records.money import decimal_text
from records.span import Span
from store.exports.csv import qualifier, quote_of
from store.exports.extras import library
from store.exports.kinds import FileExport, Written
from store.tables import runs

if TYPE_CHECKING:
    from store.exports.selection import Selection

SCHEMA = "earmark.claims/1"
ROW_GROUP = 2000
"""Claims in memory at a time. The library keeps some 100 kB for each group until the file is whole,
so smaller groups take more memory of a large store."""
DIGITS, BEHIND = 38, 6


def write(chosen: Selection, place: Path) -> Written:
    """Write the file, a group of rows after the other.

    Raises:
        ExtraMissingError: pyarrow is not installed.
    """
    arrow = library("pyarrow", form="Parquet", extra="parquet")
    parquet = library("pyarrow.parquet", form="Parquet", extra="parquet")
    schema = schema_of(arrow, _about(chosen))
    rows, inexact = 0, 0
    with parquet.ParquetWriter(place, schema, compression="zstd") as writer:
        waiting = chosen.claims()
        while batch := [row_of(claim) for claim in islice(waiting, ROW_GROUP)]:
            writer.write_table(arrow.Table.from_pylist(batch, schema=schema))
            rows += len(batch)
            inexact += sum(_inexact(row) for row in batch)
    note = f"{inexact} claims have a figure that no decimal column holds; low_text and high_text do"
    return Written(rows, "row", (note,) if inexact else ())


def schema_of(arrow: Any, about: dict[str, str]) -> Any:
    """Return the schema, with what the file says of itself."""
    text, day, whole = arrow.string(), arrow.date32(), arrow.int64()
    instant, truth = arrow.timestamp("us", tz="UTC"), arrow.bool_()
    number, texts = arrow.decimal128(DIGITS, BEHIND), arrow.list_(text)
    figures = {"currency": text, "low": number, "high": number, "low_text": text, "high_text": text}
    quote = {"exact": text, "amount": text, "start": whole, "end": whole, "page": whole}
    source = {"document": text, "name": text, "sha256": text, "title": text, "publisher": text}
    source |= {"published": day, "published_how": text, "fetched": instant, "echo_of": text}
    spans = dict.fromkeys(SPAN_FIELDS, text)
    period = {"timeframe": text, "period_start": day, "period_until": day}
    mention = {"id": text, **figures, "approximate": truth, "per": text, "kind": text, **spans}
    mention |= period | {"quote": _struct(arrow, quote), "source": _struct(arrow, source)}
    mention |= {"rules": arrow.map_(text, text)}
    relation = {"type": text, "to": text, "mentions": texts, "decisions": texts}
    decision = {"id": text, "decision": text, "by": text, "at": instant, "reason": text}
    decision |= {"mentions": texts, "field": text, "value": text}
    claim = {"id": text, **figures, "approximate": truth, "qualifier": text, "per": text}
    claim |= {"kind": text, "purpose": text, "recipient": text, "funder": text, **period}
    claim |= {"first_said": day, "documents": whole, "origins": whole}
    claim |= {
        "relations": arrow.list_(_struct(arrow, relation)),
        "mentions": arrow.list_(_struct(arrow, mention)),
        "decisions": arrow.list_(_struct(arrow, decision)),
    }
    return arrow.schema(list(claim.items()), metadata=about)


def row_of(claim: Claim) -> dict[str, Any]:
    """Return a claim as a row."""
    return {
        "id": claim.id,
        "currency": claim.currency,
        **_figures(claim.low, claim.high),
        "approximate": claim.approximate,
        "qualifier": qualifier(claim),
        "per": claim.per,
        "kind": claim.kind,
        "purpose": claim.purpose,
        "recipient": claim.recipient,
        "funder": claim.funder,
        "timeframe": claim.timeframe,
        "period_start": claim.period_start,
        "period_until": claim.period_until,
        "first_said": claim.first_said,
        "documents": claim.documents,
        "origins": claim.origins,
        "relations": [
            {
                "type": one.type,
                "to": one.to,
                "mentions": list(one.mentions),
                "decisions": list(one.decisions),
            }
            for one in claim.relations
        ],
        "mentions": [_mention(stored) for stored in claim.mentions],
        "decisions": [_decision(one) for one in claim.decisions if not one.taken_back],
    }


def _mention(stored: StoredMention) -> dict[str, Any]:
    mention, origin = stored.mention, stored.provenance
    amount, timeframe = mention.amount, mention.timeframe
    return {
        "id": stored.id,
        "currency": amount.currency,
        **_figures(amount.low, amount.high),
        "approximate": amount.approximate,
        "per": amount.per,
        "kind": mention.kind,
        **{name: _words(getattr(mention, name)) for name in SPAN_FIELDS},
        "timeframe": _words(timeframe.span if timeframe else None),
        "period_start": timeframe and timeframe.start,
        "period_until": timeframe and timeframe.until,
        "quote": {
            "exact": quote_of(stored),
            "amount": amount.span.text,
            "start": amount.span.start,
            "end": amount.span.end,
            "page": origin.page,
        },
        "source": {
            "document": origin.document,
            "name": origin.source,
            "sha256": origin.sha256,
            "title": origin.title,
            "publisher": origin.publisher,
            "published": origin.published,
            "published_how": origin.published_how,
            "fetched": origin.captured_at,
            "echo_of": origin.echo and origin.echo.of,
        },
        "rules": sorted(mention.rules.items()),
    }


def _decision(one: Decision) -> dict[str, Any]:
    return {
        "id": one.id,
        "decision": one.word,
        "by": one.by,
        "at": one.at,
        "reason": one.reason,
        "mentions": [side.id for side in one.sides if side.id],
        "field": one.field,
        "value": one.value,
    }


def _figures(low: Decimal | None, high: Decimal | None) -> dict[str, Any]:
    return {
        "low": _fitting(low),
        "high": _fitting(high),
        "low_text": None if low is None else decimal_text(low),
        "high_text": None if high is None else decimal_text(high),
    }


def _fitting(value: Decimal | None) -> Decimal | None:
    """Return a figure, or None where a column would not hold all its digits."""
    if value is None:
        return None
    before, _, behind = decimal_text(value).lstrip("-").partition(".")
    return value if len(behind) <= BEHIND and len(before) <= DIGITS - BEHIND else None


def _inexact(row: dict[str, Any]) -> bool:
    return any(row[name] is None and row[f"{name}_text"] is not None for name in ("low", "high"))


def _words(span: Span | None) -> str | None:
    return span.text if span else None


def _struct(arrow: Any, fields: dict[str, Any]) -> Any:
    return arrow.struct(list(fields.items()))


def _about(chosen: Selection) -> dict[str, str]:
    ids = chosen.connection.execute(select(runs.c.id).order_by(runs.c.id)).scalars()
    return {
        "earmark.schema": SCHEMA,
        "earmark.version": version("earmark"),
        "earmark.runs": " ".join(f"r{number}" for number in ids),
    }


PARQUET = FileExport("parquet", write)
