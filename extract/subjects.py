"""Where a verb's subject stands, by punctuation and closed-class words alone.

It reads masked text (amounts and timeframes are single mask runs); offsets are the text's.
"""

from __future__ import annotations

import re

from extract.rulebook import AMOUNT_MASK, TIMEFRAME_MASK, compile_pattern, pattern

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
_SAYS = pattern("phrase.says")
_EVENT = pattern("phrase.event")
_OF_AMOUNT = pattern("phrase.of-amount")
_AMOUNT_FIRST = re.compile(rf"(?:[\w'-]+ ){{0,2}}{AMOUNT_MASK}+[ -](?=[A-Za-z])")
# `paid cash for the truck`, `for the truck`: what stands before the thing.
_PAID_FOR = re.compile(r"(?:(?:[a-z]+ ){0,2}(?:for|on|into) |(?:in|under|of|to|with|at) )(?=\w)")
_REPORTS = compile_pattern(r"\b{report}\b")
_MAX_WORDS = 18
_SHORTENED = re.compile(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Gov|Sen|Rep|Prof|Gen|Lt|Sgt|Rev|Hon|Cllr)$")
# The number of a paragraph: `3 The Department expects`.
_NUMBERED = re.compile(r"\d{1,2}\.? (?=(?:The|An?|This|These|In|By|Our|Its)\b)")
_PRONOUN_LAST = re.compile(r" (we|they|he|she|I)$")
_DATE_FIRST = re.compile(rf"(?:[0-9]{{1,2}} )?{TIMEFRAME_MASK}+,? (?=\w)")
_DATE_LAST = re.compile(rf",? {TIMEFRAME_MASK}+$")
# `the state's 2026 budget`, `the 2026 budget`.
_POSSESSED_DATE = re.compile(rf"(?:'s?|\b[Tt]he) {TIMEFRAME_MASK}+(?= \w)")
# `that` behind a verb that has its subject opens a clause: `it emerged last month that …`.
_OPENS = pattern("subject.opens")
_PIED = re.compile(r"\b(?:to|from|for|in|on|under|of|by|with|through)$")
_ASIDE = re.compile(r", (?:which|who|whose|where|also known as|formerly|known as)\b[^;:]*,$")
# What a person named before it is: `Ann Lee, Minister of Housing, Works and Roads,`.
_OFFICE = re.compile(
    r"(?<=[a-z]), (?:the )?(?:[A-Z][\w-]+ ){0,3}(?:Minister|Secretary|President|Premier|Mayor"
    r"|Chair(?:man|woman)?|Chancellor|Commissioner|Governor|Director|Head|Leader)"
    r" (?:of|for|at|in|responsible) [^;:]+,$"
)
# What a thing is named as before its name: `its biggest cost, home care,`.
_SORT = pattern("subject.sort")
# `, which`; also `, for which` and `, the cost of which`.
_RELATIVE = re.compile(
    r",?\s(?:that|who|(?:(?:for|on|into|towards?|(?:the|whose) (?:cost|price|bill) of) )?which)$"
)
_TITLE = pattern("subject.title")
Bounds = tuple[int, int]
# A prepositional phrase set first without a comma, and the noun phrase behind it.
_FRONTED = pattern("subject.fronted")


def subject_before(masked: str, position: int, floor: int) -> Bounds | None:
    """Return the noun phrase that is the subject of the verb at `position`; None when unclear.

    Args:
        masked: Masked text.
        position: Where the verb group begins.
        floor: Where the sentence begins.
    """
    text = _bare(masked[floor:position])
    if text.endswith(","):
        text, aside = _without_aside(text)
        if aside:
            return _bounds(masked, floor + aside[0], floor + aside[1])
    if re.search(r"(?:^|\s)(?:and|but|or)$", text):
        return _shared_subject(masked, text, floor)
    relative = _RELATIVE.search(text)
    if relative:
        text = text[: relative.start()]
        if event := _event(masked, text, floor):
            return event
        floor, text = _antecedent(text, floor)
    begin = _clause_start(text)
    piece = text[begin:]
    lead = _LEADING.match(piece)
    if lead:
        begin += lead.end()
    if not relative and _PREPOSITION.match(text[begin:]):
        fronted = _FRONTED.match(text, begin)
        if fronted is None:
            return None
        begin = fronted.start("np")
    return _bounds(masked, floor + begin, floor + len(text))


def thing_meant(masked: str, bounds: Bounds | None, floor: int) -> Bounds | None:
    """Return what a subject `it` or `they` goes back to: its sentence's first subject."""
    if bounds is None or masked[slice(*bounds)].lower() not in {"it", "they"}:
        return bounds
    text = masked[floor : bounds[0]]
    verb = _FIRST_VERB.search(text)
    if verb is None or _REPORTS.search(text):
        return None
    return _shared_subject(masked, text, floor)


def noun_before(masked: str, position: int, floor: int) -> Bounds | None:
    """Return the noun phrase that an aside at `position` is about; None when unclear.

    Args:
        masked: Masked text.
        position: Where the aside begins, at its comma.
        floor: Where the sentence begins.
    """
    floor, text = _antecedent(_bare(masked[floor:position]), floor)
    begin = _clause_start(text)
    if lead := _LEADING.match(text[begin:]):
        begin += lead.end()
    if paid := _PAID_FOR.match(text, begin):
        begin = paid.end()
    return _bounds(masked, floor + begin, floor + len(text))


