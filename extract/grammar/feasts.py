"""On which day of a year a feast falls."""

from __future__ import annotations

from datetime import date, timedelta


def feast_day(name: str, year: int) -> date | None:
    """Return the day of a feast in lower case; None for one that no rule fixes."""
    if name.startswith("easter"):
        return _easter(year) + timedelta(days=name.endswith("monday"))
    if name == "good friday":
        return _easter(year) - timedelta(days=2)
    if name in {"labor day", "labour day"}:
        return _first_weekday(year, 9, 0)
    if name == "thanksgiving":
        return _first_weekday(year, 11, 3) + timedelta(weeks=3)
    if name == "memorial day":
        return _first_weekday(year, 6, 0) - timedelta(weeks=1)
    return {"halloween": date(year, 10, 31), "independence day": date(year, 7, 4)}.get(name)


def _first_weekday(year: int, month: int, weekday: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7)


def _easter(year: int) -> date:
    """Return Easter Sunday by the Gregorian rule, as Gauss and Butcher put it."""
    century = year // 100
    golden = year % 19
    moon = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon -= moon // 28 * (1 - (29 // (moon + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    offset = moon - weekday
    month = 3 + (offset + 40) // 44
    return date(year, month, offset + 28 - 31 * (month // 4))
