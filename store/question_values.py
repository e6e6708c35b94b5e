"""Read what stands after the colon of a question's term: amounts, currencies, numbers, words, ids.

Each reader takes the value without its quotation marks. What it cannot read it says as an
`UnreadableValueError` that names the piece at fault; `store.question` adds the place.
"""

from __future__ import annotations

import re
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from typing import NamedTuple

from records.money import currency_codes, display
from store.question_terms import (
    IDS,
    WORDS,
    AmountTerm,
    CurrencyTerm,
    IdField,
    IdTerm,
    OriginsTerm,
    WordField,
    WordTerm,
)

SCALES = {
    "": Decimal(1),
    **dict.fromkeys(("k", "thousand"), Decimal(10) ** 3),
    **dict.fromkeys(("lakh", "lakhs"), Decimal(10) ** 5),
    **dict.fromkeys(("m", "mn", "million"), Decimal(10) ** 6),
    **dict.fromkeys(("crore", "crores"), Decimal(10) ** 7),
    **dict.fromkeys(("b", "bn", "billion"), Decimal(10) ** 9),
    **dict.fromkeys(("tn", "trn", "trillion"), Decimal(10) ** 12),
}
YEN = ("JPY", "CNY")
SUFFIX_HINT = "Suffixes: k, m, bn, tn."
DOLLARS: tuple[str, ...] = (
    *("AUD", "BBD", "BMD", "BND", "BSD", "BZD", "CAD", "FJD", "GYD", "HKD", "JMD", "KYD"),
    *("LRD", "NAD", "NZD", "SBD", "SGD", "SRD", "TTD", "TWD", "USD", "XCD"),
)

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?:,\d{2})+,\d{3}|0|[1-9]\d*)(?:\.\d+)?"
_AMOUNT = re.compile(
    rf"(?P<sign>[^\d\s.,]*)\s*(?P<number>{_NUMBER})\s*(?P<suffix>[a-z]*)(?:\s+(?P<code>[a-z]+))?",
    re.I,
)
_TOLERANCE = re.compile(r"(.+?)\s*~\s*(\d{1,2}(?:\.\d+)?)\s*%")
# What a shell leaves of "$5m", "$2.1bn" and "$500m": its $5 and $2 are empty.
_EATEN = re.compile(rf"(?:(?:\.\d+|0\d+)\s*)?(?:{'|'.join(filter(None, SCALES))})|\.\d+|0\d+", re.I)
_WORDS_FOR = {"POUND": "GBP", "POUNDS": "GBP", "EURO": "EUR", "EUROS": "EUR"}


class UnreadableValueError(Exception):
    """A value that cannot be read.

    Attributes:
        piece: The part of the value at fault.
        what: What is wrong with it, a sentence.
        hint: What to know or to do, a sentence.
        instead: What could be meant in the piece's place; None when there is nothing to propose.
    """

    def __init__(self, piece: str, what: str, hint: str, instead: str | None = None) -> None:
        self.piece, self.what, self.hint, self.instead = piece, what, hint, instead
        super().__init__(what)


class _Figure(NamedTuple):
    """One written number.

    Attributes:
        value: In whole currency units.
        half_digit: Half of the last digit that counts; zeros that end a whole number do not count,
            so `2bn` and `2,000m` have the same.
        number: The digits as written.
        suffix: The scale as written; empty when there is none.
        currencies: Empty when none is written.
    """

    value: Decimal
    half_digit: Decimal
    number: str
    suffix: str
    currencies: tuple[str, ...]


@cache
def _signs() -> dict[str, tuple[str, ...]]:
    one = Decimal(1)
    signs = {display(one, code).removesuffix("1").strip(): (code,) for code in currency_codes()}
    return {**signs, "$": DOLLARS, "¥": YEN}


def read_currency(text: str) -> tuple[str, ...]:
    """Return the codes that a sign, a code or a word stands for; a bare `$` is any dollar.

    Raises:
        UnreadableValueError: No currency is written so.
    """
    word = text.upper()
    if word in ("DOLLAR", "DOLLARS"):
        return DOLLARS
    codes = _signs().get(word) or (_WORDS_FOR.get(word, word),)
    if codes[0] not in currency_codes():
        hint = "Write a sign or an ISO 4217 code: £, GBP, EUR, USD."
        raise UnreadableValueError(text, f'I know no currency "{text}".', hint)
    return codes


def read_currencies(text: str) -> CurrencyTerm:
    """Read currencies with commas between.

    Raises:
        UnreadableValueError: One is none.
    """
    codes = (code for part in text.split(",") for code in read_currency(part.strip()))
    return CurrencyTerm(tuple(dict.fromkeys(codes)))


def read_amount(text: str) -> AmountTerm:
    """Read a figure, a comparison, a range or a figure with a tolerance.

    Args:
        text: `2.1bn`, `>=1bn`, `1bn..6bn`, `..10m`, `~2bn`, `2bn~10%`, `£2.1 billion`, `GBP 2.1bn`.

    Raises:
        UnreadableValueError: It is none of these.
    """
    if ".." in text:
        return _amount_range(text)
    if tolerance := _TOLERANCE.fullmatch(text):
        figure = _figure(tolerance[1])
        return _around(figure, figure.value * Decimal(tolerance[2]) / 100)
    if text.startswith("~"):
        figure = _figure(text[1:].strip())
        return _around(figure, figure.half_digit)
    operator, rest = split_comparison(text)
    figure = _figure(rest)
    if not operator:
        return _around(figure, Decimal(0))
    included = operator in (">=", "<=")
    if operator[0] == ">":
        return AmountTerm(figure.value, None, low_included=included, currencies=figure.currencies)
    return AmountTerm(None, figure.value, high_included=included, currencies=figure.currencies)


