"""`earmark pots`: what claims add up to, each pot of money once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from earmark.cli import status
from earmark.cli.options import JsonOption, StoreOption, open_for_reading, session_of
from earmark.cli.pots_view import print_alarms, print_plain, print_pots
from earmark.cli.screen import Screen
from earmark.files import write_file
from earmark.words.pots_data import alarms_data, pots_data
from earmark.words.pots_svg import pots_svg
from earmark.words.wording import count, day
from records.errors import SettingsError
from store.pots.model import PotsReport

NAMED = 5
"""Documents without a date that are named; `--json` names all."""
EXAMPLES = """\b
Examples:
  earmark pots                        pots with a story: said more than once, or with parts
  earmark pots --tree                 every pot
  earmark pots 'for:hospitals currency:GBP'
  earmark pots --as-of 2021-10-27     what was known on that day
  earmark pots --alarms               figures that cannot all be right
  earmark pots --svg pots.svg         the same as a picture
"""

AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="What was known on that day: from documents published up to then.",
    ),
]
TreeOption = Annotated[
    bool, typer.Option("--tree", help="Every pot, also those said once, with its claim.")
]
AlarmsOption = Annotated[
    bool,
    typer.Option(
        "--alarms",
        help="Figures that cannot all be right, with their quotes; exits with 4 if there are.",
    ),
]
SvgOption = Annotated[
    Path | None, typer.Option("--svg", metavar="FILE", help="Draw the pots on a money axis.")
]


def command(  # noqa: PLR0913 - Typer reads one parameter per option
    context: typer.Context,
    expression: Annotated[list[str] | None, typer.Argument(metavar="EXPR", hidden=True)] = None,
    *,
    store: StoreOption = None,
    as_of: AsOfOption = None,
    tree: TreeOption = False,
    alarms: AlarmsOption = False,
    svg: SvgOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add up pots of money, each once: what they sound like, what they are, what is new.

    Parts stand under their whole and are never added to it; money on top of other money stands
    beside it. EXPR is a question as for `earmark query`: only the claims that answer it, with their
    parts, are added up.
    """
    if alarms and tree:
        raise SettingsError("--alarms and --tree each print something of their own; leave one out")
    screen = session_of(context).screen()
    with open_for_reading(store) as kept:
        report = kept.pots(" ".join(expression or []), as_of=as_of)
    if svg is not None:
        write_file(svg, [pots_svg(report)])
        screen.note(f"{count(len(report.pots), 'pot')} drawn in {svg}")
    with status.ending_with(status.FINDINGS if alarms and report.alarms else status.DONE):
        if as_json:
            screen.json(**(alarms_data(report) if alarms else pots_data(report)))
        elif alarms:
            print_alarms(screen, report)
        elif screen.terminal or tree:
            print_pots(screen, report, whole=tree)
        else:
            print_plain(screen, report)
        _note(screen, report, alarms=alarms)


def _note(screen: Screen, report: PotsReport, *, alarms: bool) -> None:
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
    elif alarms and not report.alarms:
        screen.note("No alarm: nothing here contradicts itself as far as the texts tell.")
    elif report.alarms and not alarms:
        named = count(len(report.alarms), "alarm")
        screen.note(f"note: {named} about these figures; see them with: earmark pots --alarms")
