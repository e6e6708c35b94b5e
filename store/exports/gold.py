"""Gold-shaped JSON: one file a document, with the store's claim ids, so that it can be scored."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from records.document import Document
from records.jsonio import gold_file
from store.exports.kinds import FolderExport
from store.results import StoredDocument

if TYPE_CHECKING:
    from store.exports.selection import Selection

MAX_NAME = 100


def files(documents: Iterable[StoredDocument]) -> Iterator[tuple[str, str]]:
    """Yield a file for each name that a document came under."""
    names = FileNames()
    for stored in documents:
        content = gold_text(gold_data(stored))
        for name in names.of(stored.sources, stored.id):
            yield name, content


class FileNames:
    """Names for gold files, each given once."""

    def __init__(self) -> None:
        """No name is taken yet."""
        self._taken: set[str] = set()

    def of(self, sources: Sequence[str], document: str) -> list[str]:
        """Return names like those of a document's sources (`01.txt` gives `01.json`).

        Where two documents would share a name, also on file systems that ignore case, the id of
        the later one is added.
        """
        return [
            self._next(stem, document)
            for stem in dict.fromkeys(_stem(source, document) for source in sources)
        ]

    def _next(self, stem: str, document: str) -> str:
        name = stem
        while name.casefold() in self._taken:
            name = f"{name}-{document}"
        self._taken.add(name.casefold())
        return f"{name}.json"


def gold_text(data: dict[str, object]) -> str:
    """Return the text of one gold-shaped file."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def gold_data(stored: StoredDocument) -> dict[str, object]:
    """Return the content of one gold-shaped file."""
    claims = ((placed.mention, placed.claim) for placed in stored.mentions)
    return gold_file(gold_header(stored.document), claims)


def gold_header(document: Document) -> dict[str, object]:
    """Return what a gold file says of its document."""
    metadata = document.metadata
    return {
        "text_sha256": document.text_sha256,
        "title": metadata.title.value if metadata.title else None,
        "publisher": metadata.publisher.value if metadata.publisher else None,
        "published": document.published.isoformat() if document.published else None,
        "country": document.country,
    }


def _stem(source: str, document: str) -> str:
    """Return a safe file name: never hidden, never a path, never empty."""
    stem = re.sub(r"[^\w.-]+", "_", PurePath(source).stem)[:MAX_NAME].lstrip(".-_")
    return stem or document


def _files(chosen: Selection) -> Iterator[tuple[str, Iterable[str]]]:
    return ((name, [content]) for name, content in files(chosen.documents()))


GOLD = FolderExport("gold", _files)
