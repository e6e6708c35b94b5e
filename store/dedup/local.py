"""Group the mentions of one document: which amounts state the same money.

The result depends on the document, and on what people decided about its mentions, alone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import product

from records.claim import Reason
from store.dedup.candidate import Candidate, LocalPot, PairMatch
from store.dedup.company import distinctive
from store.dedup.decisions import UNDECIDED, Decisions
from store.dedup.figure import Figure, figures_of
from store.dedup.graph import Edge, within_reach
from store.dedup.inside import compare_inside, leaves_open, states_a_wall, wall_between
from store.dedup.partition import Pots, partition
from store.dedup.profile import Key, Surroundings, profile
from store.dedup.verdict import Verdict
from store.dedup.words import Term, Words, rate_key, words_of

SURE = 100
"""Weight of the text's own word, or a person's, that two amounts are one."""
MOST_ALIKE = 200
"""Equal amounts of one document beyond which they are entries of a list, not one pot said again."""
MOST_WORDS = 60
"""Telling words of one document that are kept, the most used first."""
MOST_SUBJECT = 6
"""Of these, how many stand for amounts that have no words of their own."""
DECIDED = Verdict(gate="people decided about both, and not that they are the same")


def local_pots(candidates: Sequence[Candidate], decisions: Decisions = UNDECIDED) -> list[LocalPot]:
    """Group the mentions of one document into its pots.

    Args:
        candidates: Every mention of the document, in any order.
        decisions: What people decided. Mentions that they said are the same are one pot; others
            that they decided about stay apart here, and are grouped with all documents in view.

    Returns:
        The pots, in the order of their first mentions; each mention is in exactly one.
    """
    document = _Mentions(candidates)
    singles = [
        _pot((one,), _wholes(one, document), opens=place == 0 and one.is_at_head)
        for place, one in enumerate(document.ordered)
    ]
    if singles and document.ordered[0].is_headline:
        singles[0] = replace(singles[0], headline=True)
    pots = _without_the_common(_joined_by_words(singles, document, decisions))
    return _finished(_grouped(pots, decisions), decisions)


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


def _joined_by_words(
    singles: list[LocalPot], document: _Mentions, decisions: Decisions
) -> list[LocalPot]:
    """Join what the text says is one, an amount that equates to another, and what a person says."""
    pots = {pot.key: pot for pot in singles}
    moved: dict[Key, Key] = {}

    def home(key: Key) -> Key:
        while key in moved:
            key = moved[key]
        return key

    def join(one: Key, other: Key, reason: Reason) -> None:
        here, there = sorted((home(one), home(other)))
        parties = {_party(pots[here], decisions), _party(pots[there], decisions)} - {None}
        if here != there and len(parties) <= 1:
            left, right = sorted((one, other))
            match = PairMatch(left, right, SURE, (reason,))
            pots[here] = _merged((pots[here], pots.pop(there)), (match,))
            moved[there] = here

    firsts: dict[Key, Key] = {}
    for one in document.ordered:
        if party := decisions.party(one.key):
            first = firsts.setdefault(party, one.key)
            join(first, one.key, Reason("decided", SURE, "a person decided so"))
    for one in document.ordered:
        other = document.target_of(one, "equates_to")
        if other:
            words = f"the text says that {_said(one)} equates to {_said(other)}"
            join(one.key, other.key, Reason("equates-to", SURE, words))
    return [pots[key] for key in sorted(pots)]


def _without_the_common(pots: list[LocalPot]) -> list[LocalPot]:
    """Take their figures from pots whose amount the document states too often to tell them."""
    if len(pots) <= MOST_ALIKE:
        return pots
    lanes: dict[tuple[str, str | None], list[tuple[Decimal, Decimal]]] = defaultdict(list)
    for pot in pots:
        for figure in pot.profile.figures:
            lanes[figure.currency, rate_key(figure.rate)].append(figure.reach)
    ends = {
        lane: (sorted(low for low, _ in found), sorted(high for _, high in found))
        for lane, found in lanes.items()
    }

    def is_common(figure: Figure) -> bool:
        lows, highs = ends[figure.currency, rate_key(figure.rate)]
        low, high = figure.reach
        return bisect_right(lows, high) - bisect_left(highs, low) > MOST_ALIKE

    return [
        replace(pot, profile=replace(pot.profile, figures=()))
        if any(map(is_common, pot.profile.figures))
        else pot
        for pot in pots
    ]


def _grouped(pots: list[LocalPot], decisions: Decisions) -> list[LocalPot]:
    """Join pots that the document's own words make one."""
    if len(pots) == 1:
        return pots

    @cache
    def compare(left: int, right: int) -> Verdict:
        one, other = pots[left], pots[right]
        if decisions and _party(one, decisions) and _party(other, decisions):
            return DECIDED
        return compare_inside(one, other)

    def bars(ours: Sequence[int], theirs: Sequence[int]) -> bool:
        return any(compare(*sorted(pair)).gate for pair in product(ours, theirs))

    profiles = [pot.profile for pot in pots]
    edges: list[Edge] = []
    for left, right in sorted(set(within_reach(profiles))):
        verdict = compare(left, right)
        if verdict.joins:
            edges.append((left, right, verdict.score))
    known = Pots(len(pots), compare, bars, lambda _: None, lambda place: pots[place].document)
    found = []
    for group in partition(known, edges):
        matches = [_match(pots[left], pots[right]) for left, right in group.merges]
        found.append(_merged([pots[place] for place in group.members], matches))
    return found


