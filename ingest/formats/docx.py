"""Word files: what the author let stand, in reading order.

Walked by ourselves, for libraries skip insertions of tracked changes, text boxes, content controls
and footnotes, and give hidden words as if they showed. Source of the element names: ECMA-376
(Office Open XML), part 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version

from lxml import etree

from ingest.cells import row_text
from ingest.decode import storable
from ingest.header import read_header
from ingest.look import Look
from ingest.metadata import merge
from ingest.office import OfficeFile
from ingest.reading import Format, Reading
from ingest.shorten import shorten
from records.document import Capture, Gap, Reader

_BODY = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

_PLAIN = {
    f"{_W}tab": "\t",
    f"{_W}ptab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
    f"{_W}softHyphen": "",
}
_NOTE_FILES = {f"{_W}footnote": "word/footnotes.xml", f"{_W}endnote": "word/endnotes.xml"}
_REFERENCES = {f"{note}Reference": note for note in _NOTE_FILES}
_REMOVED = {f"{_W}del", f"{_W}moveFrom"}
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LARGE = 4_000_000 * 2_000_000  # square English Metric Units: about 11 by 5.5 cm, no logo
_OFF = {"0", "false", "off", "none"}
_NOT_READ = re.compile(r"word/(?:header|footer|comments|charts/chart|diagrams/data)[0-9]*\.xml")
_COLUMNS = 63  # the most that Word allows
_SYMBOL_SHIFT = 0xF000  # where symbol fonts keep their characters


@dataclass(slots=True)
class _Walk:
    """What one walk through a part of the file has found.

    Attributes:
        blocks: Paragraphs and table rows, finished.
        struck: Words that are marked as taken out.
        hidden: Words that the page does not show.
        pictures: Large pictures without text.
        drawn: Words in drawings.
        taken_in: Other files that Word takes into the text.
        boxes: Text boxes that stand at the paragraph being read.
        notes: Notes in the order in which the text refers to them, as element name and id.
    """

    blocks: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    pictures: int = 0
    taken_in: int = 0
    drawn: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)

    def read(self, parent: etree._Element) -> None:
        """Read the paragraphs and tables under an element, in order."""
        for child in _shown(parent):
            if child.tag == f"{_W}p":
                self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                self._table(child)
            elif child.tag in _REMOVED:
                self._remove(child)
            elif child.tag == f"{_W}altChunk":
                self.taken_in += 1
            elif child.tag.startswith(_M):
                self._paragraph(child)
            else:  # content controls, insertions, custom markup: what they hold stands
                self.read(child)

    def _paragraph(self, element: etree._Element) -> None:
        text = self._line(element)
        if text:
            listed = element.find(f"{_W}pPr/{_W}numPr") is not None
            self.blocks.append(f"- {text}" if listed else text)
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            self.read(box)

    def _line(self, element: etree._Element) -> str:
        return "".join(self._runs(element)).strip()

    def _table(self, element: etree._Element) -> None:
        for child in _shown(element):
            deleted = child.find(f"{_W}trPr/{_W}del") is not None
            if child.tag in _REMOVED or deleted:
                self._remove(child)
            elif child.tag == f"{_W}tr":
                line = row_text(self._row(child))
                if line:
                    self.blocks.append(line)
            elif child.tag not in {f"{_W}tblPr", f"{_W}tblGrid"}:
                self._table(child)  # content controls, insertions

    def _row(self, row: etree._Element) -> Iterator[str]:
        """Yield the cells of a row; places that it skips or merges are empty cells."""
        yield from [""] * _number(row, f"{_W}trPr/{_W}gridBefore")
        for cell in _cells(row):
            if cell.tag in _REMOVED:
                self._remove(cell)
                continue
            yield self._cell(cell)
            yield from [""] * (_number(cell, f"{_W}tcPr/{_W}gridSpan") - 1)

    def _cell(self, element: etree._Element) -> str:
        before, self.blocks = self.blocks, []
        self.read(element)
        inside, self.blocks = self.blocks, before
        return " ".join(" ".join(inside).split())

    def _runs(self, parent: etree._Element) -> Iterator[str]:
        for child in _shown(parent):
            if child.tag == f"{_W}r":
                yield from self._run(child)
            elif child.tag in _REMOVED:
                self._remove(child)
            elif child.tag == f"{_M}t":
                yield child.text or ""
            elif child.tag != f"{_W}pPr":
                yield from self._runs(child)

    def _run(self, run: etree._Element) -> Iterator[str]:
        text = "".join(self._part(part) for part in _shown(run))
        about = run.find(f"{_W}rPr")
        if about is not None and text.strip():
            if _is_on(about, "vanish"):
                self.hidden.append(text)
                return
            if _is_on(about, "strike") or _is_on(about, "dstrike"):
                self.struck.append(text)
                return
            align = about.find(f"{_W}vertAlign")
            if align is not None and align.get(f"{_W}val") == "superscript":
                text = text.translate(_SUPERSCRIPTS)  # note 3 after £2.1 must not read £2.13
        yield text

    def _part(self, part: etree._Element) -> str:
        if part.tag == f"{_W}t":
            return part.text or ""
        if part.tag == f"{_W}sym":
            return _symbol(part.get(f"{_W}char", ""))
        if part.tag in _REFERENCES:
            self.notes.append((_REFERENCES[part.tag], part.get(f"{_W}id", "")))
            return str(len(self.notes)).translate(_SUPERSCRIPTS)
        if part.tag in {f"{_W}drawing", f"{_W}pict", f"{_W}object"}:
            self._drawing(part)
        return _PLAIN.get(part.tag, "")

    def _drawing(self, part: etree._Element) -> None:
        boxes = list(part.iter(f"{_W}txbxContent"))
        self.boxes += [box for box in boxes if not any(b in boxes for b in box.iterancestors())]
        words = " ".join(text for each in part.iter(f"{_A}t") if (text := each.text))
        if words.strip():
            self.drawn.append(words)
        extent = part.find(f".//{_WP}extent")
        if not boxes and extent is not None:
            sides = [extent.get(side, "") for side in ("cx", "cy")]
            if all(side.isdecimal() for side in sides):
                self.pictures += int(sides[0]) * int(sides[1]) >= _LARGE

    def _remove(self, element: etree._Element) -> None:
        texts = element.iter(f"{_W}delText", f"{_W}t", f"{_M}t")
        words = "".join(part.text or "" for part in texts)
        if words.strip():
            self.struck.append(words)


def _symbol(code: str) -> str:
    """Return the character of a symbol font; U+FFFD for what is no character."""
    try:
        number = int(code, 16)
        return chr(number - _SYMBOL_SHIFT if number >= _SYMBOL_SHIFT else number)
    except (ValueError, OverflowError):
        return "\N{REPLACEMENT CHARACTER}"


def read_docx(capture: Capture) -> Reading:
    """Derive the text of a Word file: paragraphs, table rows, text boxes, then its notes.

    Tracked insertions are text; deletions, struck-out and hidden words are not, and are named as
    gaps. Heads and feet of pages are left out, as in PDF, and so are comments and charts: those
    that name money are gaps.

    Raises:
        BrokenFileError: The archive or its XML is damaged.
        UnsafeArchiveError: The XML declares entities, which no Word file needs.
    """
    file = OfficeFile(capture, "Word")
    walk = _Walk()
    walk.read(file.root(_BODY))
    _read_notes(file, walk)
    text, odd = storable("\n\n".join(walk.blocks))
    warnings = (f"U+FFFD stands for {odd} characters that no text can hold [text.encoding]",)
    return Reading(
        text=text,
        metadata=merge(read_header(text), file.metadata()),
        gaps=(*_gaps(walk), *file.left_out(_NOT_READ)),
        warnings=warnings if odd else (),
    )


def _shown(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield the children; of alternatives for old and new programs the first only."""
    for child in parent:
        if child.tag == f"{_MC}AlternateContent":
            choices = child.findall(f"{_MC}Choice") or child.findall(f"{_MC}Fallback")
            for choice in choices[:1]:
                yield from _shown(choice)
        elif isinstance(child.tag, str):
            yield child


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    """Yield the cells of a row, those in content controls and insertions, and what was removed."""
    for child in _shown(row):
        if child.tag == f"{_W}tc" or child.tag in _REMOVED:
            yield child
        elif child.tag not in {f"{_W}trPr", f"{_W}tblPrEx"}:
            yield from _cells(child)


