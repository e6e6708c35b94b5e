"""Verdicts already given: a document that comes next to others is compared, they are not again."""

from __future__ import annotations

from functools import lru_cache

from store.dedup.profile import Profile
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
        self._kept: dict[tuple[int, int], tuple[Profile, Profile, Verdict]] = {}

    def compare(self, left: Profile, right: Profile) -> Verdict:
        """Compare two pots; the arguments are left out."""
        a, b = id(left), id(right)
        pair = (a, b) if a < b else (b, a)
        if known := self._kept.get(pair):
            return known[2]
        if len(self._kept) >= self._most:
            self._kept.clear()
        full = score(left, right)
        verdict = _bare(full.score, full.gate is None, full.comparable)
        self._kept[pair] = (left, right, verdict)
        return verdict

    def forget(self) -> None:
        """Know nothing again."""
        self._kept.clear()


@lru_cache(maxsize=1024)
def _bare(score: int, is_open: bool, comparable: bool) -> Verdict:  # noqa: FBT001 - a cache's key
    """Return the one verdict without reasons that many pairs share: most are only ever added up."""
    return Verdict(score, gate=None if is_open else "barred", comparable=comparable)
