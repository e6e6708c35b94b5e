"""A timeframe in the two standard notations: ISO 8601 intervals and TIMEX3 values.

Sources: ISO 8601-1:2019, 5.5 (`start/end`, durations `P3Y`); ISO 8601-2:2019, 4.4 (`..` for an open
end); TimeML 1.2.1 and ISO-TimeML (ISO 24617-1), TIMEX3: `DATE` values `2022`, `2026-03`, `2026-Q1`,
`2026-H1`, `2025-WI`, `FY2026`; `DURATION` values `P3Y`, `PXY` for an unknown number; `XXXX` for an
unknown year; `mod` `ON_OR_BEFORE` and `ON_OR_AFTER`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

_SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
_SEASON = re.compile(r"\b(spring|summer|autumn|fall|winter)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_SOME = re.compile(
    r"\b(?:few|couple|several|many|multiple|number of|coming|recent|future|subsequent"
    r"|[0-9a-z]+ (?:to|or) [0-9a-z]+)\b.*?\b(year|month|week|day|decade)s?\b",
    re.IGNORECASE,
)
_UNITS = {"year": "PXY", "month": "PXM", "week": "PXW", "day": "PXD", "decade": "PXDE"}
_MONTH = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*\b", re.IGNORECASE
)
_DAY = re.compile(
    r"\b[0-3]?[0-9](?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? [0-3]?[0-9]\b"
    r"|day\b|\bend of\b|\bstart of\b|\bbeginning of\b|christmas|[0-9][/.][0-9]+[/.][0-9]",
    re.IGNORECASE,
)


def interval_of(duration: str | None, first: date | None, last: date | None) -> str | None:
    """Return an ISO 8601 interval, inclusive of both days; None where nothing is fixed.

    `2025-04-01/2028-03-31`, `2025-04-01/..`, `../2030-12-31`; `P3Y` where only a length is stated.
    """
    if first is None and last is None:
        return duration
    return f"{first or '..'}/{last or '..'}"


def timex3_of(
    text: str, duration: str | None, first: date | None, last: date | None
) -> dict[str, str] | None:
    """Return a TIMEX3 `type` and `value`, with `mod` where one end is open.

    Args:
        text: The expression; says how finely a day is meant (`by March 2026` is of a month).
        duration: ISO 8601 length or None.
        first: First day or None.
        last: Last day or None.

    Returns:
        None for a period that neither a calendar nor a number names (`over the parliament`).
    """
    if duration is not None:
        return {"type": "DURATION", "value": duration}
    if first and last:
        value = _period(first, last)
        kind = "DURATION" if value.startswith("P") else "DATE"
        return {"type": kind, "value": value}
    if last:
        return {"type": "DATE", "value": _point(text, last), "mod": "ON_OR_BEFORE"}
    if first:
        return {"type": "DATE", "value": _point(text, first), "mod": "ON_OR_AFTER"}
    return _unfixed(text)


def _unfixed(text: str) -> dict[str, str] | None:
    year = _YEAR.search(text)
    if season := _SEASON.search(text):
        value = f"{year[0] if year else 'XXXX'}-{_SEASONS[season[1].lower()]}"
        return {"type": "DATE", "value": value}
    if some := _SOME.search(text):
        return {"type": "DURATION", "value": _UNITS[some[1].lower()]}
    return {"type": "DATE", "value": year[0]} if year and "-" not in text[year.end() :] else None


def _point(text: str, day: date) -> str:
    """Return a day as finely as the text names it: `2030`, `2026-03` or `2026-03-31`."""
    if _DAY.search(text):
        return day.isoformat()
    if _MONTH.search(text):
        return f"{day:%Y-%m}"
    if (day.month, day.day) in {(1, 1), (12, 31)}:
        return f"{day.year}"
    return day.isoformat()


def _period(first: date, last: date) -> str:  # noqa: PLR0911 - one way a kind of period
    """Return a calendar period by its name, any other by its length."""
    if first == last:
        return first.isoformat()
    months = _whole_months(first, last)
    if months is None:
        days = (last - first).days + 1
        week = days == 7 and first.weekday() == 0  # noqa: PLR2004 - Monday to Sunday
        return f"{first:%G-W%V}" if week else f"P{days}D"
    if months == 1:
        return f"{first:%Y-%m}"
    if months == 3 and first.month % 3 == 1:  # noqa: PLR2004 - a quarter
        return f"{first.year}-Q{first.month // 3 + 1}"
    if months == 6 and first.month in {1, 7}:  # noqa: PLR2004 - a half
        return f"{first.year}-H{1 if first.month == 1 else 2}"
    if months == 12:  # noqa: PLR2004 - a year
        return f"{first.year}" if first.month == 1 else f"FY{last.year}"
    return f"P{months // 12}Y" if months % 12 == 0 else f"P{months}M"


def _whole_months(first: date, last: date) -> int | None:
    """Return how many whole months two days enclose; None when they do not end at months."""
    ends_month = last.day == monthrange(last.year, last.month)[1]
    if first.day == 1 and ends_month:
        return (last.year - first.year) * 12 + last.month - first.month + 1
    following = last + timedelta(days=1)
    if following.day != first.day:
        return None
    months = (following.year - first.year) * 12 + following.month - first.month
    return months if months % 12 == 0 and months else None
