"""JSON-LD: claims by schema.org, quotes by W3C Web Annotation, provenance by W3C PROV.

One document whose context is inside it, so that nothing is fetched to read it. A claim is a
`schema:Claim` about an amount of money; each mention is an annotation that ties the claim to the
words of a document; claims and documents carry a graph of PROV statements, written by the `prov`
library in the form of the W3C member submission PROV-JSONLD.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from records.claim import Claim, StoredMention
from records.document import Known
from records.money import decimal_text
from store.exports.csv import quote_of
from store.exports.extras import library
from store.exports.jsonld_terms import context_of
from store.exports.kinds import LineExport
from store.exports.provenance import Statements
from store.instants import instant_text
from store.results import StoredDocument
from store.tables import ledger

if TYPE_CHECKING:
    from store.exports.selection import Selection


def lines(chosen: Selection) -> Iterator[str]:
    """Yield the document, a node a line.

    Raises:
        ExtraMissingError: The library `prov` is not installed.
    """
    prov = library("prov.model", form="JSON-LD", extra="jsonld")
    serializer = library("prov.serializers.provjsonld", form="JSON-LD", extra="jsonld")
    base = base_of(chosen)
    statements = Statements(prov, base)
    context = context_of(base, serializer.load_vendored_context())
    yield f'{{"@context": {_text(context)},\n"@graph": [\n'
    before = ""
    for node in _nodes(chosen, statements):
        yield f"{before}{_text(node)}"
        before = ",\n"
    yield "\n]}\n"


def base_of(chosen: Selection) -> str:
    """Return what the names of a store's records begin with: by its first entry, which stays."""
    query = select(ledger.c.hash).order_by(ledger.c.seq).limit(1)
    first: bytes = chosen.connection.execute(query).scalar_one()
    return f"urn:x-earmark:{first.hex()[:32]}:"


def _nodes(chosen: Selection, statements: Statements) -> Iterator[Mapping[str, Any]]:
    for claim in chosen.claims():
        yield _claim(claim, statements)
        yield from (_annotation(claim, stored) for stored in claim.mentions)
    for stored in chosen.documents():
        yield _document(stored, statements)


def _claim(claim: Claim, statements: Statements) -> Mapping[str, Any]:
    first, *_ = claim.mentions
    said_by = first.mention.attribution
    seen = dict.fromkeys(one.provenance.document for one in claim.mentions)
    return _stated(
        {
            "@id": f"store:{claim.id}",
            "@type": "Claim",
            "text": quote_of(first),
            "about": _money(claim),
            "author": said_by and {"name": said_by.text},
            "firstAppearance": f"store:{first.provenance.document}",
            "appearance": [f"store:{document}" for document in seen],
            "kind": claim.kind,
            "purpose": claim.purpose,
            "recipient": claim.recipient,
            "promiser": claim.funder,
            "timeframe": claim.timeframe,
            "partOf": _related(claim, "part_of"),
            "inAdditionTo": _related(claim, "in_addition_to"),
            "equatesTo": _related(claim, "equates_to"),
            "replaces": _related(claim, "replaces"),
            "provenance": statements.of_claim(claim),
        }
    )


def _money(claim: Claim) -> Mapping[str, Any]:
    low = None if claim.low is None else decimal_text(claim.low)
    high = None if claim.high is None else decimal_text(claim.high)
    figures = {"value": low} if low == high else {"minValue": low, "maxValue": high}
    return _stated(
        {
            "@type": "MonetaryAmount",
            "currency": claim.currency,
            **figures,
            "validFrom": claim.period_start and claim.period_start.isoformat(),
            "validThrough": claim.period_until and claim.period_until.isoformat(),
            "per": claim.per,
            "approximate": claim.approximate,
        }
    )


def _annotation(claim: Claim, stored: StoredMention) -> Mapping[str, Any]:
    """Return a mention as an annotation: of these words, that they state the claim."""
    origin, span = stored.provenance, stored.mention.amount.span
    page = {
        "@type": "FragmentSelector",
        "conformsTo": "http://tools.ietf.org/rfc/rfc3778",
        "fragment": f"page={origin.page}",
    }
    quote = {
        "@type": "TextQuoteSelector",
        "exact": span.text,
        "prefix": origin.before,
        "suffix": origin.sentence_after,
    }
    place = {"@type": "TextPositionSelector", "start": span.start, "end": span.end}
    return {
        "@id": f"store:{stored.id}",
        "@type": "Annotation",
        "motivation": "oa:identifying",
        "body": f"store:{claim.id}",
        "target": {
            "@type": "SpecificResource",
            "source": f"store:{origin.document}",
            "selector": [quote, place, *([page] if origin.page is not None else [])],
        },
    }


def _document(stored: StoredDocument, statements: Statements) -> Mapping[str, Any]:
    document, metadata = stored.document, stored.document.metadata
    return _stated(
        {
            "@id": f"store:{stored.id}",
            "@type": "CreativeWork",
            "name": _value(metadata.title),
            "url": _value(metadata.url),
            "publisher": _party("Organization", metadata.publisher),
            "author": _party("Person", metadata.author),
            "datePublished": document.published and document.published.isoformat(),
            "encodingFormat": document.media_type,
            "identifier": f"urn:sha256:{document.sha256}",
            "sourceName": document.source,
            "fetched": instant_text(document.captured_at),
            "provenance": statements.of_document(stored),
        }
    )


def _related(claim: Claim, kind: str) -> list[str]:
    return [f"store:{one.to}" for one in claim.relations if one.type == kind]


def _party(kind: str, known: Known[str] | None) -> Mapping[str, Any] | None:
    return {"@type": kind, "name": known.value} if known else None


def _value(known: Known[str] | None) -> str | None:
    return known.value if known else None


def _stated(node: Mapping[str, Any]) -> Mapping[str, Any]:
    """Leave out what nobody says."""
    return {name: value for name, value in node.items() if value is not None and value != []}


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


JSONLD = LineExport("jsonld", lines)
