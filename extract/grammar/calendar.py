"""Days, financial years and lengths: the calendar that timeframes are counted on.

Source: docs/annotation.md, "timeframe".
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_WORDS = {
    "half": 0, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "eighteen": 18,
    "twenty": 20, "twenty-five": 25, "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip
_UNIT_LETTERS = {"year": "Y", "month": "M", "week": "W", "day": "D", "decade": "Y", "quarter": "M"}
# First month of the financial year; a country that is not named uses the calendar year.
FISCAL_START = {
    "GB": 4,
    "IN": 4,
    "CA": 4,
    "JP": 4,
    "NZ": 7,
    "AU": 7,
    "PK": 7,
    "BD": 7,
    "KE": 7,
    "US": 10,
}
_RANGE_OF_LENGTHS = re.compile(r"[a-z0-9](?: to | or | and |-)(?:[0-9]|[a-z]+[ -](?:year|month))")
_HALVED = re.compile(r"([0-9]+|[a-z]+)[- ]and[- ]a[- ]half|([0-9]+)\.5")


@dataclass(frozen=True, slots=True)
class Context:
    """What fixes a relative date.

    Attributes:
        published: Publication day; None when unknown.
        country: ISO 3166 alpha-2; decides the financial year.
        past: The clause speaks of what has happened, so a bare month is the last one.
    """

    published: date | None
    country: str
    past: bool = False


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day, inclusive; None where nothing fixes it."""

    first: date | None = None
    last: date | None = None


def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def month_days(year: int, month: int) -> Days:
    """Return the days of a month; `month` may lie outside 1..12 and then counts into the next."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return Days(date(year, month, 1), month_end(year, month))


def year_days(year: int) -> Days:
    """Return the days of a calendar year."""
    return Days(date(year, 1, 1), date(year, 12, 31))


def financial_year(ending: int, country: str) -> Days:
    """Return the financial year that ends in the year `ending`.

    Source: docs/annotation.md: from 1 April in GB, IN, CA; 1 July in NZ, AU; US federal 1 October.
    """
    start = FISCAL_START.get(country, 1)
    if start == 1:
        return year_days(ending)
    return Days(date(ending - 1, start, 1), date(ending, start, 1) - timedelta(days=1))


def current_financial_year(published: date, country: str) -> int:
    """Return the year in which the financial year around a day ends."""
    start = FISCAL_START.get(country, 1)
    return published.year + (published.month >= start > 1)


def length_of(text: str) -> str | None:
    """Return a length as ISO 8601 (`P3Y`, `P18M`); None for a range of lengths (`3 to 5 years`)."""
    lower = text.lower()
    if _RANGE_OF_LENGTHS.search(lower) and "and a half" not in lower.replace("-", " "):
        return None
    words = lower.replace("-", " ").split()
    unit = next((w.rstrip("s") for w in reversed(words) if w.rstrip("s") in _UNIT_LETTERS), "year")
    if "fortnight" in lower:
        return "P2W"
    count = _count_of(lower, words)
    half = "half" in words or bool(_HALVED.search(lower))
    if unit == "decade":
        return f"P{5 if half else count * 10}Y"
    if unit == "quarter":
        return f"P{count * 3}M"
    if half and unit == "year":
        return f"P{count * 12 + 6}M"
    return f"P{count}{_UNIT_LETTERS[unit]}"


def _count_of(lower: str, words: list[str]) -> int:
    number = re.search(r"[0-9]{1,3}", lower)
    if number:
        return int(number[0])
    joined = lower.replace("twenty five", "twenty-five").split()
    found = [_WORDS[w] for w in [*joined, *words] if w in _WORDS]
    return found[0] if found else 1


def add_length(day: date, duration: str) -> date:
    """Return the last day of a length that begins on `day` (P3Y from 1 April ends on 31 March)."""
    count, unit = int(duration[1:-1]), duration[-1]
    if unit in "WD":
        return day + timedelta(days=count * (7 if unit == "W" else 1) - 1)
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "Y" else 1)
    year, month = divmod(months, 12)
    month += 1
    clipped = min(day.day, monthrange(year, month)[1])
    return date(year, month, clipped) - timedelta(days=1)


def length_until(duration: str | None, last: date | None) -> Days:
    """Return the days of a length that ends on `last`."""
    if duration is None or last is None:
        return Days(None, last)
    count, unit = int(duration[1:-1]), duration[-1]
    if unit in "WD":
        return Days(last - timedelta(days=count * (7 if unit == "W" else 1) - 1), last)
    months = count * (12 if unit == "Y" else 1)
    following = last + timedelta(days=1)
    year, month = divmod(following.year * 12 + following.month - 1 - months, 12)
    day = min(following.day, monthrange(year, month + 1)[1])
    return Days(date(year, month + 1, day), last)


def shifted(days: Days, years: int) -> Days:
    """Return the same days some years later, 29 February becoming the 28th."""
    return Days(*(_same_day(day, years) for day in (days.first, days.last)))


def _same_day(day: date | None, years: int) -> date | None:
    if day is None:
        return None
    year = day.year + years
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))
