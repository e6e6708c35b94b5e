"""Which blocks of a page are the article's: those that trafilatura marks, and what it drops.

It drops paragraphs that repeat, captions, boxes, tables and lists inside the article, and words
inside a paragraph. Here every block that stands where the article stands is judged once more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.web.blocks import Block, Page
from ingest.web.scope import Scope
from ingest.web.strays import HEADINGS, is_entry
from ingest.web.words import MONEY

_SIGN = re.compile(r"[£€$¥₹]|\b(?:million|billion|GBP|EUR|USD)\b")
_PROSE = 60  # code points; a shorter line may be a credit, a date, a button
_PROSE_WORDS = 8
_SENTENCE = re.compile(r"[.!?:;…”\"\u2019')]$")
_GROUPS = frozenset({"table", "ul", "ol", "dl", "figure", "blockquote"})
_LABELS = HEADINGS | {"dt", "caption", "summary"}


@dataclass(slots=True)
class Judge:
    """Decides for every block of a page whether it is the article's.

    Attributes:
        page: All blocks.
        scope: Where the article stands.
        out: Places of blocks that are none of its own.
        marked: Places of blocks that trafilatura takes for the article's.
        first: Place of the headline, or of the article's first block.
        last: Place of its last.
    """

    page: Page
    scope: Scope
    out: set[int]
    marked: set[int]
    first: int
    last: int
    taken: set[int] = field(default_factory=set)

    def take(self) -> list[int]:
        """Return the places of all blocks of the article, in order."""
        self.taken = {index for index in self.marked if self._allowed(index)}
        places = [index for index in self.places() if self._allowed(index)]
        for index in places:
            if self._is_text(self.page.blocks[index]) and self._belongs(index):
                self.taken.add(index)
        self._fill_groups(places)
        self._fill_labels(places)
        self.taken.update((*self._opening_captions(), *self._quotes_beside()))
        return sorted(self.taken)

    def places(self) -> list[int]:
        """Return the places where the article's own blocks can stand."""
        spans = (
            range(self.first, self.last + 1),
            self.page.of(self.scope.text),
            self.page.of(self.scope.outer),
        )
        return sorted({index for span in spans for index in span if index >= self.first})

    def _opening_captions(self) -> Iterator[int]:
        """Yield captions of a picture that stands in the article above its headline."""
        if self.scope.outer.tag == "article":
            for index in self.page.of(self.scope.outer):
                element = self.page.blocks[index].element
                captioned = element is not None and any(
                    each.tag == "figcaption" for each in (element, *element.iterancestors())
                )
                if index < self.first and captioned and self._allowed(index):
                    yield index

    def _quotes_beside(self) -> Iterator[int]:
        """Yield quotes that stand beside the text, in the element that holds it and the headline.

        Press releases put them in a column of their own.
        """
        head = self.page.blocks[self.first].element
        above = set() if head is None else {head, *head.iterancestors()}
        holder = next((e for e in self.scope.text.iterancestors() if e in above), None)
        if holder is not None and holder.tag != "body":
            for index in self.page.of(holder):
                element = self.page.blocks[index].element
                if element is not None and index > self.last and self._allowed(index):
                    around = (element, *element.iterancestors())
                    if any(each.tag == "blockquote" for each in around):
                        yield index

    def _allowed(self, index: int) -> bool:
        block = self.page.blocks[index]
        return (
            block.zone is None
            and index not in self.out
            and (index in self.marked or not block.linked or self._is_linked_entry(index))
        )

    def _is_linked_entry(self, index: int) -> bool:
        return self.first <= index <= self.last and is_entry(self.page.blocks[index])

    def _belongs(self, index: int) -> bool:
        """Tell whether a block stands in the article, or right beside it."""
        if self.first <= index <= self.last:
            return True
        element = self.page.blocks[index].element
        if element is None:
            return False
        if self.scope.text.tag == "body":  # no element of its own: only what goes on as it does
            parent = element.getparent()
            return parent is not None and any(i in self.marked for i in self.page.of(parent))
        return index >= self.first

    def _is_text(self, block: Block) -> bool:
        if MONEY.search(block.text) or block.tag == "figcaption":
            return True
        long = len(block.text) >= _PROSE and len(block.text.split()) >= _PROSE_WORDS
        return long and bool(_SENTENCE.search(block.text))

    def _fill_groups(self, places: list[int]) -> None:
        """Take a table, a list, a box whole where one of its blocks is taken."""
        whole = {
            element
            for index in places
            if index in self.taken or _SIGN.search(self.page.blocks[index].text)
            for element in _groups(self.page.blocks[index])
        }
        self.taken.update(
            index
            for index in places
            if self._belongs(index) and any(e in whole for e in _groups(self.page.blocks[index]))
        )

    def _fill_labels(self, places: list[int]) -> None:
        """Take the heading of what is taken."""
        for index in reversed(places):
            block = self.page.blocks[index]
            if block.tag in _LABELS and index + 1 in self.taken and self._belongs(index):
                self.taken.add(index)


def _groups(block: Block) -> list[etree._Element]:
    element = block.element
    if element is None:
        return []
    around = [element, *element.iterancestors(*_GROUPS)]
    return [each for each in around if each.tag in _GROUPS][:2]
