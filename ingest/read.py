"""Sources to documents: the one way in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from ingest.capture import capture
from ingest.checked import checked, clean
from ingest.errors import EmptyDocumentError
from ingest.locate import locate
from ingest.metadata import NOTHING_KNOWN, MetadataTable, merge
from ingest.registry import format_of
from records.document import Capture, Document, Metadata
from records.errors import (
    FetchError,
    IngestError,
    LimitExceededError,
    UnreadableDocumentError,
)
from records.parts import Unread

_EXCERPT = 80  # characters of a library's own message, which may quote the document


def read(
    source: str, *, given: Metadata = NOTHING_KNOWN, table: MetadataTable | None = None
) -> Iterator[Document]:
    """Read every document that `source` names.

    Args:
        source: A file, a folder, a glob, or `-` for standard input; see `ingest.locate.locate`.
        given: What the user says about all of them.
        table: What the user says about each; outranks `given`, for it is nearer.

    Yields:
        Documents in order, each read when it is asked for.

    Raises:
        FetchError: The source leads nowhere, or a file cannot be read.
        IngestError: A document cannot be read; the documents before it have been yielded.
    """
    for place in locate([source]):
        if isinstance(place, Unread):
            raise FetchError(place.message)
        row = table.given_for(place) if table else NOTHING_KNOWN
        yield read_capture(capture(place, merge(row, given)))


def read_capture(capture: Capture) -> Document:
    """Derive the text and all else that is known of a document from its bytes.

    Pure: the same bytes, with the same versions of the reader, give the same document.

    Raises:
        UnsupportedFormatError: No reader takes bytes of this kind.
        UnreadableDocumentError: The reader found no text in them.
        LimitExceededError: There is not enough memory for it.
    """
    entry = format_of(capture.content, capture.source)
    try:
        reading = entry.read(capture)
    except IngestError:
        raise
    except MemoryError as error:
        raise LimitExceededError(
            f"{capture.source}: reading it needs more memory than there is; split it"
        ) from error
    except RecursionError as error:
        raise LimitExceededError(
            f"{capture.source}: nested too deeply to be read; save it as plain text and ingest that"
        ) from error
    except Exception as error:  # readers stand on libraries that fail in any way on hostile bytes
        kind, detail = type(error).__name__, " ".join(str(error).split())[:_EXCERPT]
        raise UnreadableDocumentError(
            f"{capture.source}: the {entry.reader.name} reader cannot make sense of it "
            f"({kind}: {detail}); get a fresh copy, or save it in another format"
        ) from error
    reading = checked(reading)
    if not reading.text.strip():
        raise EmptyDocumentError.of(capture.source)
    return Document(
        sha256=capture.sha256,
        media_type=entry.media_type,
        text=reading.text,
        source=capture.source,
        captured_at=capture.captured_at,
        reader=entry.reader,
        metadata=clean(_known(capture.given, reading.metadata)),
        decoding=reading.decoding,
        pages=reading.pages,
        words=reading.words,
        gaps=reading.gaps,
        warnings=reading.warnings,
    )


def _known(given: Metadata, found: Metadata) -> Metadata:
    """Put together what is known: the user's word, the document's own, then that of a feed."""
    told = {field.name: getattr(given, field.name) for field in fields(given)}
    users = {name: value for name, value in told.items() if value and value.how == "given"}
    return merge(Metadata(**users), found, given)
