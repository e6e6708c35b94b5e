"""Where one document's bytes are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ingest.fetch.errors import BadAddressError
from ingest.links import NO_SECRETS, has_userinfo, without_userinfo
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
    """Return the place of a web page; refuse one with a password, and do not keep that even so."""
    if has_userinfo(address):
        shown = without_userinfo(address)
        return Unread.of(shown, BadAddressError(f"{shown}: {NO_SECRETS}"))
    return Place(address, None, address, given)
