"""Pots of money in print: what they sound like, what they are, what is stated as new."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import PurePath
from typing import TYPE_CHECKING

from earmark.cli.screen import Screen
from earmark.cli.table import Column, Row
from earmark.words.pots_words import EMPTY, TIMES, aside, cells_of, money_of, remarks, sentences
from earmark.words.story import excerpt
from earmark.words.wording import count, day
from records.money import display

if TYPE_CHECKING:
    from store.pots.model import Pot, PotsReport

COLUMNS = (
    Column("POT", share=1),
    Column("SUM OF HEADLINES", right=True),
    Column("DISTINCT", right=True),
    Column("STATED AS NEW", right=True),
    Column("SAID", right=True),
    Column("FIRST SAID", right=True),
)


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
            screen.fields(["pot", pot.id, pot.claim.id, inside, pot.name, *cells_of(pot)])
    for total in report.totals:
        new = "cannot tell" if total.stated_new is None else money_of(total.stated_new, total)
        untold = money_of(total.untold, total)
        sums = [money_of(total.headlines, total), money_of(total.distinct, total), new, untold]
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


def _rows(root: Pot, *, whole: bool) -> Iterator[Row]:
    """Yield a row for a pot and each of its parts, each with what is to be said of it."""
    rails: list[str] = []  # what stands under each whole that the row is inside of
    for pot, _, depth, last in root.tree():
        above = "".join(rails[:depth])
        rails[depth:] = ["  " if last and depth else "│ " if depth else "  "]
        branch = ("└ " if last else "├ ") if depth else ""
        claim = f" ({pot.claim.id})" if whole else ""
        *sums, said, first = cells_of(pot)
        yield f"{above}{branch}{pot.id}{claim} {pot.name}", *sums, f"{said}{TIMES}", first
        for words in remarks(pot):
            yield f"{above}{rails[depth]}{'│' if pot.parts else ' '} {words}"


def _rest(pots: list[Pot]) -> Iterator[Row]:
    for currency in sorted({pot.claim.currency for pot in pots}):
        mine = [pot for pot in pots if pot.claim.currency == currency]
        headlines = sum((pot.headlines for pot in mine), Decimal(0))
        distinct = sum((pot.distinct for pot in mine), Decimal(0))
        name = f"{count(len(mine), 'other pot')}, each said once"
        yield name, display(headlines, currency), display(distinct, currency), "", "", ""
