"""Which date expressions date something else than money: an announcement, an opening, a birth.

Source: docs/annotation.md, "timeframe" and its ruling: the date of the announcement, a window for
applications, a deadline for bids and an opening date are no timeframes.
"""

from __future__ import annotations

import re

from extract.rulebook import AMOUNT_MASK, lexicon, pattern

_PAST = pattern("timeframe.past").lowered
_FUTURE = pattern("timeframe.future").lowered
_ANNOUNCED = pattern("timeframe.announced").lowered
_TOLD = pattern("timeframe.told").lowered
_PAID_ON = pattern("timeframe.paid-on").lowered
_ASKED = pattern("timeframe.asked").lowered
_PAID_BEHIND = pattern("timeframe.paid-behind").lowered
_EVENT = pattern("timeframe.event").lowered
_WORKS = pattern("timeframe.works").lowered
_BIDS = pattern("timeframe.bids").lowered
_SUPERLATIVE = pattern("timeframe.superlative").lowered
_BUDGET_NAME = pattern("timeframe.budget-name").lowered
_FRONTED_ANNOUNCEMENT = pattern("timeframe.fronted-announcement").lowered
_FRONTED_APPROVAL = pattern("timeframe.fronted-approval").lowered
_PROMISED_THEN = pattern("timeframe.promised-then").lowered
_DAYS_AGO = pattern("timeframe.days-ago").lowered
_FORECAST_THEN = pattern("timeframe.forecast-then").lowered
_AND_PROMISED = pattern("timeframe.and-promised").lowered
_OF_NOUN = pattern("timeframe.of-noun").lowered
_DISASTER = pattern("timeframe.disaster").lowered
_OPENS_CLAUSE = re.compile(r"(?:^|[:;(]|, (?:and|but)|-)[\"' (]*$")
_PARTICIPLE = re.compile(
    r"([\w-]+) ((?:[a-z]+ed|built|born|held|sent|written|seen|begun|known|left|won))"
    r"(?: (?:back|up|out|off|down|only|early|late|again|just))?\s$"
)
_MONEY_VERBS = frozenset(lexicon()["money_verb"])
_AUXILIARY = frozenset(lexicon()["auxiliary_word"])
_CLAUSE = re.compile(r"[;:(]| - |, (?:and|but|which|while) ")

# Prepositions that name an end or a stretch: what they say is hardly ever of an announcement.
_STRETCH = frozenset(
    ["by", "until", "through", "throughout", "over", "across", "starting", "beginning", "effective"]
)
_POINT = frozenset(["in", "on", "since", "during", "within", "last", "this", "next", "earlier"])
_WINDOW = frozenset(
    [
        "by",
        "until",
        "before",
        "on",
        "from",
        "between",
        "no",
        "in",
        "up",
        "next",
        "this",
        "early",
        "late",
    ]
)
_BARE = frozenset(["this", "last", "next"])
_SINCE = frozenset(["in", "for", "since", "over"])
_REACH = 60


def dates_something_else(text: str, start: int, span: tuple[int, int], prep: str, end: int) -> bool:
    """Tell whether an expression is the date of an announcement or of another event.

    Args:
        text: Lower-case text.
        start: First code point of the sentence.
        span: Where the expression stands.
        prep: Its preposition, or its first word where it has none.
        end: One past the sentence's last code point.
    """
    word = prep.split(" ", maxsplit=1)[0]
    before = text[max(start, span[0] - _REACH) : span[0]]
    phrase = text[slice(*span)]
    if _is_event(word, before) or (" the " in phrase and _DISASTER.match(text, span[1], end)):
        return True
    if word in _STRETCH:
        return False
    if word == "on" and not _PAID_ON.search(before) and not _PAID_BEHIND.match(text, span[1]):
        return True
    opens = _OPENS_CLAUSE.search(text[start : span[0]]) is not None
    return _is_announcement(word, before, phrase, text[span[1] : end], opens=opens)


def _is_event(word: str, before: str) -> bool:
    """Tell whether the words before make it the date of an event: an opening, a bid, a record."""
    return bool(
        (word in _SINCE and _SUPERLATIVE.search(before))
        or _EVENT.search(before)
        or (word in _BARE and _OF_NOUN.search(before))
        or (word in _WINDOW and (_WORKS.search(before) or _BIDS.search(before)))
        or (word in _POINT and (_reduced_relative(before) or _ASKED.search(before)))
    )


def _is_announcement(word: str, before: str, phrase: str, behind: str, *, opens: bool) -> bool:
    """Tell whether it is the date on which the money was announced."""
    if word in _POINT and _ANNOUNCED.search(before):
        return True
    if word == "in" and _TOLD.search(before) and not re.search("[0-9] ?[-/]", phrase):
        return True
    if _PROMISED_THEN.search(before) and _DAYS_AGO.fullmatch(phrase):
        return True
    undated = not re.search("[0-9]", phrase)
    if undated and _FORECAST_THEN.search(before):
        return True
    if _BUDGET_NAME.match(behind) or (
        word in _POINT and AMOUNT_MASK not in before and _AND_PROMISED.match(behind)
    ):
        return True
    approved = undated and _FRONTED_APPROVAL.match(behind)
    return opens and bool(approved or _FRONTED_ANNOUNCEMENT.match(behind))


def _reduced_relative(before: str) -> bool:
    """Tell whether a participle of something else stands before: `a school damaged in 2019`."""
    match = _PARTICIPLE.search(before)
    return (
        match is not None
        and match[2] not in _MONEY_VERBS
        and match[1] not in _AUXILIARY
        and not match[1].endswith("ly")
    )


def speaks_of_the_past(text: str, start: int, span: tuple[int, int], prep: str, end: int) -> bool:
    """Tell whether the clause around a bare month speaks of the past; arguments as above."""
    prep = prep.split(" ", maxsplit=1)[0]
    before = text[max(start, span[0] - 90) : span[0]]
    behind = text[span[1] : min(end, span[1] + _REACH)]
    clause = _CLAUSE.split(before)[-1] if before.strip() else behind
    clause = clause or behind
    past, future = list(_PAST.finditer(clause)), _FUTURE.search(clause)
    if prep == "since":
        return True
    if prep in {"from", "starting", "beginning", "effective", "commencing", "until", "before"}:
        return bool(past) and not future and prep == "from" and not past[-1].group().endswith("ed")
    if prep == "by":
        return bool(re.search(r"\b(?:had|was|were)\b", clause)) and not future
    return bool(past) and not future
