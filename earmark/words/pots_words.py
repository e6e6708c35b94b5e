"""Pots of money in words: what they come to, what they are to each other, and what is left out."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from earmark.words.wording import claim_amount, claim_period, count, day
from records.money import display
from store.pots.sums import steps_of

if TYPE_CHECKING:
    from store.pots.model import Pot, PotsReport, Totals

TIMES = "\N{MULTIPLICATION SIGN}"
EMPTY = "No pot of money to show: nothing here states a sum of funding."


def sentences(total: Totals) -> Iterator[str]:
    """Say in words what pots come to in one currency."""
    yield (
        f"Adding every headline would give {money_of(total.headlines, total)}. "
        f"Distinct money: {money_of(total.distinct, total)}."
    )
    pots = count(total.cannot_tell, "pot")
    unknown = f"of {money_of(total.untold, total)} in {pots} the texts do not say"
    if total.stated_new is None:
        yield f"Stated as new: cannot tell; {unknown}."
    elif total.cannot_tell:
        yield f"Stated as new: {money_of(total.stated_new, total)}; {unknown}."
    else:
        yield f"Stated as new: {money_of(total.stated_new, total)}."


def total_cells(total: Totals) -> list[str]:
    """Return what pots come to in one currency as cells: headlines, distinct, new, untold, pots."""
    new = "cannot tell" if total.stated_new is None else money_of(total.stated_new, total)
    sums = [money_of(one, total) for one in (total.headlines, total.distinct)]
    parts = f", {count(total.parts, 'part')}" if total.parts else ""
    return [*sums, new, money_of(total.untold, total), f"{count(total.pots, 'pot')}{parts}"]


def aside(report: PotsReport) -> Iterator[str]:
    """Say what stands in no total, and why."""
    if report.unsummed:
        figures = count(report.unsummed, "figure")
        open_ = "a rate without its length, a range or an open bound"
        yield f"Not among these headlines: {figures} said as {open_}."
    for left_out in report.left_out:
        claims = count(len(left_out.claims), "claim")
        yield f"Not in these sums: {claims}, {left_out.why} ({', '.join(left_out.claims)})."


def money_of(value: Decimal, total: Totals) -> str:
    """Return an amount in the currency of a total."""
    return display(value, total.currency)


def remarks(pot: Pot) -> Iterator[str]:
    """Say what a pot is to others, what it was before, and whether its parts come to it."""
    if pot.within:
        yield f"part of {pot.within}, which is not shown here"
    if pot.by_sum:
        yield "no text says that it is a part: it completes the sum"
    if pot.on_top_of:
        yield f"on top of {', '.join(pot.on_top_of)}"
    if pot.amount is not None and pot.claim.per:
        steps = steps_of(pot.claim)
        yield f"{claim_amount(pot.claim)} {TIMES} {steps}, {claim_period(pot.claim)}"
    for older in pot.before:
        said = f", first said {day(older.first_said)}" if older.first_said else ""
        yield f"was {claim_amount(older)} ({older.id}{said})"
    if pot.check:
        sign = " ✓" if pot.check.verdict == "adds up" else ""
        yield f"{pot.check.words}{sign}"


def cells_of(pot: Pot) -> list[str]:
    """Return headlines, distinct and new money, how often it was said, and when first."""
    currency = pot.claim.currency
    return [
        display(pot.headlines, currency),
        claim_amount(pot.claim) if pot.amount is None else display(pot.distinct, currency),
        stated_as_new(pot),
        str(pot.said),
        day(pot.first_said) if pot.first_said else "no date",
    ]


def stated_as_new(pot: Pot) -> str:
    """Return what of a pot is stated as new, in words."""
    if pot.stated_new is None:
        return "cannot tell"
    least = "at least " if pot.untold else ""
    return least + display(pot.stated_new, pot.claim.currency)
