"""Look words up in another reading of their source: the same, moved, changed, gone, or who knows.

Words are a sentence, not the amount alone: `£5m` stands in many places and says nothing. White
space is not compared, and where the same words stand more than once only what stands around them
decides. Nothing is ever guessed: what two places fit equally well is ambiguous.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

AROUND = 40
"""Code points on each side that tell one place from another."""
NEARLY = 75.0
"""Likeness, of 100, from which words are nearly the same."""
CLEAR = 5.0
"""How much liker the likest words must be than the next."""
_SENTENCE = re.compile(r"[^\n]+?(?:[.!?…][\"'\u201d\u2019)]*(?=\s)|(?=\n)|\Z)")

Fate = Literal["exact", "moved", "changed", "gone", "ambiguous"]


@dataclass(frozen=True, slots=True)
class Fare:
    """What became of some words.

    Attributes:
        fate: In one word.
        words: Those that stand there now; empty where nothing like them does.
        start: Their offset in the other text; None without words.
    """

    fate: Fate
    words: str = ""
    start: int | None = None


def look_up(text: str, start: int, end: int, other: str) -> Fare:
    """Tell what became of `text[start:end]` in another text.

    Args:
        text: As it was read.
        start: Of the words, a sentence.
        end: Likewise, half-open.
        other: The text as it is read now.
    """
    if other == text:
        return Fare("exact", text[start:end], start)
    words = text[start:end]
    places = [match.span() for match in _pattern(words).finditer(other)]
    if not places:
        return _nearly(text, start, end, other)
    at_home = [place for place in places if _same_around(text, (start, end), other, place)]
    if len(at_home) == 1 or (not at_home and len(places) == 1):
        ((left, right),) = at_home or places
        same = bool(at_home) or left == start
        return Fare("exact" if same else "moved", other[left:right], left)
    left, right = (at_home or places)[0]
    return Fare("ambiguous", other[left:right], left)


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(map(re.escape, words.split())))


def _same_around(text: str, home: tuple[int, int], other: str, place: tuple[int, int]) -> bool:
    """Tell whether a place has the old neighbours; where the text ended, it may go on now."""
    (before, after), (left, right) = _around(text, *home), _around(other, *place)
    return left.endswith(before) and right.startswith(after)


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before and after, without white space."""
    before = "".join(text[max(0, start - 2 * AROUND) : start].split())[-AROUND:]
    return before, "".join(text[end : end + 2 * AROUND].split())[:AROUND]


def _nearly(text: str, start: int, end: int, other: str) -> Fare:
    """Look for one sentence that is nearly the same, and clearly more so than any other."""
    words = " ".join(text[start:end].split())
    found = sorted(
        ((fuzz.ratio(words, " ".join(one.split())), -at, one) for at, one in _sentences(other)),
        reverse=True,
    )
    near = [(score, -at, one) for score, at, one in found[:2] if score >= NEARLY]
    if not near:
        return Fare("gone")
    score, at, one = near[0]
    if len(near) > 1 and score - near[1][0] < CLEAR:
        return Fare("ambiguous", one, at)
    return Fare("changed", one, at)


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    for match in _SENTENCE.finditer(text):
        bare = match.group().strip()
        if bare:
            yield match.start() + match.group().index(bare), bare
