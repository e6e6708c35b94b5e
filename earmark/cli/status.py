"""How a command ends: the exit statuses and what they mean."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import typer

DONE = 0
FAILED = 1
"""Could not do it."""
USAGE = 2
PARTIAL = 3
"""Done in part: some sources failed or were read in part, or an audit proved less than all."""
FINDINGS = 4
"""`pots --alarms` found something, or a check found what it was asked to fail on."""
STORE = 5
INTERRUPTED = 130


def of_sources(sources: int, failed: int, partial: int = 0) -> int:
    """Return how a command over sources ends.

    Args:
        sources: How many there were.
        failed: How many of them were not read; FAILED when all, PARTIAL when some.
        partial: How many were read with gaps; PARTIAL when any.
    """
    if not failed:
        return PARTIAL if partial else DONE
    return FAILED if failed == sources else PARTIAL


@contextmanager
def ending_with(ended: int) -> Iterator[None]:
    """Print what was found, and end so; also where whoever reads it has closed the pipe."""
    with suppress(BrokenPipeError):
        yield
    raise typer.Exit(ended)
