"""Is a text an echo of an earlier one? The rules, each of them in words.

1. At least `SHARE` of its words stand in the earlier text, in runs of `RUN` and more.
2. One of the two states every sum of the other: a text whose money differs is no mere reprint.
   Whole sentences of its own behind all that both have are an outlet's, and not compared.
3. At most once in `FOR_ONE` words is a name or a number exchanged for another inside a sentence
   that stands in both: notices made from one template differ so. An editor may mend a spelling.
4. It has at least `FEWEST` words: short texts are alike by chance and by form.

Two captures of one source are no echoes. They are versions where one of them stands in the other
as in rule 1, whatever became of its sums, for a source is no witness for itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from store.echoes.style import style
from store.echoes.wording import RUN, Wording

SHARE = 60  # per cent; docs/origins.md has the measurements behind it
FEWEST = 40
FOR_ONE = 150
LONGEST = 20  # words that may stand between two shared passages for them to be one sentence
CREDIT = 12  # words of a line on author, picture or date

Kind = Literal["echo", "version"]


@dataclass(frozen=True, slots=True)
class Link:
    """Why a text counts with an earlier one.

    Attributes:
        kind: `echo`, or `version` for another capture of the same source.
        words: How many words it has.
        shared: How many of them stand in the earlier text.
        sums: How many of its different sums the earlier text states too.
    """

    kind: Kind
    words: int
    shared: int
    sums: int


def judge(later: Wording, earlier: Wording, *, same_source: bool) -> Link | None:
    """Return how a text follows from an earlier one; None where it stands on its own."""
    marks = later.shared(earlier)
    shared, words = sum(marks), len(later.words)
    sums = len(later.sums & earlier.sums)
    if same_source:
        alike = _enough(shared, words) or _enough(sum(earlier.shared(later)), len(earlier.words))
        return Link("version", words, shared, sums) if alike else None
    if words < FEWEST or not _enough(shared, words):
        return None
    if not (
        _body(later, marks) <= earlier.sums or _body(earlier, earlier.shared(later)) <= later.sums
    ):
        return None
    exchanges = sum(_is_exchange(later, earlier, gap) for gap in _gaps(marks))
    if exchanges > words // FOR_ONE:
        return None
    return Link("echo", words, shared, sums)


def _enough(shared: int, words: int) -> bool:
    return 100 * shared >= SHARE * words > 0


def _body(text: Wording, marks: list[bool]) -> frozenset[str]:
    """Return the sums of a text without the sentences behind the last word that both have."""
    last = max(place for place, shared in enumerate(marks) if shared)
    end = next((place for place in range(last + 1, len(marks)) if place in text.breaks), None)
    return text.sums & set(text.words[:end])


def _gaps(marks: list[bool]) -> Iterator[tuple[int, int]]:
    """Yield where words stand that the other text does not have, between words that it has."""
    start = None
    for place, shared in enumerate(marks):
        if not shared and start is None and place > 0:
            start = place if marks[place - 1] else None
        elif shared and start is not None:
            yield start, place
            start = None


def _is_exchange(later: Wording, earlier: Wording, gap: tuple[int, int]) -> bool:
    """Tell whether names or numbers in a gap take the place of others inside one sentence."""
    start, end = gap
    if end - start > LONGEST or not _is_inside(later, start, end):
        return False
    own = _facts(later, start, end, earlier)
    return bool(own) and any(
        _facts(earlier, left + RUN, right, later)
        for left in earlier.places[later.words[start - RUN : start]]
        for right in earlier.places[later.words[end : end + RUN]]
        if 0 < right - (left + RUN) <= LONGEST
    )


def _is_inside(text: Wording, start: int, end: int) -> bool:
    """Tell whether words stand inside one sentence, and in no line on author, picture or date."""
    whole_line = start in text.breaks and end in text.breaks
    if whole_line or any(place in text.breaks for place in range(start + 1, end)):
        return False
    first = next((place for place in range(start, -1, -1) if place in text.breaks), 0)
    short = any(place in text.breaks for place in range(end, first + CREDIT + 1))
    return not (short and text.words[first] in style().credits)


def _facts(text: Wording, start: int, end: int, other: Wording) -> set[str]:
    words = {text.words[place] for place in range(start, end) if place in text.facts}
    return words - other.vocabulary
