"""Blocks and sentences of a folded text, by layout and punctuation alone.

A block is a paragraph, a heading, a list item or one line of a page whose lines are short. A single
line break inside a wrapped paragraph does not end its sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, overload

from extract.rulebook import Pattern

Shape = Literal["prose", "heading", "item"]

_BULLET = re.compile(
    r"\s*(?:[-*+•o‣◦▪]\s+|\(?[0-9]{1,2}[.)]\s+|\(?[a-z][.)]\s+|\(?[ivx]{1,4}\)\s+)"
)
_HEADING_MARK = re.compile(r"\s{0,3}#{1,6}\s")
# Begins only at the head of a run of spaces: trying each of a million would take quadratic time.
_LINE = re.compile(r"(?<![^\S\n])[^\S\n]*+[^\s][^\n]*")
# A line that begins with none of these is neither a list item nor a heading with a mark.
_MARKS = frozenset("-*+•o‣◦▪(0123456789#abcdefghijklmnopqrstuvwxyz")
_END = re.compile(r"[.!?…]+[\"')\]]*(?:(?=\s+[\"'(\[]*[A-Z0-9£€$₹•])|\s*$)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gov|Sen|Rep|Hon|Rev|St|Lt|Col|Gen|Sgt|Jr|Sr|vs|etc|approx|cf|No|Nos|Inc|Ltd"
    r"|Co|Corp|Dept|Fig|pp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Rs|Cllr|Rt|Ave|Messrs|viz|est)"
    r"|\b[A-Z]|\be\.g|\bi\.e|\b[Uu]\.[Ss]|\b[Uu]\.[Kk]|\bp\.a|\bca?)\.$"
)
# A line shorter than this that ends without a stop is a heading or a label, not a wrapped line.
_WRAPPED = (45, 130)
_MAX_HEADING = 140
# Nothing a person wrote as one sentence is longer; what is, is cut, so that rules stay linear.
_MAX_SENTENCE = 900


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, heading or list item.

    Attributes:
        start: First code point, white space and bullets left out.
        end: One past the last.
        block: Number of its block; neighbours in one paragraph share it.
        shape: `heading` for a block without a full stop, `item` for a list item, else `prose`.
        lead: Start of the sentence that introduces the list it belongs to; None outside lists.
    """

    start: int
    end: int
    block: int
    shape: Shape
    lead: int | None = None


class Sentences(Sequence[Sentence]):
    """The sentences of a text in order; every non-blank line is in exactly one.

    Offsets are found at once, each sentence is made when it is asked for: most are not.
    """

    def __init__(self, text: str) -> None:
        """Split a folded text."""
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._blocks: list[int] = []
        self._shapes: list[Shape] = []
        self._leads: list[int | None] = []
        self._made: dict[int, Sentence] = {}
        lead: int | None = None
        for number, (start, end, is_item) in enumerate(_blocks(text)):
            spans = _sentences(text, start, end)
            if not spans:
                continue
            shape: Shape = "prose"
            if is_item:
                shape = "item"
            elif len(spans) == 1 and end - start <= _MAX_HEADING:
                shape = "prose" if text[spans[-1][1] - 1] in ".!?:\"')" else "heading"
            for first, last in spans:
                self._starts.append(first)
                self._ends.append(last)
                self._blocks.append(number)
                self._shapes.append(shape)
                self._leads.append(lead if is_item else None)
            if not is_item:
                lead = spans[-1][0]

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, index: int) -> Sentence: ...
    @overload
    def __getitem__(self, index: slice) -> list[Sentence]: ...
    def __getitem__(self, index: int | slice) -> Sentence | list[Sentence]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        if index < 0:
            index += len(self)
        sentence = self._made.get(index)
        if sentence is None:
            sentence = Sentence(
                self._starts[index],
                self._ends[index],
                self._blocks[index],
                self._shapes[index],
                self._leads[index],
            )
            self._made[index] = sentence
        return sentence

    def at(self, position: int) -> int:
        """Return the index of the sentence that holds or precedes `position`."""
        return max(0, bisect_right(self._starts, position) - 1)

    def block_of(self, index: int) -> tuple[int, int]:
        """Return the indexes of the first and the last sentence of a sentence's block."""
        block = self._blocks[index]
        return bisect_left(self._blocks, block), bisect_right(self._blocks, block) - 1

    def beginning(self, pattern: Pattern, text: str) -> list[int]:
        """Return the indexes of the sentences of a text at whose head a pattern matches."""
        match = pattern.match
        return [
            index
            for index, (start, end) in enumerate(zip(self._starts, self._ends, strict=True))
            if match(text, start, end)
        ]


def sentence_at(sentences: Sentences, position: int) -> int:
    """Return the index of the sentence that holds or precedes `position`."""
    return sentences.at(position)


def _blocks(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield `(start, end, is a list item)` of every block, bullets and heading marks cut off."""
    first = last = -1  # of the open block; -1 where none is open
    item = False
    for match in _LINE.finditer(text):
        start, line = match.start(), match.group()
        bare = line.strip()
        end = start + len(line.rstrip())
        start = end - len(bare)
        mark = None
        if bare[0] in _MARKS:
            bullet = _BULLET.match(text, match.start(), match.end())
            mark = bullet or _HEADING_MARK.match(text, match.start(), match.end())
        if first >= 0:
            # Only one line break between them: no blank line ends the block.
            joins = mark is None and text.count("\n", last, match.start()) == 1
            if joins and _wraps(text, (first, last), bare):
                last = end
                continue
            yield first, last, item
            first = -1
        if mark:
            item, start = mark.re is _BULLET, mark.end()
        else:
            item = False
        if start < end:
            first, last = start, end
    if first >= 0:
        yield first, last, item


def _wraps(text: str, block: tuple[int, int], following: str) -> bool:
    """Tell whether the line after a block goes on with it: a wrapped line, not a new one."""
    last_line = (
        text[text.rfind("\n", block[0], block[1]) + 1 : block[1]] or text[block[0] : block[1]]
    )
    shortest, longest = _WRAPPED
    if not shortest <= len(last_line) <= longest:
        return False
    return last_line[-1] not in ".!?:" or following[0].islower()


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    begin = start
    for match in _END.finditer(text, start, end):
        stop = match.end()
        if stop < end and _ABBREVIATION.search(text, max(begin, match.start() - 8), stop):
            continue
        if stop - begin > _MAX_SENTENCE:
            spans += _bounded(text, begin, stop)
        else:
            spans.append((begin, stop))
        begin = stop
        while begin < end and text[begin].isspace():
            begin += 1
    if begin < end:
        spans += _bounded(text, begin, end)
    return spans


def _bounded(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a span that is longer than a sentence can be, at white space where there is any."""
    while end - begin > _MAX_SENTENCE:
        cut = text.rfind(" ", begin + 1, begin + _MAX_SENTENCE)
        cut = cut if cut > begin else begin + _MAX_SENTENCE
        if text[begin:cut].strip():
            yield begin, begin + len(text[begin:cut].rstrip())
        begin = cut
        while begin < end and text[begin].isspace():
            begin += 1
    if begin < end:
        yield begin, begin + len(text[begin:end].rstrip())
