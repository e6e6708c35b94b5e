"""Where the bars of a picture of pots go: on one money axis for each currency, rows from the top.

Parts lie inside the stretch of their whole, one after the other. Money on top of other money begins
where that ends: beside it, never inside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import NamedTuple

from earmark.words.pots_words import remarks
from earmark.words.wording import claim_amount, count
from records.money import decimal_text, display
from store.pots.model import Branch, Pot, PotsReport, Totals

MOST_POTS, MOST_PARTS, MOST_DEPTH = 40, 20, 3
"""Pots of a currency, parts of a whole and levels of parts that are drawn; the rest is counted."""
TICKS = 6
_ZERO = Decimal(0)
_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


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


def panels(report: PotsReport) -> Iterator[Panel]:
    """Lay out a report, one panel for each currency."""
    for totals in report.totals:
        pots = [pot for pot in report.pots if pot.claim.currency == totals.currency]
        bars = tuple(_bars(pots))
        yield Panel(totals, bars, _ticks(max(max(bar.end, bar.start + bar.bound) for bar in bars)))


def _bars(pots: Sequence[Pot]) -> Iterator[Bar]:
    rows: dict[str, int] = {}
    number = 0
    for pot, base, start in _beside(pots[:MOST_POTS]):
        rows[pot.id] = number
        inside = list(_inside(pot, start))
        beside = number - rows[base.id] if base else 0
        yield _bar(Branch(pot, None, 0, last=True), start, _hidden(pot), (len(inside), beside))
        yield from inside
        number += 1 + len(inside)
    if rest := pots[MOST_POTS:]:
        sums = Shares(*(sum(share, _ZERO) for share in zip(*map(_shares, rest), strict=True)))
        amount = display(sum(sums, _ZERO), rest[0].claim.currency)
        yield Bar(f"{count(len(rest), 'smaller pot')} together", amount, (), 0, _ZERO, sums)


def _beside(pots: Sequence[Pot]) -> Iterator[tuple[Pot, Pot | None, Decimal]]:
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
                end = start + pot.distinct
                waiting += [(other, pot, end) for other in reversed(above.get(pot.id, []))]


def _inside(root: Pot, start: Decimal) -> Iterator[Bar]:
    """Yield the parts of a pot that are drawn, each where the one before it ends."""
    free = {root.id: start}
    branches = list(_drawn(root))
    sizes = _sizes(branches)
    for branch in branches:
        pot, whole = branch.pot, branch.whole
        assert whole is not None  # noqa: S101 - only parts are inside
        begin = free[whole.id]
        free[whole.id] += pot.distinct
        free[pot.id] = begin
        yield _bar(branch, begin, _hidden(pot, branch.depth), (sizes[pot.id], 0))


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


def _bar(branch: Branch, start: Decimal, hidden: int, rows: tuple[int, int]) -> Bar:
    pot = branch.pot
    said = [*remarks(pot), *([f"{count(hidden, 'more part')} not drawn"] if hidden else [])]
    inside, beside = rows
    return Bar(
        name=f"{pot.id} {pot.name}",
        amount=_amount(pot),
        remarks=tuple(said),
        depth=branch.depth,
        start=start,
        shares=_shares(pot),
        bound=_bound(pot),
        inside=inside,
        beside=beside,
    )


def _amount(pot: Pot) -> str:
    """Return a pot's amount; of a rate with a length what it comes to, as its bar is that long."""
    if pot.amount is None or pot.claim.per is None:
        return claim_amount(pot.claim)
    return display(pot.amount, pot.claim.currency)


def _shares(pot: Pot) -> Shares:
    new = pot.stated_new or _ZERO
    return Shares(new, pot.distinct - new - pot.untold, pot.untold)


def _bound(pot: Pot) -> Decimal:
    """Return the bound of a pot that states no sum, for totals alone: rates have another axis."""
    claim = pot.claim
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
