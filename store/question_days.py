"""Read the days that stand after the colon of a question's term."""

from __future__ import annotations

import re
from datetime import date, timedelta

from store.question_terms import DayField, DayTerm
from store.question_values import UnreadableValueError, split_comparison

DAY_HINT = "Write 2021, 2021-09, 2021-09-07, or a range such as 2021-09..2021-11."

_DAY = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")
_FINANCIAL_YEAR = re.compile(
    r"(?:FY\s*)?(?P<year>\d{4})[-/](?P<next>\d{2}(?:\d{2})?)|FY\s*(?P<ends>\d{4})", re.I
)


def read_days(field: DayField, text: str) -> DayTerm:
    """Read a day, a month, a year, a range of them or a comparison.

    Args:
        field: `period` and `by` also take financial years (`2022-23`, `FY2023`), from 1 April as
            in the United Kingdom; where a value could be a month too (`2011-12`), it is the
            financial year. `said` and `first` take it as the month.
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
    operator, rest = split_comparison(text)
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


def _stretch(field: DayField, text: str) -> tuple[date, date]:
    """Return the first and last day of a day, a month, a year or a financial year."""
    year = _FINANCIAL_YEAR.fullmatch(text) if field in ("period", "by") else None
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
