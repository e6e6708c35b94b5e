"""Text cut where marks begin and end, so that each piece is marked once, whatever overlaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from earmark.words.fields import PARTS
from records.mention import Mention

LABELS = {
    "amount": "amount",
    "timeframe": "when",
    **PARTS,
    "newness": "new or not",
    "relation": "other amount",
}
"""What a mark on a field says it is."""


class Mark(NamedTuple):
    """Some words that mean something.

    Attributes:
        start: First code point.
        end: One past the last.
        kind: Name of the field (`purpose`).
        label: What is said where the mark begins.
        name: Id that a link can lead to; empty for none.
        href: Where the mark leads; empty for nowhere.
    """

    start: int
    end: int
    kind: str
    label: str
    name: str = ""
    href: str = ""


class Piece(NamedTuple):
    """A stretch of text under the same marks.

    Attributes:
        text: The words.
        kinds: Fields of the marks over it; empty for plain text.
        labels: Labels of the marks that begin here.
        names: Ids of the marks that begin here.
        href: Where it leads; empty for nowhere.
    """

    text: str
    kinds: tuple[str, ...]
    labels: tuple[str, ...]
    names: tuple[str, ...]
    href: str


def field_marks(mention: Mention) -> Iterator[Mark]:
    """Yield a mark for each field of a mention."""
    for kind, span in mention.spans():
        yield Mark(span.start, span.end, kind, LABELS[kind])


def pieces(text: str, start: int, marks: Iterable[Mark]) -> list[Piece]:
    """Cut a text at its marks.

    Args:
        text: Part of a document.
        start: Where it begins in the document, whose offsets the marks count in.
        marks: Those that do not touch it are left out.
    """
    end = start + len(text)
    inside = sorted(one for one in set(marks) if one.start < end and one.end > start)
    edges = {edge for one in inside for edge in (one.start, one.end) if start < edge < end}
    cuts = sorted({start, end, *edges})
    found, waiting, open_ = [], list(reversed(inside)), list[Mark]()
    for first, last in pairwise(cuts):
        open_ = [one for one in open_ if one.end > first]
        begun = []
        while waiting and waiting[-1].start <= first:
            begun.append(waiting.pop())
        open_ += begun
        found.append(_piece(text[first - start : last - start], open_, begun))
    return found


def _piece(words: str, over: Sequence[Mark], begun: Sequence[Mark]) -> Piece:
    return Piece(
        text=words,
        kinds=tuple(dict.fromkeys(one.kind for one in over)),
        labels=tuple(dict.fromkeys(one.label for one in begun)),
        names=tuple(dict.fromkeys(one.name for one in begun if one.name)),
        href=next((one.href for one in reversed(over) if one.href), ""),
    )
