"""The text of a paged document, with the place of every word of it on its page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ingest.layout.columns import across, columns, cut, gutters_of
from ingest.layout.grid import NO_RULES, Rules, with_tables
from ingest.layout.lines import Line, lines_of
from ingest.layout.paragraphs import Paragraph, join, leadings, paragraphs_of, usual
from ingest.layout.running import sheets
from ingest.layout.words import PlacedWord
from records.layout import Layout

_HYPHENS = ("-", "\u2010", "\u00ad")
_DASHES = (*_HYPHENS, "\u2011", "\u2013", "\u2014")
# First parts that keep their hyphen where a line breaks after it, in compounds of money and time.
_FIRST_PARTS = frozenset(
    re.findall(
        r"\w+",
        """one two three four five six seven eight nine ten hundred thousand million billion pound
        cost long short high low well self non multi cross full part half mid co ex pre post year
        day month world large small front first second third""",
    )
)
_LETTERS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")  # noqa: RUF001 - apostrophe


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of one page.

    Attributes:
        height: Of the visible page.
        frames: One list for each direction of reading, the main one first.
        rules: The lines that are drawn on it.
    """

    height: float
    frames: tuple[tuple[PlacedWord, ...], ...]
    rules: Rules = NO_RULES


@dataclass(slots=True)
class _Text:
    """A text that grows, with its words' places."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    words: Layout = field(default_factory=Layout)

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def place(self, text: str, word: PlacedWord, page: int, after: str = "") -> None:
        end = self.length + len(text)
        self.words.add(self.length, end, page, word.box)
        self.parts += (text, after)
        self.length = end + len(after)


def flow(pages: Sequence[PageWords]) -> tuple[str, Layout, list[bool]]:
    """Return the running text of pages.

    Lines of a paragraph are joined by a space, paragraphs parted by a blank line. Cells of a row
    are parted by ` | `, so no sentence and no amount runs over a gap between columns.

    Returns:
        The text; its words in order, each with its page and box; and of each page, whether it has
        text besides heads, feet and page number.
    """
    apart = sheets([(page.frames[0] if page.frames else (), page.height) for page in pages])
    frames = [
        [cut(frame) for frame in (sheet.body, *page.frames[1:])]
        for page, sheet in zip(pages, apart, strict=True)
    ]
    gutters: set[float] = set().union(*(gutters_of(page[0]) for page in frames))
    blocks = [
        [
            with_tables(lines_of(block), page.rules)
            for place, frame in enumerate(page_frames)
            for block in (columns(frame, gutters) if gutters or place else across(frame))
        ]
        for page, page_frames in zip(pages, frames, strict=True)
    ]
    counts = [[leadings(block) for block in page] for page in blocks]
    leading = usual(sum((block for page in counts for block in page), Counter()))
    paragraphs: list[Paragraph] = []
    for number, (sheet, page) in enumerate(zip(apart, blocks, strict=True), 1):
        paragraphs += _running(sheet.heads, number)
        for block, counted in zip(page, counts[number - 1], strict=True):
            paragraphs += paragraphs_of(block, number, usual(counted), leading)
        paragraphs += _running(sheet.feet, number)
    text = _Text()
    vocabulary = _vocabulary(block for page in blocks for block in page)
    for paragraph in join(paragraphs):
        if text.length:
            text.add("\n\n")
        _write(paragraph, text, vocabulary)
    return "".join(text.parts), text.words, [bool(page) for page in blocks]


def _running(rows: Iterable[Sequence[PlacedWord]], page: int) -> list[Paragraph]:
    return [Paragraph(tuple(lines_of(row)), page, running=True) for row in rows]


def _vocabulary(blocks: Iterable[Sequence[Line]]) -> frozenset[str]:
    """Return every whole word of the document, in lower case: halves at line ends are none.

    Nobody asks for them where no line ends in a hyphen.
    """
    blocks = list(blocks)
    words: set[str] = set()
    if not any(line.words[-1].text.endswith(_HYPHENS) for block in blocks for line in block):
        return frozenset(words)
    for block in blocks:
        broken = False
        for line in block:
            texts = [word.text for word in line.words][broken:]
            broken = line.words[-1].text.endswith(_HYPHENS)
            whole = texts[:-1] if broken else texts
            words.update(_LETTERS.findall(" ".join(whole).lower()))
    return frozenset(words)


def _write(paragraph: Paragraph, text: _Text, vocabulary: frozenset[str]) -> None:
    """Append a paragraph, its rest on later pages included."""
    lines = [(line, part.page) for part in _parts(paragraph) for line in part.lines]
    for index, (line, page) in enumerate(lines):
        following = lines[index + 1][0].words[0].text if index + 1 < len(lines) else None
        last = line.words[-1]
        text.add(line.lead)
        for word, gap in zip(line.words, line.gaps, strict=False):
            text.place(word.text, word, page, gap)
        broken = following is not None and _drops_hyphen(last.text, following, vocabulary)
        text.place(last.text[:-1] if broken else last.text, last, page)
        text.add(line.tail)
        if following is not None and not (len(last.text) > 1 and last.text.endswith(_DASHES)):
            text.add(" ")


def _parts(paragraph: Paragraph) -> list[Paragraph]:
    return [paragraph, *(part for rest in paragraph.rest for part in _parts(rest))]


def _drops_hyphen(word: str, following: str, vocabulary: frozenset[str]) -> bool:
    """Tell whether the hyphen at a line's end only breaks the word.

    It stays after a digit (`£2.1-` `billion`), before a capital, and where the document itself, or
    the list of first parts, has the compound. A document that has both halves as words and nowhere
    the whole word means a compound, too.
    """
    if not word.endswith(_HYPHENS) or len(word) < 2 or not following[0].islower():  # noqa: PLR2004 - a letter and its hyphen
        return False
    if word.endswith("\u00ad"):
        return True
    first, rest = _LETTERS.findall(word[:-1].lower()), _LETTERS.findall(following.lower())
    if not first or not rest or not word[-2].isalpha():
        return False
    head, tail = first[-1], rest[0]
    if head + tail in vocabulary:
        return True
    compound = f"{head}-{tail}" in vocabulary or "-" in head or head in _FIRST_PARTS
    return not compound and not (head in vocabulary and tail in vocabulary)
