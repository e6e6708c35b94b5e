"""What is known of a claim, a mention or a document, as labels and values in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from earmark.words.wording import UNKNOWN, claim_amount, claim_period, count, day, grouped, period
from records.claim import Claim, Provenance, StoredMention
from records.document import Document
from records.mention import SPAN_FIELDS, Mention

PARTS = {
    "purpose": "for",
    "excludes": "not for",
    "recipient": "to",
    "funder": "from",
    "attribution": "said by",
}
RELATIONS = {
    "part_of": "part of",
    "in_addition_to": "on top of",
    "equates_to": "the same as",
    "replaces": "instead of",
}


def claim_lines(claim: Claim, related: Mapping[str, Claim]) -> Iterator[tuple[str, str]]:
    """Yield what a claim says, and what it is to other claims, which `related` has by id."""
    yield "for", claim.purpose or UNKNOWN
    yield "to", claim.recipient or UNKNOWN
    yield "from", claim.funder or UNKNOWN
    yield "when", claim_period(claim) or UNKNOWN
    yield "first said", day(claim.first_said) if claim.first_said else "unknown, no date is known"
    documents, origins = (
        count(claim.documents, "document"),
        count(claim.origins, "independent origin"),
    )
    yield "said", f"{count(len(claim.mentions), 'time')} in {documents}, {origins}"
    places = {stored.provenance.document: stored.provenance for stored in claim.mentions}
    for name, place in places.items():
        if place.echo:
            yield place.echo.kind, f"{name}, {place.echo.reason}"
    for relation in claim.relations:
        whole = related[relation.to]
        words = f"{whole.id} {claim_amount(whole)} {whole.purpose or ''}".rstrip()
        by = f"  (decided: {', '.join(relation.decisions)})" if relation.decisions else ""
        yield RELATIONS[relation.type], f"{words}{by}"
    for name in claim.replaced_by:
        yield "became", f"{name} {claim_amount(related[name])}"


def place_lines(stored: StoredMention) -> Iterator[tuple[str, str]]:
    """Yield where a mention stands."""
    span, origin = stored.mention.amount.span, stored.provenance
    page = f"page {origin.page}, " if origin.page is not None else ""
    yield "place", f"{page}characters {span.start} to {span.end}"
    yield "published", published_words(origin)
    if origin.publisher:
        yield "publisher", origin.publisher
    if origin.decoding_assumed:
        yield "warning", "the text's encoding was assumed, so its currency signs may be wrong"


def published_words(origin: Provenance) -> str:
    """Say when a document was published, and how that is known."""
    return f"{day(origin.published)} ({origin.published_how})" if origin.published else "unknown"


def field_lines(mention: Mention) -> Iterator[tuple[str, str, str]]:
    """Yield what a mention says: label, value, and the rule that made it."""
    rules = mention.rules
    amount = mention.amount
    low, high = ("open" if bound is None else grouped(bound) for bound in (amount.low, amount.high))
    bounds = low if low == high else f"{low} to {high}"
    yield "amount", f"{amount.currency} {bounds}", rules.get("amount", "")
    yield "kind", mention.kind, rules.get("kind", "")
    if mention.timeframe:
        frame = mention.timeframe
        days = period(frame.start, frame.until)
        yield "when", frame.span.text + (f" = {days}" if days else ""), rules.get("timeframe", "")
    for field in SPAN_FIELDS:
        if part := getattr(mention, field):
            yield PARTS[field], part.text, rules.get(field, "")
    if mention.relation:
        words = f"{mention.relation.to.text}"
        yield RELATIONS[mention.relation.type], words, rules.get("relation", "")
    if mention.newness:
        cue = mention.newness
        yield "newness", f"{cue.status}: {cue.cue.text}", rules.get("newness", "")


def document_lines(document: Document) -> Iterator[tuple[str, str]]:
    """Yield where a document came from, how it was read, and what is missing."""
    for label in ("title", "publisher", "author", "published", "country", "url"):
        known = getattr(document.metadata, label)
        if known:
            yield label, f"{known.value} ({known.how})"
    yield "captured", document.captured_at.isoformat(timespec="seconds")
    yield "bytes", f"SHA-256 {document.sha256}"
    yield "type", document.media_type
    yield "read by", f"{document.reader.name} {document.reader.version}"
    if document.decoding:
        yield "encoding", f"{document.decoding.encoding} ({document.decoding.how})"
    if document.pages is not None:
        yield "pages", str(document.pages)
    for gap in document.gaps:
        yield "missing", f"{gap.where}: {gap.why}"
    for warning in document.warnings:
        yield "warning", warning
