"""Which other figures two documents share: two articles on one announcement share several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from store.dedup.figure import KEPT_FIGURES, Figure, Meeting, meeting
from store.dedup.profile import Profile, Surroundings

MOST = 60
"""Figures of one document that are compared, the most distinctive first."""


def shared_figures(left: Profile, right: Profile) -> list[tuple[Figure, int]]:
    """Return figures of both documents besides the pots' own, each with the digits it shares.

    Equal figures of one digit count too, roundings to one digit do not.
    """
    ours, theirs = left.surroundings, right.surroundings
    if len(ours.figures) == 1 or len(theirs.figures) == 1:
        return []  # most are of the pot itself
    own = (*left.figures, *right.figures)
    return [
        (figure, digits)
        for figure, digits in _common(ours, theirs)
        if not any(meeting(figure, one) for one in own)
    ]


def is_only(pot: Profile, found: Meeting) -> bool:
    """Tell whether no second pot of `pot`'s document could as well be one of the two that meet."""
    met = (
        [one for side in (found.left, found.right) if (one := meeting(figure, side))]
        for figure in pot.surroundings.figures
    )
    rivals = [ways for ways in met if any(way.how == "same" or found.how != "same" for way in ways)]
    return len(rivals) <= 1


def distinctive(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """Order a document's figures by what they tell, most first."""
    if len(figures) == 1:
        return _alone(figures[0])
    return tuple(sorted(figures, key=lambda figure: (-figure.digits, _order(figure))))


@lru_cache(KEPT_FIGURES)
def _alone(figure: Figure) -> tuple[Figure]:
    """Return the one list that all documents of a single figure share."""
    return (figure,)


@lru_cache(maxsize=4096)
def _common(left: Surroundings, right: Surroundings) -> tuple[tuple[Figure, int], ...]:
    """Pair figures that meet, each once, best pairs first."""
    pairs = [
        (found.how != "same", -found.digits, _order(a), _order(b), a, b)
        for a, b in _within_reach(left.figures[:MOST], right.figures[:MOST])
        if (found := meeting(a, b)) and (found.how == "same" or found.digits > 1)
    ]
    shared: dict[Figure, int] = {}
    taken: set[Figure] = set()
    for _, digits, _, _, a, b in sorted(pairs, key=lambda pair: pair[:4]):
        if a not in shared and b not in taken:
            shared[a] = min(-digits, 4)
            taken.add(b)
    return tuple(shared.items())


def _within_reach(
    left: tuple[Figure, ...], right: tuple[Figure, ...]
) -> Iterator[tuple[Figure, Figure]]:
    ordered = sorted(right, key=lambda figure: figure.reach)
    for a in left:
        low, high = a.reach
        for b in ordered:
            if b.reach[0] > high:
                break
            if b.reach[1] >= low:
                yield a, b


def _order(figure: Figure) -> tuple[object, ...]:
    return figure.currency, figure.rate or "", figure.points, figure.floor, figure.ceiling