def _number(parent: etree._Element, path: str) -> int:
    """Return the number that a property holds, within what a table can have; 0 for none."""
    found = parent.find(path)
    said = "" if found is None else found.get(f"{_W}val", "")
    return min(int(said), _COLUMNS) if said.isascii() and said.isdigit() else 0


def _is_on(about: etree._Element, name: str) -> bool:
    switch = about.find(f"{_W}{name}")
    return switch is not None and switch.get(f"{_W}val", "1") not in _OFF


def _read_notes(file: OfficeFile, walk: _Walk) -> None:
    """Append the notes that the text refers to, each a paragraph that begins with its number."""
    notes: dict[tuple[str, str], etree._Element] = {}
    for tag, name in _NOTE_FILES.items():
        if name in file.names:
            notes |= {(tag, note.get(f"{_W}id", "")): note for note in file.root(name).iter(tag)}
    for number, key in enumerate(list(walk.notes), 1):
        first = len(walk.blocks)
        if key in notes:
            walk.read(notes[key])
        if len(walk.blocks) > first:
            walk.blocks[first] = f"{number}. {walk.blocks[first]}"


def _gaps(walk: _Walk) -> Iterator[Gap]:
    for words in walk.struck:
        yield Gap(f"struck-out text “{shorten(words)}”", "the file shows it as no longer said")
    for words in walk.hidden:
        yield Gap(f"hidden text “{shorten(words)}”", "the file does not show it")
    for words in walk.drawn:
        yield Gap(f"a drawing with “{shorten(words)}”", "words in drawings are not read")
    if walk.taken_in:
        files = "a file" if walk.taken_in == 1 else f"{walk.taken_in} files"
        yield Gap(f"{files} that Word takes into the text", "open it in Word and save it again")
    if walk.pictures:
        pictures = "a large picture" if walk.pictures == 1 else f"{walk.pictures} large pictures"
        yield Gap(pictures, "any text in them was not read; describe it in the file")


def _is_docx(look: Look) -> bool:
    return _BODY in look.packed


FORMAT = Format(
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "Word files",
    (".docx", ".docm"),
    Reader("docx", f"3 lxml {version('lxml')}"),
    _is_docx,
    read_docx,
)
