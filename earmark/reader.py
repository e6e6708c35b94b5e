"""How documents are read: what the user adds to Earmark's own rules."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadWith:
    """What a user reads documents with besides what Earmark brings.

    Attributes:
        rules: A folder of rule files (docs/rules.md); None for Earmark's rules alone.
    """

    rules: str | None = None
