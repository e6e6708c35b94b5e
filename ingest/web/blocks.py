"""Blocks of text in a tree: paragraphs, headings, list items, table rows, in document order.

One walk serves both trees, the page's (HTML tags) and the article's (trafilatura's tags), so that a
block of one can be found again in the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.cells import row_text

BREAK = "\x1e"  # between lines of a block; the markup reader leaves no control character

_ITEMS = {"li", "item"}
_ROWS = {"tr", "row"}
_CELLS = {"td", "th", "cell"}
_BREAKS = {"br", "lb"}
_BLOCKS = (
    {"p", "div", "section", "article", "main", "body", "header", "hgroup", "address", "center"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "head", "blockquote", "quote", "pre", "hr"}
    | {"ul", "ol", "dl", "list", "dt", "dd", "table", "thead", "tbody", "tfoot", "caption"}
    | {"figure", "figcaption", "details", "summary", "fieldset", "ab"}
    | _ITEMS
    | _ROWS
    | _CELLS
)
_SKIPPED = {
    "script",
    "style",
    "noscript",
    "template",
    "nav",
    "aside",
    "footer",
    "form",
    "button",
} | {
    *("svg", "iframe", "select", "textarea", "object", "video", "audio", "canvas", "graphic"),
}
_COLUMNS = 1000
_ROW_LENGTH = 1000  # code points; a longer row lays out a page and is no row of figures


@dataclass(frozen=True, slots=True)
class Block:
    """One block of text.

    Attributes:
        text: Lines joined by a line feed, white space collapsed.
        tag: Of the innermost block element.
        linked: More than half of the text is links.
    """

    text: str
    tag: str = "p"
    linked: bool = False

    @property
    def key(self) -> str:
        """The words alone, for comparing."""
        if self.tag in _ROWS:  # of two trees of one table one may lack the empty places
            return " | ".join(" ".join(c.split()) for c in self.text.split("|") if c.strip())
        return " ".join(self.text.split())

    @property
    def line(self) -> str:
        """The text as it stands in a document: list items have a dash."""
        return f"- {self.text}" if self.tag in _ITEMS else self.text


def blocks_of(root: etree._Element) -> list[Block]:
    """Return every block under `root` that is no navigation, form, aside, script or the like."""
    return list(_Walk(root).blocks())


@dataclass(slots=True)
class _Walk:
    """State of one walk; an explicit one, for pages nest deeper than Python recurses."""

    root: etree._Element
    parts: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=lambda: ["p"])
    links: int = 0
    linked: int = 0

    def blocks(self) -> Iterator[Block]:
        walk = etree.iterwalk(self.root, events=("start", "end", "comment", "pi"))
        for event, element in walk:
            if event in {"comment", "pi"}:
                self._add(element.tail)
                continue
            tag = element.tag
            if event == "start":
                if self._is_block(element):
                    yield from self._flush()
                    self.tags.append(tag)
                self.links += tag == "a"
                if tag in _SKIPPED:
                    walk.skip_subtree()
                elif tag in _ROWS and (row := _row(element)):
                    walk.skip_subtree()
                    yield row
                else:
                    self._add(BREAK if tag in _BREAKS else element.text)
                continue
            self.links -= tag == "a"
            if self._is_block(element):
                yield from self._flush()
                self.tags.pop()
            if element is not self.root:
                self._add(element.tail)
        yield from self._flush()

    def _is_block(self, element: etree._Element) -> bool:
        """Tell blocks; code is one only where it stands alone, as trafilatura puts listings."""
        if element.tag == "code":
            return element.getparent() is self.root
        return element.tag in _BLOCKS

    def _add(self, text: str | None) -> None:
        if text:
            self.parts.append(text)
            self.linked += len(text) if self.links else 0

    def _flush(self) -> Iterator[Block]:
        text, linked = "".join(self.parts), self.linked
        self.parts, self.linked = [], 0
        if not text.strip(BREAK + " \t\r\n"):
            return
        mostly_linked = 2 * linked > len(text)
        for lines in _paragraphs(text):
            yield Block("\n".join(lines), self.tags[-1], mostly_linked)


def _paragraphs(text: str) -> Iterator[list[str]]:
    """Yield the lines of every paragraph; two line breaks in a row end one, as on old pages."""
    lines: list[str] = []
    for line in (" ".join(part.split()) for part in text.split(BREAK)):
        if line:
            lines.append(line)
        elif lines:
            yield lines
            lines = []
    if lines:
        yield lines


def _row(element: etree._Element) -> Block | None:
    """Return a table row as one line, `Roads | 12.5`; None when the table only lays out a page."""
    cells = [cell for cell in element if cell.tag in _CELLS]
    if len(cells) < 2 or element.find(".//table") is not None:  # noqa: PLR2004 - one cell is a block
        return None
    texts: list[str] = []
    for cell in cells:
        texts.append(" ".join(block.key for block in blocks_of(cell)))
        texts += [""] * (_span(cell) - 1)
    line = row_text(texts)
    return Block(line, "tr") if line and len(line) <= _ROW_LENGTH else None


def _span(cell: etree._Element) -> int:
    """Return how many columns a cell spans, within what a browser allows."""
    said = cell.get("colspan", "").strip()
    return max(1, min(int(said), _COLUMNS)) if said.isascii() and said.isdigit() else 1
