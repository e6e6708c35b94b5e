"""`earmark pots`: what claims add up to, each pot of money once."""

from __future__ import annotations

from typing import Annotated

import typer

from earmark.cli.options import JsonOption, StoreOption, open_for_reading, session_of
from earmark.cli.pots_data import pots_data
from earmark.cli.pots_view import print_plain, print_pots
from earmark.cli.screen import Screen
from earmark.cli.wording import count, day
from store.pots.model import PotsReport

NAMED = 5
"""Documents without a date that are named; `--json` names all."""
EXAMPLES = """\b
Examples:
  earmark pots                        pots with a story: said more than once, or with parts
  earmark pots --tree                 every pot
  earmark pots 'for:hospitals currency:GBP'
  earmark pots --as-of 2021-10-27     what was known on that day
"""


def command(
    context: typer.Context,
    expression: Annotated[list[str] | None, typer.Argument(metavar="EXPR", hidden=True)] = None,
    *,
    store: StoreOption = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="DATE",
            help="What was known on that day: from documents published up to then.",
        ),
    ] = None,
    tree: Annotated[
        bool, typer.Option("--tree", help="Every pot, also those said once, with its claim.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Add up pots of money, each once: what they sound like, what they are, what is new.

    Parts stand under their whole and are never added to it; money on top of other money stands
    beside it. EXPR is a question as for `earmark query`: only the claims that answer it, with their
    parts, are added up.
    """
    screen = session_of(context).screen()
    with open_for_reading(store) as kept:
        report = kept.pots(" ".join(expression or []), as_of=as_of)
    if as_json:
        screen.json(**pots_data(report))
    elif screen.terminal or tree:
        print_pots(screen, report, whole=tree)
    else:
        print_plain(screen, report)
    _note(screen, report)


def _note(screen: Screen, report: PotsReport) -> None:
    if report.undated and report.as_of:
        names = [f"{one.document} {one.source}" for one in report.undated[:NAMED]]
        more = len(report.undated) - len(names)
        listed = ", ".join(names) + (f" and {more} more" if more else "")
        screen.note(
            f"note: left out of {day(report.as_of)}, for nothing says when "
            f"{'it was' if len(report.undated) == 1 else 'they were'} published: "
            f"{count(len(report.undated), 'document')} ({listed}). Date them with: earmark ingest "
            "… --published 2021-10-27"
        )
    if not report.pots:
        screen.note("No pot of money: no claim here states a sum of funding.")
