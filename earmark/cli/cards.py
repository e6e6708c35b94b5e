"""Claims, mentions and documents as cards: a label and a value on each line.

On a terminal the labels are aligned; elsewhere a tab stands between label and value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from earmark.cli.screen import Screen
from earmark.cli.timeline import print_timeline
from earmark.cli.wording import (
    UNKNOWN,
    claim_amount,
    claim_period,
    count,
    day,
    decision_words,
    grouped,
    mention_amount,
    period,
)
from records.claim import Claim, Match, Provenance, StoredMention
from records.document import Document
from records.mention import SPAN_FIELDS, Mention

if TYPE_CHECKING:
    from store.results import StoredDocument

_PARTS = {
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


def print_claim(screen: Screen, history: Sequence[Claim], related: Mapping[str, Claim]) -> None:
    """Print a claim, its life, each of its mentions, and why they are one claim.

    Args:
        screen: Where to.
        history: The claim, and after it those whose figure it was or has become.
        related: The claims that its relations point at, by id.
    """
    claim = history[0]
    screen.heading("claim", claim.id, f"{claim_amount(claim)} {claim.kind}")
    for label, value in _claim_lines(claim, related):
        screen.labelled(label, value)
    print_timeline(screen, history, related)
    for stored in claim.mentions:
        print_mention(screen, stored)
    for match in claim.matches:
        _print_match(screen, match)


def print_mention(screen: Screen, stored: StoredMention) -> None:
    """Print a mention: its quote in context, where it stands, and each field with its rule."""
    origin = stored.provenance
    screen.heading("mention", stored.id, f"in {origin.document}, {origin.source}")
    screen.quote(origin.before, stored.mention.amount.span.text, origin.sentence_after)
    for label, value in _place_lines(stored):
        screen.labelled(label, value)
    print_fields(screen, stored.counted)
    counted = set(_field_lines(stored.counted))
    for label, value, rule in _field_lines(stored.mention):
        if (label, value, rule) not in counted:
            screen.labelled("was read as", f"{label} {value}  ({rule})")
    for decision in stored.decisions:
        screen.labelled("decided", decision_words(decision))


def print_fields(screen: Screen, mention: Mention) -> None:
    """Print what a mention says, each field with the rule that made it."""
    for label, value, rule in _field_lines(mention):
        screen.labelled(label, f"{value}  ({rule})")


def print_document(screen: Screen, stored: StoredDocument) -> None:
    """Print a document: where it came from, how it was read, what is missing, what it states."""
    document = stored.document
    screen.heading("document", stored.id, document.source)
    for name in stored.sources:
        if name != document.source:
            screen.labelled("also from", name)
    for label, value in _document_lines(document):
        screen.labelled(label, value)
    if stored.echo:
        screen.labelled(stored.echo.kind, stored.echo.reason)
    for mention_id, claim_id, mention in stored.mentions:
        purpose = mention.purpose.text if mention.purpose else UNKNOWN
        amount = mention_amount(mention.amount)
        screen.labelled(mention_id, f"{amount} for {purpose} ({claim_id})")


def _claim_lines(claim: Claim, related: Mapping[str, Claim]) -> Iterator[tuple[str, str]]:
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


def _place_lines(stored: StoredMention) -> Iterator[tuple[str, str]]:
    span, origin = stored.mention.amount.span, stored.provenance
    page = f"page {origin.page}, " if origin.page is not None else ""
    yield "place", f"{page}characters {span.start} to {span.end}"
    yield "published", _published(origin)
    if origin.publisher:
        yield "publisher", origin.publisher
    if origin.decoding_assumed:
        yield "warning", "the text's encoding was assumed, so its currency signs may be wrong"


def _published(origin: Provenance) -> str:
    return f"{day(origin.published)} ({origin.published_how})" if origin.published else "unknown"


def _field_lines(mention: Mention) -> Iterator[tuple[str, str, str]]:
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
            yield _PARTS[field], part.text, rules.get(field, "")
    if mention.relation:
        words = f"{mention.relation.to.text}"
        yield RELATIONS[mention.relation.type], words, rules.get("relation", "")
    if mention.newness:
        cue = mention.newness
        yield "newness", f"{cue.status}: {cue.cue.text}", rules.get("newness", "")


def _print_match(screen: Screen, match: Match) -> None:
    score = f"score {match.score / 100:.2f}"
    screen.heading("match", f"{match.left} = {match.right}", f"one claim, {score}")
    for reason in match.reasons:
        screen.labelled(f"{reason.weight / 100:+.2f}", reason.text)


def _document_lines(document: Document) -> Iterator[tuple[str, str]]:
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
