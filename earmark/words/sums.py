"""What the claims of a list come to, in the line above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from earmark.words.wording import count
from records.money import display

if TYPE_CHECKING:
    from store.results import ListTotals


FEW = 3
"""Currencies whose sums stand above a list; those of the others are unfolded."""


def sum_line(totals: ListTotals) -> str:
    """Return the line above a list: `13 claims in GBP · 2 pots · sum of headlines £9bn · …`."""
    claims = f"{count(totals.claims, 'claim')} in {totals.currency}"
    if not totals.pots:
        return f"{claims} · no pot of money"
    parts = f", {count(totals.parts, 'part')}" if totals.parts else ""
    sums = {"sum of headlines": totals.headlines, "distinct": totals.distinct}
    if totals.stated_new:
        sums["stated as new"] = totals.stated_new
    told = [f"{name} {display(value, totals.currency)}" for name, value in sums.items()]
    if totals.cannot_tell:
        told.append(f"{totals.cannot_tell} cannot tell")
    return " · ".join([claims, f"{count(totals.pots, 'pot')}{parts}", *told])
