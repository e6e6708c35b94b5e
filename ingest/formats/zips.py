"""ZIP archives of documents: each file in them is a document of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from ingest.archive import Archive, names_in
from ingest.bundle import Bundle, Opened
from ingest.hints import is_zip
from records.errors import IngestError
from records.parts import Part, Unread

# Office files are ZIP archives too; each has one of these.
_OFFICE = {"[Content_Types].xml", "mimetype", "META-INF/container.xml"}
_LITTER = {"__MACOSX", "Thumbs.db", "desktop.ini"}  # what systems add; nobody wrote it


def _is_archive(opened: Opened) -> bool:
    return is_zip(opened.head) and not _OFFICE & names_in(opened.file)


def _files(opened: Opened) -> Iterator[Part]:
    """Yield the files in the order of the archive; one that is damaged does not stop the others."""
    archive = Archive(opened.file, opened.source)
    for name in archive.names:
        parts = PurePosixPath(name).parts
        if any(part.startswith(".") or part in _LITTER for part in parts):
            continue
        try:
            yield opened.member(name, archive.read(name))
        except IngestError as error:
            yield Unread.of(f"{opened.source}/{name}", error)


BUNDLE = Bundle("application/zip", "ZIP archives", (".zip",), _is_archive, _files)
