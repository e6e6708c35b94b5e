"""Timeframe phrases to first and last day, inclusive. Source: docs/annotation.md, "timeframe"."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORDS = {
    "half": 0, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "eighteen": 18,
    "twenty": 20, "twenty-five": 25, "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip
# First month of the financial year; a country that is not named uses the calendar year.
_FISCAL_START = {
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
_UNTIL = frozenset(
    ["by", "until", "till", "to", "up", "before", "through", "ending", "no", "as-late"]
)
_FROM = frozenset(["from", "since", "starting", "beginning", "commencing", "effective", "as"])
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_YEARS = re.compile(r"((?:19|20)[0-9]{2})(?: ?[-/] ?| to )((?:19|20)[0-9]{2}|[0-9]{2})(?![0-9])")
_FISCAL = re.compile(r"\b(?:financial|fiscal|tax|budget|funding)\b|\bFY", re.I)
_RELATIVE = re.compile(
    r"(?:the end of )?(?:this|next|last|the (?!end|start|beg|mid|close|first|sec|third|fourth|final"
    r"|20|19|fin|fis|tax|bud|fund))"
)
_MONTH = re.compile(r"\b(" + "|".join(_MONTHS) + r")[a-z]*\.?", re.I)
_DAY = re.compile(r"(?<![0-9])([0-3]?[0-9])(?:st|nd|rd|th)?(?![0-9])")


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


def financial_year(ending: int, country: str) -> Days:
    """Return the financial year that ends in the year `ending`.

    Source: docs/annotation.md: from 1 April in GB, IN, CA; 1 July in NZ, AU; US federal 1 October.
    """
    start = _FISCAL_START.get(country, 1)
    if start == 1:
        return Days(date(ending, 1, 1), date(ending, 12, 31))
    return Days(date(ending - 1, start, 1), date(ending, start, 1) - timedelta(days=1))


def length_of(text: str) -> str | None:
    """Return a length as ISO 8601 (`P3Y`, `P18M`); None when the words give no number."""
    words = re.sub(r"-", " ", text.lower()).split()
    number = re.search(r"[0-9]{1,3}", text)
    count = int(number[0]) if number else 0
    if not number:
        joined = text.lower().replace("twenty five", "twenty-five").split()
        found = [_WORDS[w] for w in [*joined, *words] if w in _WORDS]
        count = found[0] if found else 1
    half = "half" in words
    unit = next((w.rstrip("s") for w in reversed(words) if w.rstrip("s") in _UNIT_LETTERS), "year")
    months = count * 12 + (6 if half else 0)
    if unit == "decade":
        return f"P{5 if half else count * 10}Y"
    if unit == "quarter":
        return f"P{count * 3}M"
    if half:
        return f"P{months}M" if unit == "year" else f"P{count}{_UNIT_LETTERS[unit]}"
    return f"P{count}{_UNIT_LETTERS[unit]}"


_UNIT_LETTERS = {"year": "Y", "month": "M", "week": "W", "day": "D", "decade": "Y", "quarter": "M"}


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


def days_of(phrase: str, context: Context) -> Days | None:
    """Return the days that a date phrase without its preposition covers; None when not fixed.

    Raises nothing: a day that does not exist (31 June) fixes nothing.
    """
    try:
        return _days_of(phrase, context)
    except ValueError:
        return None


def with_preposition(days: Days | None, preposition: str) -> Days:
    """Keep the end that the preposition speaks of: `by` the last day, `from` the first."""
    if days is None:
        return Days()
    word = (preposition or "").lower().split(" ")[0]
    if word in _UNTIL and preposition.lower() != "through":
        return Days(None, days.last)
    if word in _FROM:
        return Days(days.first, None)
    return days


def _days_of(phrase: str, context: Context) -> Days | None:
    lower = phrase.lower()
    if _RELATIVE.match(lower) and not _YEAR.search(lower):
        return _relative(lower, context)
    if both := _YEARS.search(phrase):
        return _two_years(both, context, fiscal=bool(_FISCAL.search(phrase)))
    if (_FISCAL.search(phrase)) and (
        digits := re.search(r"((?:19|20)[0-9]{2}|[0-9]{2})(?![0-9])", phrase)
    ):
        ending = int(digits[1][-2:]) + (int(digits[1][:-2] or "20") * 100)
        days = financial_year(ending, context.country)
        return _part(lower, days)
    year_match = _YEAR.search(phrase)
    year = int(year_match[0]) if year_match else None
    month_match = _MONTH.search(phrase)
    if month_match and not re.match(r"(?:early|mid|late|spring|summer)\W+(?:19|20)", lower):
        return _month(phrase, month_match, year, context)
    if year is None or re.match(r"(?:early|mid|late|spring|summer|autumn|winter|fall)", lower):
        return None
    return _part(lower, Days(date(year, 1, 1), date(year, 12, 31)))


def _two_years(match: re.Match[str], context: Context, *, fiscal: bool) -> Days:
    first, second = int(match[1]), int(match[2])
    if second < 100:  # noqa: PLR2004 - `24-25`
        second += first // 100 * 100
        second += 100 if second < first else 0
    if second == first + 1 and (fiscal or context.country in _FISCAL_START):
        return financial_year(second, context.country)
    return Days(date(first, 1, 1), date(second, 12, 31))


def _part(lower: str, days: Days) -> Days:
    """Narrow a year to its end, start, half or quarter where the phrase says so."""
    first, last = days.first, days.last
    if first is None or last is None:
        return days
    if "end of" in lower or "close of" in lower:
        return Days(last, last)
    if "start of" in lower or "beginning of" in lower:
        return Days(first, first)
    quarter = re.search(r"q([1-4])|(first|second|third|fourth|final) quarter", lower)
    if quarter:
        names = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4}
        number = int(quarter[1]) if quarter[1] else names[quarter[2]]
        month = (first.month - 1 + (number - 1) * 3) % 12 + 1
        year = first.year + (first.month - 1 + (number - 1) * 3) // 12
        start = date(year, month, 1)
        return Days(start, add_length(start, "P3M"))
    half = re.search(r"(first|second|final) half", lower)
    if half:
        start = (
            first
            if half[1] == "first"
            else date.fromordinal(add_length(first, "P6M").toordinal() + 1)
        )
        return Days(start, add_length(start, "P6M"))
    return days


def _month(phrase: str, match: re.Match[str], year: int | None, context: Context) -> Days | None:
    month = _MONTHS.index(match[1].lower()[:3]) + 1
    if year is None:
        year = _year_of(month, context)
        if year is None:
            return None
    rest = phrase.replace(match[0], " ")
    rest = _YEAR.sub(" ", rest)
    if day := _DAY.search(rest):
        exact = date(year, month, int(day[1]))
        return Days(exact, exact)
    return _part(phrase.lower(), Days(date(year, month, 1), month_end(year, month)))


def _year_of(month: int, context: Context) -> int | None:
    """Return the year of a bare month: the last such month for the past, else the next."""
    if context.published is None:
        return None
    published = context.published
    if context.past:
        return published.year if month <= published.month else published.year - 1
    return published.year if month >= published.month else published.year + 1


def _relative(lower: str, context: Context) -> Days | None:
    """Read `this`, `next` and `last` year, month or quarter around the publication day."""
    published = context.published
    if published is None:
        return None
    shift = 1 if re.search(r"\b(?:next|coming|following)\b", lower) else 0
    shift = -1 if re.search(r"\b(?:last|previous|past)\b", lower) else shift
    if month := _MONTH.search(lower):
        number = _MONTHS.index(month[1][:3]) + 1
        year = (
            published.year - (number >= published.month)
            if shift < 0
            else published.year + (number <= published.month)
        )
        return Days(date(year, number, 1), month_end(year, number))
    if "month" in lower:
        year, index = divmod(published.year * 12 + published.month - 1 + shift, 12)
        return _part(lower, Days(date(year, index + 1, 1), month_end(year, index + 1)))
    if "quarter" in lower:
        year, index = divmod(published.year * 4 + (published.month - 1) // 3 + shift, 4)
        start = date(year, index * 3 + 1, 1)
        return Days(start, add_length(start, "P3M"))
    if _FISCAL.search(lower):
        start_month = _FISCAL_START.get(context.country, 1)
        ending = published.year + (published.month >= start_month > 1)
        return _part(lower, financial_year(ending + shift, context.country))
    year = published.year + shift
    return _part(lower, Days(date(year, 1, 1), date(year, 12, 31)))
