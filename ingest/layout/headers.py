"""Headers of a table: which of the columns below each of them stands over."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ingest.layout.tables import Band, Phrase

_CENTRED = 1.5  # of the type size: how far the middle of a header may be from that of its columns


def spanned(heads: Sequence[Phrase], columns: Sequence[Band], size: float) -> list[int] | None:
    """Share columns out among fewer headers, each over the middle or the edge of its own.

    Args:
        heads: Of one line, from left to right.
        columns: From left to right, more than heads.
        size: Type size.

    Returns:
        The first column of each; None where the headers do not stand over all of the columns.
    """
    none: tuple[float, list[int]] = (math.inf, [])
    best = [(0.0, list[int]()), *[none] * len(columns)]  # by number of columns that are taken
    for place, head in enumerate(heads):
        following = [none] * (len(columns) + 1)
        for stop in range(place + 1, len(columns) + 1):
            for start in range(place, stop):
                cost, starts = best[start]
                cost += _off(head, columns[start:stop])
                if cost < following[stop][0]:
                    following[stop] = cost, [*starts, start]
        best = following
    cost, starts = best[-1]
    return starts if cost <= _CENTRED * size * len(heads) else None


def nearest(head: Phrase, columns: Sequence[Band]) -> int:
    """Return the column that a header is set to, by its middle or an edge."""
    return min(range(len(columns)), key=lambda n: _off(head, columns[n : n + 1]))


def _off(head: Phrase, columns: Sequence[Band]) -> float:
    """Return how far a header is from where it would stand over columns."""
    left, right = columns[0].x0, columns[-1].x1
    middle = abs(head.x0 + head.x1 - left - right) / 2
    return min(middle, abs(head.x0 - left), abs(head.x1 - right) if len(columns) == 1 else middle)
