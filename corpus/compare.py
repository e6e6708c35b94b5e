"""When a predicted field is right: the comparisons that every figure of the scorer rests on.

A mention is the JSON object of a gold file (docs/annotation.md), read from such a file or printed
by the program. Every function takes what may be missing or odd in a prediction and calls it
different, never an error.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

Mention = Mapping[str, Any]

PURPOSE_KINDS = frozenset({"funding", "cost", "saving"})
ENOUGH = 0.5

# fmt: off
_STOP_WORDS = frozenset({
    "a", "an", "and", "are", "as", "at", "be", "been", "being", "by", "for", "from", "her",
    "his", "in", "into", "is", "it", "its", "my", "of", "on", "or", "our", "that", "the",
    "their", "these", "they", "this", "those", "to", "toward", "towards", "was", "we",
    "were", "which", "who", "whose", "will", "with", "would", "your",
})
# fmt: on
_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_LENGTH = re.compile(
    r"P(?:(?P<Y>[\d.]+)Y)?(?:(?P<M>[\d.]+)M)?(?:(?P<W>[\d.]+)W)?(?:(?P<D>[\d.]+)D)?(?P<T>T.*)?"
)


def words(text: str | None) -> Counter[str]:
    """Count the words of a phrase without stop words; with them when nothing else is left."""
    plain = (text or "").casefold().replace("\u2019", "'").replace("'s ", " ")
    found = Counter(_WORD.findall(plain))
    return Counter({w: n for w, n in found.items() if w not in _STOP_WORDS}) or found


def token_f1(left: str | None, right: str | None) -> float:
    """Return how much two phrases share, 0 to 1: harmonic mean of both shares of words."""
    a, b = words(left), words(right)
    return 2 * (a & b).total() / (a.total() + b.total()) if a and b else 0.0


def alike(left: str | None, right: str | None) -> bool:
    """Tell whether two phrases share half of their words or more."""
    return token_f1(left, right) >= ENOUGH


def number(value: object) -> Decimal | None:
    """Read a bound; None for an open bound and for what is no number."""
    try:
        return None if value is None else Decimal(str(value).replace(",", "")).normalize()
    except InvalidOperation:
        return None


def length(value: str | None) -> object:
    """Return an ISO 8601 duration in a form in which `P1Y` equals `P12M`, and `P1W` `P7D`."""
    found = _LENGTH.fullmatch(value or "")
    if not found:
        return value or None
    years, months, weeks, days = (Fraction(found[unit] or 0) for unit in "YMWD")
    return 12 * years + months, 7 * weeks + days, found["T"]


def overlap(left: Mention | None, right: Mention | None) -> bool:
    """Tell whether two spans share a character; a missing span shares none."""
    return bool(left and right and left["start"] < right["end"] and right["start"] < left["end"])


def is_vague(mention: Mention) -> bool:
    """Tell whether an amount has no bounds by nature (`millions of pounds`)."""
    return bool(mention["amount"].get("vague") or mention.get("vague"))


def quote(mention: Mention, field: str) -> str | None:
    """Return the words of a quoted field, None when it is absent."""
    part = mention.get(field)
    return part.get("text") if isinstance(part, Mapping) else part


def same_span(gold: Mention, predicted: Mention) -> bool:
    """Tell whether both amounts begin and end at the same places."""
    a, b = gold["amount"], predicted["amount"]
    return bool(a["start"] == b["start"] and a["end"] == b["end"])


def same_amount(gold: Mention, predicted: Mention) -> bool:
    """Tell whether currency and both bounds agree."""
    a, b = gold["amount"], predicted["amount"]
    bounds = all(number(a.get(key)) == number(b.get(key)) for key in ("low", "high"))
    return bounds and a.get("currency") == b.get("currency")


def same_time(gold: Mention, predicted: Mention) -> bool:
    """Tell whether two stated timeframes overlap in the text and agree in all their values."""
    days = all((gold.get(key) or None) == (predicted.get(key) or None) for key in ("from", "until"))
    lengths = length(gold.get("duration")) == length(predicted.get("duration"))
    return days and lengths and overlap(gold, predicted)


def timeframe_right(gold: Mention, predicted: Mention) -> bool:
    """Tell whether both have the same timeframe, or both none."""
    a, b = gold.get("timeframe"), predicted.get("timeframe")
    return same_time(a, b) if a and b else not a and not b


def purpose_right(gold: Mention, predicted: Mention) -> bool:
    """Tell whether the purposes are alike or both absent; always for income and other."""
    if gold.get("kind") not in PURPOSE_KINDS:
        return True
    a, b = quote(gold, "purpose"), quote(predicted, "purpose")
    return alike(a, b) if a and b else not a and not b


def same_relation_type(gold: Mention, predicted: Mention) -> bool:
    """Tell whether two stated relations are of one type."""
    return bool(gold.get("type") == predicted.get("type"))


def same_relation(gold: Mention, predicted: Mention) -> bool:
    """Tell whether two stated relations are of one type and point at the same amount."""
    return same_relation_type(gold, predicted) and overlap(gold.get("to"), predicted.get("to"))
