"""Office files: ZIP archives of XML, each part read within limits and without entities.

Source of the names: ECMA-376 (Office Open XML), part 2.
"""

from __future__ import annotations

import io

from lxml import etree

from ingest.archive import Archive
from ingest.dates import parse_day
from ingest.errors import BrokenFileError, UnsafeArchiveError
from ingest.properties import known_author, known_title
from records.document import Capture, How, Known, Metadata

_CORE = "docProps/core.xml"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_HOW: How = "document properties"


class OfficeFile:
    """The parts of one Office file."""

    def __init__(self, capture: Capture, program: str) -> None:
        """Open the archive; `program` is what such files are written with, for messages.

        Raises:
            IngestError: See `ingest.archive.Archive`.
        """
        self._archive = Archive(io.BytesIO(capture.content), capture.source)
        self._source = capture.source
        self._program = program

    @property
    def names(self) -> list[str]:
        """Names of the parts."""
        return self._archive.names

    def part(self, name: str) -> bytes:
        """Return one part of XML as it stands.

        Raises:
            BrokenFileError: It is damaged.
            UnsafeArchiveError: It declares entities, which no Office program writes.
        """
        content = self._archive.read(name)
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise UnsafeArchiveError(
                f"{self._source}: {name!r} in it declares entities, which {self._program} never "
                f"writes; save it from {self._program} again"
            )
        return content

    def root(self, name: str) -> etree._Element:
        """Return the root element of one part; see `part` for errors."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        try:
            return etree.fromstring(self.part(name), parser)
        except etree.XMLSyntaxError as error:
            raise BrokenFileError(
                f"{self._source}: {name!r} in it is damaged ({error.msg}); open it in "
                f"{self._program} and save it again"
            ) from error

    def metadata(self) -> Metadata:
        """Return what the core properties say, and nothing where the file has none."""
        if _CORE not in self.names:
            return Metadata()
        core = self.root(_CORE)
        day = parse_day((core.findtext(f"{_TERMS}created") or "").strip())
        return Metadata(
            title=known_title(core.findtext(f"{_DC}title"), _HOW),
            author=known_author(core.findtext(f"{_DC}creator"), _HOW),
            published=Known(day, _HOW) if day else None,
        )
