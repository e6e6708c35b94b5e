"""Which timeframe of a sentence each of its amounts takes.

Source: docs/annotation.md, "timeframe" and its ruling. All patterns read the sentence in lower case
with amounts and timeframes masked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.analysis import Analysis
from extract.grammar.timeframes import FoundTimeframe
from extract.groups import Found
from extract.reach import chained, reaches_back, reaches_on
from extract.rulebook import pattern
from extract.sentences import Sentence

# A base of comparison is no timeframe of the figure compared with it (`£90m more than in 2004-05`).
_COMPARISON = pattern("assign.comparison")
_ONGOING = pattern("assign.ongoing")
_CONJOINED = pattern("assign.conjoined")
_PREDICATE = pattern("assign.predicate")
_HIGHER = pattern("assign.higher")
_SHARE_OF = pattern("assign.share-of")
_BASE = pattern("assign.base")
_RISING = pattern("assign.rising")
_EXPECTED = pattern("assign.expected")
_OLD_FIGURE = pattern("assign.old-figure")
# The money's own aside, which dates no figure that the sentence goes on to name.
POT_ASIDE = pattern("assign.pot-aside")
_TO = pattern("assign.to")
_FULL_YEAR = pattern("assign.full-year")
_HEAD = re.compile(
    r"[\s\"'(\[]*(?:(?:and|but|so|then|meanwhile|however|overall|now|also|separately),? )?"
)
_INSTEAD = re.compile(r"[^.;,]{0,20}\binstead\b")
_BRACKET = re.compile(r"\s?\((?:about |around |or |some |nearly |roughly )?")
_NEAR = 20
_RISEN = re.compile("(?: an? [a-z]+)?(?: \ue001+)? to (?:an? |the |about |some )?")
_FROM = re.compile(r",?(?: up| down)? from(?: (?:a|an|the|about|around|some|nearly|just))*\s")


@dataclass(frozen=True, slots=True)
class _Place:
    """An expression or an amount with its offsets in the sentence."""

    start: int
    end: int


class Dating:
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
        aside = POT_ASIDE.match(self._text)
        own = aside.start("when") if aside else -1
        self._usable = [
            t
            for t in found
            if t.start - self._offset != own
            and not _COMPARISON.search(self._text[: t.start - self._offset])
        ]

    def _place(self, item: Found | FoundTimeframe) -> _Place:
        return _Place(item.start - self._offset, item.end - self._offset)

    def of_all(self) -> Iterator[tuple[int, FoundTimeframe]]:
        """Yield the number of each amount that takes a timeframe, and the timeframe."""
        if not self._usable:
            return
        respective = self._respective()
        choices: list[FoundTimeframe | None] = []
        for i in range(len(self._amounts)):
            choice = respective.get(i) or self._choice(i)
            if choice is None and i and self._expected_before(i):
                choice = choices[-1]
            choices.append(choice)
        for amount, choice in zip(self._amounts, choices, strict=True):
            if choice:
                yield amount.amount, choice

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
        return before if before or self._is_new_figure(index) else self._shared(index)

    def _expected_before(self, index: int) -> bool:
        """Tell whether an amount is what the one before it was once expected to be."""
        place, previous = self._at[index], self._at[index - 1]
        said = _OLD_FIGURE.search(self._text, previous.end, place.start)
        return bool(said and _EXPECTED.match(self._text, place.end))

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
        if self._is_old(index):
            return None
        if following < len(self._at) and self._is_old(following):
            return self._first_behind(self._at[following], self._stop(following + 1))
        if following < len(self._at) and _SHARE_OF.fullmatch(
            self._text, place.end, self._at[following].start
        ):
            following += 1
        if following < len(self._at) and self._is_converted(place, self._at[following]):
            following += 1
        return self._first_behind(place, self._stop(following))

    def _is_converted(self, place: _Place, other: _Place) -> bool:
        """Tell whether the next amount is the same in another currency: `1.7bn euros ($1.8bn)`."""
        opened = _BRACKET.fullmatch(self._text, place.end, other.start)
        return opened is not None and self._text.startswith(")", other.end)

    def _stop(self, index: int) -> int:
        """Return where an amount begins; the sentence's end behind its last."""
        return self._at[index].start if index < len(self._at) else len(self._text)

    def _first_behind(self, place: _Place, stop: int) -> FoundTimeframe | None:
        """Return the first timeframe behind a place, if it speaks of what ends there."""
        for timeframe in self._usable:
            start = timeframe.start - self._offset
            if place.end <= start < stop:
                reached = reaches_back(self._text[place.end : start])
                return timeframe if reached else None
        return None

    def _is_old(self, index: int) -> bool:
        """Tell whether an amount is an old figure in an aside: `to £5m from £2m, over …`."""
        end = self._at[index].end
        return self._text.startswith(", ", end) and bool(
            index and _FROM.fullmatch(self._text, self._at[index - 1].end, self._at[index].start)
        )

    def _before(self, index: int) -> FoundTimeframe | None:
        place, first = self._at[index], index - self._is_new_figure(index)
        lower, upper = self._at[first - 1].end if first else 0, self._at[first].start
        for timeframe in reversed(self._usable):
            start, end = timeframe.start - self._offset, timeframe.end - self._offset
            if lower <= start and end <= upper:
                opening, gap = self._text[:start], self._text[end : place.start]
                fronted = _HEAD.fullmatch(opening) is not None
                claimed = (
                    first > 0
                    and reaches_back(self._text[lower:start])
                    and not _INSTEAD.match(self._text, place.end)
                    and not _CONJOINED.fullmatch(self._text, lower, start)
                )
                if claimed and self._follows_rate(index):
                    return None
                reached = reaches_on(opening, gap, claimed=claimed, fronted=fronted)
                return timeframe if reached else None
        return None

    def _follows_rate(self, index: int) -> bool:
        """Tell whether a lump stands behind a rate: `£14m a year until 2027 and £1m for a roof`."""
        previous = self._amounts[index - 1].values["per"] if index else None
        return bool(previous) and not self._amounts[index].values["per"]

    def _is_new_figure(self, index: int) -> bool:
        """Tell whether an amount is the new figure of a change: `from £1m in 2019 to £2m`."""
        if not index:
            return False
        before, end = self._text[: self._at[index - 1].start], self._at[index - 1].end
        rises = _RISEN.fullmatch(self._text, end, self._at[index].start)
        return rises is not None and _RISING.search(before) is not None

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
            if "of which" in gap and _PREDICATE.match(text, last.end):
                return None  # `a £3bn plan, of which £1bn has been paid since 2021`
            joined = chained(gap) and reaches_back(text[last.end : start])
            if joined and _PREDICATE.match(text, last.end) and _PREDICATE.match(gap):
                return None  # two clauses: `£1m was given, and £2m will come by 2027`
            return timeframe if joined else None
        earlier = [t for t in self._usable if t.end - self._offset <= place.start]
        if len(self._usable) == 1 and earlier and not self._follows_rate(index):
            gap = text[earlier[0].end - self._offset : place.start]
            shares = reaches_on(text[:start], gap, claimed=True, fronted=False)
            return earlier[0] if shares else None
        return None
