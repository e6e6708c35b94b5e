"""Timeframe expressions in one sentence: found by rule, resolved against the publication day."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from extract.grammar.calendar import (
    Context,
    Days,
    add_length,
    days_of,
    length_of,
    with_preposition,
)
from extract.grammar.fold import lower_case
from extract.needs import keys_of
from extract.rulebook import Rule, pattern
from extract.rulefiles import Rulebook

Groups = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class FoundTimeframe:
    """A timeframe expression with its value.

    Attributes:
        start: First code point, preposition included.
        end: One past the last.
        duration: ISO 8601 or None.
        days: First and last day, each None where not fixed.
        rule: Id of the rule that read it.
    """

    start: int
    end: int
    duration: str | None
    days: Days
    rule: str


_PAST = pattern("timeframe.past")
_FUTURE = pattern("timeframe.future")
_ANNOUNCED = pattern("timeframe.announced")
_TOLD = pattern("timeframe.told")
_PAID_ON = re.compile(
    r"\b(?:paid|payable|due|spent|raised|opens?|begins?|starts?|ends?|effect|force|arrives?)\b[^.;]{0,40}$"
)
_BARE_YEARS = re.compile(r"[0-9]{4} to [0-9]{4}")
_BUDGET_NAME = pattern("timeframe.budget-name")
_FRONTED_ANNOUNCEMENT = pattern("timeframe.fronted-announcement")


def find_timeframes(
    text: str, start: int, end: int, published: date | None, country: str, book: Rulebook
) -> list[FoundTimeframe]:
    """Return the timeframes of one sentence in order, none overlapping another.

    Args:
        text: Folded text of the document.
        start: First code point of the sentence.
        end: One past its last.
        published: Publication day; None when unknown.
        country: ISO 3166 alpha-2.
        book: The rules.
    """
    candidates: list[tuple[int, int, re.Match[str], Rule]] = []
    rules = book.rules("timeframe.toml", r"(?<![\w-]){}(?![\w])")
    for order, rule in enumerate(rules.among(keys_of(lower_case(text[start:end])))):
        for match in rule.pattern.finditer(text, start, end):
            candidates.append((match.start() - match.end(), order, match, rule))
    chosen: list[tuple[re.Match[str], Rule]] = []
    for _, _, match, rule in sorted(candidates, key=lambda c: (c[0], c[1])):
        if all(match.end() <= m.start() or m.end() <= match.start() for m, _ in chosen):
            chosen.append((match, rule))
    found: list[FoundTimeframe] = []
    for match, rule in sorted(chosen, key=lambda pair: pair[0].start()):
        if rule.values["value"] in {"date", "length"} and _is_announcement(text, start, match, end):
            continue
        context = Context(published, country, past=_is_past(text, start, match, end))
        previous = found[-1] if found else None
        duration, days = _value(rule.values["value"], match, context, previous)
        found.append(FoundTimeframe(match.start(), match.end(), duration, days, rule.id))
    return found


def _is_announcement(text: str, start: int, match: re.Match[str], end: int) -> bool:
    """Tell the date of the announcement, which is no timeframe, from the date of the money."""
    word = (
        match.group().lower().split(" ")[0]
        if not match.groupdict().get("prep")
        else match["prep"].lower().split(" ")[0]
    )
    if word in {
        "by",
        "until",
        "through",
        "throughout",
        "over",
        "across",
        "starting",
        "beginning",
        "effective",
    }:
        return False
    before = text[max(start, match.start() - 60) : match.start()]
    if word in {
        "in",
        "on",
        "since",
        "during",
        "within",
        "last",
        "this",
        "next",
        "earlier",
    } and _ANNOUNCED.search(before):
        return True
    if word == "in" and _TOLD.search(before) and not re.search(r"[0-9] ?[-/]", match.group()):
        return True
    if _BUDGET_NAME.match(text, match.end(), end):
        return True
    if word == "on" and not _PAID_ON.search(text[max(start, match.start() - 60) : match.start()]):
        return True
    fronted = not text[start : match.start()].strip("\"'( ")
    return fronted and bool(_FRONTED_ANNOUNCEMENT.match(text, match.end(), end))


def _is_past(text: str, start: int, match: re.Match[str], end: int) -> bool:
    """Tell whether the clause around a bare month speaks of the past."""
    prep = (match.groupdict().get("prep") or "").lower().split(" ")[0]
    before = text[max(start, match.start() - 90) : match.start()]
    clause = (
        re.split(r"[;:(]| - |, (?:and|but|which|while) ", before)[-1]
        or text[match.end() : min(end, match.end() + 60)]
    )
    if not before.strip():
        clause = text[match.end() : min(end, match.end() + 60)]
    past, future = list(_PAST.finditer(clause)), list(_FUTURE.finditer(clause))
    if prep in {"from", "starting", "beginning", "effective", "commencing", "until", "before"}:
        return (
            bool(past)
            and not future
            and prep in {"from", "since"}
            and not past[-1].group().endswith("ed")
        )
    if prep == "by":
        return bool(re.search(r"\b(?:had|was|were)\b", clause)) and not future
    return bool(past) and not future


def _value(
    reading: str, match: re.Match[str], context: Context, previous: FoundTimeframe | None
) -> tuple[str | None, Days]:
    """Return the duration and the days of a match, as its rule's `value` says to read it."""
    group = match.groupdict()
    if reading == "before":
        return None, _year_before(previous)
    duration = length_of(group["length"]) if group.get("length") else None
    return duration, _READINGS[reading](group, context, duration)


