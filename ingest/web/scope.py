"""Where on a page the article stands, from the blocks that are known to be its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import NamedTuple

from lxml import etree

from ingest.web.blocks import Block, Page

_MOST = 0.9  # of the article's known text
_LONG = 20  # code points; shorter blocks (`Yes`, `2025`) stand anywhere on a page
_WHOLE = 0.95  # of a line that is one link
_PROSE = 60  # code points
_HOLDERS = frozenset({"div", "section", "article", "main", "body", "td", "form", "center"})
_OUTER = frozenset({"article", "main"})
_NUMBER = re.compile(r"\d+")
_LEVELS = 4  # from the text to the element that holds headline, text and boxes


class Scope(NamedTuple):
    """Where the article stands.

    Attributes:
        text: The innermost element that holds nearly all of its known text, and its twins.
        outer: The article's element around it, with headline and boxes; `text` where there is none.
    """

    text: etree._Element
    outer: etree._Element


def scope_of(page: Page, marked: set[int], out: set[int], body: etree._Element) -> Scope:
    """Find the article's elements.

    Args:
        page: All blocks.
        marked: The blocks known to be the article's.
        out: The blocks known to be none of it.
        body: Of the page.
    """
    sizes = [
        len(block.text) if index in marked and len(block.text) >= _LONG else 0
        for index, block in enumerate(page.blocks)
    ]
    if not any(sizes):
        sizes = [int(index in marked) for index in range(len(page.blocks))]
    before = [0, *accumulate(sizes)]

    def weight(element: etree._Element) -> int:
        first, last = page.ranges.get(element, (0, 0))
        return before[last] - before[first]

    inner = body
    while (child := _heaviest(inner, weight(body), weight)) is not None:
        inner = child
    while inner is not body and inner.tag not in _HOLDERS:
        inner = inner.getparent()
    text = _with_twins(inner, body, page, out)
    return Scope(text, _outer(text, body))


def _heaviest(
    element: etree._Element, total: int, weight: Callable[[etree._Element], int]
) -> etree._Element | None:
    return next((child for child in element if weight(child) >= _MOST * total > 0), None)


def _with_twins(
    inner: etree._Element, body: etree._Element, page: Page, out: set[int]
) -> etree._Element:
    """Go up as long as elements of the same name beside it hold text of their own.

    A page may hold its article in pieces: parts between advertisements, entries of a live report.
    A piece with a first-level heading is another article, and so is one that begins with a link.
    """
    text = inner
    for _ in range(_LEVELS):
        parent = text.getparent()
        if text is body or parent is None or parent is body.getparent():
            break
        if any(_is_twin(text, each, page, out) for each in parent if each is not text):
            inner = parent
        text = parent
    return inner


def _is_twin(text: etree._Element, other: etree._Element, page: Page, out: set[int]) -> bool:
    if other.tag != text.tag or not _is_named_alike(text, other):
        return False
    if other.find(".//h1") is not None or (_opens(other, page) and not _opens(text, page)):
        return False
    return any(
        len(block.text) >= _PROSE and not block.linked and block.zone is None and index not in out
        for index, block in _blocks(other, page)
    )


def _opens(element: etree._Element, page: Page) -> bool:
    """Tell what begins with a link, as the next article does: its headline leads to it."""
    first = next(_blocks(element, page), None)
    return first is not None and first[1].links >= _WHOLE and len(first[1].text) >= _LONG


def _blocks(element: etree._Element, page: Page) -> Iterator[tuple[int, Block]]:
    return ((index, page.blocks[index]) for index in page.of(element))


def _is_named_alike(one: etree._Element, other: etree._Element) -> bool:
    """Tell elements of one kind: the classes of one are those of the other, or some of them."""
    names, others = _name(one), _name(other)
    return names == others or bool(names and others and (names <= others or others <= names))


def _name(element: etree._Element) -> frozenset[str]:
    """Return the class names, numbers aside: entries are numbered one by one."""
    return frozenset(_NUMBER.sub("", element.get("class") or "").split())


def _outer(text: etree._Element, body: etree._Element) -> etree._Element:
    element = text
    for _ in range(_LEVELS):
        if element is body or element is None:
            break
        if element.tag in _OUTER or element.get("role") in {"article", "main"}:
            return element
        element = element.getparent()
    return text
