"""`earmark diff`: what changed of a source's money between its captures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from earmark.cli.options import JsonOption, StoreOption, open_for_reading, session_of
from earmark.cli.screen import Screen
from earmark.words.change_words import change_words, comparison_data
from earmark.words.wording import count
from store.instants import instant_text

if TYPE_CHECKING:
    from store.versions import Comparison, Version

EXAMPLES = """\b
Examples:
  earmark diff https://www.example.org/news/budget.html
  earmark diff press/release.html --json
"""


def command(
    context: typer.Context,
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", help="As `ingest` printed it: an address or a path.")
    ],
    *,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what changed of a source's money from each capture to the next.

    A mention goes with the one whose sentence is most alike when the amounts are left out. One line
    for each that changed, came or went, with the claims, after the times of both captures.
    """
    screen = session_of(context).screen()
    with open_for_reading(store) as kept:
        compared = kept.diff(source)
        only = None if compared else kept.versions(source)[0]
    if as_json:
        screen.json([comparison_data(one) for one in compared])
    elif only:
        screen.line(f"{source} was captured once, {_version(only)}: nothing to compare.")
    else:
        for one in compared:
            _print(screen, one)


def _print(screen: Screen, compared: Comparison) -> None:
    screen.line(f"{_version(compared.older)}  ->  {_version(compared.newer)}")
    for change in compared.changes:
        if change.kind != "same":
            screen.line(f"  {change_words(change)}")
    same = sum(change.kind == "same" for change in compared.changes)
    screen.line(f"  {count(same, 'mention')} unchanged")


def _version(version: Version) -> str:
    return f"{instant_text(version.captured_at)} {version.document.id}"
