"""Who speaks a quotation, by what stands before it, behind it, or before the paragraph it opens."""

from __future__ import annotations

import re

from extract.analysis import Analysis
from extract.sentences import Sentence, sentence_at
from extract.speakers import Bounds, behind, lead_speaker, said_in, speaker_of

_MARK = re.compile('"')
# No paragraph and no quotation in one is longer: what stands further off is not looked at.
_LONGEST = 4_000
# A quotation that runs over paragraphs is followed back over so many of them.
_PARAGRAPHS = 4


def quoted_speaker(analysis: Analysis, position: int) -> tuple[Bounds, str] | None:
    """Return who speaks the quotation that holds `position`; None outside one, or when unclear."""
    sentences, text = analysis.sentences, analysis.text
    index = sentence_at(sentences, position)
    first, last = sentences.block_of(index)
    start = max(sentences[first].start, position - _LONGEST)
    end = min(sentences[last].end, position + _LONGEST)
    marks = [match.start() for match in _MARK.finditer(text, start, end)]
    before = [place for place in marks if place < position]
    if len(before) % 2 == 0:
        return None
    opening = before[-1]
    closing = next((place for place in marks if place >= position), end)
    holder = analysis.sentence_of(min(closing, end - 1))
    if bounds := behind(analysis, holder, closing, holder.end):
        return bounds, "attribution.said-behind"
    opener = sentence_at(sentences, opening)
    if found := speaker_of(analysis, sentences[opener], opening, opening):
        return found
    follower = sentence_at(sentences, closing) + 1
    for near in (opener - 1, follower):
        if first <= near <= last and (found := _said_in(analysis, sentences[near])):
            return found
    return _above(analysis, first) if opening <= start + 1 else None


def _said_in(analysis: Analysis, sentence: Sentence) -> tuple[Bounds, str] | None:
    return speaker_of(analysis, sentence, sentence.start, sentence.start)


def _goes_on(analysis: Analysis, last: Sentence) -> tuple[Bounds, str] | None:
    """Return who speaks at the end of the paragraph before one that is a quotation alone."""
    found = said_in(analysis, last, last.end)
    return (found, "attribution.goes-on") if found else None


def _above(analysis: Analysis, first: int) -> tuple[Bounds, str] | None:
    """Return the speaker of a quotation that the paragraphs before did not close."""
    for _ in range(_PARAGRAPHS):
        if first == 0:
            return None
        if found := lead_speaker(analysis, first - 1):
            return found
        sentences = analysis.sentences
        start, end = sentences.block_of(first - 1)
        text = analysis.text[sentences[start].start : sentences[end].end]
        if text.count('"') % 2 == 0:
            return _goes_on(analysis, sentences[end])
        for near in range(end, start - 1, -1):
            if '"' in analysis.text[sentences[near].start : sentences[near].end] and (
                found := _said_in(analysis, sentences[near])
            ):
                return found
        first = start
    return None
