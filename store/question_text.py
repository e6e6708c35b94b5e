"""Write a question back in the question language: one text for one meaning.

What `parse` reads from it is the same condition, so a page, a cursor or a saved question can name
what was asked.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from records.money import decimal_text
from store.question_terms import (
    AllOf,
    AmountTerm,
    AnyOf,
    Condition,
    CurrencyTerm,
    DayTerm,
    IdTerm,
    Not,
    OriginsTerm,
    Question,
    RateTerm,
    Sort,
    Term,
    TextTerm,
    WordTerm,
)
from store.question_values import DOLLARS, SCALES, YEN, read_amount

_SUFFIXES = (("tn", 12), ("bn", 9), ("m", 6), ("k", 3), ("", 0))
_BARE = re.compile(rf"(?!(?:OR|AND|NOT|{'|'.join(filter(None, SCALES))})$)[A-Za-z]+", re.IGNORECASE)
"""Words that need no quotation marks wherever they stand; a scale would join a number before it."""


def question_text(question: Question) -> str:
    """Return a question in the language: its condition, then its order; empty where it has none."""
    parts = []
    if question.condition is not None:
        parts.append(condition_text(question.condition))
    if question.sort is not None:
        # Beside OR an order would belong to its last side.
        parts = [f"({part})" for part in parts] if isinstance(question.condition, AnyOf) else parts
        parts.append(sort_text(question.sort))
    return " ".join(parts)


def sort_text(sort: Sort) -> str:
    """Return an order as a term: `sort:-amount`."""
    return f"sort:{'-' if sort.descending else ''}{sort.field}"


def condition_text(condition: Condition) -> str:
    """Return a condition in the language."""
    match condition:
        case AllOf(parts):
            return " ".join(
                f"({condition_text(part)})"
                if isinstance(part, AllOf | AnyOf)
                else condition_text(part)
                for part in parts
            )
        case AnyOf(parts):
            return " OR ".join(
                f"({condition_text(part)})" if isinstance(part, AnyOf) else condition_text(part)
                for part in parts
            )
        case Not(part):
            within = condition_text(part)
            return f"-({within})" if isinstance(part, AllOf | AnyOf | Not) else f"-{within}"
        case _:
            return _term(condition)


def _term(term: Term) -> str:
    match term:
        case AmountTerm():
            return f"{term.field}:{amount_text(term)}"
        case TextTerm("quote", text):
            return text if _BARE.fullmatch(text) else f'"{text}"'
        case TextTerm(field, text):
            return f"{field}:{text}" if _BARE.fullmatch(text) else f'{field}:"{text}"'
        case DayTerm():
            return f"{term.field}:{_days(term)}"
        case WordTerm(field, words):
            return f"{field}:{','.join(words)}"
        case _:
            return _plain(term)


def _plain(term: CurrencyTerm | RateTerm | IdTerm | OriginsTerm) -> str:
    match term:
        case CurrencyTerm(codes):
            return f"currency:{'$' if codes == DOLLARS else ','.join(codes)}"
        case RateTerm(per):
            word = "total" if per is None else per
            return f"rate:{word}" if _BARE.fullmatch(word) else f'rate:"{word}"'
        case IdTerm(field, id_):
            return f"{field}:{id_}"
        case OriginsTerm(least, most):
            return f"origins:{_count(least, most)}"


def amount_text(term: AmountTerm) -> str:
    """Return the value of a term on amounts: `>=1bn`, `GBP1bn..6bn`, `~2.0bn`."""
    sign = _SIGNS.get(term.currencies) or "".join(term.currencies)
    low, high = term.low, term.high
    if low is not None and high is not None:
        if term.stated:
            return _stated(term, sign, low, high)
        return "..".join(_ends(sign, low, high))
    if low is not None:
        return f"{'>=' if term.low_included else '>'}{sign}{_number(low)}"
    assert high is not None  # noqa: S101 - a term has a limit
    return f"{'<=' if term.high_included else '<'}{sign}{_number(high)}"


_SIGNS = {DOLLARS: "$", YEN: "¥"}


def _ends(sign: str, low: Decimal, high: Decimal) -> tuple[str, str]:
    """Return both ends of a range, both with a scale or none: `1..6bn` would be unclear."""
    left, right = _number(low), _number(high)
    if left[-1].isdigit() != right[-1].isdigit():
        left, right = decimal_text(low), decimal_text(high)
    return sign + left, right


def _stated(term: AmountTerm, sign: str, low: Decimal, high: Decimal) -> str:
    """Return a figure, or the form of it that reaches as far: `~2bn`, `~2.0bn`, `2bn~10%`."""
    if low == high:
        return sign + _number(low)
    middle, reach = (low + high) / 2, (high - low) / 2
    power = (reach * 2).adjusted()
    written = (
        f"~{sign}{middle.scaleb(-scale):.{max(0, scale - power)}f}{suffix}"
        for suffix, scale in _SUFFIXES
    )
    tolerant = f"{sign}{_number(middle)}~{decimal_text(reach * 100 / middle) if middle else 0}%"
    return next((text for text in written if _means(text, term)), tolerant)


def _means(text: str, term: AmountTerm) -> bool:
    read = read_amount(text)
    return (read.low, read.high) == (term.low, term.high)


def _number(value: Decimal) -> str:
    """Return a number with the largest scale that leaves it at most three decimals."""
    for suffix, scale in _SUFFIXES:
        short = decimal_text(value.scaleb(-scale))
        if suffix and abs(value) >= Decimal(10) ** scale and len(short.partition(".")[2]) <= 3:  # noqa: PLR2004 - beyond, digits read better
            return short + suffix
    return decimal_text(value)


def _days(term: DayTerm) -> str:
    first, last = term.first, term.last
    if first and last and term.field != "by":
        if (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31)):
            return f"{first.year:04d}"
        if first == last:
            return first.isoformat()
    return f"{first.isoformat() if first else ''}..{last.isoformat() if last else ''}"


def _count(least: int, most: int | None) -> str:
    if most is None:
        return f">={least}"
    if least == most:
        return str(least)
    return f"<{most + 1}"
