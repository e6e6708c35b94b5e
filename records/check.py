"""What of a draft was said before: one hearing for each sum of money that it states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from records.claim import Claim, Reason, StoredMention
from records.document import Document, How
from records.mention import Mention

Link = Literal[
    "same",
    "part_of",
    "in_addition_to",
    "replaces",
    "replaced_by",
    "other_amount",
    "possible",
    "other_money",
]
Verdict = Literal["heard", "part", "on_top", "another_amount", "unclear", "unheard"]
Unsaid = Literal["payer", "purpose", "deadline", "period", "newness"]

_VERDICTS: tuple[tuple[Link, Verdict], ...] = (
    ("same", "heard"),
    ("part_of", "part"),
    ("in_addition_to", "on_top"),
    ("possible", "unclear"),
    ("replaces", "another_amount"),
    ("other_amount", "another_amount"),
)


@dataclass(frozen=True, slots=True)
class Find:
    """A claim of the store that an amount of a draft has to do with.

    Attributes:
        link: What the amount is to it. `same`: held to be the same money. `part_of`,
            `in_addition_to`, `replaces`: the draft says so of money that is held to be this claim,
            or the store does of what the amount was held to be. `replaced_by`: the figure that has
            since taken the place of it. `other_amount`: the same purpose with another amount.
            `possible`: it may be the same money, and nothing decides.
            `other_money`: the same figure, held to be other money.
        claim: The claim, all its mentions included.
        heard: Its mentions that were said by the day of the draft, earliest first; undated ones
            last.
        quoted: The first of them that states the draft's figure as the draft does, or else the
            claim's, or else the first.
        same_figure: Whether one of them states the draft's figure as the draft does.
        reasons: For and against its being the same money, strongest first.
        why_not: What bars it from being the same money, in words; None when nothing does.
    """

    link: Link
    claim: Claim
    heard: tuple[StoredMention, ...]
    quoted: StoredMention
    same_figure: bool
    reasons: tuple[Reason, ...] = ()
    why_not: str | None = None


@dataclass(frozen=True, slots=True)
class Hearing:
    """One sum of money of a draft, and what was heard of it.

    Attributes:
        mentions: Where the draft states it, in the order of the text.
        before: The text before the first of them, from the start of its sentence.
        after: The text after it, to the end of its sentence.
        finds: What the store has on it, most telling first.
        unlisted: Further claims of an amount that can be this one, which `finds` leaves out.
        unsaid: What the draft leaves open of it; empty for what is no funding.
    """

    mentions: tuple[Mention, ...]
    before: str
    after: str
    finds: tuple[Find, ...] = ()
    unlisted: int = 0
    unsaid: tuple[Unsaid, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The answer in one word."""
        links = {find.link for find in self.finds}
        return next((verdict for link, verdict in _VERDICTS if link in links), "unheard")

    def found(self, *links: Link) -> tuple[Find, ...]:
        """Return the finds of these links."""
        return tuple(find for find in self.finds if find.link in links)


class DraftDay(NamedTuple):
    """The day of a draft, and how it is known: `today` where neither user nor draft says it."""

    value: date
    how: How | Literal["today"]


@dataclass(frozen=True, slots=True)
class Check:
    """A draft held against a store.

    Attributes:
        draft: As it was read.
        day: Its day; what was published later was not looked at.
        hearings: One for each sum of money, in the order of the text.
        notes: What to know before trusting them, one sentence each.
    """

    draft: Document
    day: DraftDay
    hearings: tuple[Hearing, ...]
    notes: tuple[str, ...] = ()
