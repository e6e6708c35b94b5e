"""Lines inside an article's container that are none of its own, where no name gives them away.

Told by what they say (`Related stories`, `Sign up to our newsletter`), and by how they are built:
a row of cards with linked headings, a list of nothing but links, a paragraph that is one link.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from ingest.web.blocks import Block, Page
from ingest.web.words import LEADS, OPENERS

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_OPENER = re.compile(rf"(?:{'|'.join(OPENERS)})\s*[:»>…]*", re.IGNORECASE)
_LEAD = re.compile("|".join(LEADS), re.IGNORECASE)
_OPENER_LENGTH = 60  # code points
_CARD = 600  # code points; a longer one is a text of its own
_LINK_LINE = 20  # code points; shorter links stand in running text
_SUM = re.compile(r"[£€$₹] ?[0-9]|[0-9] ?(?:m|bn|million|billion|crore|lakh)\b")
_ENTRY = 5  # words; a headline has more
_TEASER = 3  # blocks: a headline, a line, a date
_COLUMN = 300  # code points of running text; a column with as many is the page's own
_SENTENCE = 60  # code points
_WHOLE = 0.95  # of a line that is one link
_END = re.compile(r"[.!?:;”\"\u2019)]$")
_LISTS = frozenset({"ul", "ol"})


def strays_of(page: Page, kept: set[etree._Element]) -> set[int]:
    """Return which of the page's blocks are none of the article's, by their places.

    Args:
        page: All blocks.
        kept: Elements that hold the headline or much of the article's text: never taken out whole.
    """
    out: set[int] = set()
    for index, block in enumerate(page.blocks):
        if block.zone is not None or index in out:
            continue
        text = block.key
        if _LEAD.match(text) or _is_link_line(block):
            out.add(index)
        elif len(text) <= _OPENER_LENGTH and _OPENER.fullmatch(text):
            out.add(index)
            for element in _opened(block, page, kept):
                out.update(page.of(element))
    for card in _cards(page, kept):
        if sum(len(page.blocks[index].text) for index in page.of(card)) <= _CARD:
            out.update(page.of(card))
    for each in (*_link_lists(page), *_side_cells(page)):
        out.update(page.of(each))
    return out


def _opened(label: Block, page: Page, kept: set[etree._Element]) -> Iterator[etree._Element]:
    """Yield what a label opens: the box that it heads, or the lists and cards that follow it."""
    element = label.element
    if element is None:
        return
    while (parent := element.getparent()) is not None and parent not in kept:
        around = page.of(parent)
        if not around or page.blocks[around.start] is not label:
            break  # something stands before it: the label heads only what follows
        if len(around) > 1:
            yield parent
            return
        element = parent
    for sibling in element.itersiblings():
        if sibling.tag in HEADINGS and (element.tag not in HEADINGS or sibling.tag <= element.tag):
            return
        if blocks := page.of(sibling):
            # A list or cards of other articles; text that is not links goes on with the article.
            linked = sum(page.blocks[index].linked for index in blocks)
            if sibling in kept or 3 * linked < len(blocks):
                return
            yield sibling


def _is_link_line(block: Block) -> bool:
    return (
        block.tag not in {"li", "tr", "td", "th", "dt", "dd"}
        and block.links >= _WHOLE
        and len(block.text) > _LINK_LINE
        and not _END.search(block.text)
    )


def is_entry(block: Block) -> bool:
    """Tell an item that is a name and a sum (`Ames Hall, £5m`), linked or not; no headline."""
    words = block.text.split()
    return block.tag == "li" and len(words) <= _ENTRY and bool(_SUM.search(block.text))


def _cards(page: Page, kept: set[etree._Element]) -> Iterator[etree._Element]:
    """Yield teasers of other articles: two or more side by side, each with one linked heading.

    Where a card has no heading, a line that is one link stands for it.
    """
    counts: Counter[etree._Element] = Counter()
    beside: dict[etree._Element, Counter[str]] = {}
    headings = [
        block.element
        for block in page.blocks
        if block.element is not None
        and block.zone is None
        and ((block.tag in HEADINGS and block.links >= _WHOLE) or _is_link_line(block))
    ]
    for heading in headings:
        counts[heading] += 1
        counts.update(heading.iterancestors())
    for heading in headings:
        card = heading
        while (parent := card.getparent()) is not None and counts[parent] == 1:
            card = parent
        if len(page.of(card)) < 2 or parent is None or card in kept:  # noqa: PLR2004 - alone
            yield from _teaser(heading, page, kept)
            continue
        if parent not in beside:
            beside[parent] = Counter(each.tag for each in parent if counts[each] == 1)
        if beside[parent][card.tag] > 1:
            yield card
        else:
            yield from _teaser(heading, page, kept)


def _teaser(
    heading: etree._Element, page: Page, kept: set[etree._Element]
) -> Iterator[etree._Element]:
    """Yield the box that a linked heading opens, where nothing but a line or two follows it."""
    for box in heading.iterancestors():
        around = page.of(box)
        if box in kept or len(around) > _TEASER:
            return
        if len(around) > 1:
            if heading.tag in HEADINGS and page.blocks[around.start].element is heading:
                yield box
            return


def _side_cells(page: Page) -> Iterator[etree._Element]:
    """Yield cells without a sentence in rows that lay out a page, beside one with running text."""
    for row in page.ranges:
        if row.tag not in {"tr", "row"}:
            continue
        cells = [cell for cell in row if len(page.of(cell)) > 1]
        prose = {cell: _prose(cell, page) for cell in cells}
        if max(prose.values(), default=0) >= _COLUMN:
            yield from (cell for cell, length in prose.items() if not length)


def _prose(element: etree._Element, page: Page) -> int:
    blocks = (page.blocks[index] for index in page.of(element))
    texts = (block.text for block in blocks if not block.linked)
    return sum(len(text) for text in texts if len(text) >= _SENTENCE and _END.search(text))


def _link_lists(page: Page) -> Iterator[etree._Element]:
    """Yield lists of two or more items that are all links to other pages."""
    items: dict[etree._Element, list[Block]] = {}
    for block in page.blocks:
        if block.zone is None and block.element is not None:
            parent = next(block.element.iterancestors(*_LISTS), None)
            if parent is not None:
                items.setdefault(parent, []).append(block)
    for each, blocks in items.items():
        links_only = min(block.links for block in blocks) >= _WHOLE
        if len(blocks) > 1 and links_only and not all(map(is_entry, blocks)):
            yield each
