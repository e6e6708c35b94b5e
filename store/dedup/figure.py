"""A stated amount as an interval: what its words can stand for, to the precision as written.

`£2.1bn` can stand for 2.05 to 2.15, `more than £210m` for 210 to 220, `nearly £6bn` for 5.5 to 6.5.
Two figures meet where the number that one states lies in the interval of the other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Literal

from records.mention import Amount, Mention
from records.money import display_bounds
from records.span import Span
from store.dedup.period import months_of
from store.dedup.words import same_rate

NEAR = Decimal("0.005")
"""Two outlets' differing figures for one announcement (£594m, £592m): annotation.md, "claim"."""
NEAR_DIGITS = (2, 3)
"""Significant digits that near figures have at least, the coarser and the finer one."""
WIDEST = Decimal("0.5")
"""Share of its greater end beyond which a range holds too much to tell (£20,000 to £4m)."""
KEPT_FIGURES = 200_000
"""Amounts, and pairs of them, that stay in memory: the same ones come again and again."""
_NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?")
_FRACTION = re.compile(r"\b(?:half|third|quarter|fifth)s?\b", re.IGNORECASE)
_DIGITS_OF_WIDTH = ((Decimal("0.0006"), 4), (Decimal("0.006"), 3), (Decimal("0.06"), 2))
_MONTHS = {"year": 12, "month": 1}


@dataclass(frozen=True)
class Figure:
    """One amount with what its words can stand for.

    Attributes:
        currency: ISO 4217.
        rate: What it is counted by, as the text words it; None for a total.
        low: Lower bound as stated; None when open.
        high: Upper bound as stated; None when open.
        floor: Least amount that the words can stand for.
        ceiling: Greatest such amount.
        loose: The text hedges or leaves a bound open.
        derived: Worked out from a rate and its length, not stated.
    """

    currency: str
    rate: str | None
    low: Decimal | None
    high: Decimal | None
    floor: Decimal
    ceiling: Decimal
    loose: bool = False
    derived: bool = False

    def __hash__(self) -> int:
        """Hash once: figures are looked up in pairs, millions of times."""
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.currency, self.rate, self.low, self.high, self.floor, self.ceiling))

    @cached_property
    def points(self) -> tuple[Decimal, ...]:
        """The numbers that the text states, smaller first."""
        return tuple(dict.fromkeys(x for x in (self.low, self.high) if x is not None))

    @cached_property
    def digits(self) -> int:
        """How many significant digits its most precise number has."""
        return max(significant(point) for point in self.points)

    @cached_property
    def is_range(self) -> bool:
        """Tell whether the text states two different bounds."""
        return len(self.points) > 1

    @cached_property
    def is_wide(self) -> bool:
        """Tell whether a range is so wide that lying in it says nothing."""
        low, high = self.points[0], self.points[-1]
        return high - low > high * WIDEST

    @cached_property
    def width(self) -> Decimal:
        """The interval's length as a share of the greatest stated number."""
        return (self.ceiling - self.floor) / self.points[-1]

    @cached_property
    def written(self) -> int:
        """How many digits its words leave sure, 1 to 4."""
        return _digits_of(self.width)

    @cached_property
    def reach(self) -> tuple[Decimal, Decimal]:
        """The interval that a figure must share an amount with to meet this one."""
        low, high = self.points[0], self.points[-1]
        return min(self.floor, low - low * NEAR), max(self.ceiling, high + high * NEAR)

    def words(self) -> str:
        """Return the figure for people: `£12bn a year`."""
        return self._words

    @cached_property
    def _words(self) -> str:
        shown = display_bounds(self.low, self.high, self.currency)
        return f"{shown} a {self.rate}" if self.rate else shown


@dataclass(frozen=True, slots=True)
class Meeting:
    """How two figures can be one amount.

    Attributes:
        how: `same`: the texts state the same number. `rounded`: one is the other, rounded, hedged
            or bounded. `near`: precise figures less than half a per cent apart.
        digits: How many digits the two are known to share, 1 to 4 and more; of equal numbers, the
            significant ones: many say much, `£5,000` says little.
        left: One figure.
        right: The other.
    """

    how: Literal["same", "rounded", "near"]
    digits: int
    left: Figure
    right: Figure


def figures_of(mention: Mention) -> tuple[Figure, ...]:
    """Return a mention's figure, and the total that its rate and length come to; none when vague.

    `£12bn a year` over three years is also £36bn.
    """
    amount = mention.amount
    if amount.vague or not any((amount.low, amount.high)):
        return ()
    length = months_of(mention.timeframe) if mention.timeframe and amount.per in _MONTHS else None
    return _figures(replace(amount, span=_bare(amount.span)), length)


@lru_cache(KEPT_FIGURES)
def _figures(amount: Amount, length: int | None) -> tuple[Figure, ...]:
    """Return what equal words for an amount have in common, wherever they stand."""
    figure = _figure(amount)
    total = _total(figure, length)
    return (figure, total) if total else (figure,)


@lru_cache(KEPT_FIGURES)
def meeting(left: Figure, right: Figure) -> Meeting | None:
    """Tell how two figures can be one amount, and keep it; None when they cannot."""
    return met(left, right)


