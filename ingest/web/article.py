"""The article of a page: trafilatura marks it, and what it drops inside it comes back or is named.

The text is the page's own, block by block; trafilatura only says which blocks are the article's. It
leaves out paragraphs that repeat, captions, boxes, and at times the headline, and it takes lines
that are none of the article's: all of that is judged here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree, html
from trafilatura import bare_extraction

from ingest.shorten import shorten
from ingest.web.blocks import Block, Page, blocks_of, page_of
from ingest.web.missing import missing_parts
from ingest.web.notices import is_shut_off
from ingest.web.recover import Judge
from ingest.web.scope import scope_of
from ingest.web.strays import strays_of
from ingest.web.words import MONEY
from ingest.web.zones import Zones
from records.document import Gap

_MOST = 0.6  # of the page's text: a part that holds more is the article, whatever its name
_FOUND = 0.6  # of the article's text that must stand on the page as it is
_SHORT = 20  # code points; such a block may stand anywhere
_ENOUGH = 800  # code points of running text; with as much, the rest may be left out
_COMPARISONS = 10**9  # code points looked through; beyond, a page takes seconds
_NEAR = 3  # blocks behind the article's last: an offer to read on stands right there
_ATTEMPTS = 3
_UNREAD = ("script", "style", "noscript", "template", "svg", "object", "select")


class Article(NamedTuple):
    """The article of a page.

    Attributes:
        blocks: In order, the headline first.
        gaps: What is known to be missing.
        warnings: What was left out on purpose although it names money.
    """

    blocks: list[Block]
    gaps: tuple[Gap, ...] = ()
    warnings: tuple[str, ...] = ()


def find_article(tree: html.HtmlElement, headline: etree._Element | None) -> Article:
    """Return the blocks of the page's article; none when trafilatura finds no text.

    Args:
        tree: The whole page; what is no article is taken out of it.
        headline: The element of the page's own; put first where the article lacks it.
    """
    body = tree.body if tree.body is not None else tree
    zones = Zones.around(body, headline)
    page = _page(body, zones)
    title = " ".join(block.key for block in blocks_of(headline)) if headline is not None else None
    _prune(tree, page)
    found = bare_extraction(
        tree, fast=True, include_comments=False, include_tables=True, output_format="xml"
    )
    article = blocks_of(found.body) if found is not None else []
    marked = _marked(article, page)
    if not marked or not _stands_on_page(article, page, marked):
        return Article(_headed(article, title))
    return _judged(page, zones, marked, body, title)


def _judged(
    page: Page, zones: Zones, marked: set[int], body: etree._Element, title: str | None
) -> Article:
    longest = max(marked, key=lambda index: len(page.blocks[index].text))
    held = page.blocks[longest].element
    marked = _under_headline(page, marked, title)
    kept = zones.protected | (set(held.iterancestors()) if held is not None else set())
    out = strays_of(page, kept)
    scope = scope_of(page, marked - out, out, body)
    inside = page.of(scope.outer)
    marked = {
        i
        for i in marked
        if i in inside or (len(page.blocks[i].text) >= _SHORT and not page.blocks[i].linked)
    }
    first, last = _bounds(page, marked - out, title)
    judge = Judge(page, scope, out, marked, first, last)
    taken = judge.take()
    blocks = [page.blocks[index] for index in taken]
    places = [index for index in judge.places() if index not in judge.taken]
    left_out = _left_out(page, zones, judge.taken, places, last)
    gaps = missing_parts(scope.outer)
    near = [index for index in places if first <= index <= last + _NEAR]
    others = (each for index in near for each in _words_of(page.blocks[index], inside=True))
    if is_shut_off(others):
        gaps += (Gap("the rest of the article", "the page shows it to subscribers only"),)
    return Article(_headed(blocks, title), gaps, tuple(left_out))


def _page(body: etree._Element, zones: Zones) -> Page:
    """Return the page's blocks; a zone that holds the text of a page without another is none."""
    page = page_of(body, zones.is_out)
    for _ in range(_ATTEMPTS):
        rest = sum(len(block.text) for block in page.blocks if not block.linked)
        parts = [b.zone for b in page.blocks if b.zone is not None] if rest < _ENOUGH else []
        sizes = {zone: len(" ".join(zone.text_content().split())) for zone in parts}
        whole = _MOST * (rest + sum(sizes.values()))
        large = [z for z, size in sizes.items() if size > whole and not zones.holds_more(z)]
        if not large:
            break
        zones.protected.update(large)
        page = page_of(body, zones.is_out)
    return page


