"""What matching may look at: one mention, and the pots of one document."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from records.claim import Reason
from records.mention import Mention, Timeframe
from records.span import Span
from store.dedup.figure import Figure, figures_of
from store.dedup.period import fullest, is_past
from store.dedup.words import NO_WORDS, Words, words_of

Key = tuple[str, int]
BESIDE = 250
"""Characters from an amount within which words can belong to its own sentence."""
HEAD = 200
"""Characters of a document's head, where its headline or its first sentence stands."""
MOST_WORDINGS = 8
"""Different wordings of one pot's purpose or party that are compared, the first ones."""


@dataclass(frozen=True)
class Candidate:
    """One mention, without anything that depends on the order of ingestion.

    Attributes:
        document: SHA-256 of the document's bytes.
        mention: The mention.
        published: Publication day; None when unknown.
        country: ISO 3166 alpha-2, of the document.
        before: The text before the amount, from the start of its sentence; empty when unknown.
            Its last words tell `the £5m` from `a further £5m`.
        after: The text after the amount, to the end of its sentence; empty when unknown.
    """

    document: str
    mention: Mention
    published: date | None
    country: str
    before: str = ""
    after: str = ""

    @property
    def key(self) -> Key:
        """The mention's place: a total order that every store shares."""
        return self.document, self.mention.amount.span.start

    @property
    def sentence_start(self) -> int:
        """Where its sentence starts, as far as `before` tells."""
        return self.mention.amount.span.start - len(self.before)

    @property
    def is_headline(self) -> bool:
        """Tell whether it stands at the head of the document, in a line without a full stop."""
        return self.is_at_head and not re.search(r"[.!?]\W*$", self.after)

    @property
    def is_at_head(self) -> bool:
        """Tell whether it stands at the head of the document."""
        return self.mention.amount.span.start < HEAD

    @property
    def states_period(self) -> bool:
        """Tell whether its timeframe stands beside the amount; one from afar is less sure."""
        timeframe, amount = self.mention.timeframe, self.mention.amount.span
        if not timeframe:
            return False
        floor = self.sentence_start if self.before else amount.start - BESIDE
        return floor <= timeframe.span.start <= amount.end + BESIDE


@dataclass(frozen=True)
class PairMatch:
    """Why two mentions are held to state the same money.

    Attributes:
        left: Key of the earlier mention in key order.
        right: Key of the other.
        score: Sum of the reasons' weights, hundredths.
        reasons: For and against, strongest first.
    """

    left: Key
    right: Key
    score: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Surroundings:
    """What the whole of a document says: its figures and the words of its fields.

    Attributes:
        document: SHA-256 of its bytes.
        figures: The first of each of its pots, most distinctive first; equal ones stay.
        words: Telling words of every purpose, recipient and funder.
    """

    document: str = ""
    figures: tuple[Figure, ...] = field(default=(), hash=False)
    words: Words = field(default=NO_WORDS, hash=False)


ALONE = Surroundings()


@dataclass(frozen=True)
class LocalPot:
    """The mentions of one document that state the same money.

    Attributes:
        candidates: In order of their offsets; never empty.
        wholes: Figures of the amounts that it is said to be part of.
        surroundings: Of the document.
        opens: It holds the document's first amount, and that stands at its head.
        headline: That amount stands in a headline.
        common: Its document has so many such amounts that none can be told from another.
        matches: Why its mentions are one pot; empty for a single mention.
    """

    candidates: tuple[Candidate, ...]
    wholes: tuple[Figure, ...] = ()
    surroundings: Surroundings = ALONE
    opens: bool = False
    headline: bool = False
    common: bool = False
    matches: tuple[PairMatch, ...] = ()

    @property
    def key(self) -> Key:
        """The place of its first mention."""
        return self.candidates[0].key

    @property
    def document(self) -> str:
        """SHA-256 of the document's bytes."""
        return self.candidates[0].document

    @property
    def published(self) -> date | None:
        """Publication day of the document; None when unknown."""
        return self.candidates[0].published

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Every amount that it is stated by, `equates to` included.

        Empty when all are vague, or too common: such a pot matches nothing.
        """
        if self.common:
            return ()
        found = (figure for one in self.candidates for figure in figures_of(one.mention))
        return tuple(dict.fromkeys(found))

    @cached_property
    def states_period(self) -> bool:
        """Tell whether a mention has a timeframe of its own."""
        return any(one.states_period for one in self.candidates)

    @cached_property
    def timeframe(self) -> Timeframe | None:
        """The timeframe that says most, mentions' own before others; None when there is none."""
        own = (one for one in self.candidates if one.states_period or not self.states_period)
        return fullest(one.mention.timeframe for one in own)

    @cached_property
    def looks_back(self) -> bool:
        """Tell whether it states a period of its own that was long over when it was published."""
        return self.states_period and is_past(self.timeframe, self.published)

    @cached_property
    def purposes(self) -> tuple[Words, ...]:
        """The words of each purpose that has any."""
        return _distinct(one.mention.purpose for one in self.candidates)

    @cached_property
    def recipients(self) -> tuple[Words, ...]:
        """The words of each recipient that has any."""
        return _distinct(one.mention.recipient for one in self.candidates)

    @cached_property
    def funders(self) -> tuple[Words, ...]:
        """The words of each funder that has any."""
        return _distinct(one.mention.funder for one in self.candidates)

    @cached_property
    def topic(self) -> Words:
        """The words of all of them together."""
        return Words.union((*self.purposes, *self.recipients, *self.funders))

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of its mentions."""
        return frozenset(one.mention.kind for one in self.candidates)


def _distinct(spans: Iterable[Span | None]) -> tuple[Words, ...]:
    found = (words_of(span.text) for span in spans if span)
    return tuple(dict.fromkeys(words for words in found if words.terms))[:MOST_WORDINGS]
