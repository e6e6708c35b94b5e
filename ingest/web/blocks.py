"""Blocks of text in a tree: paragraphs, headings, list items, table rows, in document order.

One walk serves both trees, the page's (HTML tags) and the article's (trafilatura's tags), so that a
block of one can be found again in the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

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
    | {"figure", "figcaption", "details", "summary", "fieldset", "ab", "nav", "aside", "footer"}
    | {"form", "dialog", "menu"}
    | _ITEMS
    | _ROWS
    | _CELLS
)
_SKIPPED = {
    *("script", "style", "noscript", "template", "button", "svg", "iframe", "select", "textarea"),
    *("object", "video", "audio", "canvas", "graphic"),
}
_COLUMNS = 1000
_ASIDE = {"nav", "aside", "footer", "form"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt"}
_PARAGRAPHS = 4  # in a cell; with more of them it is no cell of figures
_ROW_LENGTH = 1000  # code points; a longer row lays out a page and is no row of figures


@dataclass(frozen=True, slots=True)
class Block:
    """One block of text.

    Attributes:
        text: Lines joined by a line feed, white space collapsed.
        tag: Of the innermost block element.
        links: The share of the text that leads to other pages, from 0 to 1.
        element: The innermost block element; None for a block that stands on no page.
        zone: A part of the page that is no article, in whose place an empty block stands; None for
            a block of text.
    """

    text: str
    tag: str = "p"
    links: float = 0
    element: etree._Element | None = field(default=None, repr=False, compare=False)
    zone: etree._Element | None = field(default=None, repr=False, compare=False)

    @property
    def linked(self) -> bool:
        """More than half of the text is links."""
        return self.links > 0.5  # noqa: PLR2004 - the half that the sentence above names

    @property
    def key(self) -> str:
        """The words alone, for comparing."""
        if self.tag in _ROWS:  # of two trees of one table one may lack the empty places
            return " | ".join(" ".join(c.split()) for c in self.text.split("|") if c.strip())
        return self.text.replace("\n", " ")

    @property
    def line(self) -> str:
        """The text as it stands in a document: list items have a dash."""
        return f"- {self.text}" if self.tag in _ITEMS else self.text


@dataclass(frozen=True, slots=True)
class Page:
    """All blocks of a page.

    Attributes:
        blocks: In document order.
        ranges: The blocks that stand in each element that holds others: from, and up to.
    """

    blocks: list[Block]
    ranges: dict[etree._Element, tuple[int, int]]

    def of(self, element: etree._Element) -> range:
        """Return the places of the blocks in `element`."""
        return range(*self.ranges.get(element, (0, 0)))


def blocks_of(root: etree._Element) -> list[Block]:
    """Return every block under `root` that is no navigation, form, aside, script or the like."""
    walk = _Walk(root, None)
    walk.run()
    return walk.found


def page_of(root: etree._Element, is_zone: Callable[[etree._Element], bool]) -> Page:
    """Return every block under `root`, and one empty block for every part that is no article.

    Args:
        root: Where to begin.
        is_zone: Tells the parts of a page that are no article.
    """
    walk = _Walk(root, is_zone)
    walk.run()
    return Page(walk.found, walk.ranges)


@dataclass(slots=True)
class _Walk:
    """State of one walk; an explicit one, for pages nest deeper than Python recurses."""

    root: etree._Element
    is_zone: Callable[[etree._Element], bool] | None
    found: list[Block] = field(default_factory=list)
    ranges: dict[etree._Element, tuple[int, int]] = field(default_factory=dict)
    parts: list[str] = field(default_factory=list)
    around: list[etree._Element] = field(default_factory=list)
    links: int = 0
    linked: int = 0

    def run(self) -> None:
        walk = etree.iterwalk(self.root, events=("start", "end", "comment", "pi"))
        for event, element in walk:
            if event == "start":
                self._enter(element)
                if self.is_zone and self.is_zone(element):
                    walk.skip_subtree()
                    self._flush()
                    self.found.append(Block("", element.tag, 1, element, element))
                elif self._is_skipped(element):
                    walk.skip_subtree()
                elif element.tag in _ROWS and not _lays_out(element) and (row := _row(element)):
                    walk.skip_subtree()
                    self.found.append(self._placed(row))
                else:
                    self._add(BREAK if element.tag in _BREAKS else element.text)
            elif event == "end":
                self._leave(element)
            else:
                self._add(element.tail)
        self._flush()

    def _enter(self, element: etree._Element) -> None:
        if self._is_block(element):
            self._flush()
            self.around.append(element)
        if self.is_zone and len(element):
            self.ranges[element] = (len(self.found), 0)
        self.links += _is_link(element)

    def _leave(self, element: etree._Element) -> None:
        self.links -= _is_link(element)
        if self.around and self.around[-1] is element:
            self._flush()
            self.around.pop()
        if self.is_zone and len(element):
            self.ranges[element] = (self.ranges[element][0], len(self.found))
        if element is not self.root:
            self._add(element.tail)

    def _is_skipped(self, element: etree._Element) -> bool:
        """Tell what is never read; the button that opens a section is its heading."""
        if element.tag == "button" and self.is_zone:
            return all(each.tag not in _HEADINGS for each in self.around[-1:])
        return element.tag in _SKIPPED or (element.tag in _ASIDE and not self.is_zone)

    def _placed(self, row: Block) -> Block:
        linked = sum(len("".join(link.itertext())) for link in self.around[-1].iter("a"))
        share = min(1.0, linked / len(row.text))
        return replace(row, links=share, element=self.around[-1])

    def _is_block(self, element: etree._Element) -> bool:
        """Tell blocks; code is one only where it stands alone, as trafilatura puts listings."""
        if element.tag == "code":
            return element.getparent() is self.root
        return element.tag in _BLOCKS

    def _add(self, text: str | None) -> None:
        if text:
            self.parts.append(text)
            self.linked += len(text) if self.links and not text.isspace() else 0

    def _flush(self) -> None:
        text, linked = "".join(self.parts), self.linked
        self.parts, self.linked = [], 0
        stripped = text.strip(BREAK + " \t\r\n")
        if not stripped:
            return
        share = min(1.0, linked / len(stripped))
        element = self.around[-1] if self.around else None
        tag = element.tag if element is not None else "p"
        for lines in _paragraphs(text):
            self.found.append(Block("\n".join(lines), tag, share, element))


def _is_link(element: etree._Element) -> bool:
    """Tell links to other pages from those to a place on this one."""
    return element.tag == "a" and not (element.get("href") or "#").startswith("#")


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


def _lays_out(row: etree._Element) -> bool:
    """Tell a row that puts columns of a page side by side, as old pages do, from one of figures."""
    return row.find(".//h1") is not None or any(
        sum(1 for _ in cell.iter("p", "br", "div")) > _PARAGRAPHS for cell in row
    )


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
