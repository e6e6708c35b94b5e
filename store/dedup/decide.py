"""Decide which pots are one claim."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from store.dedup.block import Judge, components
from store.dedup.candidate import LocalPot, PairMatch
from store.dedup.linkage import Merge, group
from store.dedup.memo import Verdicts

Group = tuple[tuple[LocalPot, ...], tuple[PairMatch, ...]]


@dataclass(frozen=True, slots=True)
class Cluster:
    """One pot of money, whatever documents state it.

    Attributes:
        members: In key order; never empty.
        matches: Why they are one: for `n` mentions, `n - 1` pairs that connect them all.
    """

    members: tuple[LocalPot, ...]
    matches: tuple[PairMatch, ...]


def cluster(pots: Sequence[LocalPot], verdicts: Verdicts | None = None) -> list[Cluster]:
    """Group the pots of any number of documents into claims.

    Args:
        pots: What `local_pots` returned, in any order.
        verdicts: What is known already of pairs of them; None for nothing.

    Returns:
        In the order of their first members; each pot is in exactly one. The order of `pots` makes
        no difference.
    """
    known = verdicts or Verdicts()
    ordered = sorted(pots, key=lambda pot: pot.key)
    return [
        Cluster(members, tuple(match for pot in members for match in pot.matches) + matches)
        for members, matches in grouped(ordered, known.judge, known.explain)
    ]


def grouped(pots: Sequence[LocalPot], judge: Judge, explain: Judge) -> list[Group]:
    """Group pots given in key order, with the pairs that joined each group.

    Args:
        pots: In key order.
        judge: Compares two pots; its reasons are not looked at.
        explain: Gives the same verdict with its reasons.
    """
    found: list[Group] = []
    for places in components(pots, judge):
        part = [pots[place] for place in places]
        grouping = group(part, judge)
        home = {place: number for number, one in enumerate(grouping.groups) for place in one}
        matches: dict[int, list[PairMatch]] = defaultdict(list)
        for merge in grouping.merges:
            matches[home[merge.left]].append(_match(part, merge, explain))
        for number, one in enumerate(grouping.groups):
            found.append((tuple(part[place] for place in one), tuple(matches[number])))
    return sorted(found, key=lambda one: one[0][0].key)


def _match(pots: Sequence[LocalPot], merge: Merge, explain: Judge) -> PairMatch:
    left, right = pots[merge.left], pots[merge.right]
    verdict = explain(left, right)
    return PairMatch(left.key, right.key, verdict.score, verdict.reasons)
