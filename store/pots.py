"""What the claims add up to: pots and their parts, three totals, and what was left out of them.

A part is never added to its whole, money on top of other money stands beside it, currencies never
meet in one total, and only sums of money that a text gives as one figure are added: rates, ranges
and open bounds are listed and left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from records.claim import Claim
from records.mention import Mention
from store.pot_parts import PartsCheck, check_parts, number_of, point_of, whole_of

StatedNewness = Literal["new", "existing", "both", "unknown"]

NO_PURPOSE = "no purpose stated"
RATE, OPEN, VAGUE = "counted by the year, month or person", "a range or an open bound", "vague"
REPLACED = "replaced by another figure"
_LEADING = re.compile(r"(?:to|for|on|towards?|into|in)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pot:
    """One claim of funding with its parts.

    Attributes:
        id: Local id within one report (`p2`), counted through the trees.
        claim: The claim.
        name: Its purpose without a leading `to` or `for`, else its recipient.
        amount: Its sum, in whole currency units; None for a rate, a range or an open bound.
        headlines: The amounts of its mentions, added up as a reader of headlines would: of every
            mention that states a sum as one figure.
        distinct: `amount`; where it has none, what its parts come to. Parts add nothing to a whole.
        newness: What its mentions say together; `both` where they contradict each other.
        said: How many mentions it has.
        parts: Largest first.
        on_top_of: Ids of pots that it is said to come on top of.
        check: Whether the parts come to the whole; None without parts or without `amount`.
    """

    id: str
    claim: Claim
    name: str
    amount: Decimal | None
    headlines: Decimal
    distinct: Decimal
    newness: StatedNewness
    said: int
    parts: tuple[Pot, ...] = ()
    on_top_of: tuple[str, ...] = ()
    check: PartsCheck | None = None

    @property
    def first_said(self) -> date | None:
        """Earliest day of publication; None when no document has one."""
        return self.claim.first_said

    @property
    def stated_new(self) -> Decimal | None:
        """What of it is stated as new money; None where the texts do not let one tell."""
        if self.newness == "new":
            return self.distinct
        return Decimal(0) if self.newness == "existing" else None


@dataclass(frozen=True, slots=True)
class Totals:
    """The three totals of one currency.

    Attributes:
        currency: ISO 4217.
        headlines: Every headline added up, parts included: what the money sounds like.
        distinct: Each pot once, without its parts: what it is.
        stated_new: Of that, what is stated as new; None when no pot lets one tell.
        cannot_tell: Pots, not counting parts, of which the texts do not say whether they are new.
        pots: How many, not counting parts.
        parts: How many.
    """

    currency: str
    headlines: Decimal
    distinct: Decimal
    stated_new: Decimal | None
    cannot_tell: int
    pots: int
    parts: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Claims of funding that no total counts, and why."""

    why: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PotsReport:
    """Pots, largest first by currency, with the totals and what they leave out.

    Attributes:
        pots: Without their parts, which hang on them.
        totals: By currency.
        left_out: Claims that no total counts.
        unsummed: Mentions of pots with an amount that are in no sum of headlines: they say it as a
            rate, a range or an open bound.
    """

    pots: tuple[Pot, ...]
    totals: tuple[Totals, ...]
    left_out: tuple[LeftOut, ...]
    unsummed: int


def build_pots(claims: Sequence[Claim]) -> PotsReport:
    """Work out what some claims of funding add up to; other kinds are not looked at.

    Args:
        claims: In any order. Relations to claims that are not among them count for nothing.
    """
    funding = sorted((claim for claim in claims if claim.kind == "funding"), key=number_of)
    why = _left_out(funding)
    counted = [claim for claim in funding if why.get(claim.id) not in (REPLACED, VAGUE)]
    parts = _parts_by_whole(counted)
    inside = {part.id for found in parts.values() for part in found}
    roots = sorted(
        (
            claim
            for claim in counted
            if claim.id not in inside and (claim.id not in why or parts[claim.id])
        ),
        key=lambda claim: (claim.currency, -_distinct(claim, parts), number_of(claim)),
    )
    ids = {claim.id: f"p{number}" for number, claim in enumerate(_walk(roots, parts), start=1)}
    pots = tuple(_pot(claim, parts, ids) for claim in roots)
    left_out = {
        reason: tuple(claim.id for claim in funding if why.get(claim.id) == reason)
        for reason in sorted(set(why.values()))
    }
    return PotsReport(
        pots,
        _totals(pots),
        tuple(LeftOut(reason, found) for reason, found in left_out.items()),
        _unsummed(pots),
    )


