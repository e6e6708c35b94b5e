"""Where the bars of a picture of pots go: on one money axis for each currency, rows from the top.

Parts lie inside the stretch of their whole, one after the other. Money on top of other money begins
where that ends: beside it, never inside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from typing import Literal, NamedTuple

from earmark.words.pots_words import remarks
from earmark.words.wording import claim_amount, count
from records.money import decimal_text, display
from store.pots.model import Branch, Pot, PotsReport, Totals

MOST_POTS, MOST_PARTS, MOST_DEPTH = 40, 20, 3
"""Pots of a currency, parts of a whole and levels of parts that are drawn; the rest is counted."""
TICKS = 6
_ZERO = Decimal(0)
_DIGITS = 3  # of what is divided by years
_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


class Drawing(NamedTuple):
    """What bars are as long as.

    Attributes:
        measure: `distinct` money; the sum of `headlines`, as a frame around that; or what of it is
            stated as `new`.
        rate: Of the `total`, or of what comes to a `year` where the years are known.
    """

    measure: Literal["distinct", "headlines", "new"] = "distinct"
    rate: Literal["total", "year"] = "total"


class Shares(NamedTuple):
    """What of some money is stated as new, what as existing, and what the texts do not say."""

    new: Decimal
    existing: Decimal
    untold: Decimal


@dataclass(frozen=True, slots=True)
class Bar:
    """One row.

    Attributes:
        name: On its left.
        amount: On its right.
        remarks: Under it.
        depth: How many wholes it is inside of.
        start: Where its money begins on the axis, in whole currency units.
        shares: Its money from there on.
        bound: The bound that it states where it states no sum; 0 for none. It is no money that is
            counted.
        inside: So many rows below belong to it.
        beside: So many rows above stands what it is on top of; 0 for nothing.
    """

    name: str
    amount: str
    remarks: tuple[str, ...]
    depth: int
    start: Decimal
    shares: Shares
    bound: Decimal = _ZERO
    inside: int = 0
    beside: int = 0

    @property
    def end(self) -> Decimal:
        """Where its money ends on the axis."""
        return self.start + sum(self.shares, _ZERO)


@dataclass(frozen=True, slots=True)
class Panel:
    """The pots of one currency.

    Attributes:
        totals: What they come to.
        bars: Rows from the top.
        ticks: Amounts to mark on the axis, from 0 on; the last is its end.
    """

    totals: Totals
    bars: tuple[Bar, ...]
    ticks: tuple[Decimal, ...]


def panels(report: PotsReport, drawing: Drawing | None = None) -> Iterator[Panel]:
    """Lay out a report, one panel for each currency."""
    how = drawing or Drawing()
    for totals in report.totals:
        pots = [pot for pot in report.pots if pot.claim.currency == totals.currency]
        bars = tuple(_bars(pots, how))
        yield Panel(totals, bars, _ticks(max(max(bar.end, bar.start + bar.bound) for bar in bars)))


def _bars(pots: Sequence[Pot], how: Drawing) -> Iterator[Bar]:
    rows: dict[str, int] = {}
    number = 0
    for pot, base, start in _beside(pots[:MOST_POTS], how):
        rows[pot.id] = number
        inside = list(_inside(pot, start, how))
        beside = number - rows[base.id] if base else 0
        whole = _bar(Branch(pot, None, 0, last=True), start, how, (len(inside), beside))
        yield whole
        yield from inside
        number += 1 + len(inside)
    if rest := pots[MOST_POTS:]:
        sums = Shares(
            *(sum(share, _ZERO) for share in zip(*(_shares(pot, how) for pot in rest), strict=True))
        )
        amount = display(sum(sums, _ZERO), rest[0].claim.currency)
        yield Bar(f"{count(len(rest), 'smaller pot')} together", amount, (), 0, _ZERO, sums)


def _beside(pots: Sequence[Pot], how: Drawing) -> Iterator[tuple[Pot, Pot | None, Decimal]]:
    """Yield each pot with the one that it is on top of and its start, right below that one.

    A pot on top of a part stands beside the whole. In a circle the first one begins at nothing.
    """
    root = {branch.pot.id: pot for pot in pots for branch in pot.tree()}
    above: dict[str, list[Pot]] = {}
    based = set()
    for pot in pots:
        bases = [root[name] for name in pot.on_top_of if name in root and root[name] is not pot]
        if bases:
            above.setdefault(bases[0].id, []).append(pot)
            based.add(pot.id)
    placed: set[str] = set()
    for first in sorted(pots, key=lambda pot: pot.id in based):  # circles have no first: come last
        waiting: list[tuple[Pot, Pot | None, Decimal]] = [(first, None, _ZERO)]
        while waiting:
            pot, base, start = waiting.pop()
            if pot.id not in placed:
                placed.add(pot.id)
                yield pot, base, start
                end = start + _size(pot, how)
                waiting += [(other, pot, end) for other in reversed(above.get(pot.id, []))]


def _inside(root: Pot, start: Decimal, how: Drawing) -> Iterator[Bar]:
    """Yield the parts of a pot that are drawn, each where the one before it ends."""
    free = {root.id: start}
    branches = list(_drawn(root))
    sizes = _sizes(branches)
    for branch in branches:
        pot, whole = branch.pot, branch.whole
        assert whole is not None  # noqa: S101 - only parts are inside
        begin = free[whole.id]
        free[whole.id] += _size(pot, how)
        free[pot.id] = begin
        yield _bar(branch, begin, how, (sizes[pot.id], 0))


def _drawn(root: Pot) -> Iterator[Branch]:
    """Yield the parts that there is room for, each whole before its parts."""
    shown = {root.id: 0}
    for branch in root.tree():
        pot, whole = branch.pot, branch.whole
        if whole is None or whole.id not in shown:
            continue
        if branch.depth <= MOST_DEPTH and shown[whole.id] < MOST_PARTS:
            shown[whole.id] += 1
            shown[pot.id] = 0
            yield branch


def _sizes(branches: Sequence[Branch]) -> dict[str, int]:
    """Return how many of the rows below each part belong to it."""
    sizes: dict[str, int] = {}
    for branch in reversed(branches):
        sizes.setdefault(branch.pot.id, 0)
        if branch.whole:
            sizes[branch.whole.id] = sizes.get(branch.whole.id, 0) + 1 + sizes[branch.pot.id]
    return sizes


def _hidden(pot: Pot, depth: int = 0) -> int:
    """Count the direct parts of a pot that are not drawn."""
    return len(pot.parts) if depth == MOST_DEPTH else max(0, len(pot.parts) - MOST_PARTS)


def _bar(branch: Branch, start: Decimal, how: Drawing, rows: tuple[int, int]) -> Bar:
    pot = branch.pot
    hidden = _hidden(pot, branch.depth)
    said = [*remarks(pot), *([f"{count(hidden, 'more part')} not drawn"] if hidden else [])]
    inside, beside = rows
    return Bar(
        name=f"{pot.id} {pot.name}",
        amount=_amount(pot, how),
        remarks=tuple(said),
        depth=branch.depth,
        start=start,
        shares=_shares(pot, how),
        bound=_bound(pot, how),
        inside=inside,
        beside=beside,
    )


def _amount(pot: Pot, how: Drawing) -> str:
    """Return the amount that a bar stands for; of a rate with a length what it comes to."""
    if how != Drawing():
        sums = {"distinct": pot.distinct, "headlines": pot.headlines}
        return _figure(pot, sums.get(how.measure, pot.stated_new), how)
    if pot.amount is None or pot.claim.per is None:
        return claim_amount(pot.claim)
    return display(pot.amount, pot.claim.currency)


def _figure(pot: Pot, amount: Decimal | None, how: Drawing) -> str:
    if amount is None:
        return "cannot tell"
    if how.rate == "total":
        return display(amount, pot.claim.currency)
    years = _years(pot)
    if not years or not amount:
        return "no length stated" if not years else display(amount, pot.claim.currency)
    yearly = amount / years
    short = yearly.quantize(Decimal(1).scaleb(yearly.adjusted() - _DIGITS + 1))
    about = "" if short == yearly else "about "
    return f"{about}{display(Decimal(decimal_text(short)), pot.claim.currency)} a year"


def _years(pot: Pot) -> Decimal | None:
    """Return how many years a pot's money covers, in whole months; None when that is not known."""
    start, until = pot.claim.period_start, pot.claim.period_until
    if start is None or until is None:
        return None
    end = until + timedelta(days=1) if until < date.max else until
    months = (end.year - start.year) * 12 + end.month - start.month
    return Decimal(months) / 12 if months > 0 else None


