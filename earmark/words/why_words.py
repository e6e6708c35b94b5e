"""Why a field says what it says, and why two sums are one or two, in words and as data."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from earmark.words.fields import RELATIONS
from earmark.words.wording import mention_amount
from store.exports.jsonl import decision_data, mention_data

if TYPE_CHECKING:
    from records.claim import StoredMention
    from records.why import FieldTrace, Judgement, Trace


def trace_words(field: FieldTrace, stored: StoredMention) -> str:
    """Say what a field says, on which words, by which rule, and how sure that is."""
    said = field.value or ""
    if field.field == "amount":
        said = mention_amount(stored.counted.amount)
    if field.span:
        quoted = f"“{field.span.text}”{_far(field, stored)}"
        related = RELATIONS.get(said)
        said = f"{related} {quoted}" if related else f"{said}, from {quoted}" if said else quoted
    rules = "; ".join(
        f"{rule.id}: {rule.source or 'a rule that is not loaded; name its folder with --rules'}"
        for rule in field.rules
    )
    sure = "" if field.confidence is None else f", right {field.confidence * 100:.0f} in 100"
    return f"{said}  ({rules}{sure})"


def _far(field: FieldTrace, stored: StoredMention) -> str:
    """Say where words stand that are not in the sentence of the amount."""
    assert field.span is not None  # noqa: S101 - asked only of fields with words
    amount, origin = stored.mention.amount.span, stored.provenance
    start = amount.start - len(origin.before)
    end = amount.end + len(origin.sentence_after)
    if start <= field.span.start and field.span.end <= end:
        return ""
    return f", elsewhere, characters {field.span.start} to {field.span.end}"


def trace_data(trace: Trace) -> dict[str, object]:
    """Return where fields come from as data for JSON."""
    return {
        "id": trace.id,
        "claim": trace.claim.id,
        "mentions": [mention_data(stored) for stored in trace.mentions],
        "fields": [
            {**asdict(field), "span": field.span and field.span.to_dict()} for field in trace.fields
        ],
    }


def judgement_data(judgement: Judgement) -> dict[str, object]:
    """Return why two sums are one or two as data for JSON."""
    return {
        **asdict(judgement),
        "decisions": [decision_data(one) for one in judgement.decisions],
        "verdict": "same" if judgement.same else "different",
    }