def met(left: Figure, right: Figure) -> Meeting | None:
    """Tell how two figures can be one amount; None when they cannot."""
    if left.reach[1] < right.reach[0] or right.reach[1] < left.reach[0]:
        return None
    if left.currency != right.currency or not same_rate(left.rate, right.rate):
        return None
    if left.is_range and right.is_range:
        return _ranges_meet(left, right)
    shared = set(left.points) & set(right.points)
    if shared:
        return Meeting("same", max(significant(point) for point in shared), left, right)
    holders = [
        holder
        for holder, other in ((left, right), (right, left))
        if not holder.is_wide
        and any(holder.floor <= point <= holder.ceiling for point in other.points)
    ]
    if holders:
        coarse = max(holders, key=lambda figure: figure.width)
        fine = right if coarse is left else left
        return Meeting("rounded", _digits_shared(coarse, fine), left, right)
    return _near(left, right)


def significant(value: Decimal) -> int:
    """Count the digits of a number without the zeros at its end."""
    return len(value.normalize().as_tuple().digits)


def _near(left: Figure, right: Figure) -> Meeting | None:
    if left.loose or right.loose or left.is_range or right.is_range:
        return None
    a, b = left.points[0], right.points[0]
    coarse, fine = sorted((significant(a), significant(b)))
    if (coarse, fine) < NEAR_DIGITS or fine < NEAR_DIGITS[1] or abs(a - b) > min(a, b) * NEAR:
        return None
    return Meeting("near", coarse, left, right)


def _ranges_meet(left: Figure, right: Figure) -> Meeting | None:
    slack = max(left.points[0] - left.floor, right.points[0] - right.floor)
    if any(abs(a - b) > slack for a, b in zip(left.points, right.points, strict=True)):
        return None
    how: Literal["same", "rounded"] = "same" if left.points == right.points else "rounded"
    return Meeting(how, min(left.digits, right.digits) + 1, left, right)


def _digits_shared(coarse: Figure, fine: Figure) -> int:
    """Count the digits that a figure shares with its rounding: by how much the words leave open.

    Numbers that lie close within it say one digit more: `nearly £6bn` is more likely to be £5.9bn
    than £5.6bn.
    """
    written = coarse.written
    if coarse.is_range:
        return min(fine.digits, written)
    gap = min(abs(coarse.points[0] - point) for point in fine.points) / coarse.points[0]
    return min(fine.digits, max(written, min(_digits_of(2 * gap), written + 1)))


def _digits_of(width: Decimal) -> int:
    return next((digits for limit, digits in _DIGITS_OF_WIDTH if width <= limit), 1)


def _figure(amount: Amount) -> Figure:
    low, high, text = amount.low, amount.high, amount.span.text
    if low is None and high is not None:
        floor, ceiling = high - min(_steps(high, text, last=True)[1], high / 2), high
    elif high is None and low is not None:
        floor, ceiling = low, low + min(_steps(low, text)[1], low / 2)
    else:
        assert low is not None  # noqa: S101 - amounts without any bound have been left out
        assert high is not None  # noqa: S101 - likewise
        floor = low - _slack(low, _steps(low, text), hedged=amount.approximate)
        ceiling = high + _slack(high, _steps(high, text, last=True), hedged=amount.approximate)
    loose = amount.approximate or low is None or high is None
    return Figure(amount.currency, amount.per, low, high, floor, ceiling, loose)


def _slack(value: Decimal, steps: tuple[Decimal, Decimal], *, hedged: bool) -> Decimal:
    """Return how far from the stated number the amount can be: half of the last digit written.

    A hedge takes away the zeros at the end (`about £200m` is not exact to the million) and, where
    more digits than one are left, allows a whole step (`around £2.7bn`: 2.6 to 2.8).
    """
    written, counting = steps
    if not hedged:
        return written / 2
    return counting / 2 if value < counting * 10 else counting


def _steps(value: Decimal, text: str, *, last: bool = False) -> tuple[Decimal, Decimal]:
    """Return what one step of the last digit is worth: of the last written, of the last to count.

    `£200m` is written to the million, and what counts is its 2; in `£2.0bn` both are the zero.
    Numbers in words (`forty-seven million`) are written to their last significant digit, fractions
    in words (`three-quarters of a million`) to their first.

    Args:
        value: A stated bound.
        text: The amount's words.
        last: It is the second number of a range.
    """
    if _FRACTION.search(text):
        step = Decimal(1).scaleb(value.adjusted())
        return step, step
    significant_step = Decimal(1).scaleb(_exponent(value.normalize()))
    numerals = [Decimal(found.replace(",", "")) for found in _NUMERAL.findall(text)]
    for numeral in numerals[::-1] if last else numerals:
        scale = (value / numeral).normalize() if numeral else Decimal(0)
        if scale.as_tuple().digits == (1,):
            written = scale.scaleb(_exponent(numeral))
            return written, written if _exponent(numeral) < 0 else max(written, significant_step)
    return significant_step, significant_step


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)  # noqa: S101 - stated amounts are never infinite
    return exponent


def _bare(span: Span) -> Span:
    return Span(0, span.end - span.start, span.text)


def _total(figure: Figure, length: int | None) -> Figure | None:
    """Return what a yearly or monthly rate comes to over a stated length of whole steps."""
    step = _MONTHS.get(figure.rate or "")
    if not length or not step or length % step or length == step:
        return None
    times = length // step
    return Figure(
        currency=figure.currency,
        rate=None,
        low=figure.low and figure.low * times,
        high=figure.high and figure.high * times,
        floor=figure.floor * times,
        ceiling=figure.ceiling * times,
        loose=figure.loose,
        derived=True,
    )
