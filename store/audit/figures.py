"""Figures: are the digits of an amount those that its quote shows?

A second way from words to numbers, which shares no code and no rule with the one that read them.
It knows nothing of units, so it cannot tell a million from a billion; but the leading digits of an
amount are in its quote whatever the unit: `£2.1bn`, `2,100 million` and a table's `2 100` are 21.
"""

from __future__ import annotations

import re

_FIGURE = re.compile(r"[0-9]+(?:[.,'\u2019 \u00a0\u202f][0-9]+)*")
_PLAIN = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_FRACTION = re.compile(r"[¼-¾⅐-⅞]|[0-9]/[0-9]|half|quarter|third|dozen", re.IGNORECASE)


def contradicts(quote: str, bounds: tuple[int | str | None, ...]) -> bool:
    """Tell whether an amount is not one that a quote can state.

    Args:
        quote: The words of the amount.
        bounds: In minor units or as decimal text; None for one that is open.

    Returns:
        False also where the quote has no figures, or fractions of some, and cannot tell.
    """
    plain = [_leading(one) for one in _PLAIN.findall(quote)]
    figures = {*plain, *map(_leading, _FIGURE.findall(quote))}
    if not figures or _FRACTION.search(quote):
        return False
    stated = {_leading(str(bound)) for bound in bounds if bound is not None}
    if len(stated) == 1 < len(plain):  # `71 crore 70 lakh` is one amount in two figures
        return not (stated <= figures or min(stated).startswith(plain[0]))
    return not stated <= figures


def _leading(number: str) -> str:
    return re.sub(r"[^0-9]", "", number).strip("0")