def _left_out(funding: Sequence[Claim]) -> dict[str, str]:
    """Return claim to reason for every claim whose own amount is in no total."""
    replaced = {
        relation.to
        for claim in funding
        for relation in claim.relations
        if relation.type == "replaces"
    }
    why = {}
    for claim in funding:
        if claim.low is None and claim.high is None:
            why[claim.id] = VAGUE
        elif claim.id in replaced:
            why[claim.id] = REPLACED
        elif claim.per is not None:
            why[claim.id] = RATE
        elif point_of(claim) is None:
            why[claim.id] = OPEN
    return why


def _parts_by_whole(counted: Sequence[Claim]) -> dict[str, list[Claim]]:
    """Return the direct parts of each claim, largest first."""
    parts: dict[str, list[Claim]] = defaultdict(list)
    by_id = {claim.id: claim for claim in counted}
    for part, whole in whole_of(counted).items():
        parts[whole].append(by_id[part])
    for found in parts.values():
        found.sort(key=lambda claim: (-(point_of(claim) or 0), number_of(claim)))
    return parts


def _walk(claims: Iterable[Claim], parts: Mapping[str, list[Claim]]) -> Iterator[Claim]:
    """Yield claims and their parts, each whole before its parts."""
    for claim in claims:
        yield claim
        yield from _walk(parts.get(claim.id, ()), parts)


def _distinct(claim: Claim, parts: Mapping[str, list[Claim]]) -> Decimal:
    """Return a claim's sum; where it states none, what its parts come to."""
    amount = point_of(claim)
    if amount is not None:
        return amount
    return sum((_distinct(part, parts) for part in parts.get(claim.id, ())), Decimal(0))


def _pot(claim: Claim, parts: Mapping[str, list[Claim]], ids: Mapping[str, str]) -> Pot:
    mine = parts.get(claim.id, [])
    on_top = {
        ids[relation.to]
        for relation in claim.relations
        if relation.type == "in_addition_to" and relation.to in ids
    }
    return Pot(
        id=ids[claim.id],
        claim=claim,
        name=_name(claim),
        amount=point_of(claim),
        headlines=sum(
            (_headline(one.mention, claim.currency) for one in claim.mentions), Decimal(0)
        ),
        distinct=_distinct(claim, parts),
        newness=_newness(one.mention for one in claim.mentions),
        said=len(claim.mentions),
        parts=tuple(_pot(part, parts, ids) for part in mine),
        on_top_of=tuple(sorted(on_top, key=lambda pot: int(pot[1:]))),
        check=check_parts(claim, mine),
    )


def _name(claim: Claim) -> str:
    wording = claim.purpose or claim.recipient or NO_PURPOSE
    return " ".join(_LEADING.sub("", wording, count=1).split())


def _headline(mention: Mention, currency: str) -> Decimal:
    amount = mention.amount
    counts = _states_a_sum(mention) and amount.currency == currency
    return amount.low if counts and amount.low is not None else Decimal(0)


def _states_a_sum(mention: Mention) -> bool:
    return mention.amount.per is None and mention.amount.low == mention.amount.high


def _unsummed(pots: Iterable[Pot]) -> int:
    """Count what sums of headlines leave out of pots that are counted; see `PotsReport`."""
    every = (pot for root in pots for pot in _with_parts(root) if pot.amount is not None)
    return sum(not _states_a_sum(one.mention) for pot in every for one in pot.claim.mentions)


def _newness(mentions: Iterable[Mention]) -> StatedNewness:
    stated = {one.newness.status for one in mentions if one.newness}
    fresh = bool(stated & {"new", "additional"})
    if fresh and "existing" in stated:
        return "both"
    return "new" if fresh else "existing" if stated else "unknown"


def _totals(pots: Sequence[Pot]) -> tuple[Totals, ...]:
    found = []
    for currency in sorted({pot.claim.currency for pot in pots}):
        mine = [pot for pot in pots if pot.claim.currency == currency]
        every = [pot for root in mine for pot in _with_parts(root)]
        told = [stated for pot in mine if (stated := pot.stated_new) is not None]
        found.append(
            Totals(
                currency=currency,
                headlines=sum((pot.headlines for pot in every), Decimal(0)),
                distinct=sum((pot.distinct for pot in mine), Decimal(0)),
                stated_new=sum(told, Decimal(0)) if told else None,
                cannot_tell=len(mine) - len(told),
                pots=len(mine),
                parts=len(every) - len(mine),
            )
        )
    return tuple(found)


def _with_parts(pot: Pot) -> Iterator[Pot]:
    yield pot
    for part in pot.parts:
        yield from _with_parts(part)
