"""Where the fields of a mention or a claim come from: rules, sources, words, and how sure."""

from __future__ import annotations

from collections.abc import Iterator

from earmark.reader import ReadWith
from extract.confidence import confidences
from extract.grammar.qualifiers import words_of
from extract.origins import origins_of
from extract.rulefiles import Rulebook, rulebook
from records.claim import Claim, StoredMention
from records.mention import SPAN_FIELDS, Mention
from records.money import decimal_text
from records.span import Span
from records.why import FieldTrace, RuleSource, Trace
from store.corrections import OF_AMOUNT, changes_a_field

_ORDER = (
    "amount",
    "bounds",
    "approximate",
    "per",
    "kind",
    "timeframe",
    *SPAN_FIELDS,
    "relation",
    "newness",
)


def trace_of(claim: Claim, name: str, reading: ReadWith) -> Trace:
    """Trace every field of a mention, or each field of a claim to the mention that gives it.

    Args:
        claim: The claim.
        name: Its id, or that of one of its mentions.
        reading: What its documents were read with, as far as the user says.
    """
    book = rulebook(reading.rules)
    if name == claim.id:
        given = [
            trace
            for field, stored in _givers(claim)
            for trace in _fields(stored, book)
            if trace.field == field
        ]
    else:
        given = [trace for one in claim.mentions if one.id == name for trace in _fields(one, book)]
    named = {trace.mention for trace in given}
    mentions = tuple(stored for stored in claim.mentions if stored.id in named)
    return Trace(name, claim, mentions, tuple(given))


def _givers(claim: Claim) -> Iterator[tuple[str, StoredMention]]:
    """Yield what a claim says with the first mention that says just that."""
    figures = claim.currency, claim.low, claim.high, claim.per
    for field, wanted in (
        ("amount", figures),
        ("kind", (*figures, claim.kind)),
        ("timeframe", (claim.timeframe, claim.period_start, claim.period_until)),
        ("purpose", claim.purpose),
        ("recipient", claim.recipient),
        ("funder", claim.funder),
    ):
        for stored in claim.mentions:
            if _says(stored.counted, field) == wanted:
                yield field, stored
                break


def _says(mention: Mention, field: str) -> object:
    amount, frame = mention.amount, mention.timeframe
    figures = amount.currency, amount.low, amount.high, amount.per
    if field == "timeframe":
        return frame and (frame.span.text, frame.start, frame.until)
    if field in {"amount", "kind"}:
        return figures if field == "amount" else (*figures, mention.kind)
    span: Span | None = getattr(mention, field)
    return span and span.text


def _fields(stored: StoredMention, book: Rulebook) -> Iterator[FieldTrace]:
    mention = stored.mention
    sure, spans = confidences(mention.rules), dict(mention.spans())
    yield from _by_people(stored, book)
    decided = {one.field for one in stored.decisions if changes_a_field(one)}
    decided.update(OF_AMOUNT if "amount" in decided else ())
    for field in sorted(mention.rules.keys() - decided, key=_ORDER.index):
        yield FieldTrace(
            field=field,
            mention=stored.id,
            value=value_of(mention, field),
            span=spans.get(field) or _beside(stored, mention.rules[field], book),
            rules=tuple(RuleSource(*one) for one in origins_of(mention.rules[field], book)),
            confidence=sure.get(field),
        )


def _by_people(stored: StoredMention, book: Rulebook) -> Iterator[FieldTrace]:
    """Yield what people corrected, with what was read before, by its rules."""
    spans = dict(stored.counted.spans())
    for decision in filter(changes_a_field, stored.decisions):
        field = decision.field or ""
        read = field_words(stored, field)
        rule = stored.mention.rules.get(field, "")
        word = RuleSource(decision.id, f"{decision.told}; read: {read or 'nothing'}")
        yield FieldTrace(
            field=field,
            mention=stored.id,
            value=decision.value or "nothing",
            span=spans.get(field) if field == "relation" else None,
            rules=(word, *(RuleSource(*one) for one in origins_of(rule, book) if rule)),
            confidence=None,
        )


def _beside(stored: StoredMention, rule: str, book: Rulebook) -> Span | None:
    """Find the words of a bound, a hedge or a rate again: mentions keep no span of them."""
    amount, origin = stored.mention.amount.span, stored.provenance
    found = words_of(rule, origin.before, origin.sentence_after, book)
    if found is None:
        return None
    words, edge = (
        (origin.before[slice(*found)] if found[1] else origin.before[found[0] :], amount.start)
        if found[0] < 0
        else (origin.sentence_after[slice(*found)], amount.end)
    )
    return Span(edge + found[0], edge + found[1], words)


def field_words(stored: StoredMention, field: str) -> str | None:
    """Return what a field says, in words, as it was read; None when it says nothing."""
    spans = dict(stored.mention.spans())
    value = value_of(stored.mention, field)
    if field in ("timeframe", "relation") and field in spans:
        return f"{value} {spans[field].text}" if field == "relation" else spans[field].text
    return value or (spans[field].text if field in spans else None)


def value_of(mention: Mention, field: str) -> str | None:
    """Return what a field says where that is no quote; None for a field that is its words."""
    amount, frame = mention.amount, mention.timeframe
    low, high = ("open" if x is None else decimal_text(x) for x in (amount.low, amount.high))
    days = [day.isoformat() if day else ".." for day in (frame.start, frame.until)] if frame else []
    values = {
        "amount": f"{amount.currency} {low if low == high else f'{low} to {high}'}",
        "approximate": "hedged",
        "per": amount.per,
        "kind": mention.kind,
        "timeframe": (frame and frame.duration) or "/".join(days),
        "relation": mention.relation and mention.relation.type,
        "newness": mention.newness and mention.newness.status,
    }
    return values.get(field) or None
