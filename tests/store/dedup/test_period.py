"""Periods: the same time, a clash, or nothing known."""

from __future__ import annotations

from datetime import date

import pytest

from records.mention import Timeframe
from records.span import Span
from store.dedup.period import fit, fullest, is_past, months_of


def period(words: str, start: str = "", until: str = "", duration: str | None = None) -> Timeframe:
    days = [date.fromisoformat(day) if day else None for day in (start, until)]
    return Timeframe(Span(0, len(words), words), duration, days[0], days[1])


YEAR_22 = period("in 2022", "2022-01-01", "2022-12-31")
FINANCIAL_22 = period("in 2022-23", "2022-04-01", "2023-03-31")
FINANCIAL_23 = period("in 2023-24", "2023-04-01", "2024-03-31")
THREE_YEARS = period("over three years", duration="P3Y")
DATED_YEARS = period("until 2025", "2022-04-01", "2025-03-31", "P3Y")


@pytest.mark.parametrize(
    ("left", "right", "clash", "degree"),
    [
        (YEAR_22, YEAR_22, False, 3),
        (FINANCIAL_22, FINANCIAL_23, True, -2),
        (YEAR_22, FINANCIAL_23, True, -2),
        (YEAR_22, FINANCIAL_22, False, 0),
        (THREE_YEARS, DATED_YEARS, False, 2),
        (THREE_YEARS, period("over two years", duration="P2Y"), False, -2),
        (THREE_YEARS, period("over 36 months", duration="P36M"), False, 2),
        (THREE_YEARS, YEAR_22, False, -2),
        (DATED_YEARS, FINANCIAL_22, False, -2),
        (DATED_YEARS, period("by March 2025", until="2025-03-31"), False, 2),
        (DATED_YEARS, period("by 2030", until="2030-12-31"), False, -1),
        (period("by 2027", until="2027-12-31"), period("by 2030", until="2030-12-31"), True, -2),
        (period("from 2022", "2022-01-01"), period("from 2025", "2025-01-01"), True, -2),
        (period("from 2025", "2025-01-01"), FINANCIAL_22, True, -2),
        (period("from 2022", "2022-04-01"), period("by 2030", until="2030-12-31"), False, 0),
        (period("this winter"), period("This winter"), False, 2),
        (period("this winter"), period("soon"), False, 0),
    ],
)
def test_periods_fit_or_clash(left: Timeframe, right: Timeframe, clash: bool, degree: int) -> None:  # noqa: FBT001 - a column of the table
    for found in (fit(left, right), fit(right, left)):
        assert (found.clash, found.degree) == (clash, degree)


def test_the_fullest_period_counts() -> None:
    assert fullest([None, THREE_YEARS, DATED_YEARS, YEAR_22]) == DATED_YEARS
    assert fullest([None, None]) is None


@pytest.mark.parametrize(
    ("duration", "months"),
    [("P3Y", 36), ("P1Y6M", 18), ("P18M", 18), ("P2W", None), ("P0Y", None), (None, None)],
)
def test_months_of_a_length(duration: str | None, months: int | None) -> None:
    assert months_of(period("x", duration=duration)) == months


@pytest.mark.parametrize(
    ("published", "past"), [("2024-03-01", True), ("2023-02-01", False), ("2022-06-01", False)]
)
def test_a_period_is_past_when_it_is_long_over(published: str, past: bool) -> None:  # noqa: FBT001 - a column of the table
    assert is_past(YEAR_22, date.fromisoformat(published)) is past


def test_without_a_date_nothing_is_past() -> None:
    assert not is_past(YEAR_22, None)
    assert not is_past(None, date(2024, 1, 1))
