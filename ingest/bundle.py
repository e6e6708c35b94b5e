"""Sources that hold documents: archives, feeds, web archives, mails with what is attached.

What is in a bundle is handed out one by one, each as a capture that can be derived alone: its name
is that of the bundle, a slash, and its own (`press.zip/budget/speech.pdf`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO

from ingest.decode import storable
from ingest.hints import HEAD, head_of
from records.document import Capture, Fetched, Metadata
from records.parts import Part


@dataclass(slots=True)
class Opened:
    """A bundle that is being taken apart.

    Attributes:
        file: Its bytes, at their beginning; can be rewound.
        source: Its name.
        captured_at: When its bytes were had; members that do not say otherwise have it too.
        given: What the user says about it, which holds for what is in it.
        fetched: How it came over the network; None from a file.
        head: Its beginning as text, good enough to recognise labels.
    """

    file: BinaryIO
    source: str
    captured_at: datetime
    given: Metadata
    fetched: Fetched | None = None
    head: str = field(init=False)
    _named: set[str] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        """Look at the beginning, and go back to it."""
        self.head = head_of(self.file.read(HEAD))
        self.file.seek(0)

    def member(self, name: str, content: bytes, given: Metadata | None = None) -> Capture:
        """Return a member as a capture; a name that is taken gets a number."""
        plain, number = f"{self.source}/{storable(name)[0]}", 2
        full = plain
        while full in self._named:
            full, number = f"{plain} ({number})", number + 1
        self._named.add(full)
        return Capture.of(full, content, self.captured_at, given or self.given)


@dataclass(frozen=True, slots=True)
class Bundle:
    """One kind of source that holds documents.

    Attributes:
        media_type: Names the kind. A format of the same media type reads the bundle itself.
        label: For people, in the plural.
        suffixes: Of file names; what a folder is searched for.
        recognises: Tells the kind from the bytes.
        members: Hands out what is in it, in order.
    """

    media_type: str
    label: str
    suffixes: tuple[str, ...]
    recognises: Callable[[Opened], bool]
    members: Callable[[Opened], Iterator[Part]]
