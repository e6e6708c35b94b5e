"""Group the mentions of one document: which amounts state the same money.

The result depends on the document alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from records.claim import Reason
from store.dedup.candidate import Candidate, LocalPot, PairMatch, Surroundings
from store.dedup.company import distinctive
from store.dedup.decide import grouped
from store.dedup.figure import Figure, figures_of
from store.dedup.inside import compare_inside
from store.dedup.words import Term, Words, words_of

EQUATES = 100
"""Weight of the text's own word that two amounts are one."""
HEAD = 200
"""Characters of a document's head, where a headline or a first sentence stands."""
MOST_WORDS = 60
"""Telling words of one document that are kept, the most used first."""


def local_pots(candidates: Sequence[Candidate]) -> list[LocalPot]:
    """Group the mentions of one document into its pots.

    Args:
        candidates: Every mention of the document, in any order.

    Returns:
        The pots, in the order of their first mentions; each mention is in exactly one.
    """
    ordered = sorted(candidates, key=lambda one: one.key)
    singles = [
        LocalPot((one,), wholes=_wholes(one, ordered), leads=place == 0 and one.key[1] < HEAD)
        for place, one in enumerate(ordered)
    ]
    found = [_merged(*part) for part in grouped(_joined_by_the_text(singles), compare_inside)]
    around = _surroundings(found)
    return [replace(pot, surroundings=around) for pot in found]


def _joined_by_the_text(singles: list[LocalPot]) -> list[LocalPot]:
    """Join what the text says is one: an amount that equates to another."""
    pots = {pot.key: pot for pot in singles}
    home = {pot.key: pot.key for pot in singles}
    for single in singles:
        one = single.candidates[0]
        for other in _targets(one, singles, "equates_to"):
            here, there = sorted((home[one.key], home[other.key]))
            if here == there:
                continue
            words = f"the text says that {_said(one)} equates to {_said(other)}"
            reasons = (Reason("equates-to", EQUATES, words),)
            left, right = sorted((one.key, other.key))
            match = PairMatch(left, right, EQUATES, reasons)
            pots[here] = _merged((pots[here], pots.pop(there)), (match,))
            home = {key: here if at == there else at for key, at in home.items()}
    return [pots[key] for key in sorted(pots)]


def _targets(one: Candidate, singles: list[LocalPot], relation_type: str) -> Iterator[Candidate]:
    """Yield the mentions that a mention's relation points at."""
    relation = one.mention.relation
    if relation and relation.type == relation_type:
        for single in singles:
            other = single.candidates[0]
            if other.key != one.key and relation.to.overlaps(other.mention.amount.span):
                yield other


def _merged(parts: Sequence[LocalPot], matches: Iterable[PairMatch]) -> LocalPot:
    """Make one pot of several of the same document."""
    candidates = sorted((one for pot in parts for one in pot.candidates), key=lambda one: one.key)
    return LocalPot(
        candidates=tuple(candidates),
        wholes=tuple(dict.fromkeys(figure for pot in parts for figure in pot.wholes)),
        leads=any(pot.leads for pot in parts),
        matches=(*(match for pot in parts for match in pot.matches), *matches),
    )


def _wholes(one: Candidate, ordered: list[Candidate]) -> tuple[Figure, ...]:
    relation = one.mention.relation
    if not relation or relation.type != "part_of":
        return ()
    return tuple(
        figure
        for other in ordered
        if relation.to.overlaps(other.mention.amount.span)
        for figure in figures_of(other.mention)
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
