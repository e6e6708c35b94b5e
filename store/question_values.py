"""Read what stands after the colon of a question's term: amounts and days.

Each reader takes the value without its quotation marks. What it cannot read it says as an
`UnreadableValueError` that names the piece at fault; `store.question` adds the place.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from typing import NamedTuple

from records.money import currency_codes, display
from store.question_terms import AmountTerm, DayField, DayTerm, OriginsTerm

SCALES = {
    "": Decimal(1),
    **dict.fromkeys(("k", "thousand"), Decimal(10) ** 3),
    **dict.fromkeys(("lakh", "lakhs"), Decimal(10) ** 5),
    **dict.fromkeys(("m", "mn", "million"), Decimal(10) ** 6),
    **dict.fromkeys(("crore", "crores"), Decimal(10) ** 7),
    **dict.fromkeys(("b", "bn", "billion"), Decimal(10) ** 9),
    **dict.fromkeys(("tn", "trn", "trillion"), Decimal(10) ** 12),
}
SUFFIX_HINT = "Suffixes: k, m, bn, tn."
DOLLARS: tuple[str, ...] = (
    *("AUD", "BBD", "BMD", "BND", "BSD", "BZD", "CAD", "FJD", "GYD", "HKD", "JMD", "KYD"),
    *("LRD", "NAD", "NZD", "SBD", "SGD", "SRD", "TTD", "TWD", "USD", "XCD"),
)
DAY_HINT = "Write 2021, 2021-09, 2021-09-07, or a range such as 2021-09..2021-11."

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?:,\d{2})+,\d{3}|0|[1-9]\d*)(?:\.\d+)?"
_AMOUNT = re.compile(
    rf"(?P<sign>[^\d\s.,]*)\s*(?P<number>{_NUMBER})\s*(?P<suffix>[a-z]*)(?:\s+(?P<code>[a-z]+))?",
    re.I,
)
_TOLERANCE = re.compile(r"(.+?)\s*~\s*(\d{1,2}(?:\.\d+)?)\s*%")
# What a shell leaves of "$5m", "$2.1bn" and "$500m": its $5 and $2 are empty.
_EATEN = re.compile(rf"(?:(?:\.\d+|0\d+)\s*)?(?:{'|'.join(filter(None, SCALES))})|\.\d+|0\d+", re.I)
_DAY = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")
_FINANCIAL_YEAR = re.compile(
    r"(?:FY\s*)?(?P<year>\d{4})[-/](?P<next>\d{2}(?:\d{2})?)|FY\s*(?P<ends>\d{4})", re.I
)
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
    return {**signs, "$": DOLLARS, "¥": ("JPY", "CNY")}


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
    operator, rest = _split_comparison(text)
    figure = _figure(rest)
    if not operator:
        return _around(figure, Decimal(0))
    included = operator in (">=", "<=")
    if operator[0] == ">":
        return AmountTerm(figure.value, None, low_included=included, currencies=figure.currencies)
    return AmountTerm(None, figure.value, high_included=included, currencies=figure.currencies)


def read_days(field: DayField, text: str) -> DayTerm:
    """Read a day, a month, a year, a range of them or a comparison.

    Args:
        field: `period` also takes financial years (`2022-23`, `FY2023`), from 1 April as in the
            United Kingdom; where a value could be a month too (`2011-12`), it is the financial
            year. `said` takes it as the month.
        text: `2021`, `2021-09`, `2021-09-07`, `2021-09..2021-11`, `>2021-10-20`, `..2021`.

    Raises:
        UnreadableValueError: It is none of these, or the day does not exist.
    """
    if ".." in text:
        left, right = (part.strip() for part in text.split("..", 1))
        first = _stretch(field, left)[0] if left else None
        last = _stretch(field, right)[1] if right else None
        if first is None and last is None:
            raise UnreadableValueError(text, "A range needs a date.", DAY_HINT)
        if first and last and first > last:
            raise UnreadableValueError(
                text, f"{text} runs backwards.", "Write the earlier date first."
            )
        return DayTerm(field, first, last)
    operator, rest = _split_comparison(text)
    first, last = _stretch(field, rest)
    if not operator:
        return DayTerm(field, first, last)
    try:
        return {
            ">=": lambda: DayTerm(field, first, None),
            ">": lambda: DayTerm(field, last + timedelta(days=1), None),
            "<=": lambda: DayTerm(field, None, last),
            "<": lambda: DayTerm(field, None, first - timedelta(days=1)),
        }[operator]()
    except OverflowError:
        raise UnreadableValueError(text, f"There is no day {text}.", DAY_HINT) from None


def read_origins(text: str) -> OriginsTerm:
    """Read a number or a comparison with one: `2`, `=2`, `>=2`, `<3`.

    Raises:
        UnreadableValueError: It is none of these.
    """
    operator, rest = _split_comparison(text.removeprefix("="))
    if not re.fullmatch(r"[0-9]{1,9}", rest):
        what = f'"{text}" is no number of origins.'
        raise UnreadableValueError(text, what, "Write a whole number.", ">=2")
    number = int(rest)
    least = {">": number + 1, "<": 0, "<=": 0}.get(operator, number)
    most = {"<": number - 1, "<=": number, "": number}.get(operator)
    return OriginsTerm(least, most)


def _split_comparison(text: str) -> tuple[str, str]:
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


def _stretch(field: DayField, text: str) -> tuple[date, date]:
    """Return the first and last day of a day, a month, a year or a financial year."""
    year = _FINANCIAL_YEAR.fullmatch(text) if field == "period" else None
    try:
        if year and (start := _financial_start(year)):
            return date(start, 4, 1), date(start + 1, 3, 31)
        if found := _DAY.fullmatch(text):
            return _calendar_stretch(found)
    except ValueError:
        raise UnreadableValueError(text, f"There is no day {text}.", DAY_HINT) from None
    raise UnreadableValueError(text, f'I can\'t read "{text}" as a date.', DAY_HINT)


def _financial_start(found: re.Match[str]) -> int | None:
    """Return the year in which the financial year begins; None when the years do not follow."""
    if found["ends"]:
        return int(found["ends"]) - 1
    start, end = int(found["year"]), found["next"]
    return start if str(start + 1).endswith(end) else None


def _calendar_stretch(found: re.Match[str]) -> tuple[date, date]:
    year, month = int(found["year"]), found["month"]
    if found["day"]:
        day = date(year, int(month), int(found["day"]))
        return day, day
    if month:
        first = date(year, int(month), 1)
        return first, (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return date(year, 1, 1), date(year, 12, 31)
