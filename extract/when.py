"""Expressions of when in any text, with or without money, as records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from extract.analysis import Analysis, mask
from extract.grammar.calendar import Context
from extract.grammar.timeframes import FoundTimeframe, find_timeframes
from extract.groups import Found
from extract.rulebook import AMOUNT_MASK
from extract.rulefiles import Rulebook
from records.mention import Timeframe
from records.span import Span

# What a bare expression (`2008 to 2009`, `three years`) is read behind, as its rule needs a head.
_LEADS = ("in ", "over ", "for ", "over the ", "for the ", "during the ")
# A piece that is longer is a sentence, no bare expression.
_LONGEST_BARE = 60


def timeframes(
    text: str, published: date | None, country: str, book: Rulebook | None = None
) -> list[Timeframe]:
    """Return the timeframes of a text in order.

    Args:
        text: The text; offsets count its code points.
        published: Publication day; None when unknown.
        country: ISO 3166 alpha-2.
        book: The rules; None for Earmark's own.
    """
    analysis = Analysis.of(text, published, country, book)
    amounts = [Found(i, a.start, a.end, a.rule) for i, a in enumerate(analysis.amounts)]
    masked = mask(analysis.text, amounts, AMOUNT_MASK)
    context = Context(published, country)
    found: list[FoundTimeframe] = []
    for sentence in analysis.sentences:
        inside = find_timeframes(masked, sentence.start, sentence.end, context, analysis.book)
        found += inside or _bare(masked, sentence.start, sentence.end, context, analysis)
    return [
        Timeframe(Span.of(text, t.start, t.end), t.duration, t.days.first, t.days.last)
        for t in found
    ]


def _bare(
    masked: str, start: int, end: int, context: Context, analysis: Analysis
) -> Iterator[FoundTimeframe]:
    """Read a sentence, or what stands behind its colon, that is nothing but an expression."""
    colon = masked.rfind(": ", start, end)
    begin = start if colon < 0 else colon + 2
    piece = masked[begin:end].strip()
    begin = masked.index(piece, begin)
    piece = piece.rstrip(" .,;)")
    if not piece or len(piece) > _LONGEST_BARE:
        return
    for lead in _LEADS:
        text = lead + piece
        for found in find_timeframes(text, 0, len(text), context, analysis.book):
            if found.start == 0 and found.end == len(text):
                yield replace(found, start=begin, end=begin + len(piece), parts=())
                return
