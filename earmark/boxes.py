"""Where words stand on the pages of a document, as boxes around the words of a line."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from records.document import Document
from records.layout import Word
from records.span import Span

Edges: TypeAlias = tuple[int, int, int, int]
"""x, y, width and height, thousandths of a point."""
_ROOM = 2000  # thousandths of a point around the words


def words_of(document: Document, span: Span) -> list[Word]:
    """Return the words on pages that some text is made of; empty without pages."""
    words = document.words
    first = bisect_left(words, span.start + 1, key=lambda word: word.end)
    found = []
    for place in range(first, len(words)):
        word = words[place]
        if word.start >= span.end:
            break
        found.append(word)
    return found


def boxes_of(words: Iterable[Word]) -> Iterator[Edges]:
    """Yield a box around the words of each line, which are of one page."""
    box: Edges | None = None
    for word in words:
        x0, top, x1, bottom = word.box
        if box and top < box[3] and bottom > box[1] and x0 >= box[0]:
            box = min(box[0], x0), min(box[1], top), max(box[2], x1), max(box[3], bottom)
            continue
        if box:
            yield _edges(box)
        box = word.box
    if box:
        yield _edges(box)


def _edges(box: Edges) -> Edges:
    x0, top, x1, bottom = box
    return x0 - _ROOM, top - _ROOM, x1 - x0 + 2 * _ROOM, bottom - top + 2 * _ROOM
