"""Blocks and sentences of a folded text, by layout and punctuation alone.

A block is a paragraph, a heading, a list item or one line of a page whose lines are short. A single
line break inside a wrapped paragraph does not end its sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Shape = Literal["prose", "heading", "item"]

_BULLET = re.compile(
    r"\s*(?:[-*+•o‣◦▪]\s+|\(?[0-9]{1,2}[.)]\s+|\(?[a-z][.)]\s+|\(?[ivx]{1,4}\)\s+)"
)
_HEADING_MARK = re.compile(r"\s{0,3}#{1,6}\s")
_LINE = re.compile(r"[^\n]*\n?")
_END = re.compile(r"[.!?…]+[\"')\]]*(?=\s+[\"'(\[]*[A-Z0-9£€$₹•])|[.!?…]+[\"')\]]*\s*$")
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


def split(text: str) -> list[Sentence]:
    """Split a folded text into sentences in order; every non-blank line is in exactly one."""
    sentences: list[Sentence] = []
    lead: int | None = None
    for number, (start, end, is_item) in enumerate(_blocks(text)):
        spans = _sentences(text, start, end)
        if not spans:
            continue
        stopped = text[spans[-1][1] - 1] in ".!?:\"')"
        shape: Shape = "prose"
        if is_item:
            shape = "item"
        elif len(spans) == 1 and not stopped and end - start <= _MAX_HEADING:
            shape = "heading"
        holder = lead if is_item else None
        sentences += [Sentence(a, b, number, shape, holder) for a, b in spans]
        if not is_item:
            lead = spans[-1][0]
    return sentences


def sentence_at(sentences: list[Sentence], position: int) -> int:
    """Return the index of the sentence that holds or precedes `position`."""
    return max(0, bisect_right(sentences, position, key=lambda s: s.start) - 1)


def _blocks(text: str) -> list[tuple[int, int, bool]]:
    """Return `(start, end, is a list item)` of every block, bullets and heading marks cut off."""
    blocks: list[tuple[int, int, bool]] = []
    open_block: tuple[int, int, bool] | None = None
    for match in _LINE.finditer(text):
        line = match.group()
        if not line:
            break
        bare = line.strip()
        bullet = _BULLET.match(line) if bare else None
        heading = _HEADING_MARK.match(line) if bare else None
        joins = open_block is not None and bare and not bullet and not heading
        if joins and open_block is not None and _wraps(text, open_block, bare):
            open_block = (open_block[0], match.start() + len(line.rstrip()), open_block[2])
            continue
        if open_block:
            blocks.append(open_block)
            open_block = None
        if bare:
            mark = bullet or heading
            offset = mark.end() if mark else len(line) - len(line.lstrip())
            if offset < len(line.rstrip()):
                end = match.start() + len(line.rstrip())
                open_block = (match.start() + offset, end, bool(bullet))
    if open_block:
        blocks.append(open_block)
    return blocks


def _wraps(text: str, block: tuple[int, int, bool], following: str) -> bool:
    """Tell whether the line after a block goes on with it: a wrapped line, not a new one."""
    last_line = (
        text[text.rfind("\n", block[0], block[1]) + 1 : block[1]] or text[block[0] : block[1]]
    )
    shortest, longest = _WRAPPED
    if not shortest <= len(last_line) <= longest:
        return False
    return last_line[-1] not in ".!?:" or following[0].islower()


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans, begin = [], start
    for match in _END.finditer(text, start, end):
        if match.end() < end and _ABBREVIATION.search(
            text, max(begin, match.start() - 8), match.end()
        ):
            continue
        spans.append((begin, match.end()))
        begin = match.end()
    if text[begin:end].strip():
        spans.append((begin, end))
    trimmed = []
    for a, b in _bounded(text, spans):
        piece = text[a:b]
        first = a + len(piece) - len(piece.lstrip())
        last = b - (len(piece) - len(piece.rstrip()))
        if first < last:
            trimmed.append((first, last))
    return trimmed


def _bounded(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Cut spans that are longer than a sentence can be, at white space where there is any."""
    for start, end in spans:
        begin = start
        while end - begin > _MAX_SENTENCE:
            cut = text.rfind(" ", begin + 1, begin + _MAX_SENTENCE)
            cut = cut if cut > begin else begin + _MAX_SENTENCE
            yield begin, cut
            begin = cut
        yield begin, end