def _bare(text: str) -> str:
    """Drop adverbs, asides and places that stand between a subject and its verb."""
    text = _SAYS.sub("", text)
    text = _AFTERTHOUGHT.sub("", text.rstrip())
    if text.endswith(" -") and " - " in text[:-1]:
        text = text[: text.rfind(" - ", 0, len(text) - 1)]
    if office := _OFFICE.search(text):
        text = text[: office.start()]
    if aside := _ASIDE.search(text):
        text = text[: aside.start()]
    return _ACRONYM.sub("", _PLACE_ASIDE.sub("", text))


def _antecedent(text: str, floor: int) -> tuple[int, str]:
    """Cut what stands before the noun that `which` goes on about (`was awarded to X, which`)."""
    verb = _UP_TO_VERB.match(text)
    return (floor + verb.end(), text[verb.end() :]) if verb else (floor, text)


def _event(masked: str, text: str, floor: int) -> Bounds | None:
    """Return the subject of what `which` goes on about (`VAT falls in July, which will cost`)."""
    event = _EVENT.search(text)
    return subject_before(masked, floor + event.start(), floor) if event else None


def _shared_subject(masked: str, text: str, floor: int) -> Bounds | None:
    """Return the subject of the first of two verbs that share it (`X declined but pointed to`)."""
    verb = _FIRST_VERB.search(text)
    return subject_before(masked, floor + verb.start(), floor) if verb and verb.start() else None


def _without_aside(text: str) -> tuple[str, Bounds | None]:
    """Drop `, which …,`; a name in apposition (`the minister, Lord Fenn,`) is the subject."""
    opening = text.rfind(", ", 0, len(text) - 1)
    if opening < 0:
        return text.rstrip(","), None
    inner = text[opening + 2 : len(text) - 1]
    role = text[:opening].split()[-1:]
    if _SORT.search(text[:opening]):
        return text, (opening + 2, len(text) - 1)
    named = inner[:1].isupper() and len(inner.split()) <= 5  # noqa: PLR2004 - a name
    if named and role and (role[0].islower() or _TITLE.search(text[:opening])):
        return text, (opening + 2, len(text) - 1)
    return text[:opening], None


def _clause_start(text: str) -> int:
    """Return where the last clause of `text` begins; `X and Y` without a verb is one subject."""
    start = 0
    for match in _CLAUSE.finditer(text):
        word = match.group().strip().lower()
        if word == "." and _SHORTENED.search(text, 0, match.start()):
            continue
        left, right = text[start : match.start()], text[match.end() :]
        if word in {"and", "or"} and left.strip() and not _VERBAL.search(left) and right.strip():
            continue
        if (
            word in {"who", "that", "which"}
            and right.strip()
            and left.strip()
            and _is_noun_end(left)
            and not _PIED.search(left)
            and not (word == "that" and _opens_clause(text[: match.start()], right))
        ):
            continue
        if word == "," and _NAMES.match(right) and left[:1].isupper() and " and " in right:
            continue
        if right.strip():
            start = match.end()
    return start


def _opens_clause(before: str, right: str) -> bool:
    """Tell whether `that` opens the clause of the verb in question (`it emerged that X was`)."""
    return bool(_OPENS.search(before)) and not _VERBAL.search(right)


def _is_noun_end(left: str) -> bool:
    """Tell whether `who` or `that` follows a noun (a relative clause) and not a reporting verb."""
    return not compile_pattern(r"(?:{report}|imply|implies|implied|means?|meant|so)\s?$").search(
        left.strip()
    )


def _bounds(masked: str, start: int, end: int) -> Bounds | None:
    """Trim a subject; None for what is none."""
    start, end = _trimmed(masked, start, end)
    if amount := _OF_AMOUNT.match(masked, start, end):
        end = amount.end(1)
    elif amount := _AMOUNT_FIRST.match(masked, start, end):
        start = amount.end()
        if spent := _PAID_FOR.match(masked, start, end):
            start = spent.end()
        elif _PREPOSITION.match(masked, start, end):
            return None
    phrase = masked[start:end]
    if _NO_SUBJECT.match(phrase) or AMOUNT_MASK in phrase:
        return None
    if TIMEFRAME_MASK in _POSSESSED_DATE.sub("", phrase):
        return None
    return (start, end) if 0 < len(phrase.split()) <= _MAX_WORDS else None


def _trimmed(masked: str, start: int, end: int) -> Bounds:
    """Cut marks, a paragraph's number, and what stands before a pronoun or beside a date."""
    while start < end and masked[start] in " ,\"'":
        start += 1
    if numbered := _NUMBERED.match(masked, start, end):
        start = numbered.end()
    while end > start and masked[end - 1] in ' ,"-':
        end -= 1
    if trailing := _PRONOUN_LAST.search(masked, start, end):  # `with this round we`
        start = trailing.start(1)
    if masked.startswith("whose ", start, end):
        start += len("whose ")
    return _without_dates(masked, start, end)


def _without_dates(masked: str, start: int, end: int) -> Bounds:
    """Cut the timeframe that a subject begins or ends with (`By 2023 trusts`)."""
    if first := _DATE_FIRST.match(masked, start, end):
        start = first.end()
    if last := _DATE_LAST.search(masked, start, end):
        end = last.start()
    return start, end
