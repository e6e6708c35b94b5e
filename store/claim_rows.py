"""What a claim says, from the mentions that state it. Pure, and blind to the order of ingestion."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

from records.mention import Amount, Kind, Mention, Timeframe
from records.money import decimal_text, is_currency, to_minor
from records.span import Span
from store.dedup.candidate import Candidate
from store.dedup.profile import Key
from store.dedup.words import search_words
from store.mention_rows import money_columns
from store.order_key import amount_columns
from store.pots.sums import point_said

T = TypeVar("T")


class Placed(NamedTuple):
    """A mention of a current document, in the store.

    Attributes:
        id: Of its row.
        number: Its public number, `m7`.
        document: Row of its document.
        candidate: What matching looks at.
    """

    id: int
    number: int
    document: int
    candidate: Candidate

    @property
    def mention(self) -> Mention:
        """The mention itself."""
        return self.candidate.mention


class Facts(NamedTuple):
    """What mentions state together.

    Attributes:
        amount: That of the most precise mention: a total before a rate, a point before a range
            before an open bound, unhedged before hedged, more digits before fewer; of equals, the
            one first said.
        approximate: Every mention hedges.
        kind: Of the mention that gives the amount.
        purpose: The wording first said; None when none says.
        recipient: Likewise.
        funder: Likewise.
        timeframe: The fullest; None when none says.
    """

    amount: Amount
    approximate: bool
    kind: Kind
    purpose: str | None
    recipient: str | None
    funder: str | None
    timeframe: Timeframe | None


def facts_of(mentions: Sequence[Mention]) -> Facts:
    """Return what mentions, in the order in which they were said, state together."""
    best = max(mentions, key=precision)
    return Facts(
        best.amount,
        all(mention.amount.approximate for mention in mentions),
        best.kind,
        _first(mention.purpose for mention in mentions),
        _first(mention.recipient for mention in mentions),
        _first(mention.funder for mention in mentions),
        _fullest_timeframe(mentions),
    )


def claim_head(members: Sequence[Placed]) -> dict[str, Any]:
    """Return the row of the claim that mentions state together, without its random bytes."""
    in_order = [member.mention for member in sorted(members, key=_first_said)]
    facts = facts_of(in_order)
    amount, timeframe = facts.amount, facts.timeframe
    days = [member.candidate.published for member in members]
    known = [day for day in days if day is not None]
    return {
        "id": min(member.number for member in members),
        **money_columns(
            amount.currency, amount.low, amount.high, amount.per, approximate=facts.approximate
        ),
        **amount_columns(amount, timeframe),
        **_sums(in_order, facts),
        "kind": facts.kind,
        "purpose": facts.purpose,
        "recipient": facts.recipient,
        "funder": facts.funder,
        "timeframe": timeframe.span.text if timeframe else None,
        "period_start": _iso(timeframe.start) if timeframe else None,
        "period_until": _iso(timeframe.until) if timeframe else None,
        "first_said": _iso(min(known)) if known else None,
        "purpose_words": _search_text(mention.purpose for mention in in_order),
    }


def _sums(mentions: Sequence[Mention], facts: Facts) -> dict[str, Any]:
    """Return what a list of claims is added up from: see `store.totals`.

    NULL where a claim has no one figure, or it is beyond 64 bits; headlines beyond them count once.
    """
    currency = facts.amount.currency
    point = point_said(Mention(facts.amount, facts.kind, facts.timeframe))
    said = (point_said(one) for one in mentions if one.amount.currency == currency)
    stated = {one.newness.status for one in mentions if one.newness}
    fresh = bool(stated & {"new", "additional"})
    newness = "both" if fresh and "existing" in stated else "new" if fresh else "existing"
    once, every = (
        _minor(value, currency) for value in (point, sum(filter(None, said), Decimal(0)))
    )
    return {
        "sum_minor": once,
        "headlines_minor": once if every is None else every,
        "newness": newness if stated else None,
    }


def _minor(value: Decimal | None, currency: str) -> int | None:
    return None if value is None or not is_currency(currency) else to_minor(value, currency)


def _first_said(member: Placed) -> tuple[date, Key]:
    return member.candidate.published or date.max, member.candidate.key


def precision(mention: Mention) -> tuple[int, ...]:
    """Rank a mention by how precisely it states its amount."""
    amount = mention.amount
    bounds = [bound for bound in (amount.low, amount.high) if bound is not None]
    point = len(bounds) == 2 and amount.low == amount.high  # noqa: PLR2004 - both bounds
    return (
        int(amount.per is None),
        len(bounds) + int(point),
        int(not amount.approximate),
        max(map(_digits, bounds), default=0),
    )


def _digits(value: Decimal) -> int:
    return len(decimal_text(value).replace(".", "").strip("-0"))


def _first(spans: Iterable[Span | None]) -> str | None:
    """Return the first wording: the words of who said it first, not of who said most."""
    return next((span.text for span in spans if span), None)


def _fullest_timeframe(mentions: Iterable[Mention]) -> Timeframe | None:
    """Return the timeframe that fixes most days; of equals, the one with the most words."""

    def said(timeframe: Timeframe) -> tuple[int, int, int]:
        days = (timeframe.start is not None) + (timeframe.until is not None)
        return days, int(timeframe.duration is not None), len(timeframe.span.text.split())

    return _best((mention.timeframe for mention in mentions if mention.timeframe), said)


def _best(values: Iterable[T], worth: Callable[[T], Any]) -> T | None:
    return max(values, key=worth, default=None)  # the first of equals


def _search_text(purposes: Iterable[Span | None]) -> str:
    """Return every word of every purpose in its search form, each between spaces."""
    words = {word for purpose in purposes if purpose for word in search_words(purpose.text)}
    return f" {' '.join(sorted(words))} " if words else ""


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
