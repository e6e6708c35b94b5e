"""What a figure comes to: the sum that it states, or a rate over the length that is stated."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from records.claim import Claim
from records.mention import Mention, Timeframe
from store.dedup.period import fullest, months_of

_STEPS = {"year": 12, "month": 1}
"""Months of a step of the rates that add up over time."""


def point_of(claim: Claim) -> Decimal | None:
    """Return the sum that a claim comes to; None for ranges, open bounds and rates without an end.

    `£12bn a year` for three years comes to £36bn.
    """
    return _sum(claim.low, claim.high, steps_of(claim))


def point_said(mention: Mention) -> Decimal | None:
    """Return the sum that one mention comes to by itself; None likewise."""
    amount = mention.amount
    return _sum(amount.low, amount.high, _steps(amount.per, mention.timeframe))


def steps_of(claim: Claim) -> int | None:
    """Return how many times a claim's figure is paid: 1 for a total; None where nothing says."""
    if claim.per is None:
        return 1
    return _steps(claim.per, fullest(one.counted.timeframe for one in claim.mentions))


def _sum(low: Decimal | None, high: Decimal | None, steps: int | None) -> Decimal | None:
    return low * steps if low is not None and low == high and steps else None


def _steps(per: str | None, frame: Timeframe | None) -> int | None:
    if per is None:
        return 1
    step, months = _STEPS.get(per), _months(frame) if frame else None
    return months // step if step and months and not months % step else None


def _months(frame: Timeframe) -> int | None:
    """Return a timeframe's length where it is whole months, by its words or else by its days."""
    if length := months_of(frame):
        return length
    if frame.start is None or frame.until is None or frame.until == date.max:
        return None
    after = frame.until + timedelta(days=1)
    whole = after.day == frame.start.day
    return (after.year - frame.start.year) * 12 + after.month - frame.start.month if whole else None
