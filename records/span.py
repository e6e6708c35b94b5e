"""Span: half-open offsets in a document's text, with the words that stand there."""

from __future__ import annotations

from dataclasses import dataclass

from records.errors import SpanMismatchError
from records.packed import Packed


@dataclass(frozen=True, slots=True, order=True)
class Span(Packed):
    """Words at `start` to `end` (half-open, counted in Unicode code points) of one document's text.

    Attributes:
        start: First code point.
        end: One past the last code point; always greater than `start`.
        text: Exactly the document's text between them.
    """

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        """Refuse offsets that cannot hold the quoted words."""
        if self.start < 0 or self.end - self.start != len(self.text) or not self.text:
            raise SpanMismatchError(
                f"offsets {self.start} to {self.end} cannot hold {self.text[:80]!r}; "
                "offsets count code points, half-open"
            )

    @classmethod
    def of(cls, document_text: str, start: int, end: int) -> Span:
        """Quote `document_text` between two offsets.

        Raises:
            SpanMismatchError: The offsets are empty or outside the text.
        """
        if not 0 <= start < end <= len(document_text):
            raise SpanMismatchError(
                f"offsets {start} to {end} lie outside a text of {len(document_text)} characters"
            )
        return cls(start, end, document_text[start:end])

    def check(self, document_text: str) -> None:
        """Raise SpanMismatchError unless the quote is exactly the text at the offsets."""
        found = document_text[self.start : self.end]
        if found != self.text:
            raise SpanMismatchError(
                f"the text at {self.start} to {self.end} is {found[:80]!r}, "
                f"not the quoted {self.text[:80]!r}"
            )

    def to_dict(self) -> dict[str, object]:
        """Return `{"text", "start", "end"}`."""
        return {"text": self.text, "start": self.start, "end": self.end}

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share a code point."""
        return self.start < other.end and other.start < self.end
