"""Where one document's bytes are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ingest.fetch.errors import BadAddressError
from ingest.links import (
    ADDRESS,
    NO_SECRETS,
    NO_WEB_ADDRESS,
    has_userinfo,
    without_userinfo,
)
from records.document import Metadata
from records.parts import Unread

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Place:
    """Where one document's bytes are.

    Attributes:
        name: As shown and stored: the path as given or as found under it, the address, `-` for
            standard input. Bytes of a file name that are not UTF-8 stand as U+FFFD.
        path: None for standard input and for an address.
        url: The address; None for a file and for standard input.
        given: What the list says that named it.
    """

    name: str
    path: Path | None
    url: str | None = None
    given: Metadata | None = None


def web_place(address: str, given: Metadata | None = None) -> Place | Unread:
    """Return the place of a web page.

    An address of another sort is refused, and so is one with a password, which the answer does not
    hold.
    """
    if ADDRESS.match(address) and not has_userinfo(address):
        return Place(address, None, address, given)
    why = NO_SECRETS if ADDRESS.match(address) else NO_WEB_ADDRESS
    shown = without_userinfo(address)
    return Unread.of(shown, BadAddressError(f"{shown}: {why}"))
