"""Paragraphs out of lines, and how they go on in the next column or on the next page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.layout.lines import Line

_LEADING_BINS = 20  # for one type size
_LEADING_MOST = 2.6  # type sizes from line to line; farther apart are two paragraphs in any text
_LEADING_DEFAULT = 1.2
_LEADING_LOOSE = 1.25  # times the usual: a gap that parts paragraphs
_LEADING_BLOCK = 1.7  # type sizes; a block with wider usual leading may be a list of one-line items
_SIZE = 0.08  # relative: type that differs more is a heading, a caption, a note
_INDENT = 0.8  # of the type size
_INDENT_MOST = 5.0
_ROOM = 0.3  # of the block's breadth: a line that leaves more empty ends on purpose
_SENTENCE_ENDS = tuple(".!?:;…")
_FIGURES = "£€$¥₹0123456789"
_CLOSERS = "\"'”’»)]"  # noqa: RUF001 - quotation marks


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that make one paragraph.

    Attributes:
        lines: Never empty.
        page: Of its first line, from 1.
        opens: The first of its block; only such a one can be the rest of the paragraph before.
        running: A head, a foot or a page number, which belongs to no story.
        rest: Its end in later columns and on later pages, in order.
    """

    lines: tuple[Line, ...]
    page: int
    opens: bool = False
    running: bool = False
    rest: tuple[Paragraph, ...] = ()

    @property
    def last(self) -> Line:
        """The last line, wherever it stands."""
        return self.rest[-1].last if self.rest else self.lines[-1]


def leadings(block: Sequence[Line]) -> Counter[int]:
    """Count the distances from line to line of a block, for `usual`."""
    counts: Counter[int] = Counter()
    for before, line in pairwise(block):
        leading = (line.bottom - before.bottom) / line.size
        if leading <= _LEADING_MOST and not (before.is_row or line.is_row):
            counts[round(leading * _LEADING_BINS)] += 1
    return counts


def usual(counts: Counter[int]) -> float:
    """Return the most frequent distance from line to line, in type sizes."""
    if not counts:
        return _LEADING_DEFAULT
    return min(counts, key=lambda bin_: (-counts[bin_], bin_)) / _LEADING_BINS


def paragraphs_of(block: Sequence[Line], page: int, own: float, leading: float) -> list[Paragraph]:
    """Part the lines of one block.

    Args:
        block: From top to bottom.
        page: Page number from 1.
        own: The block's usual distance from line to line, in type sizes.
        leading: That of the document.
    """
    loose = _LEADING_LOOSE * (max(leading, own) if own <= _LEADING_BLOCK else leading)
    edges = _Edges(_left(block), max(line.x1 for line in block))
    parted: list[list[Line]] = []
    for line in block:
        if parted and not _starts(parted[-1], line, edges, loose):
            parted[-1].append(line)
        else:
            parted.append([line])
    return [Paragraph(tuple(lines), page, opens=not n) for n, lines in enumerate(parted)]


@dataclass(frozen=True, slots=True)
class _Edges:
    """Where most lines of a block begin, and where the longest ends."""

    left: float
    right: float


def _left(block: Sequence[Line]) -> float:
    starts = Counter(round(line.x0) for line in block)
    return min(starts, key=lambda x: (-starts[x], x))


def _starts(paragraph: Sequence[Line], line: Line, edges: _Edges, loose: float) -> bool:
    """Tell whether `line` begins a new paragraph after the lines of `paragraph`."""
    before = paragraph[-1]
    ended = ends_sentence(before)
    return (
        before.is_row
        or line.is_row
        or line.bottom - before.bottom > loose * max(line.size, before.size)
        or abs(line.size - before.size) > _SIZE * before.size
        or _is_heading(paragraph, line)
        or (line.bullet is not None and (ended or not line.is_numbered))
        or _is_indented(paragraph, line, edges)
        or _leaves_room(before, line, edges, ended=ended)
    )


def _is_heading(paragraph: Sequence[Line], line: Line) -> bool:
    """Tell whether bold type ends or begins here, as whole lines."""
    return all(before.bold for before in paragraph) != line.bold and (
        line.bold or not line.text[:1].islower()
    )


def _is_indented(paragraph: Sequence[Line], line: Line, edges: _Edges) -> bool:
    """Tell whether the line stands in from the left edge as a first line does.

    Lines after a bullet hang in, and centred lines begin anywhere; neither begin a paragraph.
    """
    before = paragraph[-1]
    indent = (line.x0 - edges.left) / line.size
    if not _INDENT <= indent <= _INDENT_MOST or _hangs(paragraph[0], line):
        return False
    return abs(before.x0 - edges.left) < _INDENT * line.size / 2


def _hangs(first: Line, line: Line) -> bool:
    """Tell whether the line stands under the text after a bullet or a number."""
    after = first.words[1].x0 if len(first.words) > 1 else first.x0
    return first.bullet is not None or abs(line.x0 - after) < _INDENT * line.size / 2


def _leaves_room(before: Line, line: Line, edges: _Edges, *, ended: bool) -> bool:
    """Tell whether the line before ends although the next word had room on it."""
    room = edges.right - before.x1
    first = line.words[0]
    needed = first.x1 - first.x0 + line.size
    if ended:
        return room > needed and not line.text[0].islower()
    return room > needed + _ROOM * (edges.right - edges.left) and not line.text[0].islower()


def ends_sentence(line: Line) -> bool:
    """Tell whether the line ends with the end of a sentence or of a lead-in."""
    return line.words[-1].text.rstrip(_CLOSERS).endswith(_SENTENCE_ENDS)


def join(paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    """Join what goes on in the next column or on the next page.

    Heads, feet and page numbers in between stay whole, behind the paragraph or the rows of a table
    that they interrupt.

    Args:
        paragraphs: In reading order.
    """
    joined: list[Paragraph] = []
    running: list[Paragraph] = []
    body: Paragraph | None = None
    for paragraph in paragraphs:
        if paragraph.running:
            running.append(paragraph)
        elif body and paragraph.opens and _goes_on(body, paragraph):
            body = joined[-1] = replace(body, rest=(*body.rest, paragraph))
        else:
            if not (body and body.last.is_row and paragraph.lines[0].is_row):
                joined += running
                running = []
            body = paragraph
            joined.append(paragraph)
    return joined + running


def _goes_on(before: Paragraph, after: Paragraph) -> bool:
    """Tell whether `after` is the rest of `before`.

    Beyond a gutter nothing is joined that would make a number: `gave 5` beside `million patients`.
    """
    end, start = before.last, after.lines[0]
    last, first = end.words[-1].text, start.words[0].text
    if (
        end.is_row
        or start.is_row
        or start.bullet is not None
        or ends_sentence(end)
        or abs(end.size - start.size) > _SIZE * end.size
        or end.bold != start.bold
    ):
        return False
    if _page_of_end(before) == after.page and any(c in _FIGURES for c in last):
        return False
    return first[0].islower() or (len(before.lines) > 1 and first[0] in _FIGURES)


def _page_of_end(paragraph: Paragraph) -> int:
    return paragraph.rest[-1].page if paragraph.rest else paragraph.page
