"""`earmark log`: the store's ledger, for people."""

from __future__ import annotations

import re
from dataclasses import asdict
from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from earmark.cli.options import JsonOption, StoreOption, open_for_reading, session_of
from earmark.cli.screen import Screen
from earmark.words.safe import one_line
from records.errors import SettingsError

if TYPE_CHECKING:
    from store.log import LogEntry

EXAMPLES = """\b
Examples:
  earmark log                     who did what when, the newest first
  earmark log m7                  what was ever done to a mention, and decided about it
  earmark log --range 30..40
  earmark log --json | jq '.data[] | select(.by == "anna")'

\b
Exit status: 0 done, 1 no such record, 2 wrong usage, 5 a problem with the store.
"""
_PAGE = 40
_RANGE = re.compile(r"([0-9]{0,15})(\.\.)?([0-9]{0,15})")
RecordArgument = Annotated[
    str | None,
    typer.Argument(metavar="[ID]", help="Only what wrote it or is about it: m7, c3, d2, r1, w3."),
]
RangeOption = Annotated[
    str | None,
    typer.Option("--range", metavar="A..B", help="Only these entries: 30..40, 30.., ..40, 34."),
]
LimitOption = Annotated[
    int | None,
    typer.Option(
        "--limit", metavar="N", min=1, help=f"At most N; on a terminal {_PAGE} where not given."
    ),
]


def command(
    context: typer.Context,
    record: RecordArgument = None,
    *,
    between: RangeOption = None,
    limit: LimitOption = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read the ledger: every change of the store, who made it and when, the newest first.

    The columns are number, time, type, who, what.
    """
    screen = session_of(context).screen()
    first, last = _bounds(between)
    most = limit or (_PAGE if screen.terminal and not as_json else None)
    with open_for_reading(store) as kept:
        found = islice(kept.log(record, first, last), None if most is None else most + 1)
        if as_json:
            entries = list(found)
            more = most is not None and len(entries) > most
            rest = entries[most].number if more and most else None
            screen.json([asdict(one) for one in entries[:most]], page={"next": rest})
            return
        for number, one in enumerate(found):
            if number == most:
                screen.note(f"There is more: earmark log {record or ''} --range ..{one.number}")
                return
            _print(screen, one)


def _print(screen: Screen, one: LogEntry) -> None:
    if screen.terminal:
        who = f"{one.by}: " if one.by else ""
        screen.line(f"{one.number:>6}  {one.at[:19]}  {one_line(who + one.what)}")
    else:
        screen.fields([str(one.number), one.at, one.type, one.by or "", one.what])


def _bounds(between: str | None) -> tuple[int | None, int | None]:
    """Return the first and the last number of a range; None for an open end."""
    if between is None:
        return None, None
    found = _RANGE.fullmatch(between)
    if not found or not any((found[1], found[3])):
        raise SettingsError(f"--range {between}: write 30..40, 30.., ..40 or 34")
    first = int(found[1]) if found[1] else None
    last = int(found[3]) if found[3] else None
    return (first, last) if found[2] else (first, first)
