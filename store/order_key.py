"""Decimals as texts in the order of their values, which every database compares alike and exactly.

`worth`, `low_order` and the other columns of `store.tables.claims` hold them beside the integers:
one kind of comparison for pence, yen and 2.5 cent, and one order over all of them.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import NamedTuple

from records.mention import Amount, Timeframe
from store.dedup.period import months_of

_REACH = 5000
"""Powers of ten on each side; nobody writes a longer number."""
_TURNED = str.maketrans("0123456789", "9876543210")
_TIMES_A_YEAR = {"year": 1, "quarter": 4, "month": 12, "week": 52}
_DIGITS = Context(prec=30, rounding=ROUND_HALF_EVEN)


class Bounds(NamedTuple):
    """A lower and an upper bound; None where it is open."""

    low: Decimal | None
    high: Decimal | None


def order_key(value: Decimal) -> str:
    """Return a text that sorts among others as its value does among theirs, equal ones alike.

    A digit for the sign, the power of ten, the digits; of a negative number all turned round.
    """
    if not value:
        return "5"
    digits = "".join(map(str, value.as_tuple().digits)).lstrip("0").rstrip("0")
    power = f"{value.adjusted() + _REACH:05d}"
    if value > 0:
        return f"6{power}{digits}"
    return f"4{(power + digits).translate(_TURNED)}a"


def amount_columns(amount: Amount, timeframe: Timeframe | None) -> dict[str, str | None]:
    """Return the columns by which a claim of an amount is compared and ordered."""
    year = a_year(amount, timeframe)
    worth = amount.high if amount.low is None else amount.low
    return {
        "worth": _key(worth),
        "low_order": _key(amount.low),
        "high_order": _key(amount.high),
        "year_low_order": year and _key(year.low),
        "year_high_order": year and _key(year.high),
    }


def a_year(amount: Amount, timeframe: Timeframe | None) -> Bounds | None:
    """Return what an amount comes to in a year, to 30 digits; None where the text does not tell.

    `£12bn a year` is that, `£1bn a month` twelve times that, and `£36bn over three years` a third.
    A total has years where its length is stated, or both days of its period and these are whole
    months apart. What is counted by a unit or a person has none.
    """
    if amount.per is not None:
        times = _TIMES_A_YEAR.get(amount.per)
        return _by(amount, times, 1) if times else None
    months = timeframe and _months(timeframe)
    return _by(amount, 12, months) if months else None


def _by(amount: Amount, times: int, parts: int) -> Bounds:
    low, high = (
        None if bound is None else _DIGITS.divide(_DIGITS.multiply(bound, times), Decimal(parts))
        for bound in (amount.low, amount.high)
    )
    return Bounds(low, high)


def _months(timeframe: Timeframe) -> int:
    """Return how many months the money is for; 0 where that is not known."""
    if timeframe.duration is not None:
        return months_of(timeframe) or 0
    start, until = timeframe.start, timeframe.until
    if start is None or until is None or until.toordinal() < start.toordinal():
        return 0
    behind = until.fromordinal(until.toordinal() + 1)
    if behind.day != start.day:
        return 0
    return (behind.year - start.year) * 12 + behind.month - start.month


def _key(value: Decimal | None) -> str | None:
    return None if value is None else order_key(value)
