"""ReviewItem: one question that a person can settle, with what speaks either way."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from records.claim import Reason, StoredMention


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """Whether two sums are the same money, or whether a field is right.

    Attributes:
        mentions: The two mentions; for a field, the one.
        claims: Local ids of their claims, in the same order.
        currency: Of the money at stake.
        stake: How much hangs on the answer, in whole units: of two sums what would count twice, of
            a field the mention's amount; 0 where nothing says.
        uncertainty: How open it is, 0 to 1.
        score: Of two sums, what speaks for their being one, hundredths; None for a field.
        reasons: Of two sums, for and against, strongest first.
        field: Name of the field; None for two sums.
        value: What the field says, in words; None for two sums.
        confidence: The chance that the field is right, 0 to 1; None for two sums.
    """

    mentions: tuple[StoredMention, ...]
    claims: tuple[str, ...]
    currency: str
    stake: Decimal
    uncertainty: float
    score: int | None = None
    reasons: tuple[Reason, ...] = ()
    field: str | None = None
    value: str | None = None
    confidence: float | None = None

    @property
    def id(self) -> str:
        """A short name that is the same in every store and every run.

        It stands for the mentions, by their bytes, places and words, and for the field with what it
        says: what is read otherwise is another question.
        """
        return item_id(self.mentions, self.field, self.value)

    @property
    def linked(self) -> bool:
        """Whether the store holds two sums to be one claim."""
        return len(set(self.claims)) == 1

    @property
    def rank(self) -> float:
        """By what the queue is ordered: money at stake times uncertainty; nothing is converted."""
        return float(self.stake) * self.uncertainty


class ReviewPart(NamedTuple):
    """The beginning of a queue.

    Attributes:
        items: Its questions, in order.
        more: More may follow them.
    """

    items: tuple[ReviewItem, ...]
    more: bool


def item_id(mentions: tuple[StoredMention, ...], field: str | None, value: str | None) -> str:
    """Return the id of the question about mentions and a field; it begins with `q`."""
    parts = [field or "", value or ""]
    for one in mentions:
        span = one.mention.amount.span
        parts += [one.provenance.sha256, str(span.start), str(span.end), span.text]
    return f"q{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:12]}"
