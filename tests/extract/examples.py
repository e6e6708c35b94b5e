"""Rule examples as data: the amount in `[…]`, its words in `{field:…}`, its value behind ` =>`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from extract.pipeline import extract
from extract.rulebook import Rule
from records.mention import Mention

PUBLISHED = date(2025, 9, 12)
_MARK = re.compile(r"\[(?P<amount>[^\]]+)\]|\{(?P<field>[a-z]+):|\}")


@dataclass(frozen=True)
class Example:
    """One example, its marks taken out.

    Attributes:
        text: The sentence.
        amount: Offsets of the marked amount.
        field: Name of the marked field; None when no words are marked.
        words: Offsets of the marked words.
        value: What stands behind ` => `; None when nothing does.
    """

    text: str
    amount: tuple[int, int]
    field: str | None
    words: tuple[int, int] | None
    value: str | None


def read_example(marked: str) -> Example:
    """Take the marks out of an example and keep where they stood."""
    sentence, arrow, value = marked.partition(" =>")
    pieces: list[str] = []
    length = position = 0
    amount: tuple[int, int] | None = None
    field, begin, words = None, 0, None
    for match in _MARK.finditer(sentence):
        pieces.append(sentence[position : match.start()])
        length += match.start() - position
        position = match.end()
        if match["amount"]:
            amount = (length, length + len(match["amount"]))
            pieces.append(match["amount"])
            length += len(match["amount"])
        elif match["field"]:
            field, begin = match["field"], length
        else:
            words = (begin, length)
    pieces.append(sentence[position:])
    assert amount, f"no amount is marked in {marked!r}"
    return Example("".join(pieces), amount, field, words, value.strip() if arrow else None)


def mention_of(example: Example) -> Mention | None:
    """Return the mention at the marked amount; None when none is found there."""
    for mention in extract(example.text, published=PUBLISHED):
        if (mention.amount.span.start, mention.amount.span.end) == example.amount:
            return mention
    return None


def fired(rule: Rule, mention: Mention) -> bool:
    """Tell whether the rule made any field of the mention."""
    return rule.id in mention.rules.values()


def value_of(prefix: str, mention: Mention) -> str:
    """Return what a rule of this file gives, in the words that examples use."""
    amount, when, relation = mention.amount, mention.timeframe, mention.relation
    if prefix in {"bound", "hedge"}:
        bounds = {str(b) if b is not None else "" for b in (amount.low, amount.high)}
        text = bounds.pop() if len(bounds) == 1 else f"{amount.low or ''}..{amount.high or ''}"
        return f"{text} ~" if amount.approximate else text
    if prefix == "per":
        return amount.per or ""
    if prefix == "kind":
        return mention.kind
    if prefix == "newness":
        return mention.newness.status if mention.newness else ""
    if prefix == "relation":
        return f"{relation.type} {relation.to.text}" if relation else ""
    assert prefix == "timeframe", f"rules of {prefix!r} give no value"
    assert when is not None
    days = f"{when.start or ''}..{when.until or ''}" if when.start or when.until else ""
    return " ".join(part for part in (when.duration or "", days) if part)
