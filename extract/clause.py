"""The words of one sentence, and the nouns in them that decide a kind."""

from __future__ import annotations

import re

from extract.cues import Cue, small_words, vocabulary
from extract.rulebook import AMOUNT_MASK, TIMEFRAME_MASK
from extract.rulefiles import Rulebook

_WORD = re.compile(rf"{AMOUNT_MASK}+|{TIMEFRAME_MASK}+|[a-z][\w'-]*|\d[\w.,]*\w|[^\w\s]|\w")
# Two words with capitals, the second at the end: a name.
_NAME = re.compile(r"\b[A-Z][a-z'-]+ [A-Z][a-z]+\Z")
# How many pieces of a sentence a subject is looked for in.
_PIECES = 5
# How far a noun phrase goes, in words, before an amount and behind it.
PHRASE, RUN = 8, 5


class Phrases:
    """The words of one sentence and its noun phrases."""

    def __init__(self, text: str, lower: str, start: int, book: Rulebook) -> None:
        """Cut a sentence into words.

        Args:
            text: Its masked text.
            lower: The same in lower case.
            start: Where it begins in the document.
            book: The rules whose words count.
        """
        self._cues = vocabulary(book)
        self._small = small_words()
        self._words: list[str] = []
        self._at: dict[int, int] = {}
        for match in _WORD.finditer(lower):
            word = match.group()
            if word[0] == AMOUNT_MASK:
                self._at[start + match.start()] = len(self._words)
                word = AMOUNT_MASK
            elif word[-1] == "'" and len(word) > 1:
                word = word.rstrip("'")
            elif word in self._small.in_names and _NAME.search(text, 0, match.end()):
                word += "_"
            self._words.append(word if word[0] != TIMEFRAME_MASK else TIMEFRAME_MASK)

    def _noun_before(self, place: int) -> Cue | None:
        """Return the noun that `of` hangs on, else the one that the phrase before hangs on."""
        words, nouns = self._words, self._cues.noun
        for index in range(place, max(-1, place - PHRASE), -1):
            word = words[index]
            if word in ",;:()-" or word in {AMOUNT_MASK, "and", "but"}:
                return None
            pair = f"{words[index - 1]} {word}" if index else word
            if (cue := nouns.get(pair) or nouns.get(word)) and not self._aside(index):
                return self._whole_of(index - (pair in nouns)) or cue
        return None

    def _aside(self, place: int) -> bool:
        """Tell whether a noun only says what is left out: `a loss before tax of £5m`."""
        return any(word in self._small.aside for word in self._words[max(0, place - 2) : place])

    def _whole_of(self, place: int) -> Cue | None:
        """Return the noun that another hangs on: `an impairment of assets of £5m`."""
        for index in range(place - 1, max(-1, place - 3), -1):
            if self._words[index] in {"of", "in"}:
                pair, word = (
                    " ".join(self._words[max(0, index - 2) : index]),
                    self._words[index - 1],
                )
                cue = self._cues.noun.get(pair) or self._cues.noun.get(word)
                return cue if cue and cue.kind != "funding" else None
        return None

    def _subject_before(self, place: int) -> Cue | None:
        """Return the noun of the nearest piece of the sentence that holds more than small words."""
        end, pieces = place + 1, 0
        breaks = self._small.clause
        while end > 0 and pieces < _PIECES:
            start = end
            while start > 0 and self._words[start - 1] not in breaks:
                start -= 1
            if cue := self._noun(start, end):
                return cue
            aside = self._words[start - 1 : start] == self._words[end : end + 1] == [","]
            if any(self._is_content(word) for word in self._words[start:end]) and not aside:
                return None
            end, pieces = start - 1, pieces + 1
        return None

    def _is_content(self, word: str) -> bool:
        return word[0].isalpha() and word not in self._small.content_free

    def _noun(self, start: int, end: int, *, last: bool = False) -> Cue | None:
        """Return the head of the first noun phrase that holds a cue; its last cue is its head."""
        words, nouns = self._words, self._cues.noun
        prepositions, found = self._small.preposition, None
        skip_to = start
        for index in range(start, end):
            word = words[index]
            if index < skip_to:
                continue
            if word == "cost" and words[index + 1 : index + 3] == ["of", "living"]:
                skip_to = index + 3
                continue
            if found and not last and word in prepositions:
                return found
            pair = f"{word} {words[index + 1]}" if index + 1 < end else word
            if cue := nouns.get(pair):
                found, skip_to = cue, index + 2
            else:
                found = nouns.get(word) or found
        return found

    def _run_end(self, place: int) -> int:
        """Return where the run of nouns and adjectives at `place` ends."""
        words, stops = self._words, self._small.stop
        end, last = place, min(len(words), place + RUN)
        while end < last and words[end][0].isalpha() and words[end] not in stops:
            if words[end] in self._cues.behind and words[end] not in self._cues.noun:
                break
            single = self._cues.noun.get(words[end])
            end += 1
            funds = single and single.kind == "funding" and not words[end - 1].endswith("s")
            if funds and end < last and words[end] in self._small.verb_too:
                break
        return end

    def _head(self, start: int, end: int, *, modified: bool = True) -> Cue | None:
        words, nouns = self._words, self._cues.noun
        for index in range(end - 1, start - 1, -1):
            pair = f"{words[index - 1]} {words[index]}" if index > start else words[index]
            cue = nouns.get(pair) or nouns.get(words[index])
            if cue is None and modified:
                cue = self._cues.modified.get(words[index])
            if cue:
                vague = words[index] in self._small.container and index > start
                inner = nouns.get(words[index - 1]) if vague else None
                return inner if inner and inner.kind == "saving" else cue
        return None
