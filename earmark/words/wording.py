"""Amounts, days and counts in the words that people read."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from records.claim import Claim
from records.decision import Decision
from records.mention import Amount
from records.money import decimal_text, display_bounds

UNKNOWN = "not said"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_RATES = {
    "year": "a year",
    "month": "a month",
    "week": "a week",
    "day": "a day",
    "hour": "an hour",
}


def claim_amount(claim: Claim) -> str:
    """Return a claim's amount: `about £2.3bn`, `£12bn a year`; as written when it has no bounds."""
    if claim.low is None and claim.high is None:
        return claim.mentions[0].mention.amount.span.text
    bounds = display_bounds(claim.low, claim.high, claim.currency)
    return _hedged_rate(bounds, claim.low, claim.high, claim.per, approximate=claim.approximate)


def mention_amount(amount: Amount) -> str:
    """Return a mention's amount in the same words; as written when it is vague."""
    if amount.low is None and amount.high is None:
        return amount.span.text
    bounds = display_bounds(amount.low, amount.high, amount.currency)
    return _hedged_rate(bounds, amount.low, amount.high, amount.per, approximate=amount.approximate)


def claim_period(claim: Claim) -> str:
    """Return the days a claim's money covers, or its words for them; empty when nothing says."""
    return period(claim.period_start, claim.period_until) or claim.timeframe or ""


def day(value: date) -> str:
    """Return a day as people write it: `7 Sep 2021`."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def period(start: date | None, until: date | None) -> str:
    """Return the days the money covers: `2022`, `Apr 2025 to Mar 2028`, `until 31 Dec 2030`.

    Args:
        start: First day; None when open.
        until: Last day, inclusive; None when open.

    Returns:
        Whole years and months without their days; an empty string when both are None.
    """
    if start is None and until is None:
        return ""
    if until is None:
        assert start is not None  # noqa: S101 - the line above leaves no other case
        return f"from {day(start)}"
    if start is None:
        return f"until {day(until)}"
    first, last = _span_ends(start, until)
    return first if first == last else f"{first} to {last}"


def decision_words(decision: Decision) -> str:
    """Return who decided what, when and why: `w3, anna on 3 May 2026: m3 and m7 are different`."""
    why = f", because {decision.reason}" if decision.reason else ""
    return f"{decision.id}, {decision.by} on {day(decision.at.date())}: {decision.says}{why}"


def grouped(value: Decimal) -> str:
    """Return a number in full: `2,100,000,000`, `0.025`."""
    return f"{Decimal(decimal_text(value)):,f}"


def count(number: int, noun: str) -> str:
    """Return a number with its noun: `1 source`, `1,204 mentions`."""
    if number == 1:
        return f"1 {noun}"
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{number:,} {plural}"


def _hedged_rate(
    bounds: str, low: Decimal | None, high: Decimal | None, per: str | None, *, approximate: bool
) -> str:
    hedge = "about " if approximate and low is not None and high is not None else ""
    rate = f" {_RATES.get(per, f'per {per}')}" if per else ""
    return f"{hedge}{bounds}{rate}"


def _span_ends(start: date, until: date) -> tuple[str, str]:
    after = until + timedelta(days=1) if until < date.max else until
    if start.day == 1 == start.month and after.day == 1 == after.month:
        return str(start.year), str(until.year)
    if start.day == 1 == after.day:
        return _month(start), _month(until)
    return day(start), day(until)


def _month(value: date) -> str:
    return f"{_MONTHS[value.month - 1]} {value.year}"
