"""`earmark runs`: what was read into a store, and when."""

from __future__ import annotations

import typer

from earmark.cli.options import JsonOption, StoreOption, open_for_reading, session_of
from earmark.words.run_words import run_data, run_state
from store.instants import instant_text

EXAMPLES = """\b
Examples:
  earmark runs
  earmark runs --json
"""


def command(
    context: typer.Context, *, store: StoreOption = None, as_json: JsonOption = False
) -> None:
    """List the runs of ingest: id, start, what became of the sources."""
    screen = session_of(context).screen()
    with open_for_reading(store) as kept:
        runs = kept.runs()
    if as_json:
        screen.json([run_data(run) for run in runs])
        return
    for run in runs:
        screen.fields([run.id, instant_text(run.started_at), run_state(run)])
