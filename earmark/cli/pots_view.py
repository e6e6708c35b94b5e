"""Pots of money in print: what they sound like, what they are, what is stated as new."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import PurePath
from typing import TYPE_CHECKING

from earmark.cli.screen import Screen
from earmark.cli.table import Column, Row
from earmark.cli.timeline import excerpt
from earmark.cli.wording import claim_amount, claim_period, count, day
from records.money import display
from store.pots.sums import steps_of

if TYPE_CHECKING:
    from store.pots.model import Pot, PotsReport, Totals

COLUMNS = (
    Column("POT", share=1),
    Column("SUM OF HEADLINES", right=True),
    Column("DISTINCT", right=True),
    Column("STATED AS NEW", right=True),
    Column("SAID", right=True),
    Column("FIRST SAID", right=True),
)
TIMES = "\N{MULTIPLICATION SIGN}"
EMPTY = "No pot of money to show: nothing here states a sum of funding."


def print_pots(screen: Screen, report: PotsReport, *, whole: bool = False) -> None:
    """Print the pots with their parts, then what they come to in each currency.

    Args:
        screen: Where to.
        report: The pots.
        whole: Print every pot, with its claim. Otherwise pots without parts that were said only
            once come to one line: they are counted in the totals, and have no story to show.
    """
    told = [pot for pot in report.pots if whole or pot.parts or pot.said > 1 or pot.before]
    rows: list[Row] = [row for pot in told for row in _rows(pot, whole=whole)]
    if report.pots:
        screen.table(COLUMNS, [*rows, *_rest([pot for pot in report.pots if pot not in told])])
    else:
        screen.line(EMPTY)
    for total in report.totals:
        screen.line()
        for sentence in sentences(total):
            screen.line(sentence)
    for sentence in aside(report):
        screen.line(sentence)


def print_plain(screen: Screen, report: PotsReport) -> None:
    """Print a tab-separated line for each pot, total and group of claims left out."""
    for root in report.pots:
        for pot, whole, *_ in root.tree():
            inside = whole.id if whole else ""
            screen.fields(["pot", pot.id, pot.claim.id, inside, pot.name, *_cells(pot)])
    for total in report.totals:
        new = "cannot tell" if total.stated_new is None else _money(total.stated_new, total)
        untold = _money(total.untold, total)
        sums = [_money(total.headlines, total), _money(total.distinct, total), new, untold]
        screen.fields(["total", total.currency, *sums, str(total.pots), str(total.parts)])
    for left_out in report.left_out:
        screen.fields(["left out", left_out.why, " ".join(left_out.claims)])


def print_alarms(screen: Screen, report: PotsReport) -> None:
    """Print what cannot all be right: why, and the words that state each figure."""
    for alarm in report.alarms:
        screen.heading("alarm", alarm.kind, alarm.words)
        for stored in alarm.quotes:
            origin = stored.provenance
            when = day(origin.published) if origin.published else "no date"
            teller = origin.publisher or PurePath(origin.source).name
            screen.labelled(stored.id, f"{teller}, {when} ({origin.document}): “{excerpt(stored)}”")


def sentences(total: Totals) -> Iterator[str]:
    """Say in words what pots come to in one currency."""
    yield (
        f"Adding every headline would give {_money(total.headlines, total)}. "
        f"Distinct money: {_money(total.distinct, total)}."
    )
    pots = count(total.cannot_tell, "pot")
    unknown = f"of {_money(total.untold, total)} in {pots} the texts do not say"
    if total.stated_new is None:
        yield f"Stated as new: cannot tell; {unknown}."
    elif total.cannot_tell:
        yield f"Stated as new: {_money(total.stated_new, total)}; {unknown}."
    else:
        yield f"Stated as new: {_money(total.stated_new, total)}."


def aside(report: PotsReport) -> Iterator[str]:
    """Say what stands in no total, and why."""
    if report.unsummed:
        figures = count(report.unsummed, "figure")
        open_ = "a rate without its length, a range or an open bound"
        yield f"Not among these headlines: {figures} said as {open_}."
    for left_out in report.left_out:
        claims = count(len(left_out.claims), "claim")
        yield f"Not in these sums: {claims}, {left_out.why} ({', '.join(left_out.claims)})."


def _money(value: Decimal, total: Totals) -> str:
    return display(value, total.currency)


def _rows(root: Pot, *, whole: bool) -> Iterator[Row]:
    """Yield a row for a pot and each of its parts, each with what is to be said of it."""
    rails: list[str] = []  # what stands under each whole that the row is inside of
    for pot, _, depth, last in root.tree():
        above = "".join(rails[:depth])
        rails[depth:] = ["  " if last and depth else "│ " if depth else "  "]
        branch = ("└ " if last else "├ ") if depth else ""
        claim = f" ({pot.claim.id})" if whole else ""
        *sums, said, first = _cells(pot)
        yield f"{above}{branch}{pot.id}{claim} {pot.name}", *sums, f"{said}{TIMES}", first
        for words in remarks(pot):
            yield f"{above}{rails[depth]}{'│' if pot.parts else ' '} {words}"


def remarks(pot: Pot) -> Iterator[str]:
    """Say what a pot is to others, what it was before, and whether its parts come to it."""
    if pot.within:
        yield f"part of {pot.within}, which is not shown here"
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


def _cells(pot: Pot) -> list[str]:
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


def _rest(pots: list[Pot]) -> Iterator[Row]:
    for currency in sorted({pot.claim.currency for pot in pots}):
        mine = [pot for pot in pots if pot.claim.currency == currency]
        headlines = sum((pot.headlines for pot in mine), Decimal(0))
        distinct = sum((pot.distinct for pot in mine), Decimal(0))
        name = f"{count(len(mine), 'other pot')}, each said once"
        yield name, display(headlines, currency), display(distinct, currency), "", "", ""