def _match(left: LocalPot, right: LocalPot) -> PairMatch:
    verdict = compare_inside(left, right)
    return PairMatch(left.key, right.key, verdict.score, verdict.reasons)


def _pot(candidates: tuple[Candidate, ...], wholes: tuple[Figure, ...], *, opens: bool) -> LocalPot:
    return LocalPot(candidates, profile(candidates, wholes, opens=opens))


def _merged(parts: Sequence[LocalPot], matches: Iterable[PairMatch]) -> LocalPot:
    """Make one pot of several of the same document."""
    if len(parts) == 1:
        return parts[0]
    candidates = sorted((one for pot in parts for one in pot.candidates), key=lambda one: one.key)
    wholes = dict.fromkeys(figure for pot in parts for figure in pot.profile.wholes)
    pot = _pot(tuple(candidates), tuple(wholes), opens=any(pot.profile.opens for pot in parts))
    return replace(
        pot,
        headline=any(pot.headline for pot in parts),
        matches=(*(match for pot in parts for match in pot.matches), *matches),
    )


def _finished(pots: list[LocalPot], decisions: Decisions) -> list[LocalPot]:
    """Add what the whole document says to each of its pots."""
    around = _surroundings(pots)
    undecided, walls = (_undecided(pots), _walls(pots)) if len(pots) > 1 else ({}, {})
    return [
        replace(
            pot,
            profile=replace(
                pot.profile,
                surroundings=around,
                undecided=undecided.get(pot.key[1], pot.profile.undecided),
                walls=walls.get(pot.key[1], pot.profile.walls),
                party=_party(pot, decisions) if decisions else None,
            ),
        )
        for pot in pots
    ]


def _undecided(pots: list[LocalPot]) -> Mapping[int, dict[int, Verdict]]:
    """Return the pairs of pots that the document neither joins nor tells apart."""
    found: dict[int, dict[int, Verdict]] = defaultdict(dict)
    for left, right in sorted(set(within_reach([pot.profile for pot in pots]))):
        verdict = compare_inside(pots[left], pots[right])
        if leaves_open(verdict):
            one, other = pots[left].key[1], pots[right].key[1]
            found[one][other] = found[other][one] = verdict
    return found


def _walls(pots: list[LocalPot]) -> Mapping[int, frozenset[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for one in pots:
        if not any(map(states_a_wall, one.candidates)):
            continue
        for other in pots:
            if other is not one and wall_between(one, other):
                found[one.key[1]].add(other.key[1])
                found[other.key[1]].add(one.key[1])
    return {start: frozenset(others) for start, others in found.items()}


def _surroundings(pots: list[LocalPot]) -> Surroundings:
    counts: Counter[Term] = Counter()
    for pot in pots:
        for one in pot.candidates:
            mention = one.mention
            for span in (mention.purpose, mention.recipient, mention.funder):
                counts.update(words_of(span.text).terms if span else ())
    telling = sorted((term for term in counts if term.weight > 1), key=lambda t: (-counts[t], t))
    figures = distinctive([pot.profile.figures[0] for pot in pots if pot.profile.figures])
    subject = dict.fromkeys(term.stem for term in telling)
    return Surroundings(
        pots[0].document if pots else "",
        figures,
        Words.of(telling[:MOST_WORDS]),
        tuple(subject)[:MOST_SUBJECT],
    )


def _party(pot: LocalPot, decisions: Decisions) -> Key | None:
    found = (decisions.party(one.key) for one in pot.candidates)
    return next((party for party in found if party), None)


def _said(one: Candidate) -> str:
    return ", ".join(figure.words() for figure in figures_of(one.mention)[:1]) or "it"
