"""What two pots are compared by, without the texts behind it: small enough to hold a million."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING

from records.mention import Timeframe
from records.span import Span
from store.dedup.figure import Figure, figures_of
from store.dedup.period import fullest, is_past
from store.dedup.words import KEPT_TEXTS, NO_WORDS, Words, words_of

if TYPE_CHECKING:
    from store.dedup.candidate import Candidate
    from store.dedup.verdict import Verdict

Key = tuple[str, int]
MOST_WORDINGS = 8
"""Different wordings of one pot's purpose or party that are compared, the first ones."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the whole of a document says: its figures and the words of its fields.

    Attributes:
        document: SHA-256 of its bytes.
        figures: The first of each of its pots, most distinctive first; equal ones stay.
        words: Telling words of every purpose, recipient and funder.
        subject: The stems of the most used of them, most used first.
    """

    document: str = ""
    figures: tuple[Figure, ...] = field(default=(), hash=False)
    words: Words = field(default=NO_WORDS, hash=False)
    subject: tuple[str, ...] = field(default=(), hash=False)


ALONE = Surroundings()


def _nothing() -> Mapping[int, Verdict]:
    return NOTHING


NOTHING: Mapping[int, Verdict] = MappingProxyType({})


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """One pot of one document.

    Attributes:
        key: The place of its first mention.
        published: Publication day of the document; None when unknown.
        country: ISO 3166 alpha-2, of the document.
        figures: Every amount that it is stated by, `equates to` included. Empty when all are vague,
            or too common in the document: such a pot matches nothing.
        wholes: Figures of the amounts that it is said to be part of.
        kinds: The kinds of its mentions.
        timeframe: The one that says most, mentions' own before others; None when there is none. Its
            span tells the words alone.
        states_period: A mention has a timeframe of its own.
        looks_back: That was long over when the document was published.
        purposes: The words of each purpose that has any.
        recipients: The words of each recipient that has any.
        funders: The words of each funder that has any.
        topic: The words of all of these together.
        opens: It holds the document's first amount, and that stands at its head.
        surroundings: Of the document.
        undecided: Pots of the same document, by the offset of their first mentions, that it neither
            joins with this one nor tells apart from it.
        walls: Pots of the same document that its words keep apart from this one, though no figures
            of the two can be compared.
        party: What `Decisions.party` says of its mentions; None where nobody decided about any.
    """

    key: Key
    published: date | None
    country: str
    figures: tuple[Figure, ...]
    wholes: tuple[Figure, ...]
    kinds: frozenset[str]
    timeframe: Timeframe | None
    states_period: bool
    looks_back: bool
    purposes: tuple[Words, ...]
    recipients: tuple[Words, ...]
    funders: tuple[Words, ...]
    topic: Words
    opens: bool
    surroundings: Surroundings = ALONE
    undecided: Mapping[int, Verdict] = field(default_factory=_nothing)
    walls: frozenset[int] = frozenset()
    party: Key | None = None

    @property
    def document(self) -> str:
        """SHA-256 of the document's bytes."""
        return self.key[0]


def profile(candidates: Sequence[Candidate], wholes: tuple[Figure, ...], *, opens: bool) -> Profile:
    """Draw up what the mentions of one pot say together.

    Args:
        candidates: In order of their offsets; never empty.
        wholes: Figures of the amounts that it is said to be part of.
        opens: It holds the document's first amount, and that stands at its head.
    """
    first = candidates[0]
    mentions = [one.mention for one in candidates]
    states = any(one.states_period for one in candidates)
    own = (one.mention.timeframe for one in candidates if one.states_period or not states)
    timeframe = _bare(fullest(own))
    figures = [figures_of(one) for one in mentions]
    purposes, recipients, funders = (
        _distinct(getattr(one, field) for one in mentions)
        for field in ("purpose", "recipient", "funder")
    )
    topic = (*purposes, *recipients, *funders)
    return Profile(
        key=first.key,
        published=first.published,
        country=first.country,
        figures=figures[0] if len(figures) == 1 else tuple(dict.fromkeys(chain(*figures))),
        wholes=wholes,
        kinds=_kinds(frozenset(one.kind for one in mentions)),
        timeframe=timeframe,
        states_period=states,
        looks_back=states and is_past(timeframe, first.published),
        purposes=purposes,
        recipients=recipients,
        funders=funders,
        topic=topic[0] if len(topic) == 1 else Words.union(topic),
        opens=opens,
    )


def _distinct(spans: Iterable[Span | None]) -> tuple[Words, ...]:
    found = (words_of(span.text) for span in spans if span)
    return tuple(dict.fromkeys(words for words in found if words.terms))[:MOST_WORDINGS]


def _bare(timeframe: Timeframe | None) -> Timeframe | None:
    """Return a timeframe without its place, so that equal ones of two texts are equal."""
    if timeframe is None:
        return None
    words = " ".join(timeframe.span.text.split()) or timeframe.span.text
    return _timeframe(words, timeframe.duration, timeframe.start, timeframe.until)


@lru_cache(KEPT_TEXTS)
def _timeframe(
    words: str, duration: str | None, start: date | None, until: date | None
) -> Timeframe:
    return Timeframe(Span(0, len(words), words), duration, start, until)


@lru_cache(maxsize=64)
def _kinds(kinds: frozenset[str]) -> frozenset[str]:
    """Return the one set that all pots share."""
    return kinds
