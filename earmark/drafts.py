"""Read a draft: a text, a file or standard input, in the process with limits, and keep nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from earmark.channel import Derived
from earmark.worker import Worker
from ingest.capture import capture
from ingest.place import STDIN, Place
from records.check import DraftDay
from records.document import Capture, Known, Metadata
from records.errors import IngestError, SettingsError, UnreadableDocumentError
from records.parts import Unread

TEXT = "text"
"""What a draft is called that has no file."""


def read_draft(
    worker: Worker, draft: str | Path, given: Metadata, today: date
) -> tuple[Derived, DraftDay]:
    """Read a draft as `ingest` reads a document.

    Args:
        worker: Reads it.
        draft: A text; the path of a file; or `-` for standard input.
        given: What the user says of it.
        today: The day of a draft of which nothing says when; what it says of next year counts from
            there.

    Returns:
        What was read, and the day that it was read for.

    Raises:
        SettingsError: `draft` is none of them.
        IngestError: The file cannot be had, or no text comes out of it.
    """
    taken = _taken(draft, given)
    read = _read(worker, taken)
    if known := read.document.metadata.published:
        return read, DraftDay(known.value, known.how)
    dated = replace(given, published=Known(today, "default"))
    return _read(worker, replace(taken, given=dated)), DraftDay(today, "today")


def _taken(draft: object, given: Metadata) -> Capture:
    if isinstance(draft, Path):
        return capture(Place(str(draft), draft), given)
    if not isinstance(draft, str):
        raise SettingsError(
            f"draft: {type(draft).__name__} was given; hand in a str, the Path of a file, or '-'"
        )
    if draft == STDIN:
        return capture(Place(STDIN, None), given)
    # A lone surrogate, as of a broken byte on the command line, has no UTF-8; it stays one place.
    return Capture.of(TEXT, draft.encode("utf-8", "replace"), datetime.now(UTC), given)


def _read(worker: Worker, taken: Capture) -> Derived:
    answer = worker.derive(taken)
    if isinstance(answer, Derived):
        return answer
    raise _error_of(answer)


def _error_of(unread: Unread) -> IngestError:
    """Return the error that the process with limits met, which can send its code and words only."""
    kinds = [IngestError]
    for kind in kinds:
        if kind.code == unread.code:
            return kind(unread.message)
        kinds += kind.__subclasses__()
    return UnreadableDocumentError(unread.message)