def _next_length(_group: Groups, context: Context, duration: str | None) -> Days:
    if context.published is None or duration is None:
        return Days()
    return Days(context.published, add_length(context.published, duration))


def _from_start(group: Groups, context: Context, duration: str | None) -> Days:
    """Return the days of a length, or of one year, that begins on a named day."""
    start = days_of(group["date"] or "", context)
    if start is None or start.first is None:
        return Days()
    return Days(start.first, add_length(start.first, duration or "P1Y"))


def _until_end(group: Groups, context: Context, duration: str | None) -> Days:
    end = days_of(group["date"] or "", context)
    return _length_until(duration, end.last if end else None)


def _named_date(group: Groups, context: Context, _duration: str | None) -> Days:
    return with_preposition(days_of(group["date"] or "", context), group["prep"] or "")


def _christmas(_group: Groups, context: Context, _duration: str | None) -> Days:
    return Days(None, date(context.published.year, 12, 24) if context.published else None)


def _length_until(duration: str | None, last: date | None) -> Days:
    """Return the days of a length that ends on `last`."""
    if duration is None or last is None or duration[-1] not in "YM":
        return Days(None, last)
    months = int(duration[1:-1]) * (12 if duration[-1] == "Y" else 1)
    following = last + timedelta(days=1)
    year, month = divmod(following.year * 12 + following.month - 1 - months, 12)
    return Days(date(year, month + 1, following.day if following.day == 1 else 1), last)


def _range(group: Groups, context: Context, _duration: str | None) -> Days:
    opening = group["date"] or group.get("date3") or ""
    closing = group.get("date2") or group.get("date4") or ""
    joined = f"{opening} to {closing}"
    if (group.get("prep") or "from").lower() != "from" and _BARE_YEARS.fullmatch(joined):
        return days_of(joined, context) or Days()
    first, last = days_of(opening, context), days_of(closing, context)
    if first and last and first.first and last.last and last.last < first.first:
        last = days_of(closing, replace(context, past=False))
    return Days(first.first if first else None, last.last if last else None)


def _year_before(previous: FoundTimeframe | None) -> Days:
    if previous is None or previous.days.first is None or previous.days.last is None:
        return Days()
    first, last = previous.days.first, previous.days.last
    return Days(first.replace(year=first.year - 1), last.replace(year=last.year - 1))


def _nothing(_group: Groups, _context: Context, _duration: str | None) -> Days:
    return Days()


# How a rule's `value` is read; `before` needs the timeframe named before it and stands in `_value`.
_READINGS: dict[str, Callable[[Groups, Context, str | None], Days]] = {
    "christmas": _christmas,
    "date": _named_date,
    "length": _nothing,
    "length-start": _from_start,
    "length-until": _until_end,
    "next": _next_length,
    "none": _nothing,
    "range": _range,
    "year-from": _from_start,
}
