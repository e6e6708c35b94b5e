"""Rule examples as data: the amount in `[…]`, its words in `{field:…}`, its value behind ` =>`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from extract.pipeline import extract
from extract.rulebook import Rule
from extract.rulefiles import Rulebook
from records.errors import RuleFileError
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
    if amount is None:
        raise RuleFileError(f"no amount is marked with [...] in the example {marked!r}")
    return Example("".join(pieces), amount, field, words, value.strip() if arrow else None)


def fault(rule: Rule, marked: str, book: Rulebook) -> str | None:
    """Return what is wrong with how an example of a rule is read; None when all is as marked."""
    example = read_example(marked)
    mention = _mention_of(example, book)
    if mention is None:
        return "no amount is found at its mark"
    if rule.id not in mention.rules.values():
        return f"the rule did not fire; made by {dict(mention.rules)}"
    if example.words and example.field:
        wanted = example.text[slice(*example.words)]
        read = dict(mention.spans()).get(example.field)
        if read is None or read.text != wanted:
            return f"{example.field} is {read.text if read else None!r}, not {wanted!r}"
    prefix = rule.id.split(".")[0]
    if example.value is not None and (value := _value_of(prefix, mention)) != example.value:
        return f"the value is {value!r}, not {example.value!r}"
    return None


def counter_fault(rule: Rule, marked: str, book: Rulebook) -> str | None:
    """Return what is wrong with how a counter-example is read; None when the rule lets it be."""
    mention = _mention_of(read_example(marked), book)
    if mention is None:
        return "no amount is found at its mark"
    return "the rule fired" if rule.id in mention.rules.values() else None


def _mention_of(example: Example, book: Rulebook) -> Mention | None:
    for mention in extract(example.text, published=PUBLISHED, book=book):
        if (mention.amount.span.start, mention.amount.span.end) == example.amount:
            return mention
    return None


def _value_of(prefix: str, mention: Mention) -> str:
    """Return what a rule of this file gives, in the words that examples use."""
    amount, when, relation = mention.amount, mention.timeframe, mention.relation
    if prefix in {"bound", "hedge"}:
        bounds = {str(b) if b is not None else "" for b in (amount.low, amount.high)}
        text = bounds.pop() if len(bounds) == 1 else f"{amount.low or ''}..{amount.high or ''}"
        return f"{text} ~" if amount.approximate else text
    days = ""
    if when and (when.start or when.until):
        days = f"{when.start or ''}..{when.until or ''}"
    values = {
        "per": amount.per,
        "kind": mention.kind,
        "newness": mention.newness and mention.newness.status,
        "relation": relation and f"{relation.type} {relation.to.text}",
        "table": f"{amount.currency} {amount.low}",
        "timeframe": when and " ".join(part for part in (when.duration or "", days) if part),
    }
    return values.get(prefix) or ""
