"""Days as headers, metadata and people write them; what is open to doubt is no day.

Source of the forms: British and American news practice; ISO 8601. `12/09/2025` is two days to two
readers, so a numeric day is taken only where one reading is possible.
"""

from __future__ import annotations

import re
from datetime import date

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH_NUMBER = {name[:size]: n for n, name in enumerate(_MONTHS, 1) for size in (3, len(name))}
_MONTH_NUMBER["sept"] = 9

_MONTH = "(?P<month>" + "|".join(sorted(_MONTH_NUMBER, key=len, reverse=True)) + r")\.?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[12][0-9]{3})"
_CLOCK = r"(?:,?\s+(?:at\s+|-\s+)?[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?\s*(?:[ap]\.?m\.?)?)"
_ZONE = r"(?:\s*(?:gmt|bst|utc|[ecmp][sd]?t|ist|cet))?"

_WRITTEN = tuple(
    re.compile(_WEEKDAY + form + f"(?:{_CLOCK}{_ZONE})?", re.IGNORECASE | re.ASCII)
    for form in (
        rf"{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}",
        rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",
    )
)
_ISO = re.compile(
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
    r"(?:[T ][0-9]{2}:?[0-9]{2}(?::?[0-9]{2}(?:[.,][0-9]+)?)?"
    r"\s*(?:Z|[+-][0-9]{2}:?(?:[0-9]{2})?)?)?",
    re.ASCII,
)
_NUMERIC = re.compile(
    r"(?P<one>[0-9]{1,2})([./-])(?P<two>[0-9]{1,2})\2(?P<year>[12][0-9]{3})", re.ASCII
)


def parse_day(text: str) -> date | None:
    """Return the one day that the whole of `text` states, a time of day aside.

    Args:
        text: `12 September 2025`, `Friday 12 Sept 2025`, `September 12, 2025`, `2025-09-12`,
            `2025-09-12T09:30:00Z` (the day as written, in the writer's zone), `13/09/2025`.

    Returns:
        None for anything else: a month without a day, a day that does not exist (31 June), and
        `12/09/2025`, which may be in September or in December.
    """
    text = " ".join(text.split())
    if match := _ISO.fullmatch(text):
        return _day(int(match["year"]), int(match["month"]), int(match["day"]))
    for pattern in _WRITTEN:
        if match := pattern.fullmatch(text):
            month = _MONTH_NUMBER[match["month"].lower()]
            return _day(int(match["year"]), month, int(match["day"]))
    if match := _NUMERIC.fullmatch(text):
        one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
        readings = {_day(year, two, one), _day(year, one, two)} - {None}
        return readings.pop() if len(readings) == 1 else None
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
