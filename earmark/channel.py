"""Messages between Earmark and its reading process: framed pickles that can hold records only.

A hostile document that took over the reading process could send anything, so what comes back is
read with a list of allowed classes: our records and the standard library's values inside them.
"""

from __future__ import annotations

import io
import pickle
import struct
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from typing import IO

from records.document import Document, Fetched, Metadata
from records.errors import EarmarkError, ReadingProcessError
from records.mention import Mention
from records.packed import Packed

MAX_MESSAGE = 512 * 1024 * 1024
_LENGTH = struct.Struct(">Q")
_VALUES = frozenset(
    {
        ("datetime", "date"),
        ("datetime", "datetime"),
        ("datetime", "timedelta"),
        ("datetime", "timezone"),
        ("decimal", "Decimal"),
    }
)


_UNREADABLE = (
    *(pickle.UnpicklingError, ValueError, TypeError, AttributeError, ImportError, EOFError),
    EarmarkError,
)
"""What comes of a message that says something else than records can."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The reading process has loaded its readers and rules."""


@dataclass(frozen=True, slots=True)
class NotReady:
    """The reading process could not load its readers or rules."""

    why: str


@dataclass(frozen=True, slots=True)
class Derived(Packed):
    """A document that was read."""

    document: Document
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Open:
    """A request to take a source apart, if it holds documents.

    Attributes:
        source: Its name.
        path: Where its bytes are; None where they are in `content`.
        content: The bytes; None where they are in a file.
        captured_at: When they were had.
        given: What the user says about it.
        fetched: How it came over the network; None from a file.
    """

    source: str
    path: str | None
    content: bytes | None
    captured_at: datetime
    given: Metadata
    fetched: Fetched | None = None


@dataclass(frozen=True, slots=True)
class Cross:
    """A request for a second reader's figures of a PDF.

    Attributes:
        source: Its name.
        content: The bytes.
        pages: What was read on each page.
    """

    source: str
    content: bytes
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Crossed:
    """Pages on which the second reader has others: number, only the first's, only its own."""

    pages: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, slots=True)
class Holds:
    """The first answer to `Open`; what the source holds follows, part by part, then an `End`.

    Attributes:
        itself: It is a document itself, as a mail is; or it is no bundle at all.
    """

    itself: bool


@dataclass(frozen=True, slots=True)
class End:
    """The source holds nothing more."""


class ChannelClosedError(ReadingProcessError):
    """The other side has gone."""


def send(pipe: IO[bytes], message: object) -> None:
    """Write one message.

    Raises:
        ChannelClosedError: Nobody reads any more.
    """
    body = pickle.dumps(message, protocol=5)
    try:
        pipe.write(_LENGTH.pack(len(body)))
        pipe.write(body)
        pipe.flush()
    except OSError as error:
        raise ChannelClosedError("the reading process no longer listens") from error


def receive(pipe: IO[bytes]) -> object:
    """Read one message.

    Raises:
        ChannelClosedError: The other side ended before a whole message came.
        ReadingProcessError: The message is larger than any document's, or holds more than records.
    """
    (length,) = _LENGTH.unpack(_exactly(pipe, _LENGTH.size))
    if length > MAX_MESSAGE:
        raise ReadingProcessError(
            f"the reading process announced a message of {length} bytes; nothing of it was read"
        )
    body = io.BytesIO(_exactly(pipe, length))
    try:
        return _RecordsOnly(body).load()
    except _UNREADABLE as error:
        raise ReadingProcessError(f"the reading process sent no record: {error}") from error


class _RecordsOnly(pickle.Unpickler):  # reading is limited to records below
    def find_class(self, module_name: str, global_name: str) -> object:
        return _record(module_name, global_name)


@cache
def _record(module_name: str, global_name: str) -> type:
    """Return a class of ours, or a value's inside it; kept, for every message names a dozen."""
    ours = module_name == __name__ or module_name.startswith("records.")
    if ours or (module_name, global_name) in _VALUES:
        found = getattr(import_module(module_name), global_name)
        if isinstance(found, type) and found.__module__ == module_name:
            return found
    raise pickle.UnpicklingError(f"{module_name}.{global_name} is no record")


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    parts = []
    while size:
        part = pipe.read(size)
        if not part:
            raise ChannelClosedError("the reading process ended in the middle of its work")
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
