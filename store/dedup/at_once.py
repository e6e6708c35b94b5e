"""Group many pots at once: the same groups as bit by bit, from columns of numbers.

What hangs together in ones and twos needs no second look, and small components are looked at by
the thousand. The rest, and whatever people decided about, goes the way of `store.dedup.partition`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from store.dedup import listed, partition
from store.dedup.batch import NEVER, Batch
from store.dedup.graph import SURE, Edge, Pair
from store.dedup.linkage import MEAN
from store.dedup.partition import FEW, NOTHING, Group, Split, whole
from store.dedup.profile import Key, Profile
from store.dedup.score import score
from store.dedup.verdict import THRESHOLD, Verdict, bare

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from store.dedup.columns import Flags, Integers

    Numbers = NDArray[np.int32]

PAIRS = 1 << 20
"""Pairs that are scored together."""
AT_ONCE = 1 << 18
"""Pairs of components that are looked at together."""


class Edges(NamedTuple):
    """Edges as columns: of each the places of two pots, earlier first, and the score."""

    left: Integers
    right: Integers
    scores: Numbers

    def where(self, wanted: Flags | Integers | slice[int, int, None]) -> Edges:
        """Return some of the edges."""
        return Edges(self.left[wanted], self.right[wanted], self.scores[wanted])

    def rows(self) -> list[Edge]:
        """Return them one by one."""
        columns = self.left.tolist(), self.right.tolist(), self.scores.tolist()
        return list(zip(*columns, strict=True))


NO_EDGES = Edges(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int32))


def edges(pots: Sequence[Profile], batch: Batch) -> Edges:
    """Return every two pots, by their places, that are compared and joined by an edge that counts.

    Args:
        pots: In key order.
        batch: Of these.
    """
    found = [NO_EDGES]
    for left, right in listed.pairs(pots, batch.columns):
        for start in range(0, len(left), PAIRS):
            part = slice(start, start + PAIRS)
            found.append(_edges(pots, batch, left[part], right[part]))
    return counting(Edges(*map(np.concatenate, zip(*found, strict=True))), _parties(pots))


def _edges(pots: Sequence[Profile], batch: Batch, left: Integers, right: Integers) -> Edges:
    most, exact = batch.scores(left, right)
    for place in np.flatnonzero((most >= THRESHOLD) & ~exact).tolist():
        most[place] = _full(pots, int(left[place]), int(right[place]))
    return Edges(left, right, most).where(most >= THRESHOLD)


def counting(found: Edges, parties: Integers) -> Edges:
    """Return the edges that count, as `store.dedup.graph.Edges` does.

    Args:
        found: All edges.
        parties: For each pot a number, equal where a person said that two are the same.
    """
    found = found.where(parties[found.left] != parties[found.right])
    return found.where(_counts(len(parties), found, SURE))


def parted(size: int, found: Edges) -> Edges:
    """Leave out the weaker edges of what is too much together, as `partition.parted` does."""
    for bar in partition.BARS:
        label = labels(size, found.left, found.right)
        is_large = np.bincount(label, minlength=1)[label] > partition.MOST_TOGETHER
        if not is_large.any():
            break
        found = found.where(~is_large[found.left] | _counts(size, found, bar))
    return found


def _counts(size: int, found: Edges, bar: int) -> Flags:
    """Tell which edges have a score from a bar on, or are the best one of one of their pots."""
    best = np.zeros(size, np.int32)
    for ends in (found.left, found.right):
        np.maximum.at(best, ends, found.scores)
    least = np.minimum(best[found.left], best[found.right])
    counts: Flags = (found.scores >= bar) | (found.scores == least)
    return counts


class Components:
    """What hangs together by edges: places by component, and the edges of each, strongest first."""

    def __init__(self, size: int, joined: Edges) -> None:
        """Split so many places into sets that no edge crosses."""
        label = labels(size, joined.left, joined.right)
        self._places = np.argsort(label, kind="stable")
        fresh = np.diff(label[self._places], prepend=-1) > 0
        self._starts = np.append(np.flatnonzero(fresh), size)
        self.sizes = np.diff(self._starts)
        home = np.empty(size, np.int64)
        home[self._places] = np.cumsum(fresh) - 1
        homes = home[joined.left]
        order = np.lexsort((joined.right, joined.left, -joined.scores, homes))
        self._edges = joined.where(order)
        self._edge_starts = np.searchsorted(homes[order], np.arange(len(self.sizes) + 1))

    def places(self, numbers: Integers) -> Integers:
        """Return a row of places for each of some components of one size."""
        size = int(self.sizes[numbers[0]])
        found: Integers = self._places[self._starts[numbers][:, None] + np.arange(size)]
        return found

    def edges(self, number: int) -> list[Edge]:
        """Return the edges of a component."""
        return self._edges.where(slice(*self._edge_starts[number : number + 2].tolist())).rows()


def labels(size: int, left: Integers, right: Integers) -> Integers:
    """Return for each place the first one that it hangs together with by some pairs."""
    label = np.arange(size)
    while True:
        ours, theirs = label[left], label[right]
        if np.array_equal(ours, theirs):
            return label
        first = np.minimum(ours, theirs)
        for ends in (ours, theirs):
            np.minimum.at(label, ends, first)
        while not np.array_equal(further := label[label], label):
            label = further


class Decided(NamedTuple):
    """What hangs together with pots that people decided about, and what does not.

    Attributes:
        places: Of the former, in order.
        edges: Between these, numbered by where they stand in `places`.
        others: The edges of the latter.
    """

    places: list[int]
    edges: list[Edge]
    others: Edges


def apart(pots: Sequence[Profile], joined: Edges, decided: Sequence[int]) -> Decided:
    """Part what hangs together with pots that people decided about from all others.

    Args:
        pots: In key order.
        joined: The edges that count.
        decided: Places of the pots that people decided about.
    """
    told = np.array(decided, np.int64)
    ends = np.append(joined.left, _parties(pots)[told]), np.append(joined.right, told)
    label = labels(len(pots), *ends)
    mixed = np.isin(label, label[told])
    here = mixed[joined.left]
    places = np.flatnonzero(mixed)
    own = joined.where(here)
    own = Edges(np.searchsorted(places, own.left), np.searchsorted(places, own.right), own.scores)
    return Decided(places.tolist(), own.rows(), joined.where(~here))


def groups(pots: Sequence[Profile], batch: Batch, joined: Edges, split: Split) -> Iterator[Group]:
    """Yield the groups of pots that nobody decided about.

    Args:
        pots: In key order.
        batch: Of these.
        joined: The edges that count.
        split: Groups the pots of one component, given its places, its edges and known verdicts.
    """
    every = Components(len(pots), parted(len(pots), joined))
    for size in np.unique(every.sizes).tolist():
        numbers = np.flatnonzero(every.sizes == size)
        step = max(1, AT_ONCE // size**2)
        for start in range(0, len(numbers), step):
            part = numbers[start : start + step]
            rows = every.places(part)
            if size == 1:
                yield from (Group((place,)) for (place,) in rows.tolist())
            elif size == 2:  # noqa: PLR2004 - an edge joins the two
                yield from (Group((one, two), ((one, two),)) for one, two in rows.tolist())
            elif size > partition.MOST_TOGETHER:
                for number, places in zip(part.tolist(), rows.tolist(), strict=True):
                    yield from split(places, every.edges(number), NOTHING)
            else:
                alike, known = _foreseen(pots, batch, rows)
                for number, places, is_whole in zip(
                    part.tolist(), rows.tolist(), alike.tolist(), strict=True
                ):
                    if is_whole:
                        yield whole(places, every.edges(number))
                    else:
                        yield from split(places, every.edges(number), known)


def _foreseen(
    pots: Sequence[Profile], batch: Batch, places: Integers
) -> tuple[Flags, Mapping[Pair, Verdict]]:
    """Look at all pairs of some components of one size.

    Args:
        pots: All pots.
        batch: Of these.
        places: A row for each component.

    Returns:
        Which components are alike throughout: a score from `MEAN` on for every pair; and verdicts
        of pairs of the others.
    """
    size = places.shape[1]
    one, other = np.triu_indices(size, 1)
    left, right = places[:, one].ravel(), places[:, other].ravel()
    most, exact = batch.scores(left, right)
    table = most.reshape(len(places), -1)
    hopeful = ((table >= MEAN).all(1) & (size <= FEW)).repeat(len(one))
    for place in np.flatnonzero(hopeful & ~exact).tolist():
        most[place], exact[place] = _full(pots, int(left[place]), int(right[place])), True
    alike: Flags = (table >= MEAN).all(1) & (size <= FEW)
    told = np.flatnonzero(exact & (most > NEVER) & ~alike.repeat(len(one)))
    pairs = zip(left[told].tolist(), right[told].tolist(), strict=True)
    return alike, dict(zip(pairs, map(bare, most[told].tolist()), strict=True))


def _full(pots: Sequence[Profile], left: int, right: int) -> int:
    """Return the score of a pair that numbers do not tell."""
    verdict = score(pots[left], pots[right])
    return verdict.score if verdict.gate is None and verdict.comparable else NEVER


def _parties(pots: Sequence[Profile]) -> Integers:
    """Return for each pot the first place of those that are the same by decision."""
    firsts: dict[Key, int] = {}
    return np.array(
        [
            place if pot.party is None else firsts.setdefault(pot.party, place)
            for place, pot in enumerate(pots)
        ],
        np.int64,
    )
