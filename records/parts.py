"""What a bundle of documents hands out: captures, addresses, and what could not be had."""

from __future__ import annotations

from dataclasses import dataclass

from records.document import Capture, Metadata
from records.errors import EarmarkError
from records.packed import Packed


@dataclass(frozen=True, slots=True)
class Link(Packed):
    """A document that a bundle or a list names by its address.

    Attributes:
        url: The address.
        given: What is said about it there.
        otherwise: What to read where the address is not to be fetched; None for nothing.
    """

    url: str
    given: Metadata
    otherwise: Capture | None = None


@dataclass(frozen=True, slots=True)
class Unread(Packed):
    """Something that cannot be read, with the reason; what comes after it goes on.

    Attributes:
        source: Its name.
        code: Of the error, as `source.broken`.
        message: One line for people.
        detail: The traceback, for `--debug`; empty when there is none.
    """

    source: str
    code: str
    message: str
    detail: str = ""

    @classmethod
    def of(cls, source: str, error: EarmarkError) -> Unread:
        """Return what an error says of a source."""
        return cls(source, error.code, str(error))


Part = Capture | Link | Unread