def _prune(tree: html.HtmlElement, page: Page) -> None:
    """Take out of the tree what trafilatura shall not see, and need not copy."""
    for element in list(tree.iter(*_UNREAD)):
        # An article that a script shows stands in the page's metadata alone.
        if element.get("type") != "application/ld+json":
            _drop(element)
    for block in page.blocks:
        if block.zone is not None:
            _drop(block.zone)


def _drop(element: etree._Element) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _marked(article: list[Block], page: Page) -> set[int]:
    """Return the places of the page's blocks that are whole blocks of the article, or in one."""
    keys = {block.key for block in article}
    text = "\n".join(block.key for block in article)
    if len(text) * len(page.blocks) > _COMPARISONS:
        text = ""
    return {
        index
        for index, block in enumerate(page.blocks)
        if block.zone is None
        and (block.key in keys or (len(block.text) >= _SHORT and block.key in text))
    }


def _stands_on_page(article: list[Block], page: Page, marked: set[int]) -> bool:
    """Tell whether the article's text is the page's, and not that of a script."""
    known = sum(len(page.blocks[index].text) for index in marked)
    return known >= _FOUND * sum(len(block.text) for block in article)


def _under_headline(page: Page, marked: set[int], title: str | None) -> set[int]:
    """Leave out what stands before the headline, where nearly all else stands after it."""
    sizes = {index: len(page.blocks[index].text) for index in marked}
    heads = [i for i, block in enumerate(page.blocks) if block.tag == "h1" and block.key == title]
    after = {i for i in marked if heads and i >= heads[0]}
    most = _FOUND * sum(sizes.values())
    return after if sum(sizes[i] for i in after) >= most and after else marked


def _bounds(page: Page, marked: set[int], title: str | None) -> tuple[int, int]:
    """Return the places of the article's first and last block; a headline above is first."""
    long = [i for i in marked if len(page.blocks[i].text) >= _SHORT] or list(marked) or [0]
    first, last = min(long), max(long)
    above = [i for i in range(first) if page.blocks[i].zone is None and page.blocks[i].key == title]
    return (above[-1] if above else first), last


def _headed(blocks: list[Block], title: str | None) -> list[Block]:
    if not blocks or not title:
        return blocks
    known = {block.key.casefold() for block in blocks}
    return blocks if title.casefold() in known else [Block(title, "h1"), *blocks]


def _left_out(page: Page, zones: Zones, taken: set[int], places: list[int], last: int) -> list[str]:
    """Say what stands in the article and names money, and was not taken."""
    known = {page.blocks[index].key for index in taken}
    blocks = [
        block
        for index in places
        for block in _words_of(
            page.blocks[index], inside=index <= last or _is_unseen(page.blocks[index], zones)
        )
        if MONEY.search(block.text) and block.key not in known
    ]
    if not blocks:
        return []
    return [
        f"{len(blocks)} of the page's blocks name money and were left out as no part of the "
        f"article, the first being “{shorten(blocks[0].key)}”; read the page if that is wrong "
        "[source.left-out]"
    ]


def _is_unseen(block: Block, zones: Zones) -> bool:
    return block.zone is not None and zones.is_unseen(block.zone)


def _words_of(block: Block, *, inside: bool) -> Iterator[Block]:
    """Yield the block itself, or those of the zone that it stands for, if it is in the article."""
    if block.zone is None:
        yield block
    elif inside:
        yield from page_of(block.zone, lambda _: False).blocks
