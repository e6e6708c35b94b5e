"""What every component looks at: the folded text, its sentences, and the text with money masked.

Computed once per Doc and kept in its `user_data`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from extract.grammar.amounts import FoundAmount, find_amounts
from extract.grammar.fold import fold, lower_case
from extract.groups import Found, Page, read
from extract.needs import Keys, keys_of
from extract.rulebook import TIMEFRAME_MASK, Rule
from extract.rulefiles import Rulebook, rulebook
from extract.sentences import Sentence, Sentences
from extract.syntax import Syntax

if TYPE_CHECKING:
    from spacy.tokens import Doc

_KEY = "earmark"


@dataclass(frozen=True, slots=True)
class Window:
    """One sentence's masked text.

    Attributes:
        start: Its first code point in the document.
        text: As it stands.
        lower: In lower case, code point for code point.
        keys: Keys of its words.
    """

    start: int
    text: str
    lower: str
    keys: Keys

    @classmethod
    def of(cls, text: str, start: int) -> Window:
        """Look at one sentence."""
        lower = lower_case(text)
        return cls(start, text, lower, keys_of(lower))


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
        book: The rules to read it by.
        kept: What a module found in a sentence and will ask for again, by its name and start.
        syntax: The parse of a trained pipeline; None without one.
    """

    text: str
    sentences: Sentences
    published: date | None
    country: str
    amounts: list[FoundAmount]
    masked: str
    book: Rulebook
    kept: dict[tuple[str, int], Any] = field(default_factory=dict)
    syntax: Syntax | None = None
    _windows: dict[int, Window] = field(default_factory=dict)
    _rules: dict[tuple[str, int], list[Rule]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, text: str, published: date | None, country: str, book: Rulebook | None = None
    ) -> Analysis:
        """Look at one document's text; by Earmark's own rules where no book is given."""
        folded = fold(text)
        amounts = find_amounts(folded, country)
        return cls(
            folded, Sentences(folded), published, country, amounts, folded, book or rulebook()
        )

    def rules(self, name: str, sentence: Sentence) -> list[Rule]:
        """Return the rules of a file that this sentence can match, in order, looked up once."""
        place = (name, sentence.start)
        if place not in self._rules:
            self._rules[place] = self.book.rules(name).among(self.window(sentence).keys)
        return self._rules[place]

    def window(self, sentence: Sentence) -> Window:
        """Return a sentence as rules read it, made once."""
        window = self._windows.get(sentence.start)
        if window is None:
            window = Window.of(self.masked[sentence.start : sentence.end], sentence.start)
            self._windows[sentence.start] = window
        return window

    def forget_windows(self) -> None:
        """Look at sentences anew, since more of the text is masked."""
        self._windows.clear()
        self.kept.clear()
        self._rules.clear()

    def sentence_of(self, position: int) -> Sentence:
        """Return the sentence that holds `position`."""
        return self.sentences[self.sentences.at(position)]


def set_analysis(doc: Doc | Page, analysis: Analysis) -> None:
    """Give the components an analysis of the Doc's text, with its publication day and country."""
    doc.user_data[_KEY] = analysis


def analysis_of(doc: Doc | Page) -> Analysis:
    """Return the document's analysis, made on first use for GB and no publication day."""
    kept = doc.user_data.get(_KEY)
    if isinstance(kept, Analysis):
        return kept
    analysis = Analysis.of(doc.text, None, "GB")
    doc.user_data[_KEY] = analysis
    return analysis


def mask(text: str, found: Sequence[Found], character: str) -> str:
    """Replace each found span by as many mask characters."""
    pieces, position = [], 0
    for item in sorted(found, key=lambda f: f.start):
        if item.start >= position:
            pieces += [text[position : item.start], character * (item.end - item.start)]
            position = item.end
    pieces.append(text[position:])
    return "".join(pieces)


def mask_timeframes(doc: Doc | Page) -> None:
    """Mask the timeframes that stand on the Doc, beside the amounts."""
    analysis = analysis_of(doc)
    analysis.masked = mask(analysis.masked, read(doc, "timeframe_all"), TIMEFRAME_MASK)
    analysis.forget_windows()
