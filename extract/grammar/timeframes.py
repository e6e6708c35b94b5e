"""Timeframe expressions in one sentence: found by rule, resolved against the publication day."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from extract.grammar.calendar import Context, Days
from extract.grammar.dates import days_of
from extract.grammar.events import dates_something_else, speaks_of_the_past
from extract.grammar.fold import lower_case
from extract.grammar.readings import Before, value_of
from extract.rulebook import AMOUNT_MASK, Rule, expand, pattern
from extract.rulefiles import Rulebook

# Every expression holds one of these: a sentence without any is not looked at again.
_TRIGGER = pattern("timeframe.trigger").lowered
# An expression begins at most so far before its first trigger.
_REACH = 60
# `last winter's two credits of €125` dates the money, `last September's flood` does not.
_POSSESSED = pattern("timeframe.possessed").lowered
_POSSESSED_POT = pattern("timeframe.possessed-pot").lowered
_ANCHOR = r"{}(?![\w])"
# What a rule without heads of its own may begin with.
_ANYWHERE = "*"
_DATED = frozenset(
    ["date", "length", "weekday", "dates", "sibling", "feast", "range", "undated", "ago"]
)


@dataclass(frozen=True, slots=True)
class FoundTimeframe:
    """A timeframe expression with its value.

    Attributes:
        start: First code point, preposition included.
        end: One past the last.
        duration: ISO 8601 or None.
        days: First and last day, each None where not fixed.
        rule: Id of the rule that read it.
        parts: Its dates one by one, where it names several (`in 2024-25 and 2025-26`).
    """

    start: int
    end: int
    duration: str | None
    days: Days
    rule: str
    parts: tuple[FoundTimeframe, ...] = ()


_WORD = re.compile(r"(?<![\w-])\w+")
_NUMBER = "0123456789"
_DIGITS = frozenset(_NUMBER)


@dataclass(frozen=True, slots=True)
class _Heads:
    """The rules by the word that a match begins with, and those that any word can begin."""

    rules: Mapping[str, tuple[Rule, ...]]
    anywhere: tuple[Rule, ...]


@cache
def _heads(book: Rulebook) -> _Heads:
    by_word: dict[str, list[Rule]] = {}
    every = book.rules("timeframe.toml", _ANCHOR).rules
    for rule in every:
        for word in _head_words(rule):
            by_word.setdefault(word, []).append(rule)
    anywhere = by_word.pop(_ANYWHERE, [])
    if anywhere:
        order = {rule.id: place for place, rule in enumerate(every)}
        for rules in by_word.values():
            rules[:] = sorted(
                {r.id: r for r in [*rules, *anywhere]}.values(), key=lambda r: order[r.id]
            )
    found = {word: tuple(rules) for word, rules in by_word.items()}
    return _Heads(found, tuple(anywhere))


def _head_words(rule: Rule) -> set[str]:
    """Return the first words of what a rule's heads say, lists of the lexicon written out."""
    words: set[str] = set()
    for head in rule.values.get("heads", (_ANYWHERE,)):
        listed = expand(head).removeprefix("(?:").removesuffix(")").split("|")
        words |= {re.split("[ -]", word)[0] for word in listed}
    return words


def find_timeframes(
    text: str,
    start: int,
    end: int,
    context: Context,
    book: Rulebook,
    earlier: Days | None = None,
) -> list[FoundTimeframe]:
    """Return the timeframes of one sentence in order, none overlapping another.

    Args:
        text: Folded text of the document.
        start: First code point of the sentence.
        end: One past its last.
        context: Publication day and country.
        book: The rules.
        earlier: Days of the last timeframe of the sentences before; None when there is none.
    """
    lower = lower_case(text[start:end])
    triggers = [match.start() for match in _TRIGGER.finditer(lower)]
    if not triggers:
        return []
    found: list[FoundTimeframe] = []
    for match, rule in _chosen(lower, triggers, _heads(book)):
        span, reading = match.span(), rule.values["value"]
        group = match.groupdict()
        if lower.startswith("'s", span[1]) and not (
            (reading == "undated" and _POSSESSED.match(lower, span[1]))
            or _POSSESSED_POT.match(lower, span[1])
        ):
            continue
        if reading == "next-alone" and lower[span[0] - 2 : span[0] - 1] != AMOUNT_MASK:
            continue
        prep = group.get("prep") or ("in" if reading == "ago" else match.group().split(" ")[0])
        if reading in _DATED and dates_something_else(lower, 0, span, prep, len(lower)):
            continue
        past = speaks_of_the_past(lower, 0, span, prep, len(lower))
        here = Context(context.published, context.country, past=past)
        before = Before(found[-1].days if found else None, earlier)
        duration, days = value_of(reading, group, here, before)
        parts = _parts(match, here, start, rule) if reading in {"dates", "range"} else ()
        found.append(
            FoundTimeframe(start + span[0], start + span[1], duration, days, rule.id, parts)
        )
    return found


def _chosen(lower: str, triggers: list[int], heads: _Heads) -> list[tuple[re.Match[str], Rule]]:
    """Return the longest matches, in order, that do not overlap; the earlier rule of equals."""
    candidates: list[tuple[int, int, re.Match[str], Rule]] = []
    for head in _WORD.finditer(lower):
        word, position = head.group(), head.start()
        word = "#" if word[0] in _DIGITS else word
        rules = heads.rules.get(word) or heads.rules.get(word.rstrip(_NUMBER), heads.anywhere)
        if not rules:
            continue
        near = bisect_left(triggers, position)
        if near == len(triggers) or triggers[near] - position > _REACH:
            continue
        for order, rule in enumerate(rules):
            match = rule.lowered.match(lower, position)
            if match is not None and match.end() > position:
                candidates.append((position - match.end(), order, match, rule))
    chosen: list[tuple[re.Match[str], Rule]] = []
    for _, _, match, rule in sorted(candidates, key=lambda c: c[:2]):
        first, last = match.span()
        if all(last <= m.start() or m.end() <= first for m, _ in chosen):
            chosen.append((match, rule))
    return sorted(chosen, key=lambda pair: pair[0].start())


def _parts(
    match: re.Match[str], context: Context, offset: int, rule: Rule
) -> tuple[FoundTimeframe, ...]:
    """Return the dates that an expression names one by one."""
    spans = sorted(
        match.span(name)
        for name in match.groupdict()
        if name.startswith("date") and match[name] is not None
    )
    return tuple(
        FoundTimeframe(
            offset + first,
            offset + last,
            None,
            days_of(match.string[first:last], context) or Days(),
            rule.id,
        )
        for first, last in spans
    )
