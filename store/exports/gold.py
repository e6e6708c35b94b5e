"""Gold-shaped JSON: one file a document, with the store's claim ids, so that it can be scored."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from records.jsonio import gold_file
from store.exports.kinds import DocumentExport
from store.results import StoredDocument

MAX_NAME = 100


def files(documents: Iterable[StoredDocument]) -> Iterator[tuple[str, str]]:
    """Yield a file for each name that a document came under.

    A file is called like its source (`01.txt` gives `01.json`); where two documents would share a
    name, also on file systems that ignore case, the later one's id is added.
    """
    taken: set[str] = set()
    for stored in documents:
        content = json.dumps(gold_data(stored), ensure_ascii=False, indent=1) + "\n"
        for stem in dict.fromkeys(_stem(source, stored.id) for source in stored.sources):
            name = stem if stem.casefold() not in taken else f"{stem}-{stored.id}"
            taken.add(name.casefold())
            yield f"{name}.json", content


def gold_data(stored: StoredDocument) -> dict[str, object]:
    """Return the content of one gold-shaped file."""
    document, metadata = stored.document, stored.document.metadata
    return gold_file(
        {
            "text_sha256": document.text_sha256,
            "title": metadata.title.value if metadata.title else None,
            "publisher": metadata.publisher.value if metadata.publisher else None,
            "published": document.published.isoformat() if document.published else None,
            "country": document.country,
        },
        ((placed.mention, placed.claim) for placed in stored.mentions),
    )


def _stem(source: str, document: str) -> str:
    """Return a safe file name: never hidden, never a path, never empty."""
    stem = re.sub(r"[^\w.-]+", "_", PurePath(source).stem)[:MAX_NAME].lstrip(".-_")
    return stem or document


GOLD = DocumentExport("gold", files)
