"""Decide which pots are one claim."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product

from records.claim import Reason
from store.dedup import partition
from store.dedup.candidate import LocalPot, PairMatch
from store.dedup.decisions import UNDECIDED, Decisions
from store.dedup.graph import Compare, Edge, Pair
from store.dedup.partition import Group, Pots
from store.dedup.profile import Profile
from store.dedup.score import score
from store.dedup.verdict import Verdict, gate_between

DECIDED = 100
"""Weight of a person's word that two mentions state the same money."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """One pot of money, whatever documents state it.

    Attributes:
        members: In key order; never empty.
        matches: Why they are one: for `n` mentions, `n - 1` pairs that connect them all.
    """

    members: tuple[LocalPot, ...]
    matches: tuple[PairMatch, ...]


def cluster(pots: Iterable[LocalPot], decisions: Decisions = UNDECIDED) -> list[Cluster]:
    """Group the pots of any number of documents into claims.

    Args:
        pots: What `local_pots` returned, in any order.
        decisions: What people decided about their mentions, as given to `local_pots`.

    Returns:
        In the order of their first members; each pot is in exactly one. The order of `pots` makes
        no difference.
    """
    ordered = sorted(pots, key=lambda pot: pot.key)
    groups = matched([pot.profile for pot in ordered], decisions)
    return [_cluster(ordered, one) for one in groups]


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let the collector rest: it would look through all pots again and again, in vain."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@_uncollected()
def matched(pots: Sequence[Profile], decisions: Decisions = UNDECIDED) -> list[Group]:
    """Group pots all at once.

    Args:
        pots: Of any number of documents, in key order.
        decisions: What people decided about their mentions.
    """
    from store.dedup import at_once  # noqa: PLC0415 - a tenth of a second for numpy
    from store.dedup.batch import Batch  # noqa: PLC0415 - likewise

    batch = Batch(pots)
    joined = at_once.edges(pots, batch)
    known = _known(pots, score)

    def split(
        places: Sequence[int], edges: Sequence[Edge], ahead: Mapping[Pair, Verdict]
    ) -> list[Group]:
        return partition.split(places, edges, known.compare, known.bars, ahead)

    decided = [place for place, pot in enumerate(pots) if pot.party is not None]
    apart = at_once.apart(pots, joined, decided)
    own = grouped([pots[place] for place in apart.places], apart.edges, decisions=decisions)
    found = [one.moved(apart.places) for one in own]
    aside = set(apart.places)
    others = at_once.groups(pots, batch, apart.others, split)
    found += [one for one in others if one.members[0] not in aside]
    return sorted(found, key=partition.first)


def clusters(
    pots: Sequence[LocalPot],
    joined: Iterable[Edge],
    compare: Compare = score,
    decisions: Decisions = UNDECIDED,
) -> list[Cluster]:
    """Group pots in key order by the edges between them, as `cluster` does."""
    groups = grouped([pot.profile for pot in pots], joined, compare, decisions)
    return [_cluster(pots, one) for one in groups]


def _cluster(pots: Sequence[LocalPot], found: Group) -> Cluster:
    own = (match for place in found.members for match in pots[place].matches)
    return Cluster(tuple(pots[place] for place in found.members), (*own, *_matches(pots, found)))


def grouped(
    pots: Sequence[Profile],
    joined: Iterable[Edge],
    compare: Compare = score,
    decisions: Decisions = UNDECIDED,
) -> list[Group]:
    """Group pots in key order by the edges between them.

    Args:
        pots: In key order.
        joined: The edges that count, as `store.dedup.graph.Edges` says.
        compare: As `score` does.
        decisions: What people decided about their mentions.
    """
    return partition.partition(_known(pots, compare), joined, decisions)


def _known(pots: Sequence[Profile], compare: Compare) -> Pots:
    return Pots(
        size=len(pots),
        compare=lambda left, right: compare(pots[left], pots[right]),
        bars=lambda ours, theirs: _bars(
            [pots[one] for one in ours], [pots[one] for one in theirs], compare
        ),
        party=lambda place: pots[place].party,
        document=lambda place: pots[place].document,
    )


def _bars(ours: Sequence[Profile], theirs: Sequence[Profile], compare: Compare) -> bool:
    """Tell whether any pot is gated against any other: what is equal in gates is looked at once."""
    homes = {pot.document for pot in ours} & {pot.document for pot in theirs}
    if homes:
        near = [[pot for pot in side if pot.document in homes] for side in (ours, theirs)]
        pairs = ((a, b) for a, b in product(*near) if a.document == b.document)
        if any(compare(a, b).gate for a, b in pairs):
            return True
    kinds = [{_gate_of(pot): pot for pot in side} for side in (ours, theirs)]
    return any(gate_between(a, b) for a, b in product(kinds[0].values(), kinds[1].values()))


def _gate_of(pot: Profile) -> tuple[object, ...]:
    return pot.figures, pot.timeframe if pot.states_period else None


def _matches(pots: Sequence[LocalPot], found: Group) -> Iterator[PairMatch]:
    for pair in found.merges:
        left, right = (pots[place] for place in pair)
        if pair in found.decided:
            reasons: tuple[Reason, ...] = (Reason("decided", DECIDED, "a person decided so"),)
            yield PairMatch(left.key, right.key, DECIDED, reasons)
        else:
            verdict = score(left.profile, right.profile)
            yield PairMatch(left.key, right.key, verdict.score, verdict.reasons)
