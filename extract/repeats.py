"""Which amounts of a document state the same sum again, found without comparing all with all."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from decimal import Decimal

from extract.groups import Found

Group = tuple[object, ...]
# A figure's last written digit is at most its value, so no rounding reaches further than this.
# Only amounts this near, in their order, repeat each other, so that long texts stay linear.
_BLOCK = 100
_WIDEST = 2
# `nearly £80m` may stand for £79.5m: within a fortieth of the value.
_HEDGED = 20
# `close to half a billion` may stand for £486m.
_WORDED = 10


class Repeats:
    """Point amounts in groups that may repeat each other, each group in order of value."""

    def __init__(self, text: str, amounts: Iterable[tuple[Group, Found]]) -> None:
        """Sort the amounts of a folded text; a range or a vague amount repeats nothing."""
        self._text = text
        groups: dict[tuple[Group, int], list[tuple[Decimal, int, Found]]] = {}
        for group, amount in amounts:
            value = _figure(amount)
            if value is not None:
                block = amount.amount // _BLOCK
                groups.setdefault((group, block), []).append((value, amount.amount, amount))
        self._groups = {
            group: sorted(items, key=lambda i: i[:2]) for group, items in groups.items()
        }

    def of(self, group: Group, amount: Found) -> Iterator[Found]:
        """Yield the group's other amounts that agree with one within the coarser last digit."""
        value = _figure(amount)
        if value is None:
            return
        block = amount.amount // _BLOCK
        for near in (block - 1, block, block + 1):
            yield from self._within(self._groups.get((group, near), []), value, amount)

    def _within(
        self, items: list[tuple[Decimal, int, Found]], value: Decimal, amount: Found
    ) -> Iterator[Found]:
        low = bisect_left(items, value / _WIDEST, key=lambda item: item[0])
        high = bisect_right(items, value * _WIDEST, key=lambda item: item[0])
        for other_value, _, other in items[low:high]:
            step = max(_step(self._text, amount), _step(self._text, other))
            if amount.values["approximate"] or other.values["approximate"]:
                step = max(step, value / _HEDGED)
            rounded = point(amount) is not None and point(other) is not None
            agrees = value == other_value or (rounded and abs(value - other_value) * 2 < step)
            if agrees and other.amount != amount.amount:
                yield other


def point(amount: Found) -> Decimal | None:
    """Return the value of a point amount; None for a range, an open bound or a vague amount."""
    low, high = amount.values["low"], amount.values["high"]
    return Decimal(low) if low is not None and low == high else None


def _figure(amount: Found) -> Decimal | None:
    """Return the figure that an amount names: its value, or the bound that it opens from."""
    low, high = amount.values["low"], amount.values["high"]
    if low is not None and high is not None:
        return point(amount)
    stated = low or high
    return None if stated is None else Decimal(stated)


def _step(text: str, amount: Found) -> Decimal:
    """Return the value of an amount's last written digit: 0.1 billion for `£0.2bn`."""
    digits = re.search(r"[0-9][0-9,]*(?:\.([0-9]+))?", text[amount.start : amount.end])
    number = Decimal(digits[0].replace(",", "")) if digits else Decimal(0)
    value = _figure(amount) or Decimal(0)
    if not digits or not number:
        return value / _WORDED  # `half a billion`
    scale = value / number
    return scale.scaleb(-len(digits[1] or ""))
