"""How much two wordings share: equal words, and words that are one misspelt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rapidfuzz import fuzz

from store.dedup.words import Term, Words, can_slip

ALIKE = 88
"""From which likeness two words count as one that is misspelt (`dentistry`, `dentisty`)."""


class Likeness(NamedTuple):
    """How much two texts speak of the same thing.

    Attributes:
        score: 0 to 100.
        weight: What the shared words weigh; below 2 nothing telling is shared.
        shared: The shared words as one of the texts has them.
        whole: One of the texts has no word besides.
    """

    score: int
    weight: int
    shared: tuple[str, ...]
    whole: bool


def likeness(left: Words, right: Words) -> Likeness:
    """Compare two texts word by word, spelling slips allowed, whatever the order of the words.

    The score is the mean of what is shared of the shorter text and of both together, so that a
    shortened wording is like the full one, but not the same as it.
    """
    shared = _shared(left, right)
    if not shared:
        return Likeness(0, 0, (), whole=False)
    weight = sum([term.weight for term in shared])
    least, both = min(left.weight, right.weight), left.weight + right.weight
    score = min(100, (100 * weight * both + 200 * weight * least) // (2 * least * both))
    return Likeness(score, weight, tuple([term.shown for term in shared]), whole=weight >= least)


def _shared(left: Words, right: Words) -> list[Term]:
    """Pair equal words, then words that differ by a slip of the pen; the lighter weight counts."""
    both = set(left.stems).intersection(right.stems)
    shared = []
    if both:
        ours = [term for term in left.terms if term.stem in both]
        theirs = [term for term in right.terms if term.stem in both]
        pairs = zip(ours, theirs, strict=True)  # each in the order of the stems
        shared = [one if one.weight <= other.weight else other for one, other in pairs]
    if not set(left.ends).isdisjoint(right.ends):
        free = [term for term in right.terms if term.stem not in both and can_slip(term)]
        rest = [term for term in left.terms if term.stem not in both and can_slip(term)]
        if free and rest:
            shared += _slips(rest, free)
    return shared


def _slips(ours: Iterable[Term], free: list[Term]) -> Iterator[Term]:
    for term in ours:
        for other in free:
            if _is_slip(term.stem, other.stem):
                yield term if term.weight <= other.weight else other
                free.remove(other)
                break


def _is_slip(one: str, other: str) -> bool:
    """Tell whether two words are one, misspelt: a slip leaves one end of a word as it was."""
    if one[:3] != other[:3] and one[-3:] != other[-3:]:
        return False
    return bool(fuzz.ratio(one, other, score_cutoff=ALIKE))