def read_origins(text: str) -> OriginsTerm:
    """Read a number or a comparison with one: `2`, `=2`, `>=2`, `<3`.

    Raises:
        UnreadableValueError: It is none of these.
    """
    operator, rest = split_comparison(text.removeprefix("="))
    if not re.fullmatch(r"[0-9]{1,9}", rest):
        what = f'"{text}" is no number of origins.'
        raise UnreadableValueError(text, what, "Write a whole number.", ">=2")
    number = int(rest)
    least = {">": number + 1, "<": 0, "<=": 0}.get(operator, number)
    most = {"<": number - 1, "<=": number, "": number}.get(operator)
    return OriginsTerm(least, most)


def read_words(field: WordField, text: str) -> WordTerm:
    """Read words of a field with commas between, in any order.

    Raises:
        UnreadableValueError: The field has no such word.
    """
    known = WORDS[field]
    asked = [word.strip() for word in text.lower().split(",")]
    for word in asked:
        if word not in known:
            near = get_close_matches(word, known, 1)
            hint = f"Words: {', '.join(known)}."
            what = f'"{word}" is no word of {field}:.' if word else f"{field}: needs a word."
            raise UnreadableValueError(word, what, hint, near[0] if near else None)
    return WordTerm(field, tuple(word for word in known if word in asked))


def read_id(field: IdField, text: str) -> IdTerm:
    """Read an id, letter and number.

    Raises:
        UnreadableValueError: It is none, or of another kind.
    """
    found = re.fullmatch(rf"([{IDS[field]}])([0-9]{{1,18}})", text.lower())
    if not found:
        examples = " or ".join(f"{field}:{letter}7" for letter in IDS[field])
        raise UnreadableValueError(text, f'"{text}" is no id for {field}:.', f"Write {examples}.")
    return IdTerm(field, f"{found[1]}{int(found[2])}")


def split_comparison(text: str) -> tuple[str, str]:
    """Return the sign that a value begins with, empty for none, and the rest."""
    for operator in (">=", "<=", ">", "<"):
        if text.startswith(operator):
            return operator, text.removeprefix(operator).strip()
    return "", text


def _around(figure: _Figure, distance: Decimal) -> AmountTerm:
    low, high = figure.value - distance, figure.value + distance
    return AmountTerm(low, high, stated=True, currencies=figure.currencies)


def _amount_range(text: str) -> AmountTerm:
    left, right = (part.strip() for part in text.split("..", 1))
    low, high = _figure(left) if left else None, _figure(right) if right else None
    if low is None and high is None:
        raise UnreadableValueError(text, "A range needs an amount.", SUFFIX_HINT, "1bn..6bn")
    if low and high:
        _check_range(text, low, high)
    codes = (low.currencies if low else ()) or (high.currencies if high else ())
    return AmountTerm(low and low.value, high and high.value, currencies=codes)


def _check_range(text: str, low: _Figure, high: _Figure) -> None:
    if low.currencies and high.currencies and low.currencies != high.currencies:
        hint = "Ask for each in a term of its own, joined by OR."
        raise UnreadableValueError(text, f"{text} names two currencies.", hint)
    if low.value > high.value:
        raise UnreadableValueError(text, f"{text} runs backwards.", "Write the smaller one first.")
    if low.value and not low.suffix and high.suffix:
        meant = low.value * SCALES[high.suffix]
        if meant <= high.value:
            scale = high.suffix if len(high.suffix) <= len("trn") else f" {high.suffix}"
            instead = f"{low.number}{scale}..{high.number}{scale}"
            what = f"{text} is unclear: {low.number} of what?"
            raise UnreadableValueError(text, what, SUFFIX_HINT, instead)


def _figure(text: str) -> _Figure:
    found = _AMOUNT.fullmatch(text)
    suffix = found["suffix"].lower() if found else ""
    currency = found and (found["sign"] or found["code"])
    if found and suffix not in SCALES and not currency:
        suffix, currency = "", found["suffix"]
    if not found or suffix not in SCALES or (found["sign"] and found["code"]):
        raise _unreadable_amount(text)
    number = found["number"]
    scale, digits = SCALES[suffix], number.replace(",", "")
    places = len(digits.partition(".")[2])
    zeros = 0 if places else len(digits) - len(digits.rstrip("0") or "0")
    half_digit = scale.scaleb(zeros - places) / 2
    try:
        codes = read_currency(currency) if currency else ()
    except UnreadableValueError as error:
        raise _unreadable_amount(text) from error
    return _Figure(Decimal(digits) * scale, half_digit, number, suffix, codes)


def _unreadable_amount(text: str) -> UnreadableValueError:
    if eaten := _EATEN.fullmatch(text):
        rest = eaten[0]
        hint = (
            f'In double quotes a shell turns "$5{rest}" into "{rest}": put single quotes around '
            f"the question, or write USD5{rest}."
        )
        return UnreadableValueError(rest, f'A number is missing before "{rest}".', hint)
    what = f'I can\'t read "{text}" as an amount.' if text else "An amount is missing."
    found = re.search(rf"({_NUMBER})\s*([a-z]*)", text, re.I)
    if not found:
        return UnreadableValueError(text, what, SUFFIX_HINT, "2.1bn")
    near = get_close_matches(found[2].lower(), [name for name in SCALES if name], 1) or ["m"]
    return UnreadableValueError(text, what, SUFFIX_HINT, found[1] + near[0])
