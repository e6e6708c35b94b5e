"""A few words of a document in a message."""

from __future__ import annotations

_LENGTH = 60


def shorten(text: str) -> str:
    """Return the beginning of a text on one line, with `…` where more follows."""
    line = " ".join(text.split())
    return line if len(line) <= _LENGTH else f"{line[:_LENGTH]}…"
