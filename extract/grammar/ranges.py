"""Two numbers that make one amount, and numbers without a sign that go on with a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from extract.grammar.currencies import Currencies
from extract.grammar.forms import Forms
from extract.grammar.found import FoundAmount
from extract.grammar.numbers import DIGITS, multiplier_of, multiplier_pattern, number_of
from extract.rulebook import pattern

_CHANGE = pattern("amount.change")
_RANGING = pattern("amount.ranging")
_BETWEEN = re.compile(r"\b(?:[Bb]etween|BETWEEN)\s(?:[\w']+\s){0,2}$")
_LIST_END = re.compile(r"\s*(?:[,.;:)\"]|$|(?:and|or|for|to|on|in|a|per|from|by|respectively)\b)")
_NEXT = re.compile(
    rf"(?:,?\s(?:and|or|to|plus)|,|\s?\+)\s?(?P<digits>{DIGITS})(?P<mult>{multiplier_pattern()})"
)
_LATER = re.compile(
    r"(?:,?\s(?:and|plus|of\swhich|(?:up|down)\sfrom|against|compared\s(?:with|to)|from)|[,;]|,\swith)"
    rf"\s(?:(?:a\sfurther|another|about|around|nearly|some)\s)?(?P<digits>{DIGITS})"
    rf"(?P<mult>{multiplier_pattern()})(?=\s(?:for|to|towards|last|this|in\s[12][0-9]{{3}}|a\syear)\b|[.;)]|,\s)"
)
_LARGE = 1000
_CRORE = re.compile(r"(?i)cr(?:ore)?s?$")
_LAKHS = re.compile(
    r"(?i)(?=\s[0-9]{1,2}\s(?:lakh|thousand))(?:\s(?P<lakh>[0-9]{1,2})\slakhs?)?"
    r"(?:\s(?P<thousand>[0-9]{1,2})\sthousands?)?\b"
)
_INDIAN = {"lakh": 100_000, "thousand": 1_000}
_GAP = re.compile(
    r"[^.;:!?\n€$£₹0-9]{0,60}?(?=,|;|\s(?:and|plus|from|against|of\swhich|compared)\s)"
)


def follows_between(text: str, start: int) -> bool:
    """Tell whether `between` stands before a place."""
    return _BETWEEN.search(text, max(0, start - 40), start) is not None


def with_range(
    amount: FoundAmount, mult: str | None, text: str, forms: Forms, known: Currencies
) -> FoundAmount:
    """Widen a signed amount to a range where its tail is the other bound (`£2-3m`).

    Args:
        amount: With its sign.
        mult: Its own multiplier; None where it may share the tail's.
        text: Folded.
        forms: The patterns.
        known: The document's currencies.
    """
    if text[amount.end : amount.end + 1] not in "- " or amount.low is None:
        return amount
    tail = forms.tail.match(text, amount.end)
    if tail is None or not _joins(amount, mult, tail, text, known):
        return amount
    high = number_of(tail["digits"], points_group=known.points_group) * multiplier_of(tail["mult"])
    shared = mult is None and tail["mult"] is not None
    low = amount.low * multiplier_of(tail["mult"]) if shared else amount.low
    if low >= high and shared:
        low = amount.low
    if low >= high:
        return amount
    return replace(amount, end=tail.end(), low=low, high=high, rule="amount.range")


def with_lakhs(amount: FoundAmount, mult: str | None, text: str) -> FoundAmount:
    """Add the lakhs and thousands that go on with a sum in crores (`Rs 71 crore 70 lakh`)."""
    if mult is None or amount.low is None or not _CRORE.search(mult):
        return amount
    rest = _LAKHS.match(text, amount.end)
    if rest is None:
        return amount
    value = amount.low + sum(
        int(rest[name]) * scale for name, scale in _INDIAN.items() if rest[name] is not None
    )
    return replace(amount, end=rest.end(), low=value, high=value)


def _joins(
    amount: FoundAmount, mult: str | None, tail: re.Match[str], text: str, known: Currencies
) -> bool:
    sign, tail_mult = tail["sign"], tail["mult"]
    unit = known.by_sign(sign) if sign else None
    if sign and (unit is None or unit.currency != amount.currency):
        return False
    shared = mult is None and tail_mult is not None
    word = tail["joint"].strip()
    between = follows_between(text, amount.start)
    if word == "-":
        glued = tail["joint"] == "-" and text[tail.end() : tail.end() + 1] not in {"-", "/"}
        return bool(sign or tail_mult or (glued and not mult))
    if word == "or":
        return shared
    if word == "and":
        return between
    before = text[max(0, amount.start - 60) : amount.start]
    if word == "up to":
        return bool(sign and _RANGING.search(before))
    both = bool(mult and tail_mult) and _LIST_END.match(text, tail.end()) is not None
    return bool(sign or shared or both or between) and (between or _is_span_of_values(before))


def _is_span_of_values(before: str) -> bool:
    """Tell a range (`£2m to £3m`) from a change (`rose from £2m to £3m`)."""
    return bool(_RANGING.search(before)) or not _CHANGE.search(before)


def range_behind(text: str, amount: FoundAmount, other: FoundAmount) -> FoundAmount | None:
    """Join `20p-30p` and `5 million euros to 6 million euros`; None where they are two amounts."""
    joint = text[amount.end : other.start].strip()
    if amount.low is None or other.high is None or amount.currency != other.currency:
        return None
    before = text[max(0, amount.start - 60) : amount.start]
    joins = {
        "-": True,
        "to": _is_span_of_values(before),
        "and": follows_between(text, amount.start),
    }.get(joint, False)
    if not joins or amount.low >= other.high:
        return None
    return replace(amount, end=other.end, high=other.high, rule="amount.range")


def continue_list(text: str, amount: FoundAmount) -> Iterator[FoundAmount]:
    """Yield the amounts without a sign that continue a list (`£2.1bn, 2.3bn and 1.5bn`)."""
    end = amount.end
    while match := _NEXT.match(text, end):
        if not _LIST_END.match(text, match.end()):
            return
        found = _listed(amount, match)
        end = found.end
        yield found
    if amount.high is None or amount.high < _LARGE:
        return
    while (gap := _GAP.match(text, end)) and (match := _LATER.match(text, gap.end())):
        found = _listed(amount, match)
        end = found.end
        yield found


def _listed(amount: FoundAmount, match: re.Match[str]) -> FoundAmount:
    value: Decimal = number_of(match["digits"]) * multiplier_of(match["mult"])
    start = match.start("digits")
    return FoundAmount(start, match.end("mult"), amount.currency, value, value, "amount.list")