def _size(pot: Pot, how: Drawing) -> Decimal:
    return sum(_shares(pot, how), _ZERO)


def _shares(pot: Pot, how: Drawing) -> Shares:
    new = pot.stated_new or _ZERO
    shares = Shares(new, pot.distinct - new - pot.untold, pot.untold)
    if how.measure == "new":
        shares = Shares(new, _ZERO, _ZERO)
    if how.rate == "total":
        return shares
    years = _years(pot)
    return Shares(*(share / years if years else _ZERO for share in shares))


def _bound(pot: Pot, how: Drawing) -> Decimal:
    """Return how far the frame of a bar goes: over its headlines, or over a bound without a sum.

    Bounds are drawn for totals alone: rates have another axis.
    """
    claim = pot.claim
    if how.measure == "headlines":
        years = Decimal(1) if how.rate == "total" else _years(pot)
        return pot.headlines / years if years else _ZERO
    if how != Drawing():
        return _ZERO
    stated = claim.high if claim.low is None else claim.low
    return stated if pot.amount is None and claim.per is None and stated else _ZERO


def _ticks(most: Decimal) -> tuple[Decimal, ...]:
    """Return round amounts from 0 to at least `most`, at most `TICKS` steps."""
    if most <= 0:
        return (_ZERO, Decimal(1))
    rough = most / TICKS
    unit = Decimal(1).scaleb(rough.adjusted())
    step = next(unit * step for step in _STEPS if unit * step >= rough)
    number = int((most / step).to_integral_value(ROUND_CEILING))
    return tuple(Decimal(decimal_text(step * at)) for at in range(number + 1))
