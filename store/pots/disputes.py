"""Alarms about sources that disagree: on the amount, the period or the purpose of one pot."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations, islice
from operator import ne

from records.claim import Claim
from store.dedup.figure import figures_of, meeting, significant
from store.dedup.period import fit, fullest
from store.dedup.verdict import closest
from store.dedup.words import Words, words_of
from store.exports.csv import quoted_mention
from store.patience import Look, paced
from store.pots.alarm import Alarm, AlarmKind
from store.pots.kinship import Subject, days_apart, kinship, pairs, periods_clash
from store.pots.slips import TELLING, figure
from store.timeline import ONE_STORY, Said, documents_of, meets

NEAR = Decimal("0.1")
"""Share of the greater figure by which two figures for one announcement differ at most."""
_STEPS = 24
"""Of a tenfold amount, each a tenth more than the one before: near figures share one, or touch."""
LONG = 3
"""Digits from which a figure alone makes two documents speak of one pot."""
STRONG_MATCH = 65
"""Score, in hundredths, from which a match needs no likeness of purposes to be believed."""
MOST_PAIRS = 5000
"""Pairs of documents of one claim that are held against each other."""


def disputes(claims: Iterable[Claim], subjects: Sequence[Subject], look: Look) -> Iterator[Alarm]:
    """Yield an alarm for each pot on which sources disagree."""
    for claim in paced(claims, look):
        yield from _inside(claim)
    for left, right in paced(pairs(subjects, _by_size, ne), look):
        if words := _other_amount(left, right):
            yield _between("amount", words, left, right)
    for left, right in paced(pairs(subjects, _by_figure, ne), look):
        if words := _other_period(left, right):
            yield _between("period", words, left, right)


def _between(kind: AlarmKind, words: str, left: Subject, right: Subject) -> Alarm:
    claims = left.claim, right.claim
    names = tuple(one.id for one in claims)
    return Alarm(kind, words, names, tuple(map(quoted_mention, claims)))


def _by_size(one: Subject) -> Iterator[tuple[Hashable, Decimal]]:
    assert one.claim.low is not None  # noqa: S101 - see `Subject`
    step = int(math.log10(one.claim.low) * _STEPS)
    for at in (step, step + 1):
        for days in _stretches(one):
            yield (one.claim.currency, one.claim.per, at, days), one.claim.low


def _by_figure(one: Subject) -> Iterator[tuple[Hashable, tuple[date | None, date | None]]]:
    if one.timeframe:
        frame = one.timeframe.start, one.timeframe.until
        for days in _stretches(one):
            yield (one.claim.currency, one.claim.per, one.claim.low, days), frame


def _stretches(one: Subject) -> set[int]:
    """Return stretches of days, of which two claims of one story share at least one."""
    stretches = {day.toordinal() // ONE_STORY for day in one.days}
    return stretches | {stretch + 1 for stretch in stretches}


def _other_amount(left: Subject, right: Subject) -> str | None:
    """Say that two claims of one announcement differ a little; None where they do not."""
    a, b = left.claim, right.claim
    assert a.low and b.low  # noqa: S101, PT018 - see `Subject`
    if not 0 < abs(a.low - b.low) <= NEAR * max(a.low, b.low):
        return None
    found = kinship(left, right) if _one_story(left, right) else None
    if not found or not found.strong or periods_clash(left, right) or _can_be_one(a, b):
        return None
    return f"sources of the same days say {figure(a)} and {figure(b)}; {found.words}"


def _other_period(left: Subject, right: Subject) -> str | None:
    """Say that two claims of one announcement have two periods; None where they do not."""
    if left.digits < TELLING or not _one_story(left, right) or not periods_clash(left, right):
        return None
    found = kinship(left, right)
    if not found or not found.strong or not left.timeframe or not right.timeframe:
        return None
    compared = fit(left.timeframe, right.timeframe)
    return f"{figure(left.claim)} and {figure(right.claim)}: {compared.text}; {found.words}"


def _one_story(left: Subject, right: Subject) -> bool:
    """Tell whether two claims are of the same days, and no document states both."""
    apart = days_apart(left, right)
    return apart is not None and apart <= ONE_STORY and not left.documents & right.documents


def _can_be_one(left: Claim, right: Claim) -> bool:
    """Tell whether one figure can be the other, rounded."""
    sides = [figures_of(quoted_mention(one).counted) for one in (left, right)]
    met = (meeting(a, b) for a in sides[0] for b in sides[1])
    return any(found is not None and found.how != "near" for found in met)


def _inside(claim: Claim) -> Iterator[Alarm]:
    """Yield what the documents of one claim disagree on, one alarm for each kind at most.

    Of documents that say the same the first speaks for all.
    """
    told = documents_of(claim.mentions)
    if len(told) < 2:  # noqa: PLR2004 - a pair
        return
    revised = {one.document for one in claim.timeline if one.former}
    weak = _weakly_joined(claim)
    speaking = {_signature(one, revised, weak): one for one in reversed(told)}
    seen: set[AlarmKind] = set()
    for left, right in islice(combinations(reversed(speaking.values()), 2), MOST_PAIRS):
        for kind, words in _differences(left, right, revised):
            if kind not in seen and (kind != "purpose" or weak & {left.document, right.document}):
                seen.add(kind)
                yield Alarm(kind, f"{claim.id}: {words}", (claim.id,), (left.best, right.best))


def _signature(said: Said, revised: set[str], weak: set[str]) -> Hashable:
    """Return all by which a document can differ from another one of its claim."""
    of_it = said.document in revised, said.document in weak
    frame = fullest(one.counted.timeframe for one in said.mentions)
    days = frame and (frame.duration, frame.start, frame.until)
    return *of_it, figures_of(said.best.counted), days, _purposes(said), _recipients(said)


def _weakly_joined(claim: Claim) -> set[str]:
    """Return the documents that no strong match joins with another one of the claim."""
    home = {one.id: one.provenance.document for one in claim.mentions}
    strong = {
        home[name]
        for match in claim.matches
        if match.score >= STRONG_MATCH and home[match.left] != home[match.right]
        for name in (match.left, match.right)
    }
    return set(home.values()) - strong


def _differences(left: Said, right: Said, revised: set[str]) -> Iterator[tuple[AlarmKind, str]]:
    names = [one.document for one in (left, right)]
    texts = [one.best.counted.amount.span.text for one in (left, right)]
    if not revised & set(names) and meets(left, right) == "near":
        yield "amount", f"{names[0]} says {texts[0]}, {names[1]} says {texts[1]}"
    frames = [fullest(one.counted.timeframe for one in said.mentions) for said in (left, right)]
    if frames[0] and frames[1] and (found := fit(frames[0], frames[1])).clash:
        yield "period", f"{names[0]} and {names[1]} agree on {texts[0]}, but {found.text}"
    if _other_purpose(left, right):
        purposes = [_purpose_text(one) for one in (left, right)]
        yield (
            "purpose",
            f"{names[0]} says {texts[0]} is for {purposes[0]}, {names[1]} for {purposes[1]}",
        )


def _other_purpose(left: Said, right: Said) -> bool:
    low = left.best.counted.amount.low
    if low is None or significant(low) < LONG:
        return False
    purposes = closest(_purposes(left), _purposes(right))
    recipients = closest(_recipients(left), _recipients(right))
    apart = purposes is not None and not purposes.shared
    return apart and (recipients is None or not recipients.shared)


def _purposes(said: Said) -> tuple[Words, ...]:
    return tuple(words_of(one.counted.purpose.text) for one in said.mentions if one.counted.purpose)


def _recipients(said: Said) -> tuple[Words, ...]:
    spans = (one.counted.recipient for one in said.mentions)
    return tuple(words_of(span.text) for span in spans if span)


def _purpose_text(said: Said) -> str:
    spans = (one.counted.purpose for one in said.mentions)
    return next(" ".join(span.text.split()) for span in spans if span)
