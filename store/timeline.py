"""The life of a figure: what each document does when it states a pot of money.

Worked out from days of publication, figures and what the texts relate, and never stored: another
document can change it. A document without a date has no place in an order, and gets none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from records.claim import Claim, ClaimRelation, Former, Standing, Statement, StoredMention
from records.mention import Amount
from store.claim_rows import precision
from store.dedup.figure import figures_of, meeting

ONE_STORY = 14
"""Days within which differing figures are two outlets' for one announcement, and no revision."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one document says of a pot.

    Attributes:
        mentions: In the order of its text.
        day: Of publication; None when unknown.
    """

    mentions: tuple[StoredMention, ...]
    day: date | None

    @property
    def best(self) -> StoredMention:
        """The mention that states the figure most precisely."""
        if len(self.mentions) == 1:  # as in most documents
            return self.mentions[0]
        return max(self.mentions, key=lambda one: precision(one.counted))

    @property
    def document(self) -> str:
        """Its local id."""
        return self.mentions[0].provenance.document


def with_timeline(claim: Claim, formers: Mapping[str, Former], latest: date | None) -> Claim:
    """Return a claim with its timeline.

    Args:
        claim: The claim.
        formers: The figures of claims that it may replace, by their ids.
        latest: Last day of publication in the store; None when no document has a date.
    """
    return replace(
        claim,
        timeline=timeline_of(claim.id, claim.mentions, claim.relations, formers),
        silent_since=silent_since(claim.mentions, latest),
    )


def silent_since(mentions: Iterable[StoredMention], latest: date | None) -> date | None:
    """Return the last day on which a claim was stated, where the store has a later one."""
    last = max((day for one in mentions if (day := one.provenance.published)), default=None)
    return last if last and latest and last < latest else None


def former_of(claim: Claim) -> Former:
    """Return a claim's figure, for those that replace it."""
    return Former(claim.id, claim.currency, claim.low, claim.high, claim.per)


def timeline_of(
    claim: str,
    mentions: Sequence[StoredMention],
    relations: Sequence[ClaimRelation],
    formers: Mapping[str, Former],
) -> tuple[Statement, ...]:
    """Return what each document does that states a claim, in the order of `documents_of`.

    Args:
        claim: Its id.
        mentions: Its mentions, in order.
        relations: Its own, to other claims.
        formers: The figures of claims that it may replace, by their ids.
    """
    told = documents_of(mentions)
    first = min((one.day for one in told if one.day), default=None)
    return tuple(
        _statement(one, first, _said_by(one, relations), formers, _revised(claim, one, told))
        for one in told
    )


def _said_by(one: Said, relations: Sequence[ClaimRelation]) -> list[ClaimRelation]:
    """Return the relations that a document states, each by its own mentions alone."""
    if not relations:
        return []
    names = {stored.id for stored in one.mentions}
    return [
        replace(relation, mentions=tuple(by))
        for relation in relations
        if (by := [name for name in relation.mentions if name in names])
    ]


def _statement(
    one: Said,
    first: date | None,
    said: Sequence[ClaimRelation],
    formers: Mapping[str, Former],
    revised: Former | None,
) -> Statement:
    replaced = (formers.get(each.to) for each in said if each.type == "replaces")
    former = next(filter(None, replaced), None) or revised
    standing: Standing = "restatement"
    if former:
        standing = _direction(one.best.counted.amount, former)
    elif one.day is None:
        standing = "undated"
    elif one.day == first:
        standing = "first statement"
    return Statement(
        document=one.document,
        published=one.day,
        mentions=tuple(stored.id for stored in one.mentions),
        standing=standing,
        former=former,
        relations=tuple(each for each in said if each.type in ("part_of", "in_addition_to")),
    )


def documents_of(mentions: Sequence[StoredMention]) -> list[Said]:
    """Return what each document says of a claim, by day, undated last; of one day, by content."""
    found: dict[str, list[StoredMention]] = {}
    for stored in mentions:
        found.setdefault(stored.provenance.sha256, []).append(stored)
    told = [
        Said(mentions=tuple(ones), day=ones[0].provenance.published)
        for _, ones in sorted(found.items())
    ]
    return sorted(told, key=lambda one: one.day or date.max)


def _revised(claim: str, one: Said, told: Sequence[Said]) -> Former | None:
    """Return the earlier figure of the claim that a document differs from; None for a restatement.

    A figure is revised when it is stated otherwise later, by more than a rounding, and nobody goes
    on stating the earlier one.
    """
    if one.day is None:
        return None
    earlier = [other for other in told if other.day and other.day < one.day]
    if not earlier or any(meets(other, one) in ("same", "rounded") for other in earlier):
        return None
    last = earlier[-1]
    later = (other for other in told if other is not one and other.day and other.day >= one.day)
    goes_on = any(meets(last, other) == "same" for other in later)
    assert last.day is not None  # noqa: S101 - only dated ones are earlier
    if goes_on or meets(last, one) != "near" or (one.day - last.day).days <= ONE_STORY:
        return None
    amount = last.best.counted.amount
    return Former(claim, amount.currency, amount.low, amount.high, amount.per)


def meets(left: Said, right: Said) -> str | None:
    """Say how the figures of two documents meet: `same`, `rounded`, `near`, or not at all."""
    pairs = ((a, b) for a in figures_of(left.best.counted) for b in figures_of(right.best.counted))
    met = {found.how for a, b in pairs if (found := meeting(a, b))}
    return next((how for how in ("same", "rounded", "near") if how in met), None)


def _direction(amount: Amount, former: Former) -> Standing:
    """Say whether a figure is above or below the one before; neither where that cannot be told."""
    new, old = _value(amount.low, amount.high), _value(former.low, former.high)
    comparable = (amount.currency, amount.per) == (former.currency, former.per)
    if not comparable or new is None or old is None or new == old:
        return "revision"
    return "revision up" if new > old else "revision down"


def _value(low: Decimal | None, high: Decimal | None) -> Decimal | None:
    return high if low is None else low
