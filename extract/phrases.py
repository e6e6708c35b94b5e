"""Where a phrase ends and where a subject begins, by punctuation and closed-class words alone.

Both functions read masked text (amounts and timeframes are single mask runs), so the next amount or
timeframe is seen as what it is. Offsets in and out are those of the text.
"""

from __future__ import annotations

import re

from extract.rulebook import AMOUNT_MASK, TIMEFRAME_MASK, compile_pattern, lexicon, pattern

_RELATIVE = pattern("phrase.relative")
_STOP = pattern("phrase.stop")
_FINITE = frozenset(lexicon()["finite"])
_GOES_ON = re.compile(r" [a-z]")
_ASIDE = re.compile(
    r"\s-\s(?:such as|including|like|especially|particularly|from|for example|notably)\b"
)
_COORDINATOR = pattern("phrase.coordinator")
_TAIL = pattern("phrase.tail")


def phrase_end(masked: str, start: int, end: int) -> int:
    """Return where the phrase that begins at `start` ends, at most `end`.

    It ends before another clause, the next amount or timeframe, an attribution or an exclusion; a
    list of examples between dashes that the phrase goes on after is part of it.
    """
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


def _is_inside(masked: str, start: int, stop: int) -> bool:
    """Tell whether a quotation mark is of a word that the phrase goes on after."""
    if stop == start or masked[stop - 1] in " (":
        closing = masked.find('"', stop + 1)
        return closing > 0 and _GOES_ON.match(masked, closing + 1) is not None
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


_CLAUSE = pattern("phrase.clause")
_AFTERTHOUGHT = pattern("phrase.afterthought")
_LEADING = pattern("phrase.leading")
_VERBAL = pattern("phrase.verbal")
_PREPOSITION = pattern("phrase.preposition")
_FIRST_VERB = pattern("phrase.first-verb")
# `A, B and C` as one subject: nothing but capitalised words up to the last.
_NAMES = re.compile(r"(?:[A-Z][\w.'-]+ ?){1,4},?\s?(?:and )(?:the )?[A-Z][\w.'-]+$")
_PLACE_ASIDE = re.compile(
    r",? (?:based )?(?:in|near|at|from) [A-Z][\w' -]+(?:, [\w' -]*[A-Z][\w' -]+)?,$"
)
_ACRONYM = re.compile(r" \([A-Z][A-Za-z&]{1,9}\)$")
_UP_TO_VERB = pattern("phrase.up-to-verb")
_NO_SUBJECT = pattern("phrase.no-subject")
_MAX_WORDS = 18


def subject_before(masked: str, position: int, floor: int) -> tuple[int, int] | None:
    """Return the noun phrase that is the subject of the verb at `position`; None when unclear.

    Args:
        masked: Masked text.
        position: Where the verb group begins.
        floor: Where the sentence begins.
    """
    text = masked[floor:position]
    text = _AFTERTHOUGHT.sub("", text.rstrip()) if _AFTERTHOUGHT.search(text) else text.rstrip()
    if text.endswith(" -") and " - " in text[:-1]:
        text = text[: text.rfind(" - ", 0, len(text) - 1)]
    text = _ACRONYM.sub("", _PLACE_ASIDE.sub("", text))
    if text.endswith(","):
        text, aside = _without_aside(text)
        if aside:
            return _bounds(masked, floor + aside[0], floor + aside[1])
    if re.search(r"(?:^|\s)(?:and|but|or)$", text):
        return _shared_subject(masked, text, floor)
    relative = re.search(r",?\s(?:which|who|that)$", text)
    if relative:
        text = text[: relative.start()]
        floor, text = _antecedent(text, floor)
    begin = _clause_start(text)
    piece = text[begin:]
    lead = _LEADING.match(piece)
    if lead:
        begin += lead.end()
    if not relative and not lead and _PREPOSITION.match(text[begin:]):
        return None
    return _bounds(masked, floor + begin, floor + len(text))


def _antecedent(text: str, floor: int) -> tuple[int, str]:
    """Cut what stands before the noun that `which` goes on about (`was awarded to X, which`)."""
    verb = _UP_TO_VERB.match(text)
    return (floor + verb.end(), text[verb.end() :]) if verb else (floor, text)


def _shared_subject(masked: str, text: str, floor: int) -> tuple[int, int] | None:
    """Return the subject of the first of two verbs that share it (`X declined but pointed to`)."""
    verb = _FIRST_VERB.search(text)
    return subject_before(masked, floor + verb.start(), floor) if verb and verb.start() else None


def _without_aside(text: str) -> tuple[str, tuple[int, int] | None]:
    """Drop `, which …,`; a name in apposition (`the minister, Lord Fenn,`) is the subject."""
    opening = text.rfind(", ", 0, len(text) - 1)
    if opening < 0:
        return text.rstrip(","), None
    inner = text[opening + 2 : len(text) - 1]
    role = text[:opening].split()[-1:]
    named = inner[:1].isupper() and len(inner.split()) <= 4  # noqa: PLR2004 - a name
    if named and role and role[0].islower():
        return text, (opening + 2, len(text) - 1)
    return text[:opening], None


def _clause_start(text: str) -> int:
    """Return where the last clause of `text` begins; `X and Y` without a verb is one subject."""
    start = 0
    for match in _CLAUSE.finditer(text):
        word = match.group().strip().lower()
        left, right = text[start : match.start()], text[match.end() :]
        if word in {"and", "or"} and left.strip() and not _VERBAL.search(left) and right.strip():
            continue
        if (
            word in {"who", "that", "which"}
            and right.strip()
            and left.strip()
            and _is_noun_end(left)
        ):
            continue
        if word == "," and _NAMES.match(right) and left[:1].isupper() and " and " in right:
            continue
        if right.strip():
            start = match.end()
    return start


def _is_noun_end(left: str) -> bool:
    """Tell whether `who` or `that` follows a noun (a relative clause) and not a reporting verb."""
    return not compile_pattern(r"{report}\s?$").search(left.strip())


def _bounds(masked: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and masked[start] in " ,\"'":
        start += 1
    while end > start and masked[end - 1] in ' ,"-':
        end -= 1
    words = masked[start:end].split()
    if _NO_SUBJECT.match(masked[start:end]):
        return None
    if (
        not words
        or len(words) > _MAX_WORDS
        or AMOUNT_MASK in masked[start:end]
        or TIMEFRAME_MASK in masked[start:end]
    ):
        return None
    return start, end
