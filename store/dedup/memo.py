"""Verdicts already given: a document that comes next to others is compared, they are not again."""

from __future__ import annotations

from functools import lru_cache

from store.dedup.candidate import LocalPot
from store.dedup.score import score
from store.dedup.verdict import Verdict

KEPT_PAIRS = 250_000
"""Pairs of pots whose verdicts stay in memory, some 80 MB."""


class Verdicts:
    """The verdicts of `score`, each worked out once for two pots that stay in memory.

    Pots are told by being the same object: they cannot change, and a pot that was read again is
    another one. Each entry keeps its pots, so that no other object takes their place.
    """

    def __init__(self, most: int = KEPT_PAIRS) -> None:
        """Know nothing yet.

        Args:
            most: Pairs to keep; when there are more, all are worked out afresh as they come.
        """
        self._most = most
        self._kept: dict[tuple[int, int], tuple[LocalPot, LocalPot, Verdict]] = {}

    def judge(self, left: LocalPot, right: LocalPot) -> Verdict:
        """Compare two pots; the score is that of `score`, reasons and words can be missing."""
        a, b = id(left), id(right)
        pair = (a, b) if a < b else (b, a)
        if known := self._kept.get(pair):
            return known[2]
        full = score(left, right)
        return self._keep(left, right, _bare(full.score, full.gate is None, full.comparable))

    def explain(self, left: LocalPot, right: LocalPot) -> Verdict:
        """Compare two pots, with the reasons and words."""
        a, b = id(left), id(right)
        known = self._kept.get((a, b) if a < b else (b, a))
        if known and known[2].reasons:
            return known[2]
        return self._keep(left, right, score(left, right))

    def forget(self) -> None:
        """Know nothing again."""
        self._kept.clear()

    def _keep(self, left: LocalPot, right: LocalPot, verdict: Verdict) -> Verdict:
        if len(self._kept) >= self._most:
            self._kept.clear()
        a, b = id(left), id(right)
        self._kept[(a, b) if a < b else (b, a)] = (left, right, verdict)
        return verdict


@lru_cache(maxsize=1024)
def _bare(score: int, is_open: bool, comparable: bool) -> Verdict:  # noqa: FBT001 - a cache's key
    """Return the one verdict without reasons that many pairs share: most are only ever added up."""
    return Verdict(score, gate=None if is_open else "barred", comparable=comparable)
