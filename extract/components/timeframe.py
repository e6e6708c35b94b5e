"""`earmark_timeframe`: when money is provided, spent, raised or saved, by the own sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.language import Language

from extract.analysis import Analysis, analysis_of, mask_timeframes
from extract.grammar.calendar import Context
from extract.grammar.timeframes import FoundTimeframe, find_timeframes
from extract.groups import Found, Sheet, read, write
from extract.reach import chained, reaches_back, reaches_on
from extract.rulebook import pattern
from extract.sentences import Sentence, sentence_at

# A base of comparison is no timeframe of the figure compared with it (`£90m more than in 2004-05`).
_COMPARISON = pattern("assign.comparison")
# A sentence that goes on about a pot without naming its sum.
ABOUT_THE_MONEY = pattern("assign.about-the-money")
_RUNS_ON = pattern("assign.runs-on")
_ONGOING = pattern("assign.ongoing")
_CONJOINED = pattern("assign.conjoined")
_PREDICATE = pattern("assign.predicate")
_HIGHER = pattern("assign.higher")
_SHARE_OF = pattern("assign.share-of")
_BASE = pattern("assign.base")
_RISING = pattern("assign.rising")
_TO = pattern("assign.to")
_FULL_YEAR = pattern("assign.full-year")
_HEAD = re.compile(
    r"[\s\"'(\[]*(?:(?:and|but|so|then|meanwhile|however|overall|now|also|separately),? )?"
)
_INSTEAD = re.compile(r"[^.;,]{0,20}\binstead\b")
_NEAR = 20


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
        own: dict[int, list[Found]] = {}
        for amount in amounts:
            own.setdefault(sentence_at(analysis.sentences, amount.start), []).append(amount)
        taken: list[Found] = []
        for index, inside in own.items():
            if by_sentence.get(index):
                taken += _Assignment(
                    analysis, analysis.sentences[index], inside, by_sentence[index]
                ).of_all()
        write(doc, "timeframe", sorted(taken, key=lambda item: item.amount))
        return doc


def _expressions(analysis: Analysis, amounts: Sequence[Found]) -> dict[int, list[FoundTimeframe]]:
    """Find timeframes in the sentences of the amounts and in the two around each."""
    indexes = {sentence_at(analysis.sentences, a.start) for a in amounts}
    last = len(analysis.sentences) - 1
    near = {j for i in indexes for j in (i - 1, i, i + 1) if 0 <= j <= last}
    if indexes:
        near |= set(analysis.sentences.beginning(ABOUT_THE_MONEY, analysis.masked))
    context = Context(analysis.published, analysis.country)
    return {
        i: find_timeframes(
            analysis.masked,
            analysis.sentences[i].start,
            analysis.sentences[i].end,
            context,
            analysis.book,
        )
        for i in sorted(near)
    }


@dataclass(frozen=True, slots=True)
class _Place:
    """An expression or an amount with its offsets in the sentence."""

    start: int
    end: int


class _Assignment:
    """The timeframes of one sentence and the amounts that take them."""

    def __init__(
        self,
        analysis: Analysis,
        sentence: Sentence,
        amounts: Sequence[Found],
        found: Sequence[FoundTimeframe],
    ) -> None:
        self._offset = sentence.start
        self._text = analysis.window(sentence).lower
        self._amounts = amounts
        self._at = [self._place(a) for a in amounts]
        self._usable = [
            t for t in found if not _COMPARISON.search(self._text[: t.start - self._offset])
        ]

    def _place(self, item: Found | FoundTimeframe) -> _Place:
        return _Place(item.start - self._offset, item.end - self._offset)

    def of_all(self) -> list[Found]:
        """Return what each amount takes; amounts without a timeframe are left out."""
        if not self._usable:
            return []
        respective = self._respective()
        choices = [respective.get(i) or self._choice(i) for i in range(len(self._amounts))]
        return [
            _found(amount.amount, choice)
            for amount, choice in zip(self._amounts, choices, strict=True)
            if choice
        ]

    def _respective(self) -> dict[int, FoundTimeframe]:
        """Pair two amounts with two dates: `£1m and £2m in 2024 and 2025`, `from £1m to £2m …`."""
        pairs: dict[int, FoundTimeframe] = {}
        for timeframe in self._usable:
            start = timeframe.start - self._offset
            before = [i for i, place in enumerate(self._at) if place.end <= start]
            if len(timeframe.parts) != 2 or len(before) < 2:  # noqa: PLR2004 - a pair
                continue
            first, second = before[-2:]
            gap = self._text[self._at[first].end : self._at[second].start]
            rises = _RISING.search(self._text[: self._at[first].start]) and " to " in gap
            listed = timeframe.rule == "timeframe.dates" and " and " in gap and len(gap) < _NEAR * 2
            if rises or listed:
                pairs |= {first: timeframe.parts[0], second: timeframe.parts[1]}
        return pairs

    def _choice(self, index: int) -> FoundTimeframe | None:
        """Return the timeframe that speaks of an amount; None when none does.

        Behind the amount and before the next is best; then before it; a timeframe at the head of
        the sentence, or behind the last of coordinated amounts, serves them all.
        """
        text, place = self._text, self._at[index]
        if self._dated_elsewhere(index):
            return None
        before, behind = self._before(index), self._behind(index)
        if (
            before
            and behind
            and (self._belongs_forward(before, place) or self._opens_next(index, behind))
        ):
            return before
        if behind:
            return behind
        lower = self._at[index - 1].end if index else 0
        if _HIGHER.match(text, place.end) or _BASE.search(text, lower, place.start):
            return None
        return before or self._shared(index)

    def _dated_elsewhere(self, index: int) -> bool:
        """Tell whether what the sentence dates is another amount than this one."""
        text, place = self._text, self._at[index]
        if index and _SHARE_OF.fullmatch(text, self._at[index - 1].end, place.start):
            return True  # `£2.1bn of the £5.9bn will be spent by 2025` dates the share
        if _FULL_YEAR.match(text, place.end) or _ONGOING.match(text, place.end):
            return True
        # the old figure of a change: the date is the new one's
        return bool(_RISING.search(text[: place.start]) and _TO.match(text, place.end))

    def _belongs_forward(self, before: FoundTimeframe, place: _Place) -> bool:
        """Tell whether a timeframe opens the amount's clause: `in 2024 £1m and in 2025 £2m`."""
        gap = self._text[before.end - self._offset : place.start]
        opening = self._text[: before.start - self._offset]
        return len(gap) <= _NEAR and bool(
            re.search(r"(?:^|[;:,(]|\b(?:and|but|while))[\s\"']*$", opening)
        )

    def _opens_next(self, index: int, behind: FoundTimeframe) -> bool:
        """Tell whether a timeframe behind opens the next clause: `£1m and in 2025 £2m`."""
        start = behind.start - self._offset
        opens = _CONJOINED.fullmatch(self._text, self._at[index].end, start)
        return opens is not None and index + 1 < len(self._at)

    def _behind(self, index: int) -> FoundTimeframe | None:
        place = self._at[index]
        following = index + 1
        if following < len(self._at) and _SHARE_OF.fullmatch(
            self._text, place.end, self._at[following].start
        ):
            following += 1
        stop = self._at[following].start if following < len(self._at) else len(self._text)
        for timeframe in self._usable:
            start = timeframe.start - self._offset
            if place.end <= start < stop:
                reached = reaches_back(self._text[place.end : start])
                return timeframe if reached else None
        return None

    def _before(self, index: int) -> FoundTimeframe | None:
        place = self._at[index]
        lower = self._at[index - 1].end if index else 0
        for timeframe in reversed(self._usable):
            start, end = timeframe.start - self._offset, timeframe.end - self._offset
            if lower <= start and end <= place.start:
                opening, gap = self._text[:start], self._text[end : place.start]
                fronted = _HEAD.fullmatch(opening) is not None
                claimed = (
                    index > 0
                    and reaches_back(self._text[lower:start])
                    and not _INSTEAD.match(self._text, place.end)
                    and not _CONJOINED.fullmatch(self._text, lower, start)
                )
                reached = reaches_on(opening, gap, claimed=claimed, fronted=fronted)
                return timeframe if reached else None
        return None

    def _shared(self, index: int) -> FoundTimeframe | None:
        """Return a timeframe that this amount shares with the amounts beside it."""
        text, place = self._text, self._at[index]
        head = self._usable[0]
        start, end = head.start - self._offset, head.end - self._offset
        if end <= place.start and _HEAD.fullmatch(text[:start]):
            gap = text[end : place.start]
            return head if reaches_on("", gap, claimed=False, fronted=True) else None
        for timeframe in self._usable:
            start = timeframe.start - self._offset
            if start < place.end:
                continue
            last = max((p for p in self._at if p.end <= start), key=lambda p: p.end)
            gap = text[place.end : last.start]
            joined = chained(gap) and reaches_back(text[last.end : start])
            if joined and _PREDICATE.match(text, last.end) and _PREDICATE.match(gap):
                return None  # two clauses: `£1m was given, and £2m will come by 2027`
            return timeframe if joined else None
        earlier = [t for t in self._usable if t.end - self._offset <= place.start]
        if len(self._usable) == 1 and earlier:
            gap = text[earlier[0].end - self._offset : place.start]
            shares = reaches_on(text[:start], gap, claimed=True, fronted=False)
            return earlier[0] if shares else None
        return None


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
