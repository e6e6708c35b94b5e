"""From texts to origins and their echoes: a function of the texts alone, in no order of reading.

Texts are gone through by day; of one day the fullest comes first, for a cut is made from the whole.
A text that follows from an origin before it belongs to the origin that it shares most with; any
other is an origin. So every echo was compared with its own origin, and none hangs on another echo.

An origin is looked for by the keys of the text's sums (`store.echoes.wording`): of the origins with
a key, the `NEAREST` before the text. So a phrase that thousands of documents have costs no more
than any other, and a new document can change only those that come soon after it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from store.echoes.judge import Link, judge
from store.echoes.wording import Wording

NEAREST = 20
"""Origins that are looked at for one key, and compared in all."""
LONGEST_TEXT = 10**9


@dataclass(frozen=True)
class Text:
    """A document as grouping looks at it.

    Attributes:
        id: Row of the document.
        place: Where it comes among all texts; see `place_of`.
        wording: Its words.
        sources: Every name that its bytes came under.
    """

    id: int
    place: str
    wording: Wording
    sources: frozenset[str]


Answer = tuple[int, Link] | None
"""The origin of a text, and why; None for an origin."""


def place_of(day: date, words: int, sha256: str) -> str:
    """Return where a text comes: by day, the fullest first; texts that are as full by their hash.

    Args:
        day: Of publication; where it is not known, of the first capture.
        words: How many it has.
        sha256: Of its bytes.
    """
    return f"{day.isoformat()} {LONGEST_TEXT - words:010d} {sha256}"


def origin_of(text: Text, found: Iterable[tuple[str, int]], read: Callable[[int], Text]) -> Answer:
    """Return what a text follows from.

    Args:
        text: The text.
        found: Place and id of each of the `NEAREST` origins before it, once for each key that
            both have.
        read: Id to text.
    """
    often = Counter(found)
    chosen = sorted(often, key=lambda one: (often[one], one), reverse=True)[:NEAREST]
    best: Answer = None
    for _, number in sorted(chosen):
        other = read(number)
        link = judge(text.wording, other.wording, same_source=bool(text.sources & other.sources))
        if link and (best is None or link.shared > best[1].shared):
            best = number, link
    return best


def group(texts: Iterable[Text], read: Callable[[int], Text]) -> Mapping[int, Answer]:
    """Return the answer of every text.

    Args:
        texts: All that there are, each read once; only what is needed of them is kept.
        read: Id to text, for origins.
    """
    in_order = sorted((text.place, text.id) for text in texts)
    holders: dict[int, list[tuple[str, int]]] = defaultdict(list)
    answers: dict[int, Answer] = {}
    for place, number in in_order:
        text = read(number)
        found = [one for key in text.wording.keys for one in holders[key][-NEAREST:]]
        answers[number] = origin_of(text, found, read)
        if answers[number] is None:
            for key in text.wording.keys:
                holders[key].append((place, number))
    return answers
