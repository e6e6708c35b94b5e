"""What sets an amount beside one before it, so that it is of the same kind."""

from __future__ import annotations

from extract.clause import PHRASE, Phrases
from extract.cues import Cue
from extract.rulebook import AMOUNT_MASK

COORDINATORS = {",", ";", "&", "and", "or", "plus"}
# With these the subject of a second clause begins that leaves its verb out.
_STARTS = {"the", "a", "an", "its", "their", "his", "her", "our", "others", "another", "one"}
_POINTING = {"this", "that", "these"}
# Between a subject and what it is not to fall below.
_PASSED = {"not", "to", "be", "allowed", "since"}

# How far before `at` the verb stands that puts something there, in words.
_PUT = 14


class Beside(Phrases):
    """The words of one sentence, and how its amounts go on from one another."""

    def _points_back(self) -> bool:
        """Tell whether the sentence begins with the sum before it: `Of this,`, `The rise, or`."""
        first, second, third = (*self._words[:3], "", "", "")[:3]
        if first == "of":
            told = second == "the" and third in self._small.goes_on
            return told or second in _POINTING or second == "it"
        if first == "the" and second in self._small.rest:
            return third in self._small.copula
        return second in self._small.goes_on or (
            first in _POINTING and second in self._small.copula
        )

    def _compared(self, at: int) -> int:
        """Return where the amount is set against one before it (`, up from about £5m`), or -1."""
        words, compared = self._words, self._small.compared
        for index in range(at - 1, max(0, at - PHRASE), -1):
            word = words[index]
            if word in compared or f"{words[index - 1]} {word}" in compared:
                return index if AMOUNT_MASK in words[:index] else -1
            if word == AMOUNT_MASK or not word[0].isalpha():
                return -1
        return -1

    def _more_than(self, at: int) -> bool:
        """Tell whether an amount says how much the one before it is more: `£9m, £2m more than`."""
        words = self._words
        if words[at + 1 : at + 2] != ["than"] and "than" not in words[at + 2 : at + 3]:
            return False
        before = words[max(0, at - PHRASE) : at]
        return AMOUNT_MASK in before and "," in before

    def _put_at(self, place: int) -> Cue | None:
        """Return the noun that somebody puts at the amount: `put the cost to farms at`."""
        words = self._words
        for index in range(place, max(-1, place - _PUT), -1):
            if words[index] in self._small.puts:
                behind = index < place
                return self._noun(index + 1, place + 1) if behind else self._noun_before(place - 1)
            if words[index] in ";:" or words[index] == AMOUNT_MASK:
                return None
        return None

    def _elliptic(self, place: int) -> bool:
        """Tell whether the verb of the amount before is left out: `and the dearest £5m`."""
        joined = False
        for index in range(place, max(-1, place - PHRASE), -1):
            word = self._words[index]
            if word == AMOUNT_MASK:
                return joined
            joined = (
                joined
                or word == "including"
                or ((word in COORDINATORS or word == "while") and self._words[index + 1] in _STARTS)
            )
            if not joined and (self._is_known(word) or word in self._small.preposition):
                return False
        return False

    def _is_known(self, word: str) -> bool:
        """Tell whether a word is a verb, opens a clause or decides a kind."""
        small, cues = self._small, self._cues
        return (
            word in small.clause
            or word in small.copula
            or word in small.link
            or word in cues.verb
            or word in cues.noun
            or word in cues.behind
            or word in cues.giving
            or word.endswith("ed")
        )

    def _said_of_it(self, place: int) -> bool:
        """Tell whether the amount is what `it` or `the figure` came to: `it fell to £5m`."""
        words = self._words
        for index in range(place, max(-1, place - PHRASE), -1):
            if words[index] in self._small.link or words[index] in self._cues.decrease:
                before = index - 1
                while before > 0 and self._small_not_figure(words[before]):
                    before -= 1
                pointed = before == 0 and words[before] in _POINTING
                return pointed or (before >= 0 and words[before] in self._small.figure)
            if words[index] in ";:" or words[index] == AMOUNT_MASK:
                return False
        return False

    def _small_not_figure(self, word: str) -> bool:
        small = word in self._small.skip or word in _PASSED
        return small and word not in self._small.figure and word not in _POINTING
