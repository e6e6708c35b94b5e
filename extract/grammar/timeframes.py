"""Timeframe expressions in one sentence: found by rule, resolved against the publication day."""

from __future__ import annotations

import re
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
from extract.rulebook import Rule, compile_pattern, load_rules


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


_PAST = compile_pattern(
    r"\b(?:was|were|had|cost|took|spent|gave|sold|paid|did|went|came|got|rose|fell|made|received|met|ran|lost"
    r"|[a-z]{3,}ed)\b"
)
_FUTURE = compile_pattern(
    r"\b(?:will|would|shall|is to|are to|to be|due|expected|set to|plans?|next|can|may|must)\b"
)
_ANNOUNCED = compile_pattern(
    r"\b(?:announced?|announc(?:ing|ement)|promised?|unveil(?:ed|s)?|pledged|confirmed|reveal(?:ed|s)|publish(?:ed|es)"
    r"|said|says|told|warned|launched|set out|created|introduced|declared|reported|agreed|approved|signed|founded"
    r"|established|opened|closed|elected|launch|speech|statement|budget|election|vote|meeting|review|report"
    r"|passed|enacted|born|built|since)(?: (?:back|early|late|again|earlier|up))?,?\s$"
)
_TOLD = compile_pattern(r"\b(?:told|announced|promised|unveiled|revealed|heard)\b[^.;:,]{0,40}{A}[^.;:,]{0,25}$")
_BARE_YEARS = re.compile(r"[0-9]{4} to [0-9]{4}")
_BUDGET_NAME = re.compile(r"\s(?:spring |autumn |emergency )?(?:budget|election|spending review|statement|report|census|act)\b", re.I)
_FRONTED_ANNOUNCEMENT = compile_pattern(
    r",? (?:[\w'-]+ ){1,6}?(?:announced|promised|unveiled|pledged|confirmed|revealed|said|told|warned|launched|published)\b"
)


def find_timeframes(text: str, start: int, end: int, published: date | None, country: str) -> list[FoundTimeframe]:
    """Return the timeframes of one sentence in order, none overlapping another.

    Args:
        text: Folded text of the document.
        start: First code point of the sentence.
        end: One past its last.
        published: Publication day; None when unknown.
        country: ISO 3166 alpha-2.
    """
    candidates: list[tuple[int, int, re.Match[str], Rule]] = []
    for order, rule in enumerate(load_rules("timeframe.toml", "value", anchor=r"(?<![\w-]){}(?![\w])")):
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
    word = match.group().lower().split(" ")[0] if not match.groupdict().get("prep") else match["prep"].lower().split(" ")[0]
    if word in {"by", "until", "through", "throughout", "over", "across", "starting", "beginning", "effective"}:
        return False
    before = text[max(start, match.start() - 60) : match.start()]
    if word in {"in", "on", "since", "during", "within", "last", "this", "next", "earlier"} and _ANNOUNCED.search(before):
        return True
    if word == "in" and _TOLD.search(before) and not re.search(r"[0-9] ?[-/]", match.group()):
        return True
    if _BUDGET_NAME.match(text, match.end(), end):
        return True
    if word == "on" and not re.search(r"[0-9]", match.group()):
        return True
    fronted = not text[start : match.start()].strip("\"'( ")
    return fronted and bool(_FRONTED_ANNOUNCEMENT.match(text, match.end(), end))


def _is_past(text: str, start: int, match: re.Match[str], end: int) -> bool:
    """Tell whether the clause around a bare month speaks of the past."""
    prep = (match.groupdict().get("prep") or "").lower().split(" ")[0]
    before = text[max(start, match.start() - 90) : match.start()]
    clause = re.split(r"[;:(]| - |, (?:and|but|which|while) ", before)[-1] or text[match.end() : min(end, match.end() + 60)]
    if not before.strip():
        clause = text[match.end() : min(end, match.end() + 60)]
    past, future = list(_PAST.finditer(clause)), list(_FUTURE.finditer(clause))
    if prep in {"from", "starting", "beginning", "effective", "commencing", "until", "before"}:
        return bool(past) and not future and prep in {"from", "since"} and not past[-1].group().endswith("ed")
    if prep == "by":
        return bool(re.search(r"\b(?:had|was|were)\b", clause)) and not future
    return bool(past) and not future


def _value(
    reading: str, match: re.Match[str], context: Context, previous: FoundTimeframe | None
) -> tuple[str | None, Days]:
    group = match.groupdict()
    if reading == "length":
        return length_of(group["length"]), Days()
    if reading == "next":
        duration = length_of(group["length"])
        if context.published is None or duration is None:
            return duration, Days()
        return duration, Days(context.published, add_length(context.published, duration))
    if reading == "length-start":
        duration = length_of(group["length"])
        first = days_of(group["date"], context)
        if duration is None or first is None or first.first is None:
            return duration, Days()
        return duration, Days(first.first, add_length(first.first, duration))
    if reading == "year-from":
        first = days_of(group["date"], context)
        if first is None or first.first is None:
            return None, Days()
        return None, Days(first.first, add_length(first.first, "P1Y"))
    if reading == "length-until":
        duration = length_of(group["length"])
        until = days_of(group["date"], context)
        return duration, _length_until(duration, until.last if until else None)
    if reading == "range":
        return None, _range(group, context)
    if reading == "before":
        return None, _year_before(previous)
    if reading == "christmas":
        published = context.published
        return None, Days(None, date(published.year, 12, 24) if published else None)
    if reading == "date":
        return None, with_preposition(days_of(group["date"], context), group["prep"] or "")
    return None, Days()


def _length_until(duration: str | None, last: date | None) -> Days:
    """Return the days of a length that ends on `last`."""
    if duration is None or last is None or duration[-1] not in "YM":
        return Days(None, last)
    months = int(duration[1:-1]) * (12 if duration[-1] == "Y" else 1)
    following = last + timedelta(days=1)
    year, month = divmod(following.year * 12 + following.month - 1 - months, 12)
    return Days(date(year, month + 1, following.day if following.day == 1 else 1), last)


def _range(group: dict[str, str | None], context: Context) -> Days:
    opening = group["date"] or group.get("date3") or ""
    closing = group.get("date2") or group.get("date4") or ""
    if (group.get("prep") or "from").lower() != "from":
        if both := days_of(f"{opening} to {closing}", context):
            if _BARE_YEARS.fullmatch(f"{opening} to {closing}"):
                return both
    first, last = days_of(opening, context), days_of(closing, context)
    if first and last and first.first and last.last and last.last < first.first:
        last = days_of(closing, replace(context, past=False))
    return Days(first.first if first else None, last.last if last else None)


def _year_before(previous: FoundTimeframe | None) -> Days:
    if previous is None or previous.days.first is None or previous.days.last is None:
        return Days()
    first, last = previous.days.first, previous.days.last
    return Days(first.replace(year=first.year - 1), last.replace(year=last.year - 1))
