"""Instants as text: UTC with `Z` and microseconds, so that they sort as they happened."""

from __future__ import annotations

from datetime import UTC, datetime

from records.errors import StoreError


def instant_text(instant: datetime) -> str:
    """Return `2026-11-02T09:00:00.000000Z`.

    Raises:
        StoreError: The instant has no timezone; guessing one would change it silently.
    """
    if instant.tzinfo is None:
        raise StoreError(f"the time {instant.isoformat()} has no timezone; give it in UTC")
    return instant.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def read_instant(text: str) -> datetime:
    """Read what `instant_text` wrote."""
    return datetime.fromisoformat(text)


def now_text() -> str:
    """Return the present instant."""
    return instant_text(datetime.now(UTC))
