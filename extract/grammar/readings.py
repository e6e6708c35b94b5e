"""How the match of a timeframe rule becomes a duration and days, by the rule's `value`.

Source: docs/annotation.md, "timeframe".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from extract.grammar.calendar import (
    Context,
    Days,
    add_length,
    current_financial_year,
    financial_year,
    length_of,
    length_until,
    month_days,
    shifted,
    year_days,
)
from extract.grammar.dates import days_of, with_preposition
from extract.grammar.feasts import feast_day

Groups = Mapping[str, str | None]
Value = tuple[str | None, Days]

_BARE_YEARS = re.compile(r"[0-9]{4} to [0-9]{4}(?: [a-z]+ year)?$")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_FISCAL_LENGTH = re.compile(r"\b(?:financial|fiscal|tax) years?\b")
_DAY_ALONE = re.compile(r"(?:the )?([0-3]?[0-9])(?:st|nd|rd|th)?(?: of)?")
_SAME_YEAR = re.compile(r"same (?:(?:financial|fiscal|tax|budget|funding) )?year")
_MONTH_OF = re.compile(r"[a-z]{3,}\.?(?: [0-9]{4})?$")


@dataclass(frozen=True, slots=True)
class Before:
    """What stands before an expression in its sentence.

    Attributes:
        days: Days of the expression before it; None when there is none.
        earlier: Days of the last expression of the sentences before, for `in that year`.
    """

    days: Days | None = None
    earlier: Days | None = None


def value_of(reading: str, group: Groups, context: Context, before: Before) -> Value:
    """Return the duration and the days of a match.

    Args:
        reading: The rule's `value`.
        group: What the rule's named groups caught, in lower case.
        context: What fixes relative dates.
        before: The timeframe before it in the sentence.
    """
    return _READINGS[reading](group, context, before)


def _length(group: Groups) -> str | None:
    return length_of(group["length"] or "") if group.get("length") else None


def _length_alone(group: Groups, _context: Context, _before: Before) -> Value:
    return _length(group), Days()


def _next(group: Groups, context: Context, _before: Before) -> Value:
    duration = _length(group)
    if context.published is None or duration is None:
        return duration, Days()
    if _FISCAL_LENGTH.search(group["length"] or ""):
        ending = current_financial_year(context.published, context.country) + 1
        first = financial_year(ending, context.country).first
        return duration, Days(first, add_length(first, duration) if first else None)
    return duration, Days(context.published, add_length(context.published, duration))


def _following(group: Groups, _context: Context, before: Before) -> Value:
    duration = _length(group)
    if before.days is None or before.days.last is None or duration is None:
        return duration, Days()
    first = before.days.last + timedelta(days=1)
    return duration, Days(first, add_length(first, duration))


def _from_start(group: Groups, context: Context, _before: Before) -> Value:
    """Return the days of a length, or of one year, that begins on a named day."""
    duration = _length(group)
    start = days_of(group["date"] or "", context)
    if start is None or start.first is None:
        return duration, Days()
    return duration, Days(start.first, add_length(start.first, duration or "P1Y"))


def _year_from(group: Groups, context: Context, before: Before) -> Value:
    return None, _from_start(group, context, before)[1]


def _until_end(group: Groups, context: Context, _before: Before) -> Value:
    duration = _length(group)
    end = days_of(group["date"] or "", context)
    return duration, length_until(duration, end.last if end else None)


def _year_until(group: Groups, context: Context, _before: Before) -> Value:
    end = days_of(group["date"] or "", context)
    return None, length_until("P1Y", end.last if end else None)


def _length_range(group: Groups, context: Context, _before: Before) -> Value:
    opening, closing = group["date"] or "", group.get("date2") or ""
    first = days_of(opening, context)
    last = days_of(closing, context) if closing else first
    duration = _length(group)
    if first is None or last is None:
        return duration, Days()
    if not closing and duration and first.first and first.last:
        exact = add_length(first.first, duration) if first.last < first.first else first.last
        return duration, Days(first.first, exact)
    return duration, Days(first.first, last.last)


def _named_date(group: Groups, context: Context, _before: Before) -> Value:
    if group.get("date2"):
        return None, _between(group["date"] or "", group["date2"] or "", context)
    return None, with_preposition(days_of(group["date"] or "", context), group.get("prep") or "")


def _range(group: Groups, context: Context, _before: Before) -> Value:
    opening = group["date"] or group.get("date3") or ""
    closing = group.get("date2") or group.get("date4") or ""
    joined = f"{opening} to {closing}"
    named = joined.endswith(" year")
    if _BARE_YEARS.match(joined) and ((group.get("prep") or "from") != "from" or named):
        return None, days_of(joined, context) or Days()
    return None, _between(opening, closing, context)


def _between(opening: str, closing: str, context: Context) -> Days:
    """Return the days from one date to another; an opening without a year takes the closing's."""
    last = days_of(closing, context)
    year = _YEAR.search(closing)
    if day := _DAY_ALONE.fullmatch(opening):
        month = re.sub(r"^(?:the )?[0-9]{1,2}(?:st|nd|rd|th)?(?: of)? ", "", closing)
        first = days_of(f"{day[1]} {month}", context)
    elif year and not re.search(r"[0-9]{4}|[0-9]/[0-9]|year", opening):
        first = days_of(f"{opening} {year[0]}", context)
    else:
        first = days_of(opening, context)
    if first and last and first.first and last.last and last.last < first.first:
        if year:
            first = shifted(first, -1)
        else:
            last = days_of(closing, replace(context, past=False))
        if last and last.last and first.first and last.last < first.first:
            last = shifted(last, 1)
    return Days(first.first if first else None, last.last if last else None)


