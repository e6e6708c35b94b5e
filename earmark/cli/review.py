"""`earmark review`: what a person should look at, asked one by one or in a spreadsheet."""

from __future__ import annotations

from typing import Annotated

import typer

from earmark.cli import status
from earmark.cli.options import (
    ByOption,
    JsonOption,
    StoreOption,
    deciding_name,
    open_for_writing,
    session_of,
)
from earmark.cli.review_loop import Review, Reviewer
from earmark.cli.review_view import view_lines
from records.money import decimal_text
from records.review import ReviewItem
from store.exports.jsonl import mention_data

BlindOption = Annotated[
    bool, typer.Option("--blind", help="Hide what the machine makes of it until you have decided.")
]

EXAMPLES = """\b
Examples:
  earmark review --by anna           one question after the other, what matters most first
  earmark review c31                 only what is open about this claim
  earmark review m3 m7               only whether these two are the same money
  earmark review --by anna --blind   without the machine's view
"""


def command(
    context: typer.Context,
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", hidden=True)] = None,
    *,
    by: ByOption = None,
    blind: BlindOption = False,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> int:
    """Look at what is open: pairs of sums that could be one, and fields of low confidence.

    What has most money at stake times uncertainty comes first. Each answer is one line, stored
    before the next question; what was answered is not asked again, so the same command goes on.
    """
    screen = session_of(context).screen()
    with open_for_writing(store) as kept:
        who = Reviewer(deciding_name(screen, by), blind)
        items = kept.review(*(ids or ()), by=who.by)
        if as_json:
            screen.json([_data(item, blind=blind) for item in items])
            return status.DONE
        if not items:
            screen.note("nothing is open; what was decided: earmark decisions")
        done = Review(screen, kept, items, who).run() if items else True
    return status.DONE if done else status.INTERRUPTED


def _data(item: ReviewItem, *, blind: bool) -> dict[str, object]:
    return {
        "id": item.id,
        "field": item.field,
        "currency": item.currency,
        "stake": decimal_text(item.stake),
        "machine": None if blind else [list(line) for line in view_lines(item)],
        "mentions": [mention_data(stored) for stored in item.mentions],
    }
