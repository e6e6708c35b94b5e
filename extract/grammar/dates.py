"""Date phrases to first and last day, inclusive. Source: docs/annotation.md, "timeframe"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from extract.grammar.calendar import (
    FISCAL_START,
    Context,
    Days,
    add_length,
    current_financial_year,
    financial_year,
    length_of,
    length_until,
    month_days,
    year_days,
)

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": -1, "last": -1}
_UNTIL = frozenset(
    [
        "by",
        "until",
        "till",
        "to",
        "up",
        "before",
        "through",
        "ending",
        "no",
        "as-late",
        "within",
        "prior",
        "out",
        "running",
        "and",
    ]
)
_FROM = frozenset(["from", "since", "starting", "beginning", "commencing", "effective", "as"])
_TWENTIETH = r"(?:19|20)[0-9]{2}"
_FISCAL = re.compile(r"\b(?:financial|fiscal|tax|budget|funding)\b|\bfy", re.I)
_YEAR = re.compile(_TWENTIETH)
_YEAR_END = re.compile(r"(?:the )?(?:calendar )?year(?:'s)?[- ]end$")
_DECADE = re.compile(r"((?:19|20)[0-9])0s")
_YEARS = re.compile(rf"({_TWENTIETH})(?: ?[-/] ?| to )({_TWENTIETH}|[0-9]{{2}})(?![0-9])")
_SHORT_YEARS = re.compile(r"(?<![0-9])([0-9]{2}) ?[-/] ?([0-9]{2})(?![0-9/])")
_FISCAL_END = re.compile(rf"({_TWENTIETH}|[0-9]{{2}})(?![0-9])")
_MONTH = re.compile(r"\b(" + "|".join(_MONTHS) + r")[a-z]*\.?")
_MONTH_NAME = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b"
)
_DAY = re.compile(r"(?<![0-9])([0-3]?[0-9])(?:st|nd|rd|th)?(?![0-9])")
_SEASON = re.compile(r"\b(?:spring|summer|autumn|winter|fall|season|term|academic|school)\b")
_PART = re.compile(
    r"(?:the )?(?P<part>(?:very )?(?:end|close|start|beginning|middle)"
    r"|(?:first|second|third|fourth|final|last) (?:quarter|half)"
    r"|(?P<ordinal>first|final|last) (?P<length>(?:[a-z]+|[0-9]+) (?:months|weeks)|month|week)"
    r"|q[1-4]|h[12]|early|mid|late|later|earlier)(?:[ -]of|[ -]in|[ -]into)?[ -](?P<rest>\S.*)"
)
_RELATIVE = re.compile(
    r"(?:the )?(?:current|coming|following|previous|past|last|next|this(?: coming)?|same|that|the)?"
    r"\s?(?P<unit>(?:calendar |financial |fiscal |tax |budget |funding )?year|month|quarter|week"
    r"|weekend)"
)
_LATER = re.compile(r"\b(?:next|coming|following)\b")
_EARLIER = re.compile(r"\b(?:last|previous|past)\b")
_BESIDE = re.compile(r"\b(this|next|last)(?: year)?\b")
_NUMERIC = re.compile(
    r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]((?:20)?[0-9]{2})|([0-9]{4})-([0-9]{2})-([0-9]{2})"
)
_FIXED_FEASTS = {"new year's day": (1, 1), "christmas day": (12, 25), "christmas eve": (12, 24),
                 "boxing day": (12, 26), "new year's eve": (12, 31)}  # fmt: skip


def days_of(phrase: str, context: Context) -> Days | None:
    """Return the days that a date phrase without its preposition covers; None when not fixed.

    Raises nothing: a day that does not exist (31 June) fixes nothing.
    """
    try:
        return _days_of(_YEAR_END.sub("the end of the year", phrase.lower().strip()), context)
    except (ValueError, OverflowError):
        return None


def with_preposition(days: Days | None, preposition: str) -> Days:
    """Keep the end that the preposition speaks of: `by` the last day, `from` the first."""
    if days is None:
        return Days()
    word = (preposition or "").lower().split(" ")[0]
    if preposition.lower() == "before" and days.first:
        return Days(None, days.first - timedelta(days=1))
    if word in _UNTIL:
        return Days(None, days.last)
    if word in _FROM:
        return Days(days.first, None)
    return days


def _days_of(phrase: str, context: Context) -> Days | None:
    if part := _PART.fullmatch(phrase):
        return _part_of(part, context)
    for reading in _READINGS:
        days = reading(phrase, context)
        if days is not None:
            return days
    return None


def _part_of(  # noqa: PLR0911 - one way a kind of part
    match: re.Match[str], context: Context
) -> Days | None:
    """Narrow a period to its end, start, half, quarter or first months."""
    part = match["part"].removeprefix("very ")
    days = _days_of(match["rest"], context)
    if part in {"early", "mid", "late", "middle"} or days is None:
        return None if days is None or not _MONTH_NAME.search(match["rest"]) else days
    first, last = days.first, days.last
    if first is None or last is None or part in {"later", "earlier"}:
        return days
    if part in {"end", "close"}:
        return Days(last, last)
    if part in {"start", "beginning"}:
        return Days(first, first)
    if match["length"]:
        length = length_of(match["length"]) or "P1M"
        if match["ordinal"] == "first":
            return Days(first, add_length(first, length))
        return length_until(length, last)
    halves = "half" in part or part.startswith("h")
    number = int(part[1]) if part[1:].isdigit() else _ORDINALS[part.split(" ")[0]]
    size = 6 if halves else 3
    number = 12 // size if number == -1 else number
    start = month_days(first.year, first.month + (number - 1) * size).first
    return Days(start, add_length(start, f"P{size}M")) if start else None


def _numeric(phrase: str, context: Context) -> Days | None:
    match = _NUMERIC.fullmatch(phrase)
    if match is None:
        return None
    if match[4]:
        day = date(int(match[4]), int(match[5]), int(match[6]))
        return Days(day, day)
    one, two, year = int(match[1]), int(match[2]), int(match[3])
    month, number = (one, two) if context.country == "US" else (two, one)
    day = date(year + (2000 if year < 100 else 0), month, number)  # noqa: PLR2004 - two digits
    return Days(day, day)


def _feast(phrase: str, context: Context) -> Days | None:
    fixed = next((v for name, v in _FIXED_FEASTS.items() if name in phrase), None)
    published = context.published
    if fixed is None:
        return None
    if year := _YEAR.search(phrase):
        day = date(int(year[0]), *fixed)
        return Days(day, day)
    if published is None:
        return Days()
    years = [date(published.year + step, *fixed) for step in (-1, 0, 1)]
    before, after = [d for d in years if d <= published], [d for d in years if d >= published]
    day = before[-1] if context.past else after[0]
    return Days(day, day)


def _weekday(phrase: str, context: Context) -> Days | None:
    name = next((n for n in _WEEKDAYS if n in phrase), None)
    if name is None or _MONTH_NAME.search(phrase):
        return None
    if context.published is None:
        return Days()
    step = (_WEEKDAYS.index(name) - context.published.weekday()) % 7
    if "last" in phrase or (context.past and "next" not in phrase):
        step = step - 7 if step else (-7 if "last" in phrase else 0)
    elif step == 0 and "next" in phrase:
        step = 7
    day = context.published + timedelta(days=step)
    return Days(day, day)


def _relative(phrase: str, context: Context) -> Days | None:  # noqa: PLR0911 - one way a unit
    """Read `this`, `next` and `last` year, month, quarter or week around the publication day."""
    match = _RELATIVE.fullmatch(phrase)
    if match is None:
        return None
    published, unit = context.published, match["unit"]
    if published is None:
        return Days()
    shift = 1 if _LATER.search(phrase) else -1 if _EARLIER.search(phrase) else 0
    if unit == "month":
        return month_days(published.year, published.month + shift)
    if unit == "quarter":
        first = month_days(published.year, (published.month - 1) // 3 * 3 + 1 + shift * 3).first
        return Days(first, add_length(first, "P3M")) if first else None
    if unit.startswith("week"):
        monday = published + timedelta(days=shift * 7 - published.weekday())
        first = monday + timedelta(days=5) if unit == "weekend" else monday
        if unit == "weekend" and shift == 0 and context.past and first > published:
            first -= timedelta(days=7)
        return Days(first, monday + timedelta(days=6) if first >= monday else first + timedelta(1))
    if _FISCAL.search(unit):
        ending = current_financial_year(published, context.country) + shift
        return financial_year(ending, context.country)
    return year_days(published.year + shift)


def _decade(phrase: str, _context: Context) -> Days | None:
    match = _DECADE.search(phrase)
    if match is None:
        return None
    first = int(match[1]) * 10
    return Days(date(first, 1, 1), date(first + 9, 12, 31))


def _years(phrase: str, context: Context) -> Days | None:  # noqa: PLR0911 - one way a form
    if _MONTH_NAME.search(phrase):
        return None
    if _SEASON.search(phrase):
        return Days()
    fiscal = bool(_FISCAL.search(phrase))
    if both := _YEARS.search(phrase):
        first, second = int(both[1]), int(both[2])
        if second < 100:  # noqa: PLR2004 - `24-25`
            second += first // 100 * 100
            second += 100 if second < first else 0
        if second == first + 1 and (fiscal or context.country in FISCAL_START):
            return financial_year(second, context.country)
        if fiscal and context.country in FISCAL_START:
            start = financial_year(first + 1, context.country)
            return Days(start.first, financial_year(second, context.country).last)
        return Days(date(first, 1, 1), date(second, 12, 31))
    if both := _SHORT_YEARS.search(phrase):
        if int(both[2]) != (int(both[1]) + 1) % 100:
            return None
        return financial_year(2000 + int(both[2]), context.country)
    if fiscal and (digits := _FISCAL_END.search(phrase)):
        return financial_year(
            int(digits[1][-2:]) + int(digits[1][:-2] or 20) * 100, context.country
        )
    year = _YEAR.search(phrase)
    return year_days(int(year[0])) if year else None


def _month(phrase: str, context: Context) -> Days | None:
    if not _MONTH_NAME.search(phrase):
        return None
    match = _MONTH.search(phrase, _MONTH_NAME.search(phrase).start())  # type: ignore[union-attr]
    assert match is not None  # noqa: S101 - a month's name begins with its three letters
    month = _MONTHS.index(match[1]) + 1
    rest = phrase.replace(match[0], " ")
    if named := _YEAR.search(rest):
        year: int | None = int(named[0])
    else:
        year = _year_of(month, rest, context)
    if year is None:
        return Days()
    if day := _DAY.search(_YEAR.sub(" ", rest)):
        exact = date(year, month, int(day[1]))
        return Days(exact, exact)
    return month_days(year, month)


def _year_of(month: int, beside: str, context: Context) -> int | None:
    """Return the year of a bare month: the last such month for the past, else the next."""
    published = context.published
    if published is None:
        return None
    if word := _BESIDE.search(beside):
        if "year" in word[0]:
            return published.year + {"this": 0, "next": 1, "last": -1}[word[1]]
        if word[1] == "last":
            return published.year - (month >= published.month)
        return published.year + (month <= published.month and word[1] == "next")
    if context.past:
        return published.year if month <= published.month else published.year - 1
    return published.year if month >= published.month else published.year + 1


_READINGS: tuple[Callable[[str, Context], Days | None], ...] = (
    _numeric, _feast, _relative, _weekday,
    _decade, _years, _month,
)  # fmt: skip
