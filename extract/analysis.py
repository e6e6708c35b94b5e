"""What every component looks at: the folded text, its sentences, and the text with money masked.

Computed once per Doc and kept in its `user_data`, where publication day and country also stand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from spacy.tokens import Doc

from extract.grammar.fold import fold
from extract.groups import Found, read
from extract.rulebook import AMOUNT_MASK, TIMEFRAME_MASK
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
        masked: `text` with amounts and timeframes replaced, code point for code point.
    """

    text: str
    sentences: list[Sentence]
    published: date | None
    country: str
    masked: str = ""

    def sentence_of(self, position: int) -> Sentence:
        """Return the sentence that holds `position`."""
        return self.sentences[sentence_at(self.sentences, position)]


def set_context(doc: Doc, published: date | None, country: str) -> None:
    """Tell the components when and where the document was published."""
    doc.user_data[_KEY] = (published, country)


def analysis_of(doc: Doc) -> Analysis:
    """Return the document's analysis, computed on first use."""
    kept = doc.user_data.get(_KEY)
    if isinstance(kept, Analysis):
        return kept
    published, country = kept or (None, "GB")
    text = fold(doc.text)
    analysis = Analysis(text, split(text), published, country, text)
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


def mask_amounts(doc: Doc) -> None:
    """Mask the amounts that stand on the Doc."""
    analysis = analysis_of(doc)
    analysis.masked = mask(analysis.text, read(doc, "amount"), AMOUNT_MASK)


def mask_timeframes(doc: Doc) -> None:
    """Mask the timeframes as well."""
    analysis = analysis_of(doc)
    analysis.masked = mask(analysis.masked, read(doc, "timeframe_all"), TIMEFRAME_MASK)
