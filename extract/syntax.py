"""The parse of a trained pipeline that the user has installed, asked where rules must guess.

Without one there is no `Syntax`, and rules decide by their own words. With one, every sentence
that holds money is parsed once, the first time a rule asks. Only plain values are kept, so nothing
of spaCy's outlives the memory zone and no vocabulary grows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from extract.sentences import Sentences
from records.errors import PipelineError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Token

# Components whose work no rule asks for.
_UNUSED = ("ner", "lemmatizer", "entity_linker", "entity_ruler", "textcat", "textcat_multilabel")
_PROBE = "The council gave money to schools."
_VERBS = frozenset({"VERB", "AUX"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "nsubj:pass", "csubj"})
# What hangs on a verb that has the subject of the verb above it.
_SHARING = frozenset({"aux", "auxpass", "aux:pass", "conj", "xcomp"})
_RELATIVE = frozenset({"which", "who", "that"})
# What behind its noun is part of a noun phrase; clauses and asides are not.
_PAUSES = frozenset({",", "-", "("})
_CLAUSES = frozenset({"relcl", "acl", "acl:relcl"})
_BARE = frozenset({"conj", "compound", "flat", "nummod", "case"})
_INSIDE = _BARE | {"prep", "nmod", "pobj", "amod", "poss"}


@dataclass(frozen=True, slots=True)
class Word:
    """One token of a parsed sentence.

    Attributes:
        start: First code point in the text.
        end: One past the last.
        text: As it stands, in lower case.
        pos: Part of speech (universal).
        dep: What it is to its head.
        head: Index of its head in the sentence; its own at a root.
        left: Index of the first word below it.
        right: Index of the last.
        children: Indexes of the words that hang on it, in order.
    """

    start: int
    end: int
    text: str
    pos: str
    dep: str
    head: int
    left: int
    right: int
    children: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Trained:
    """A trained pipeline.

    Attributes:
        nlp: It, without what is not needed.
        version: Its name and version, as a run records them.
    """

    nlp: Language
    version: str

    def parse(self, texts: Sequence[tuple[str, int]]) -> list[tuple[Word, ...]]:
        """Return the words of each sentence, given as its text and where it starts."""
        with self.nlp.memory_zone():
            docs = self.nlp.pipe([text for text, _ in texts])
            return [
                tuple(_word(token, start) for token in doc)
                for doc, (_, start) in zip(docs, texts, strict=True)
            ]


def _word(token: Token, start: int) -> Word:
    return Word(
        start + token.idx,
        start + token.idx + len(token),
        token.lower_,
        token.pos_,
        token.dep_,
        token.head.i,
        token.left_edge.i,
        token.right_edge.i,
        tuple(child.i for child in token.children),
    )


@cache
def trained(name: str) -> Trained:
    """Load a trained pipeline by the name of its package or by its path.

    Raises:
        PipelineError: It is not installed, cannot be loaded, or has no tagger or no parser.
    """
    try:
        nlp: Language = import_module("spacy").load(name, exclude=_UNUSED)
        with nlp.memory_zone():
            doc = nlp(_PROBE)
            lacking = [what for what in ("POS", "DEP") if not doc.has_annotation(what)]
    except Exception as error:  # any code of a package can run here
        raise PipelineError(_why_not(name, error)) from error
    if lacking:
        what = {"POS": "tagger (parts of speech)", "DEP": "parser (dependencies)"}[lacking[0]]
        raise PipelineError(
            f"the spaCy pipeline {name!r} has no {what}; give one that has, such as en_core_web_sm"
        )
    meta = nlp.meta
    return Trained(nlp, f"{meta['lang']}_{meta['name']} {meta['version']}")


def _why_not(name: str, error: Exception) -> str:
    if isinstance(error, OSError) and "[E050]" in str(error):
        return (
            f"there is no spaCy pipeline {name!r}, neither an installed package nor a folder; "
            f"install it (python -m spacy download {name}), or leave --pipeline away"
        )
    first = str(error).strip().splitlines()[:1]
    return (
        f"the spaCy pipeline {name!r} cannot be loaded ({type(error).__name__}: "
        f"{''.join(first)}); install it anew (python -m spacy download {name}), or leave "
        "--pipeline away"
    )


class Syntax:
    """The parse of one document's sentences that hold money.

    Attributes:
        decided: Phrases that rules took from the parse.
    """

    def __init__(
        self, trained: Trained, text: str, sentences: Sentences, places: Sequence[int]
    ) -> None:
        """Parse the sentences of a folded text that hold any of `places`, once asked."""
        self._trained = trained
        self._text = text
        self._sentences = sentences
        self._places = places
        self.decided: set[tuple[int, int]] = set()
        self._parsed: dict[int, tuple[Word, ...]] | None = None

    def is_verb(self, position: int) -> bool | None:
        """Tell whether the word at an offset is a verb; None where it is neither."""
        found = self._at(position)
        if found is None:
            return None
        word = found[0][found[1]]
        if word.dep == "npadvmod" or word.pos not in _VERBS | _NOUNS:  # `today` is no noun here
            return None
        return word.pos in _VERBS

    def subject(self, position: int) -> tuple[int, int] | None:
        """Return the noun phrase that is the subject of a verb; None when unclear."""
        found = self._at(position)
        if found is None or found[0][found[1]].pos not in _VERBS:
            return None
        words, verb = found
        for _ in words:
            for child in words[verb].children:
                if words[child].dep in _SUBJECTS and child < found[1]:
                    return self._named(words, child, verb)
            if words[verb].dep not in _SHARING or words[verb].head == verb:
                return None
            verb = words[verb].head
        return None

    def phrase(self, position: int) -> tuple[int, int] | None:
        """Return the noun phrase that begins at an offset, without clauses and asides behind it."""
        found = self._at(position)
        if found is None:
            return None
        words, first = found
        head = first
        while (parent := words[head].head) != head and words[parent].left == first:
            if words[parent].pos in _VERBS:
                break
            head = parent
        if words[head].pos not in _NOUNS:
            return None
        return words[first].start, words[_last(words, head, _BARE)].end

    def _named(self, words: tuple[Word, ...], subject: int, verb: int) -> tuple[int, int] | None:
        """Return a subject's phrase; for a relative pronoun that of the noun it goes on about."""
        if words[subject].text in _RELATIVE:
            if words[verb].dep not in {"relcl", "acl:relcl"}:
                return None
            subject = words[verb].head
        if words[subject].pos not in _NOUNS | {"PRON", "VERB"}:
            return None
        return _extent(words, subject)

    def _at(self, position: int) -> tuple[tuple[Word, ...], int] | None:
        """Return the parsed sentence that holds an offset, and the index of the word there."""
        if self._parsed is None:
            self._parsed = self._parse()
        words = self._parsed.get(self._sentences.at(position), ())
        index = bisect_right(words, position, key=lambda word: word.start) - 1
        if index < 0 or position >= words[index].end:
            return None
        return words, index

    def _parse(self) -> dict[int, tuple[Word, ...]]:
        numbers = sorted({self._sentences.at(place) for place in self._places})
        texts = [
            (self._text[sentence.start : sentence.end].replace("\n", " "), sentence.start)
            for sentence in map(self._sentences.__getitem__, numbers)
        ]
        return dict(zip(numbers, self._trained.parse(texts), strict=True))


def _extent(words: tuple[Word, ...], head: int) -> tuple[int, int]:
    """Return a noun phrase from its first word to the last that belongs to it."""
    return words[words[head].left].start, words[_last(words, head, _INSIDE)].end


def _last(words: tuple[Word, ...], head: int, inside: frozenset[str]) -> int:
    """Return the last word of a phrase; a clause behind a comma is no part of it."""
    last = head
    for child in words[head].children:
        word = words[child]
        if child < head:
            continue
        if word.dep in _CLAUSES and words[word.left - 1].text not in _PAUSES:
            last = max(last, word.right)
        elif word.dep in inside or word.text == "of":
            last = max(last, _last(words, child, _INSIDE))
    return last
