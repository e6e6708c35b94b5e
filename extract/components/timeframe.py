"""`earmark_timeframe`: when money is provided, spent, raised or saved, by the own sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.language import Language

from extract.analysis import Analysis, analysis_of, mask_timeframes
from extract.grammar.timeframes import FoundTimeframe, find_timeframes
from extract.groups import Found, Sheet, read, write
from extract.rulebook import AMOUNT_MASK, pattern
from extract.sentences import Sentence, sentence_at

# A base of comparison is no timeframe of the figure compared with it (`£90m more than in 2004-05`).
_COMPARISON = pattern("assign.comparison")
# A sentence that goes on about a pot without naming its sum.
ABOUT_THE_MONEY = pattern("assign.about-the-money")
_HIGHER = pattern("assign.higher")
_SHARE_OF = re.compile(r" of (?:the|that|this|its|their)(?: \w+){0,2}\s", re.I)
_BASE = re.compile(r"\b(?:up|down|rising|falling) from(?: \w+){0,3}\s$", re.I)
_FROM = re.compile(r"\b(?:from)\s$")
_TO = pattern("assign.to")
_RELATIVE = pattern("assign.relative")
_CLAUSE_BREAK = re.compile(
    r"[;]|\s-\s|: |\bwhile\b|\bwhereas\b|, but\b|\. |\b(?:bringing|taking|making|leaving)\b"
)
_INDEPENDENT = pattern("assign.independent")


class TimeframeFinder:
    """Write timeframes to `doc.spans["earmark_timeframe"]`; change nothing else.

    `earmark_timeframe_all` holds every expression of a sentence with money and of its neighbours,
    whether or not an amount takes it, its `amount` being its own index.
    """

    def __call__(self, doc: Sheet) -> Sheet:
        """Find the expressions, then give each amount the one that speaks of it."""
        analysis = analysis_of(doc)
        amounts = read(doc, "amount")
        by_sentence = _expressions(analysis, amounts)
        every = [t for found in by_sentence.values() for t in found]
        write(doc, "timeframe_all", [_found(i, t) for i, t in enumerate(every)])
        mask_timeframes(doc)
        taken: list[Found] = []
        for index, found in by_sentence.items():
            sentence = analysis.sentences[index]
            own = [a for a in amounts if sentence.start <= a.start < sentence.end]
            taken += _assign(analysis, sentence, own, found)
        write(doc, "timeframe", sorted(taken, key=lambda item: item.amount))
        return doc


def _expressions(analysis: Analysis, amounts: Sequence[Found]) -> dict[int, list[FoundTimeframe]]:
    """Find timeframes in the sentences of the amounts and in the two around each."""
    indexes = {sentence_at(analysis.sentences, a.start) for a in amounts}
    near = {i + step for i in indexes for step in (-1, 0, 1)} & set(range(len(analysis.sentences)))
    if indexes:
        near |= {
            i
            for i, s in enumerate(analysis.sentences)
            if ABOUT_THE_MONEY.match(analysis.masked, s.start, s.end)
        }
    return {
        i: find_timeframes(
            analysis.masked,
            analysis.sentences[i].start,
            analysis.sentences[i].end,
            analysis.published,
            analysis.country,
            analysis.book,
        )
        for i in sorted(near)
    }


def _assign(
    analysis: Analysis, sentence: Sentence, amounts: list[Found], found: list[FoundTimeframe]
) -> list[Found]:
    """Give each amount of a sentence the timeframe nearest to it in its own clause.

    Behind the amount and before the next is best; then before it; a timeframe at the head of the
    sentence, or the only one, serves every amount of an unbroken clause.
    """
    masked = analysis.masked
    usable = [t for t in found if not _COMPARISON.search(masked[sentence.start : t.start])]
    taken: list[Found] = []
    for place, amount in enumerate(amounts):
        if place and _SHARE_OF.fullmatch(masked, amounts[place - 1].end, amount.start):
            continue  # `£2.1bn of the £5.9bn will be spent by 2025` dates the share
        shared = place + 1 < len(amounts) and _SHARE_OF.fullmatch(
            masked, amount.end, amounts[place + 1].start
        )
        after = place + (2 if shared else 1)
        following = amounts[after].start if after < len(amounts) else sentence.end
        previous = amounts[place - 1].end if place else sentence.start
        behind = [t for t in usable if amount.end <= t.start < following]
        before = [t for t in usable if previous <= t.start and t.end <= amount.start]
        choice = None
        if _FROM.search(masked[sentence.start : amount.start]) and _TO.match(masked, amount.end):
            continue  # the old figure of a change: the date is the new one's
        gap = masked[amount.end : behind[0].start] if behind else ""
        higher = _HIGHER.match(masked, amount.end) or _BASE.search(masked, previous, amount.start)
        if behind and not _INDEPENDENT.search(gap) and not _RELATIVE.match(gap):
            choice = behind[0]
        elif (
            before
            and not higher
            and not _CLAUSE_BREAK.search(masked[before[-1].end : amount.start])
        ):
            choice = before[-1]
        elif not higher:
            choice = _shared(masked, sentence, amount, usable, amounts)
        if choice:
            taken.append(_found(amount.amount, choice))
    return taken


def _shared(
    masked: str,
    sentence: Sentence,
    amount: Found,
    usable: list[FoundTimeframe],
    amounts: list[Found],
) -> FoundTimeframe | None:
    """Return a timeframe that the whole sentence shares with this amount; None when none does."""
    if not usable:
        return None
    head = usable[0]
    if not masked[sentence.start : head.start].strip(" \"'(") and head.end <= amount.start:
        return head
    if len(usable) > 1:
        return None
    low, high = sorted((head.start, amount.start))
    between = masked[low:high]
    if head.start > amount.start:
        last = max(a.end for a in amounts if a.end <= head.start)
        coordinated = re.fullmatch(
            r"[^.;:]{0,60}", masked[amount.end : last].replace(AMOUNT_MASK, "")
        )
        return (
            head
            if coordinated
            and not _INDEPENDENT.search(between)
            and re.search(r"\b(?:and|or)\b", between)
            and not re.search(r"\b(?:that|who|which)\b", between)
            else None
        )
    return (
        head
        if not re.search(r";|\bwhile\b|\bbut\b", between)
        and re.search(r" - |, of which|including", between)
        else None
    )


def _found(index: int, timeframe: FoundTimeframe) -> Found:
    days = timeframe.days
    return Found(
        index,
        timeframe.start,
        timeframe.end,
        timeframe.rule,
        {
            "duration": timeframe.duration,
            "from": days.first.isoformat() if days.first else None,
            "until": days.last.isoformat() if days.last else None,
        },
    )


@Language.factory("earmark_timeframe", assigns=["doc.spans"], requires=["doc.spans"])
def make_timeframe(nlp: Language, name: str) -> TimeframeFinder:
    """Return the component."""
    return TimeframeFinder()
