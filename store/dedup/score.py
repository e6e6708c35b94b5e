"""Score two pots: hard gates first, then reasons with weights, each of which a person can read."""

from __future__ import annotations

from store.dedup.across import compare_across
from store.dedup.candidate import LocalPot
from store.dedup.inside import compare_inside
from store.dedup.verdict import THRESHOLD, Verdict

TOLD_APART = 30
"""Score under which two equal amounts of one document are different pots, whatever others say."""


def score(left: LocalPot, right: LocalPot) -> Verdict:
    """Compare two pots, of one document or of two.

    The verdict depends on the two pots and the documents they stand in, and on nothing else; it is
    the same both ways. What one document tells apart no other document brings together: equal
    amounts only where the document itself leaves it open.
    """
    first, second = (left, right) if left.key <= right.key else (right, left)
    if first.document != second.document:
        return compare_across(first, second)
    verdict = compare_inside(first, second)
    rounded = any(reason.code == "rounded-amount" for reason in verdict.reasons)
    if verdict.comparable and verdict.score < (THRESHOLD if rounded else TOLD_APART):
        return Verdict(gate=verdict.gate or "one document tells them apart")
    return verdict
