"""Office files: ZIP archives of XML, each part read within limits and without entities.

Source of the names: ECMA-376 (Office Open XML), part 2.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from lxml import etree

from ingest.archive import Archive
from ingest.dates import parse_day
from ingest.errors import BrokenFileError, UnsafeArchiveError
from ingest.hints import declares_entities, has_doctype
from ingest.properties import known_author, known_title
from ingest.shorten import shorten
from ingest.web.words import MONEY
from records.document import Capture, Gap, How, Known, Metadata

_CORE = "docProps/core.xml"
_STRICT = re.compile(r"\{http://purl\.oclc\.org/ooxml/(?P<name>\w+)/main\}")
_RELATIONS = re.compile(r"\{http://purl\.oclc\.org/ooxml/officeDocument/(?P<name>\w+)\}")
_LOOSE = "{http://schemas.openxmlformats.org/%s/2006/%s}"
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
        if declares_entities(content) or has_doctype(content):
            raise UnsafeArchiveError(
                f"{self._source}: {name!r} in it declares entities, which {self._program} never "
                f"writes; save it from {self._program} again"
            )
        return content

    def root(self, name: str) -> etree._Element:
        """Return the root element of one part; see `part` for errors."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        try:
            return _loose(etree.fromstring(self.part(name), parser))
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

    def left_out(self, parts: re.Pattern[str]) -> Iterator[Gap]:
        """Name the parts that name money and are not read, of those whose names `parts` matches."""
        for name in filter(parts.match, self.names):
            words = " ".join(" ".join(self.root(name).itertext()).split())
            if MONEY.search(words):
                yield Gap(f"{name.rpartition('/')[2]} “{shorten(words)}”", "this part is not read")


def _loose(root: etree._Element) -> etree._Element:
    """Give the elements of a strict file the names that all others have.

    Source of both: ECMA-376, part 1 (strict) and part 4 (transitional).
    """
    if _STRICT.match(root.tag):
        for element in root.iter(etree.Element):
            element.tag = _loose_name(element.tag)
            for name, value in element.attrib.items():
                del element.attrib[name]
                element.attrib[_loose_name(name)] = value
    return root


def _loose_name(name: str) -> str:
    name = _STRICT.sub(lambda match: _LOOSE % (match["name"], "main"), name)
    return _RELATIONS.sub(lambda match: _LOOSE % ("officeDocument", match["name"]), name)
