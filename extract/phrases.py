"""Where a phrase ends, by punctuation and closed-class words alone.

It reads masked text (amounts and timeframes are single mask runs), so the next amount or
timeframe is seen as what it is. Offsets in and out are those of the text.
"""

from __future__ import annotations

import re

from extract.rulebook import AMOUNT_MASK, lexicon, pattern

_RELATIVE = pattern("phrase.relative")
_STOP = pattern("phrase.stop")
_FINITE = frozenset(lexicon()["finite"])
_GERUND = re.compile(r"(?:to help |help |.*\b(?:such as|including|like) )?[a-z]+ing\b")
_GOES_ON = re.compile(r" [A-Za-z]")
# Words that need what is quoted behind them: `help them "build back better"`, `a "green corridor"`.
_LEADS_ON = pattern("phrase.leads-on")
_ASIDE = re.compile(
    r"\s-\s(?:such as|including|like|especially|particularly|from|for example|notably)\b"
)
_COORDINATOR = pattern("phrase.coordinator")
_ADDED = pattern("phrase.added")
_TAIL = pattern("phrase.tail")


def phrase_end(masked: str, start: int, end: int) -> int:
    """Return where the phrase that begins at `start` ends, at most `end`.

    It ends before another clause, the next amount or timeframe, an attribution or an exclusion; a
    list of examples between dashes that the phrase goes on after is part of it.
    """
    end = _before_added(masked, start, end)
    position = start
    while match := _STOP.search(masked, position, end):
        stop = match.start()
        word = match.group().strip(" ,").lower()
        if word in _FINITE and _RELATIVE.search(masked[start:stop]):
            position = match.end()
            continue
        if match.group() == '"' and _is_inside(masked, start, stop):
            position = match.end()
            continue
        if match.group().strip() == "-":
            closing = _closing_dash(masked, stop, end)
            if closing is not None:
                position = closing
                continue
        if stop == start:
            position = match.end()
            continue
        return _trim(masked, start, _before_amount(masked, start, stop))
    return _trim(masked, start, end)


def _before_added(masked: str, start: int, end: int) -> int:
    """Return where an apposition (`, a former mill`) or an effect (`, creating jobs`) begins."""
    added = _ADDED.search(masked, start, end)
    if added is None or added.start() == start:
        return end
    if added["effect"] and _GERUND.match(masked, start, end):
        return end
    return added.start()


def _is_inside(masked: str, start: int, stop: int) -> bool:
    """Tell whether a quotation mark is of a word that the phrase goes on after."""
    if stop == start or masked[stop - 1] in " (":
        closing = masked.find('"', stop + 1)
        if closing < 0:
            return False
        goes_on = _GOES_ON.match(masked, closing + 1) or _LEADS_ON.search(masked, start, stop)
        return goes_on is not None
    return masked[start:stop].count('"') % 2 == 1 and bool(_GOES_ON.match(masked, stop + 1))


def _closing_dash(masked: str, stop: int, end: int) -> int | None:
    """Return where a phrase goes on behind an aside of examples; None when it does not."""
    if not _ASIDE.match(masked, stop, end):
        return None
    closing = masked.find(" - ", stop + 3, end)
    if closing < 0:
        return end
    return closing + 3 if re.match(r"as well as|and|or\b", masked[closing + 3 : end]) else None


def _before_amount(masked: str, start: int, stop: int) -> int:
    """Cut the words that lead up to the next amount (`… and a further`)."""
    if stop >= len(masked) or masked[stop] != AMOUNT_MASK:
        return stop
    lead = _COORDINATOR.search(masked[start:stop])
    return start + lead.start() if lead else stop


def _trim(masked: str, start: int, end: int) -> int:
    while match := _TAIL.search(masked, start, end):
        if match.end() != end or match.start() <= start:
            break
        end = match.start()
    return end
