"""What a format is, and what it makes of the bytes of one document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ingest.look import Look
from ingest.metadata import NOTHING_KNOWN
from records.document import Capture, Decoding, Gap, Metadata, Reader
from records.layout import NO_LAYOUT, Layout


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader got out of a capture; see `records.document.Document` for each field.

    Attributes:
        text: What offsets count in; holds neither U+0000 nor surrogates.
        metadata: What the document says of itself.
        decoding: None where the format brings its own characters.
        pages: None for a format without pages.
        words: Layout, in the order of `text`.
        gaps: What is known to be missing.
        warnings: One sentence each.
    """

    text: str
    metadata: Metadata = NOTHING_KNOWN
    decoding: Decoding | None = None
    pages: int | None = None
    words: Layout = NO_LAYOUT
    gaps: tuple[Gap, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of document that Earmark reads.

    Attributes:
        media_type: Names the format.
        label: For people, in the plural: `Word files`.
        suffixes: Of file names; what a folder is searched for.
        reader: Name and version, those of the libraries included: what derives the same text again.
        recognises: Tells the format from the bytes; formats are asked in the order of the registry.
        read: Bytes to text; raises UnreadableDocumentError where there is none.
    """

    media_type: str
    label: str
    suffixes: tuple[str, ...]
    reader: Reader
    recognises: Callable[[Look], bool]
    read: Callable[[Capture], Reading]
