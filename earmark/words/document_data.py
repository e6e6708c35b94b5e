"""A stored document as data for JSON."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING

from records.document import Metadata
from store.exports.jsonl import echo_data
from store.instants import instant_text

if TYPE_CHECKING:
    from store.results import StoredDocument


def document_data(stored: StoredDocument) -> dict[str, object]:
    """Return where a document came from, how it was read, what is missing, what it states."""
    document = stored.document
    return {
        "id": stored.id,
        "run": stored.run,
        "sources": list(stored.sources),
        "sha256": document.sha256,
        "text_sha256": document.text_sha256,
        "characters": len(document.text),
        "media_type": document.media_type,
        "captured_at": instant_text(document.captured_at),
        "reader": asdict(document.reader),
        "metadata": _metadata(document.metadata),
        "decoding": asdict(document.decoding) if document.decoding else None,
        "pages": document.pages,
        "gaps": [asdict(gap) for gap in document.gaps],
        "warnings": list(document.warnings),
        "echo": echo_data(stored.echo),
        "mentions": [
            {"id": placed.id, "claim": placed.claim, **placed.mention.to_dict()}
            for placed in stored.mentions
        ],
    }


def _metadata(metadata: Metadata) -> dict[str, object]:
    known = {field.name: getattr(metadata, field.name) for field in fields(metadata)}
    return {
        name: {"value": str(each.value), "how": each.how} if each else None
        for name, each in known.items()
    }
