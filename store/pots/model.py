"""What a report on pots says: pots with their parts, totals, and what these leave out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from records.claim import Claim
from store.pots.alarm import Alarm
from store.pots.parts import PartsCheck

StatedNewness = Literal["new", "existing", "both", "unknown"]


@dataclass(frozen=True, slots=True)
class Pot:
    """One claim of funding with its parts.

    Attributes:
        id: Local id within one report (`p2`), counted through the trees.
        claim: The claim.
        name: Its purpose without a leading `to` or `for`, else its recipient, else its funder.
        amount: Its sum, in whole currency units; that of a rate over the length that
            the texts state; None for a range, an open bound or a rate without a length.
        headlines: The amounts of its mentions, added up as a reader of headlines would: of every
            mention that states a sum as one figure or as a rate with its length.
        distinct: `amount`; where it has none, what its parts come to. Parts add nothing to a whole.
        newness: What its mentions say together; `both` where they contradict each other.
        stated_new: What of `distinct` is stated as new: all of it, or what its parts are said to
            be; None where no text lets one tell.
        untold: What of `distinct` the texts say neither of.
        said: How many mentions it has.
        parts: Largest first.
        on_top_of: Ids of pots that it is said to come on top of.
        check: Whether the parts come to the whole; None without parts or without `amount`.
        before: Claims whose figures it replaces, those said first first.
        within: Local id of the claim that it is a part of, where the report leaves that one out;
            None otherwise.
        by_sum: No text says that it is a part of its whole: it completes the whole's sum.
    """

    id: str
    claim: Claim
    name: str
    amount: Decimal | None
    headlines: Decimal
    distinct: Decimal
    newness: StatedNewness
    stated_new: Decimal | None
    untold: Decimal
    said: int
    parts: tuple[Pot, ...] = ()
    on_top_of: tuple[str, ...] = ()
    check: PartsCheck | None = None
    before: tuple[Claim, ...] = ()
    within: str | None = None
    by_sum: bool = False

    @property
    def first_said(self) -> date | None:
        """Earliest day of publication; None when no document has one."""
        return self.claim.first_said

    def tree(self) -> Iterator[Branch]:
        """Yield the pot and all its parts, each whole before its parts, however deep they go."""
        waiting = [Branch(self, None, 0, last=True)]
        while waiting:
            branch = waiting.pop()
            yield branch
            pot = branch.pot
            waiting.extend(
                Branch(part, pot, branch.depth + 1, last=part is pot.parts[-1])
                for part in reversed(pot.parts)
            )


class Branch(NamedTuple):
    """A pot in its tree.

    Attributes:
        pot: The pot.
        whole: What it is a direct part of; None for the root.
        depth: How many wholes it is inside of.
        last: It is the last part of its whole.
    """

    pot: Pot
    whole: Pot | None
    depth: int
    last: bool


@dataclass(frozen=True, slots=True)
class Totals:
    """The three totals of one currency.

    Attributes:
        currency: ISO 4217.
        headlines: Every headline added up, parts included: what the money sounds like.
        distinct: Each pot once, without its parts: what it is.
        stated_new: Of that, what is stated as new; None when no pot lets one tell.
        untold: Of that, what the texts say neither of.
        cannot_tell: Pots, not counting parts, of which the texts do not say, or not of all, whether
            they are new.
        pots: How many, not counting parts.
        parts: How many.
    """

    currency: str
    headlines: Decimal
    distinct: Decimal
    stated_new: Decimal | None
    untold: Decimal
    cannot_tell: int
    pots: int
    parts: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Claims of funding that no total counts, and why."""

    why: str
    claims: tuple[str, ...]


class Undated(NamedTuple):
    """A document without a publication day: its local id (`d3`) and the name of its source."""

    document: str
    source: str


@dataclass(frozen=True, slots=True)
class PotsReport:
    """Pots, largest first by currency, with the totals and what they leave out.

    Attributes:
        pots: Without their parts, which hang on them.
        totals: By currency.
        left_out: Claims that no total counts.
        unsummed: Mentions of pots with an amount that are in no sum of headlines: they say it as a
            rate without a length, a range or an open bound.
        as_of: The day of which it tells what was known; None for all that is in the store.
        undated: Documents that were left out because nothing says when they were published; only
            with `as_of`.
        alarms: What cannot all be right about these figures, the gravest first.
    """

    pots: tuple[Pot, ...]
    totals: tuple[Totals, ...]
    left_out: tuple[LeftOut, ...]
    unsummed: int
    as_of: date | None = None
    undated: tuple[Undated, ...] = ()
    alarms: tuple[Alarm, ...] = ()

    def every(self) -> Iterator[Pot]:
        """Yield every pot and every part, each whole before its parts."""
        for root in self.pots:
            for branch in root.tree():
                yield branch.pot
