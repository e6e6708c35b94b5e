"""Score two pots: hard gates first, then reasons with weights, each of which a person can read."""

from __future__ import annotations

from store.dedup.across import compare_across
from store.dedup.profile import Profile
from store.dedup.verdict import Verdict, best_meeting

TOLD_APART = Verdict(gate="one document tells them apart")


def score(left: Profile, right: Profile) -> Verdict:
    """Compare two pots, of one document or of two.

    The verdict depends on the two pots and the documents they stand in, and on nothing else; it is
    the same both ways. What one document tells apart no other document brings together: equal
    amounts only where the document itself leaves it open.
    """
    first, second = (left, right) if left.key <= right.key else (right, left)
    if first.document != second.document:
        return compare_across(first, second)
    place = second.key[1]
    if known := first.undecided.get(place):
        return known
    if place in first.walls:
        return TOLD_APART
    found = best_meeting(first, second)
    return found if isinstance(found, Verdict) and not found.comparable else TOLD_APART
