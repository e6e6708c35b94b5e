"""What every component looks at: the folded text, its sentences, and the text with money masked.

Computed once per Doc and kept in its `user_data`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from spacy.tokens import Doc

from extract.grammar.amounts import FoundAmount, find_amounts
from extract.grammar.fold import fold
from extract.groups import Found, read
from extract.rulebook import TIMEFRAME_MASK
from extract.sentences import Sentence, sentence_at, split

_KEY = "earmark"


@dataclass(slots=True)
class Analysis:
    """One document's text as rules read it.

    Attributes:
        text: Folded; same offsets as the document's text.
        sentences: In order.
        published: Publication day; None when unknown.
        country: ISO 3166 alpha-2.
        amounts: Every amount as its own characters give it.
        masked: `text` with amounts and timeframes replaced, code point for code point.
    """

    text: str
    sentences: list[Sentence]
    published: date | None
    country: str
    amounts: list[FoundAmount]
    masked: str = ""

    @classmethod
    def of(cls, text: str, published: date | None, country: str) -> Analysis:
        """Look at one document's text."""
        folded = fold(text)
        amounts = find_amounts(folded, country)
        return cls(folded, split(folded), published, country, amounts, folded)

    def sentence_of(self, position: int) -> Sentence:
        """Return the sentence that holds `position`."""
        return self.sentences[sentence_at(self.sentences, position)]


def set_analysis(doc: Doc, analysis: Analysis) -> None:
    """Give the components an analysis of the Doc's text, with its publication day and country."""
    doc.user_data[_KEY] = analysis


def analysis_of(doc: Doc) -> Analysis:
    """Return the document's analysis, made on first use for GB and no publication day."""
    kept = doc.user_data.get(_KEY)
    if isinstance(kept, Analysis):
        return kept
    analysis = Analysis.of(doc.text, None, "GB")
    doc.user_data[_KEY] = analysis
    return analysis


def mask(text: str, found: list[Found], character: str) -> str:
    """Replace each found span by as many mask characters."""
    pieces, position = [], 0
    for item in sorted(found, key=lambda f: f.start):
        if item.start >= position:
            pieces += [text[position : item.start], character * (item.end - item.start)]
            position = item.end
    pieces.append(text[position:])
    return "".join(pieces)


def mask_timeframes(doc: Doc) -> None:
    """Mask the timeframes that stand on the Doc, beside the amounts."""
    analysis = analysis_of(doc)
    analysis.masked = mask(analysis.masked, read(doc, "timeframe_all"), TIMEFRAME_MASK)
