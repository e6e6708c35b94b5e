"""What became of a run of ingest, in words and as data."""

from __future__ import annotations

from store.instants import instant_text
from store.results import StoredRun


def run_state(run: StoredRun) -> str:
    """Say what became of the sources of a run."""
    if run.undone_at:
        return f"taken back {instant_text(run.undone_at)}"
    if run.counts is None:
        return "cut off, or still going on"
    return ", ".join(f"{number} {word}" for word, number in run.counts.items() if number) or "empty"


def run_data(run: StoredRun) -> dict[str, object]:
    """Return a run as data for JSON."""
    return {
        "id": run.id,
        "started_at": instant_text(run.started_at),
        "counts": run.counts,
        "undone_at": run.undone_at and instant_text(run.undone_at),
    }
