"""`earmark decisions`: what people decided."""

from __future__ import annotations

import typer

from earmark.cli.options import JsonOption, StoreOption, open_for_reading, session_of
from earmark.words.wording import day
from records.decision import Decision
from store.exports.jsonl import decision_data
from store.instants import instant_text

EXAMPLES = """\b
Examples:
  earmark decisions
  earmark decisions --json
"""


def command(
    context: typer.Context, *, store: StoreOption = None, as_json: JsonOption = False
) -> None:
    """List what people decided: id, time, who, what, why, and whether it still holds."""
    screen = session_of(context).screen()
    with open_for_reading(store) as kept:
        found = kept.decisions()
    if as_json:
        screen.json([decision_data(one) for one in found])
        return
    for one in found:
        screen.fields(
            [one.id, instant_text(one.at), one.by, one.says, one.reason or "", _state(one)]
        )


def _state(one: Decision) -> str:
    if one.taken_back:
        return f"taken back by {one.taken_back.by} on {day(one.taken_back.at.date())}"
    rests = [side for side in (one.mention, one.other) if side is not None and side.id is None]
    if rests:
        return f"rests: no current document states “{rests[0].quote}” there"
    return "holds"
