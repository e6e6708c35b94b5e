"""Stores filled without a reading process, so that a story costs milliseconds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from earmark.reading import derive
from records.document import Capture, Document, Known, Metadata
from records.mention import Mention
from store.store import Store

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def capture(text: str, source: str = "text", **said: Any) -> Capture:
    given = Metadata(**{name: Known(value, "given") for name, value in said.items() if value})
    return Capture.of(source, text.encode(), NOON, given)


def read(text: str, published: str | None) -> tuple[Document, Sequence[Mention]]:
    day = date.fromisoformat(published) if published else None
    return derive(capture(text, published=day))


def fill(store: Store, documents: Sequence[dict[str, str]]) -> None:
    """Add texts, each with its `text` and, where it has one, its day as `published`."""
    run = store.start_run({"earmark": "0"})
    for number, one in enumerate(documents, start=1):
        day = date.fromisoformat(one["published"]) if "published" in one else None
        taken = store.add_capture(run, capture(one["text"], f"{number}.txt", published=day))
        store.add_document(run, taken, *derive(taken))
    store.end_run(run, {"added": len(documents)})
