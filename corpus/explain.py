"""Errors in words: one line for each gold mention or prediction that is not right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus import compare
from corpus.compare import PURPOSE_KINDS, Mention
from corpus.pairing import Paired


def explain(name: str, paired: Paired) -> list[str]:
    """Return the errors of one document in the order of its text, each on one line."""
    lines = [(gold, "MISSED") for gold in paired.missed]
    lines += [(predicted, "FALSE") for predicted in paired.false]
    lines += [
        (gold, "; ".join(wrong))
        for gold, predicted in paired.matched
        if (wrong := list(_differences(gold, predicted)))
    ]
    lines.sort(key=lambda line: line[0]["amount"]["start"])
    return [
        " ".join(f"{name}:{m['amount']['start']} {m['amount'].get('text')!r} {what}".split())
        for m, what in lines
    ]


def _differences(gold: Mention, predicted: Mention) -> Iterator[str]:
    yield from _amounts(gold, predicted)
    if not compare.timeframe_right(gold, predicted):
        yield f"timeframe {_time(gold)} got {_time(predicted)}"
    if gold.get("kind") != predicted.get("kind"):
        yield f"kind {gold.get('kind')} got {predicted.get('kind')}"
    for field in ("purpose", "excludes", "recipient", "funder", "attribution"):
        if field in {"purpose", "excludes"} and gold.get("kind") not in PURPOSE_KINDS:
            continue
        wanted, got = compare.quote(gold, field), compare.quote(predicted, field)
        if (wanted or got) and not compare.alike(wanted, got):
            yield f"{field} {wanted!r} got {got!r}"
    if not _same_relation(gold.get("relation"), predicted.get("relation")):
        yield f"relation {_relation(gold)} got {_relation(predicted)}"


def _amounts(gold: Mention, predicted: Mention) -> Iterator[str]:
    a, b = gold["amount"], predicted["amount"]
    if not compare.same_span(gold, predicted):
        yield f"span got {b.get('text')!r}"
    if not compare.same_amount(gold, predicted):
        yield f"value {_value(a)} got {_value(b)}"
    for key in ("approximate", "per"):
        if (a.get(key) or None) != (b.get(key) or None):
            yield f"{key} {a.get(key)} got {b.get(key)}"


def _same_relation(gold: Mention | None, predicted: Mention | None) -> bool:
    if gold and predicted:
        return compare.same_relation(gold, predicted)
    return not gold and not predicted


def _value(amount: Mention) -> str:
    return f"{amount.get('currency')} {amount.get('low')}..{amount.get('high')}"


def _time(mention: Mention) -> str:
    time: dict[str, Any] | None = mention.get("timeframe")
    if not time:
        return "none"
    bounds = f"{time.get('from') or ''}..{time.get('until') or ''}"
    return f"{time.get('text')!r} ({time.get('duration') or ''} {bounds})"


def _relation(mention: Mention) -> str:
    relation = mention.get("relation")
    return f"{relation.get('type')} @{relation['to']['start']}" if relation else "none"