def _dates(group: Groups, context: Context, _before: Before) -> Value:
    names = [group[name] or "" for name in ("date", "date2", "date3") if group.get(name)]
    year = _YEAR.search(names[-1])
    dated = [
        n
        if not year or _YEAR.search(n) or "/" in n or not _MONTH_OF.search(n)
        else f"{n} {year[0]}"
        for n in names
    ]
    every = [days_of(name, context) for name in dated]
    first = every[0].first if every[0] else None
    last = every[-1].last if every[-1] else None
    if first and last and last < first:
        return None, Days()
    return None, Days(first, last)


def _sibling(group: Groups, context: Context, before: Before) -> Value:
    step = group.get("step") or ""
    shift = 1 if "after" in step or "following" in step else -1
    if group.get("same") or _SAME_YEAR.fullmatch(step):
        shift = 0
    named = before.days if shift or before.days else before.earlier
    if named is not None:
        if named.first is None or named.last is None:
            return None, Days()
        return None, shifted(named, shift)
    if context.published is None or not re.match("(?:following|previous|preceding)", step):
        return None, Days()
    if re.search("financial|fiscal|tax", step):
        ending = current_financial_year(context.published, context.country) + shift
        return None, financial_year(ending, context.country)
    return None, year_days(context.published.year + shift)


def _next_alone(group: Groups, context: Context, before: Before) -> Value:
    published, days = context.published, before.days
    if published is None or days is None or days.first is None or days.last is None:
        return None, Days()
    shift = {"next": 1, "last": -1, "this": 0}[group["which"] or "this"]
    if (days.last - days.first).days < 32:  # noqa: PLR2004 - a month
        return None, month_days(published.year, published.month + shift)
    if days.first.month == days.first.day == 1:
        return None, year_days(published.year + shift)
    ending = current_financial_year(published, context.country) + shift
    return None, financial_year(ending, context.country)


def _feast(group: Groups, context: Context, _before: Before) -> Value:
    published, prep = context.published, (group.get("prep") or "").split(" ")[0]
    if published is None or prep in {"over", "at", "for", "during", "this"}:
        return None, Days()
    if group["feast"] != "christmas":
        return None, _movable(group["feast"] or "", published, prep, past=context.past)
    year = published.year - context.past
    return None, Days(None, date(year, 12, 25 if prep in {"until", "from"} else 24))


def _movable(name: str, published: date, prep: str, *, past: bool) -> Days:
    """Return the days up to or from the feast before or after the publication day."""
    days = [feast_day(name, published.year + step) for step in (-1, 0, 1)]
    known = [day for day in days if day]
    past = past or prep == "since"
    near = [d for d in known if (d <= published if past else d >= published)]
    if not near:
        return Days()
    day = near[-1] if past else near[0]
    return with_preposition(Days(day, day), prep)


def _ago(group: Groups, context: Context, _before: Before) -> Value:
    """Return the calendar year or month that lies so long ago."""
    published, duration = context.published, _length(group)
    if published is None or duration is None or duration[-1] not in "YM":
        return None, Days()
    count = int(duration[1:-1])
    if duration[-1] == "M":
        return None, month_days(published.year, published.month - count)
    return None, year_days(published.year - count)


def _undated(group: Groups, context: Context, _before: Before) -> Value:
    opening, closing = group.get("date"), group.get("date2")
    if not opening:
        return None, Days()
    return None, _between(opening, closing or opening, context)


def _weekday(group: Groups, context: Context, _before: Before) -> Value:
    phrase = (group["date"] or "").replace("the weekend", "this weekend").replace("coming ", "")
    prep = (group.get("prep") or "").replace("over", "on").replace("at", "on")
    return None, with_preposition(days_of(phrase, context), prep)


def _nothing(_group: Groups, _context: Context, _before: Before) -> Value:
    return None, Days()


_READINGS: dict[str, Callable[[Groups, Context, Before], Value]] = {
    "ago": _ago,
    "date": _named_date,
    "dates": _dates,
    "feast": _feast,
    "following": _following,
    "label": _named_date,
    "length": _length_alone,
    "length-range": _length_range,
    "length-start": _from_start,
    "length-until": _until_end,
    "next": _next,
    "next-alone": _next_alone,
    "none": _nothing,
    "range": _range,
    "sibling": _sibling,
    "undated": _undated,
    "weekday": _weekday,
    "year-from": _year_from,
    "year-until": _year_until,
}
