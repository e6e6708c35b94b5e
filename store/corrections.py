"""What people corrected: a mention as it counts, beside the one that the machine read.

Nothing of what was read is changed. What a person says takes its place in claims, matching, pots
and questions for as long as the decision holds, whatever texts are read again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, cast, get_args

from records.decision import Decision
from records.jsonio import amount_from_dict, timeframe_from_dict
from records.mention import (
    SPAN_FIELDS,
    Amount,
    Kind,
    Mention,
    Newness,
    NewnessStatus,
    RelationType,
    Timeframe,
)
from records.span import Span
from store.canonical import canonical

CHANGES = ("correct", "reject")
"""Words of decisions that make a field say something else than was read."""
OF_AMOUNT = ("bounds", "approximate", "per")
"""Fields that a corrected amount says itself."""


def changes_a_field(decision: Decision) -> bool:
    """Tell whether a decision makes a field say something else than was read."""
    return decision.field is not None and decision.word in CHANGES


def corrected(mention: Mention, decisions: Iterable[Decision]) -> Mention | None:
    """Return a mention as people corrected it; None where nobody did.

    A field that was rejected says nothing: an amount without bounds, the kind `other`.

    Args:
        mention: As it was read.
        decisions: What holds of it, also what is no correction.
    """
    found = mention
    for one in filter(changes_a_field, decisions):
        found = _with(found, one)
    return None if found is mention else found


def reading_text(read: Amount | Timeframe | None) -> str | None:
    """Return what a corrected value was read as, as canonical JSON; None for nothing."""
    return None if read is None else canonical(read.to_dict()).decode()


def read_reading(text: str | None, field: str | None) -> Amount | Timeframe | None:
    """Read what `reading_text` wrote."""
    if text is None:
        return None
    data = json.loads(text)
    return amount_from_dict(data) if field == "amount" else timeframe_from_dict(data)


def _with(mention: Mention, decision: Decision) -> Mention:
    field, value, read = decision.field or "", decision.value, decision.read_as
    rules = {name: rule for name, rule in mention.rules.items() if name != field}
    if value is not None:
        rules[field] = decision.id
    changes: dict[str, Any] = {}
    if field == "amount":
        changes["amount"] = _amount(mention, read)
        rules = {name: rule for name, rule in rules.items() if name not in OF_AMOUNT}
    elif field == "timeframe":
        frame = read if isinstance(read, Timeframe) else None
        changes[field] = frame and replace(frame, span=_beside(mention, frame.span.text))
    elif field == "kind":
        changes[field] = value if value in get_args(Kind) else "other"
    elif field == "relation":
        known = mention.relation if value in get_args(RelationType) else None
        changes[field] = known and replace(known, type=cast("RelationType", value))
    elif field == "newness":
        cue = mention.newness.cue if mention.newness else _beside(mention, value or field)
        changes[field] = Newness(cast("NewnessStatus", value), cue) if value else None
    elif field in SPAN_FIELDS:
        changes[field] = _beside(mention, value) if value else None
    return replace(mention, **changes, rules=rules)


def _amount(mention: Mention, read: Amount | Timeframe | None) -> Amount:
    if isinstance(read, Amount):
        return replace(read, span=_beside(mention, read.span.text))
    known = mention.amount
    return replace(known, low=None, high=None, per=None, approximate=False, vague=True)


def _beside(mention: Mention, words: str) -> Span:
    """Return a person's words where the amount stands: they need not stand in the text."""
    start = mention.amount.span.start
    return Span(start, start + len(words), words)
