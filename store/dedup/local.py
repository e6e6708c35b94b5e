"""Group the mentions of one document: which amounts state the same money.

The result depends on the document alone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from records.claim import Reason
from store.dedup.block import Reach, reach
from store.dedup.candidate import Candidate, Key, LocalPot, PairMatch, Surroundings
from store.dedup.company import distinctive
from store.dedup.decide import grouped
from store.dedup.figure import Figure, figures_of
from store.dedup.inside import compare_inside
from store.dedup.words import Term, Words, words_of

EQUATES = 100
"""Weight of the text's own word that two amounts are one."""
MOST_ALIKE = 200
"""Equal amounts of one document beyond which they are entries of a list, not one pot said again."""
MOST_WORDS = 60
"""Telling words of one document that are kept, the most used first."""


def local_pots(candidates: Sequence[Candidate]) -> list[LocalPot]:
    """Group the mentions of one document into its pots.

    Args:
        candidates: Every mention of the document, in any order.

    Returns:
        The pots, in the order of their first mentions; each mention is in exactly one.
    """
    document = _Mentions(candidates)
    singles = [
        LocalPot(
            (one,),
            wholes=_wholes(one, document),
            opens=place == 0 and one.is_at_head,
            headline=place == 0 and one.is_headline,
        )
        for place, one in enumerate(document.ordered)
    ]
    pots = _without_the_common(_joined_by_the_text(singles, document))
    found = [_merged(*part) for part in grouped(pots, compare_inside, compare_inside)]
    around = _surroundings(found)
    return [replace(pot, surroundings=around) for pot in found]


class _Mentions:
    """A document's mentions in the order of the text."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self.ordered = sorted(candidates, key=lambda one: one.key)
        self._starts = [one.key[1] for one in self.ordered]

    def target_of(self, one: Candidate, relation_type: str) -> Candidate | None:
        """Return the mention that a mention's relation of this type points at, if there is one."""
        relation = one.mention.relation
        if not relation or relation.type != relation_type:
            return None
        for place in (
            bisect_right(self._starts, relation.to.start) - 1,
            bisect_left(self._starts, relation.to.start),
        ):
            if 0 <= place < len(self.ordered):
                other = self.ordered[place]
                if other is not one and relation.to.overlaps(other.mention.amount.span):
                    return other
        return None


def _wholes(one: Candidate, document: _Mentions) -> tuple[Figure, ...]:
    whole = document.target_of(one, "part_of")
    return figures_of(whole.mention) if whole else ()


def _joined_by_the_text(singles: list[LocalPot], document: _Mentions) -> list[LocalPot]:
    """Join what the text says is one: an amount that equates to another."""
    pots = {pot.key: pot for pot in singles}
    moved: dict[Key, Key] = {}

    def home(key: Key) -> Key:
        while key in moved:
            key = moved[key]
        return key

    for one in document.ordered:
        other = document.target_of(one, "equates_to")
        if not other or home(one.key) == home(other.key):
            continue
        words = f"the text says that {_said(one)} equates to {_said(other)}"
        left, right = sorted((one.key, other.key))
        match = PairMatch(left, right, EQUATES, (Reason("equates-to", EQUATES, words),))
        here, there = sorted((home(one.key), home(other.key)))
        pots[here] = _merged((pots[here], pots.pop(there)), (match,))
        moved[there] = here
    return [pots[key] for key in sorted(pots)]


def _without_the_common(pots: list[LocalPot]) -> list[LocalPot]:
    """Mark the pots whose amount the document states too often to tell one from another."""
    lanes: dict[tuple[str, str | None], list[Reach]] = defaultdict(list)
    for pot in pots:
        for one in reach(pot):
            lanes[one.currency, one.rate].append(one)
    ends = {
        lane: (sorted(one.low for one in found), sorted(one.high for one in found))
        for lane, found in lanes.items()
    }

    def alike(one: Reach) -> int:
        lows, highs = ends[one.currency, one.rate]
        return bisect_right(lows, one.high) - bisect_left(highs, one.low)

    return [replace(pot, common=any(alike(one) > MOST_ALIKE for one in reach(pot))) for pot in pots]


def _merged(parts: Sequence[LocalPot], matches: Iterable[PairMatch]) -> LocalPot:
    """Make one pot of several of the same document."""
    candidates = sorted((one for pot in parts for one in pot.candidates), key=lambda one: one.key)
    return LocalPot(
        candidates=tuple(candidates),
        wholes=tuple(dict.fromkeys(figure for pot in parts for figure in pot.wholes)),
        opens=any(pot.opens for pot in parts),
        headline=any(pot.headline for pot in parts),
        common=any(pot.common for pot in parts),
        matches=(*(match for pot in parts for match in pot.matches), *matches),
    )


def _surroundings(pots: list[LocalPot]) -> Surroundings:
    counts: Counter[Term] = Counter()
    for pot in pots:
        for one in pot.candidates:
            mention = one.mention
            for span in (mention.purpose, mention.recipient, mention.funder):
                counts.update(term for term in (words_of(span.text).terms if span else ()))
    telling = sorted((term for term in counts if term.weight > 1), key=lambda t: (-counts[t], t))
    firsts = [pot.figures[0] for pot in pots if pot.figures]
    return Surroundings(
        pots[0].document if pots else "", distinctive(firsts), Words.of(telling[:MOST_WORDS])
    )


def _said(one: Candidate) -> str:
    return ", ".join(figure.words() for figure in figures_of(one.mention)[:1]) or "it"
