"""A text as its echoes keep it: its words without case, marks and house style, and its sums."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from store.echoes.style import folded, style

RUN = 5
"""Words in a row that two texts must share for them to count as the same passage.

Shorter runs are shared by any two articles on one subject; a longer one loses more words at each
change of an editor's.
"""
BESIDE = 4
"""Words on one side of a sum that make a key with it."""

_BREAK = re.compile(r"\n|[.!?\u2026][\"'\u201d\u2019)\]]*\s")


@dataclass(frozen=True)
class Sum:
    """An amount of a text.

    Attributes:
        start: Code points, half-open.
        end: Likewise.
        value: Currency and bounds as text; None where it has no bounds.
    """

    start: int
    end: int
    value: str | None


@dataclass(frozen=True)
class Wording:
    """The words of a text.

    Attributes:
        words: Folded; a sum is one word, however it was written.
        breaks: Places of words that begin a sentence or a line.
        facts: Places of names, numbers and sums.
        sums: The values of its sums.
        keys: Of every sum with the words before it, and with those behind it: 64-bit integers.
    """

    words: tuple[str, ...]
    breaks: frozenset[int]
    facts: frozenset[int]
    sums: frozenset[str]
    keys: frozenset[int]

    @cached_property
    def places(self) -> Mapping[tuple[str, ...], Sequence[int]]:
        """Every run of `RUN` words with the places where it begins."""
        found: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for place in range(len(self.words) - RUN + 1):
            found[self.words[place : place + RUN]].append(place)
        return dict(found)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word once."""
        return frozenset(self.words)

    def shared(self, other: Wording) -> list[bool]:
        """Tell of each word whether it stands in a run of words that the other text has too."""
        found = [False] * len(self.words)
        for run, places in self.places.items():
            if run in other.places:
                for place in places:
                    found[place : place + RUN] = [True] * RUN
        return found


def wording(text: str, sums: Sequence[Sum]) -> Wording:
    """Return the words of a text.

    Args:
        text: As it was read.
        sums: Its amounts, in the order of the text.
    """
    tokens = _tokens(text, sums)
    words = tuple(token.word for token in tokens)
    names = {token.word for token in tokens if token.capital and not token.begins}
    names -= style().calendar
    at = [place for place, token in enumerate(tokens) if token.is_sum]
    return Wording(
        words=words,
        breaks=frozenset(place for place, token in enumerate(tokens) if token.begins),
        facts=frozenset(
            place
            for place, token in enumerate(tokens)
            if token.is_sum
            or (token.capital and token.word in names)
            or any(letter.isdigit() for letter in token.word)
        ),
        sums=frozenset(one.value for one in sums if one.value is not None),
        keys=frozenset(
            _key(words[max(0, first) : last])
            for place in at
            for first, last in ((place - BESIDE, place + 1), (place, place + BESIDE + 1))
        ),
    )


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    capital: bool
    begins: bool
    is_sum: bool = False


def _tokens(text: str, sums: Sequence[Sum]) -> list[_Token]:
    tokens: list[_Token] = []
    waiting = list(reversed(sums))
    end = 0
    begins = True
    for match in style().token.finditer(text):
        while waiting and waiting[-1].start < match.end():
            one = waiting.pop()
            begins = begins or bool(_BREAK.search(text, end, one.start))
            value = one.value or folded(text[one.start : one.end])
            tokens.append(_Token(value, capital=False, begins=begins, is_sum=True))
            begins, end = False, one.end
        if match.start() < end:
            continue  # a part of a sum
        begins = begins or bool(_BREAK.search(text, end, match.start()))
        end = match.end()
        if word := folded(match[0]):
            tokens.append(_Token(word, match[0][0].isupper(), begins))
            begins = False
    return tokens


def _key(words: Sequence[str]) -> int:
    """Return the same number for the same words on every machine."""
    hashed = hashlib.blake2b("\0".join(words).encode(), digest_size=8).digest()
    return int.from_bytes(hashed, "big", signed=True)
