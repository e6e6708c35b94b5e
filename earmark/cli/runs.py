"""`earmark runs`: what was read into a store, and when."""

from __future__ import annotations

import typer

from earmark.cli.options import JsonOption, StoreOption, open_for_reading, session_of
from store.instants import instant_text
from store.results import StoredRun

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
        screen.json([_data(run) for run in runs])
        return
    for run in runs:
        screen.fields([run.id, instant_text(run.started_at), _state(run)])


def _state(run: StoredRun) -> str:
    if run.undone_at:
        return f"taken back {instant_text(run.undone_at)}"
    if run.counts is None:
        return "cut off, or still going on"
    return ", ".join(f"{number} {word}" for word, number in run.counts.items() if number) or "empty"


def _data(run: StoredRun) -> dict[str, object]:
    return {
        "id": run.id,
        "started_at": instant_text(run.started_at),
        "counts": run.counts,
        "undone_at": run.undone_at and instant_text(run.undone_at),
    }
