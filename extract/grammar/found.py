"""What the finder of amounts returns."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class FoundAmount:
    """An amount as its own characters give it.

    Attributes:
        start: First code point of number, multiplier and currency together.
        end: One past the last.
        currency: ISO 4217.
        low: Lower bound in whole units; None only when vague.
        high: Upper bound; equal to `low` unless the text gives a range.
        rule: Id of the form.
        vague: Has no bounds (`millions of pounds`).
    """

    start: int
    end: int
    currency: str
    low: Decimal | None
    high: Decimal | None
    rule: str
    vague: bool = False
