"""Captures and documents to rows and back, losing nothing."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from records.document import (
    Capture,
    Decoding,
    Document,
    Fetched,
    Gap,
    Known,
    Metadata,
    Reader,
)
from records.layout import NO_LAYOUT, Layout, Word
from store.canonical import canonical
from store.instants import instant_text, read_instant
from store.tables import METADATA_FIELDS

Row = Mapping[str, Any]


def name_text(source: str) -> str:
    r"""Return a source's name as text that can be stored.

    A file name on disk may hold bytes that are no UTF-8; Python shows them as half characters,
    which are written out here (`\udce9`).
    """
    return source.encode("utf-8", "backslashreplace").decode()


@lru_cache(maxsize=256)
def given_text(given: Metadata) -> str:
    """Return what the user said about some bytes as canonical JSON."""
    parts = {
        name: {"how": how, "value": value}
        for name, (value, how) in _known(given).items()
        if value is not None
    }
    return canonical(parts).decode()


def read_given(text: str) -> Metadata:
    """Read what `given_text` wrote."""
    parts = json.loads(text)
    return _metadata({name: (part["value"], part["how"]) for name, part in parts.items()})


def fetched_text(fetched: Fetched | None) -> str | None:
    """Return how bytes came over the network as canonical JSON; None for a file."""
    if fetched is None:
        return None
    parts = {
        "headers": [list(header) for header in fetched.headers],
        "redirects": list(fetched.redirects),
        "status": fetched.status,
        "url": fetched.url,
    }
    return canonical(parts).decode()


def read_fetched(text: str | None) -> Fetched | None:
    """Read what `fetched_text` wrote."""
    if text is None:
        return None
    parts = json.loads(text)
    headers = tuple((name, value) for name, value in parts["headers"])
    return Fetched(parts["url"], parts["status"], headers, tuple(parts["redirects"]))


def merge_given(now: Metadata, before: Metadata) -> Metadata:
    """Return what is said now, completed by what was said before."""
    return Metadata(*(getattr(now, n) or getattr(before, n) for n in METADATA_FIELDS))


def capture_row(capture: Capture) -> dict[str, Any]:
    """Return the row of a capture, without its ids."""
    return {
        "source": name_text(capture.source),
        "captured_at": instant_text(capture.captured_at),
        "given": given_text(capture.given),
        "fetched": fetched_text(capture.fetched),
    }


def read_capture(row: Row) -> Capture:
    """Read a capture from a row of `captures` joined with its `contents`."""
    return Capture(
        source=row["source"],
        content=row["body"],
        sha256=row["sha256"],
        captured_at=read_instant(row["captured_at"]),
        given=read_given(row["given"]),
        fetched=read_fetched(row["fetched"]),
    )


def document_row(document: Document) -> dict[str, Any]:
    """Return the row of a document, without its ids."""
    decoding, known = document.decoding, _known(document.metadata)
    return {
        "media_type": document.media_type,
        "reader": document.reader.name,
        "reader_version": document.reader.version,
        "encoding": decoding and decoding.encoding,
        "encoding_how": decoding and decoding.how,
        "damaged": decoding and decoding.damaged,
        "pages": document.pages,
        **{name: value for name, (value, _) in known.items()},
        **{f"{name}_how": how for name, (_, how) in known.items()},
        "gaps": canonical([[gap.where, gap.why] for gap in document.gaps]).decode(),
        "warnings": canonical(list(document.warnings)).decode(),
        "text_sha256": document.text_sha256,
        "body": document.text.encode(),
        "words": pack_words(document.words),
    }


def read_document(row: Row) -> Document:
    """Read a document from a row of `documents` with the capture's `source` and `captured_at`.

    The row also brings the content's `sha256`.
    """
    encoding = row["encoding"]
    return Document(
        sha256=row["sha256"],
        media_type=row["media_type"],
        text=row["body"].decode(),
        source=row["source"],
        captured_at=read_instant(row["captured_at"]),
        reader=Reader(row["reader"], row["reader_version"]),
        metadata=_metadata({name: (row[name], row[f"{name}_how"]) for name in METADATA_FIELDS}),
        decoding=encoding and Decoding(encoding, row["encoding_how"], row["damaged"]),
        pages=row["pages"],
        words=unpack_words(row["words"]),
        gaps=tuple(Gap(where, why) for where, why in json.loads(row["gaps"])),
        warnings=tuple(json.loads(row["warnings"])),
    )


def pack_words(words: Sequence[Word]) -> bytes:
    """Return a layout as compressed JSON; empty for none."""
    if not words:
        return b""
    return zlib.compress(canonical([[w.start, w.end, w.page, *w.box] for w in words]))


def unpack_words(packed: bytes) -> Layout:
    """Read what `pack_words` wrote."""
    if not packed:
        return NO_LAYOUT
    return Layout(
        Word(start, end, page, (x0, top, x1, bottom))
        for start, end, page, x0, top, x1, bottom in json.loads(zlib.decompress(packed))
    )


def _known(metadata: Metadata) -> dict[str, tuple[str | None, str | None]]:
    values: dict[str, tuple[str | None, str | None]] = {}
    for name in METADATA_FIELDS:
        known: Known[Any] | None = getattr(metadata, name)
        if known is None:
            values[name] = (None, None)
        else:
            day = isinstance(known.value, date)
            values[name] = (known.value.isoformat() if day else known.value, known.how)
    return values


def _metadata(parts: Mapping[str, tuple[str | None, Any]]) -> Metadata:
    known: dict[str, Any] = {
        name: Known(date.fromisoformat(value) if name == "published" else value, how)
        for name, (value, how) in parts.items()
        if value is not None
    }
    return Metadata(**known)
