"""How a command ends: the exit statuses and what they mean."""

from __future__ import annotations

DONE = 0
FAILED = 1
"""Could not do it."""
USAGE = 2
PARTIAL = 3
"""Done in part: some sources failed, or an audit proved less than all."""
FINDINGS = 4
"""The audit found something."""
STORE = 5
INTERRUPTED = 130


def of_sources(sources: int, failed: int) -> int:
    """Return how a command over sources ends: PARTIAL when some failed, FAILED when all did."""
    if not failed:
        return DONE
    return FAILED if failed == sources else PARTIAL
