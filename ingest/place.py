"""Where one document's bytes are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from records.document import Metadata

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
