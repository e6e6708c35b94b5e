"""Amounts in raw text: every written form, its exact span, its currency and its bounds as written.

Words around an amount (`up to`, `about`, `a year`) are not read here: see `grammar.qualifiers`.
Source: docs/annotation.md, "amount", and its rulings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from extract.grammar.currencies import Currencies, currencies
from extract.grammar.numbers import (
    DIGITS,
    SPACED_DIGITS,
    multiplier_of,
    multiplier_pattern,
    number_of,
    word_number_of,
    word_number_pattern,
)
from extract.rulebook import pattern

_CHANGE = pattern("amount.change")
_RANGING = pattern("amount.ranging")
_BETWEEN = re.compile(r"\bbetween\s(?:[\w']+\s){0,2}$", re.I)
_LIST_END = re.compile(r"\s*(?:[,.;:)\"]|$|(?:and|or|for|to|on|in|respectively)\b)")


@dataclass(frozen=True, slots=True)
class FoundAmount:
    """An amount as its own characters give it.

    Attributes:
        start: First code point of number, multiplier and currency together.
        end: One past the last.
        currency: ISO 4217.
        low: Lower bound in whole units; None only when vague.
        high: Upper bound; equal to `low` unless the text gives a range.
        rule: Id of the form.
        vague: Has no bounds (`millions of pounds`).
    """

    start: int
    end: int
    currency: str
    low: Decimal | None
    high: Decimal | None
    rule: str
    vague: bool = False


def find_amounts(text: str, country: str) -> list[FoundAmount]:
    """Return every amount of a folded text in order, none overlapping another.

    Args:
        text: What `fold` returned.
        country: ISO 3166 alpha-2 of the document; reads `$`, `kr`, `Rs`, `¥`.
    """
    known = currencies(country)
    patterns = _patterns(known)
    vague = [
        FoundAmount(
            m.start(), m.end(), known.vague_currency(m), None, None, "amount.vague", vague=True
        )
        for m in patterns.vague.finditer(text)
    ]
    found: list[FoundAmount] = []
    position = 0
    while match := patterns.atom.search(text, position):
        amount = _atom(match, known)
        if amount is None:
            position = match.start() + 1
            continue
        amount = _with_range(amount, match, text, patterns, known)
        found.append(amount)
        found.extend(_signless(amount, text, patterns))
        position = found[-1].end
    firm = [a for a in found if not any(a.start < v.end and v.start < a.end for v in vague)]
    return sorted([*vague, *firm], key=lambda amount: amount.start)


@dataclass(frozen=True, slots=True)
class _Patterns:
    atom: re.Pattern[str]
    tail: re.Pattern[str]
    signless: re.Pattern[str]
    vague: re.Pattern[str]


_COMPILED: dict[str, _Patterns] = {}


def _patterns(known: Currencies) -> _Patterns:
    """Compile the forms once for each set of signs; there are two, with and without cent signs."""
    if known.key not in _COMPILED:
        _COMPILED[known.key] = _compile(known)
    return _COMPILED[known.key]


def _compile(known: Currencies) -> _Patterns:
    number, mult, words = DIGITS, multiplier_pattern(), word_number_pattern()
    sign = rf"(?P<sign>{known.sign_pattern})"
    left = r"(?<![\w.,])"
    joint = r"(?:\s?-\s?|\s(?:to|or|and)\s)"
    atom = (
        rf"{sign}\s?(?P<digits>{SPACED_DIGITS}|{number})(?P<mult>{mult})?"
        rf"|{left}(?:(?P<digits0>{number})(?P<mult0>{mult})?(?P<joint>{joint}))?"
        rf"(?P<digits2>{number})(?P<mult2>{mult})?(?P<word>{known.unit_pattern})"
        rf"|\b(?:(?P<words0>{words})(?P<jointw>\s(?:to|or|and)\s))?"
        rf"(?P<words>{words}|an?(?=[\s-](?:thousand|million|billion|trillion|lakh|crore)))"
        rf"(?P<mult3>(?:[\s-](?:hundred|thousand|million|billion|trillion|lakh|crore)s?\b){{0,2}})"
        rf"(?P<word3>[\s-](?:{known.word_pattern})(?![\w]))"
    )
    tail = (
        rf"(?P<joint>{joint})(?P<sign>{known.sign_pattern})?\s?"
        rf"(?P<digits>{number})(?P<mult>{mult})?"
    )
    signless = rf"(?:,?\s(?:and|or)|,)\s(?P<digits>{number})(?P<mult>{mult})"
    return _Patterns(
        re.compile(atom, re.I),
        re.compile(tail, re.I),
        re.compile(signless, re.I),
        re.compile(known.vague_pattern, re.I),
    )


def _atom(match: re.Match[str], known: Currencies) -> FoundAmount | None:
    """Read one matched form; None where it only looks like money."""
    group = match.groupdict()
    if group["sign"]:
        unit = known.by_sign(group["sign"])
        if unit is None or (unit.needs_multiplier and not group["mult"]):
            return None
        value = number_of(group["digits"]) * multiplier_of(group["mult"])
        return _point(match, unit.currency, value * unit.scale, "amount.sign")
    if group["word"]:
        return _before_word(match, known)
    unit = known.by_word(group["word3"])
    if unit is None or not _plausible(match, bare=unit.bare, scaled=bool(group["mult3"])):
        return None
    scale = unit.scale
    for name in re.split(r"[\s-]", (group["mult3"] or "").strip(" -")):
        scale *= 100 if name.lower() == "hundred" else multiplier_of(name.rstrip("s"))
    words = group["words"].lower()
    high = (Decimal(1) if words in {"a", "an"} else word_number_of(words)) * scale
    low = word_number_of(group["words0"]) * scale if group["words0"] else high
    return FoundAmount(match.start(), match.end(), unit.currency, low, high, "amount.words")


def _before_word(match: re.Match[str], known: Currencies) -> FoundAmount | None:
    group = match.groupdict()
    unit = known.by_word(group["word"])
    if unit is None or not _plausible(match, bare=unit.bare, scaled=bool(group["mult2"])):
        return None
    factor = multiplier_of(group["mult2"]) * unit.scale
    high = number_of(group["digits2"]) * factor
    if not group["digits0"]:
        return _point(match, unit.currency, high, "amount.word")
    own = multiplier_of(group["mult0"]) * unit.scale if group["mult0"] else factor
    low = number_of(group["digits0"]) * own
    joint = group["joint"].strip().lower()
    is_range = low < high and (joint in {"-", "to", "or"} or _follows_between(match))
    if is_range:
        return FoundAmount(match.start(), match.end(), unit.currency, low, high, "amount.range")
    return FoundAmount(
        match.start("digits2"), match.end(), unit.currency, high, high, "amount.word"
    )


def _point(match: re.Match[str], currency: str, value: Decimal, rule: str) -> FoundAmount:
    return FoundAmount(match.start(), match.end(), currency, value, value, rule)


def _plausible(match: re.Match[str], *, bare: bool, scaled: bool) -> bool:
    """Refuse weights (`5 pounds of flour`, `a 30-pound dog`) and bare units unscaled."""
    if scaled:
        return True
    following = match.string[match.end() : match.end() + 4]
    hyphened = "-" in match.group()[-8:] and match.group().endswith(("pound", "dollar", "euro"))
    return not (
        bare or hyphened or (match.group().lower().endswith("pounds") and following == " of ")
    )


def _follows_between(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 40) : match.start()]
    return bool(_BETWEEN.search(before))


def _with_range(
    amount: FoundAmount, match: re.Match[str], text: str, patterns: _Patterns, known: Currencies
) -> FoundAmount:
    """Widen a signed amount to a range where its tail is the other bound (`£2-3m`)."""
    if amount.rule != "amount.sign" or not (tail := patterns.tail.match(text, amount.end)):
        return amount
    joint, sign, mult = tail["joint"], tail["sign"], tail["mult"]
    unit = known.by_sign(sign) if sign else None
    if sign and (unit is None or unit.currency != amount.currency):
        return amount
    shared = match["mult"] is None and mult is not None
    before = text[max(0, amount.start - 60) : amount.start]
    word = joint.strip().lower()
    follows = _BETWEEN.search(before) is not None
    joined = {
        "-": bool(sign or mult or joint == "-"),
        "to": bool(sign or shared) and (follows or _is_span_of_values(before)),
        "or": shared,
        "and": follows,
    }[word]
    if not joined or amount.low is None:
        return amount
    high = number_of(tail["digits"]) * multiplier_of(mult)
    low = amount.low * multiplier_of(mult) if shared else amount.low
    if low >= high and shared:
        low = amount.low
    if low >= high or (
        word == "-" and not (sign or mult) and text[tail.end() : tail.end() + 1] == "-"
    ):
        return amount
    return replace(amount, end=tail.end(), low=low, high=high, rule="amount.range")


def _is_span_of_values(before: str) -> bool:
    """Tell a range (`£2m to £3m`) from a change (`rose from £2m to £3m`)."""
    return bool(_RANGING.search(before)) or not _CHANGE.search(before)


def _signless(amount: FoundAmount, text: str, patterns: _Patterns) -> Iterator[FoundAmount]:
    """Yield the amounts without a sign that continue a list (`£2.1bn, 2.3bn and 1.5bn`)."""
    end = amount.end
    while match := patterns.signless.match(text, end):
        if not _LIST_END.match(text, match.end()):
            return
        value = number_of(match["digits"]) * multiplier_of(match["mult"])
        start, end = match.start("digits"), match.end()
        yield FoundAmount(start, end, amount.currency, value, value, "amount.list")
