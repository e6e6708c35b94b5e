"""Where the words end that may stand between an amount and what is said of it.

Most rules on what stands behind an amount begin with them: `£5m a year in new funding for roads`.
They are walked once for each amount, and every such rule is tried at every end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extract.rulebook import MASKS, Pattern, compile_pattern, lexicon

# Inside a word, or inside a masked amount or timeframe, nothing ends.
_INSIDE = re.compile("|".join([r"\w\w", *(2 * mask for mask in MASKS)]))


def tail_ends(text: str, start: int) -> list[int]:
    """Return where the tail of an amount can end, in the order in which to try rules there.

    A step of the tail that fits is rather taken than left out, and rather whole than in part.

    Args:
        text: Masked text in lower case.
        start: One past the amount.
    """
    steps = _steps()
    ends: list[int] = []
    seen: set[tuple[int, int]] = set()
    open_ways = [(start, 0)]
    while open_ways:
        way = position, number = open_ways.pop()
        if way in seen:
            continue
        seen.add(way)
        if number == len(steps):
            ends.append(position)
            continue
        open_ways.append((position, number + 1))
        taken = list(_step_ends(steps[number], text, position))
        open_ways += [(end, number + 1) for end in reversed(taken)]
    return ends


def _step_ends(step: Pattern, text: str, start: int) -> Iterator[int]:
    """Yield where a step can end, its longest match first."""
    stop = len(text)
    while match := step.match(text, start, stop):
        stop = match.end()
        if not _INSIDE.match(text, stop - 1):
            yield stop
        stop -= 1


@cache
def _steps() -> tuple[Pattern, ...]:
    return tuple(compile_pattern(step).lowered for step in lexicon()["tail"])
