"""Pots of money as a table: what they sound like, what they are, what is stated as new."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from earmark.cli.screen import Screen
from earmark.cli.table import Column, Row
from earmark.cli.wording import claim_amount, count, day
from records.money import display

if TYPE_CHECKING:
    from store.pots import Pot, PotsReport, Totals

COLUMNS = (
    Column("POT", share=1),
    Column("SUM OF HEADLINES", right=True),
    Column("DISTINCT", right=True),
    Column("STATED AS NEW", right=True),
    Column("SAID", right=True),
    Column("FIRST SAID", right=True),
)
TIMES = "\N{MULTIPLICATION SIGN}"


def print_pots(screen: Screen, report: PotsReport) -> None:
    """Print the pots with their parts, then what they come to in each currency.

    Pots without parts that were said only once come to one line: they are counted in the totals,
    and have no story to show.
    """
    told = [pot for pot in report.pots if pot.parts or pot.said > 1]
    rows: list[Row] = [row for pot in told for row in _rows(pot)]
    screen.table(COLUMNS, [*rows, *_rest([pot for pot in report.pots if pot not in told])])
    for total in report.totals:
        screen.line()
        for sentence in _sentences(total):
            screen.line(sentence)
    if report.unsummed:
        figures = count(report.unsummed, "figure")
        screen.line(
            f"Not among these headlines: {figures} said as a rate, a range or an open bound."
        )
    for left_out in report.left_out:
        claims = count(len(left_out.claims), "claim")
        screen.line(f"Not in these sums: {claims}, {left_out.why} ({', '.join(left_out.claims)}).")


def _rows(pot: Pot, lead: str = "", branch: str = "") -> Iterator[Row]:
    """Yield the row of a pot, then those of its parts, then whether they add up.

    Args:
        pot: The pot.
        lead: What stands before the branch, for the depth of the pot in its tree.
        branch: Drawn before a part; empty for a whole.
    """
    currency = pot.claim.currency
    yield (
        f"{lead}{branch}{pot.id} {pot.name}",
        display(pot.headlines, currency),
        claim_amount(pot.claim) if pot.amount is None else display(pot.distinct, currency),
        "cannot tell" if pot.stated_new is None else display(pot.stated_new, currency),
        f"{pot.said}{TIMES}",
        day(pot.first_said) if pot.first_said else "unknown",
    )
    below = lead + {"├ ": "│ ", "└ ": "  "}.get(branch, "    ")
    for part in pot.parts:
        yield from _rows(part, below, "└ " if part is pot.parts[-1] else "├ ")
    if pot.on_top_of:
        yield f"{below}  on top of {', '.join(pot.on_top_of)}"
    if pot.check:
        sign = " ✓" if pot.check.verdict == "adds up" else ""
        yield f"{below}  {pot.check.words}{sign}"


def _rest(pots: list[Pot]) -> Iterator[Row]:
    for currency in sorted({pot.claim.currency for pot in pots}):
        mine = [pot for pot in pots if pot.claim.currency == currency]
        headlines = sum((pot.headlines for pot in mine), Decimal(0))
        distinct = sum((pot.distinct for pot in mine), Decimal(0))
        name = f"{count(len(mine), 'other pot')}, each said once"
        yield name, display(headlines, currency), display(distinct, currency), "", "", ""


def _sentences(total: Totals) -> Iterator[str]:
    currency = total.currency
    yield (
        f"Adding every headline would give {display(total.headlines, currency)}. "
        f"Distinct money: {display(total.distinct, currency)}."
    )
    unknown = f"of {count(total.cannot_tell, 'pot')} the texts do not say"
    if total.stated_new is None:
        yield f"Stated as new: cannot tell; {unknown}."
    elif total.cannot_tell:
        yield f"Stated as new: {display(total.stated_new, currency)}; {unknown}."
    else:
        yield f"Stated as new: {display(total.stated_new, currency)}."
