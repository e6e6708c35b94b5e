"""What people said of fields as examples for rules, in the marks that rule files use."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from earmark.tracing import field_words
from records.claim import Claim, StoredMention
from records.decision import Decision
from records.mention import SPAN_FIELDS

HEAD = """\
# What people decided about fields, as examples for rules: `example` must be read as it is marked,
# `not_example` must not be read by `rule`. Copy them to the examples of a rule (docs/rules.md).
"""
MARKED = (*SPAN_FIELDS, "timeframe")
"""Fields that are words of the sentence; the others stand behind ` =>`."""
_MARKS = "[]{}"


def cases_of(claims: Iterable[Claim]) -> Iterator[str]:
    """Yield the head of a TOML file, and a `[[case]]` for each field that was decided about.

    A sentence that holds a mark of its own (`[`, `{`), or words that do not stand in it, gives the
    case without an example: its `sentence` and its `value`.
    """
    yield HEAD
    for claim in claims:
        for stored in claim.mentions:
            for decision in stored.decisions:
                if decision.field is not None and decision.word != "not_sure":
                    yield _case(stored, decision, decision.field)


def _case(stored: StoredMention, decision: Decision, field: str) -> str:
    read = field_words(stored, field)
    value = decision.value if decision.word == "correct" else read
    facts = {
        "id": decision.id,
        "decision": decision.word,
        "field": field,
        "rule": stored.mention.rules.get(field),
        "read": read,
        **_example(stored, decision, field, value),
        "by": decision.by,
        "decided": decision.at.date().isoformat(),
        "reason": decision.reason,
        "document": stored.provenance.sha256,
    }
    lines = [f"{key} = {_toml(fact)}\n" for key, fact in facts.items() if fact is not None]
    return "".join(["\n[[case]]\n", *lines])


def _example(
    stored: StoredMention, decision: Decision, field: str, value: str | None
) -> dict[str, str | None]:
    before, after = stored.provenance.before, stored.provenance.sentence_after
    amount = stored.mention.amount.span.text
    sentence = f"{before}{amount}{after}"
    whole = {"sentence": sentence, "value": value if decision.word != "reject" else None}
    if any(mark in sentence for mark in _MARKS):
        return whole
    marked = f"{before}[{amount}]{after}"
    if decision.word == "reject":
        return {"not_example": marked}
    if field not in MARKED:
        return {"example": f"{marked} => {value}"}
    told = value or ""
    sides = (before.count(told), after.count(told)) if told else (0, 0)
    if sum(sides) != 1:
        return whole
    words = f"{{{field}:{told}}}"
    if sides[0]:
        return {"example": f"{before.replace(told, words)}[{amount}]{after}"}
    return {"example": f"{before}[{amount}]{after.replace(told, words)}"}


def _toml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
