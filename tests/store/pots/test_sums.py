"""A rate counts as what it comes to over the length that the text states, and else not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import pytest

from records.mention import Timeframe
from records.span import Span
from store.pots.build import build_pots
from tests.store.pots.test_build import claim, mention

DAYS = tuple[str, str]


class Case(NamedTuple):
    """A figure of 12 with its rate, length or days, and what it comes to."""

    name: str
    per: str | None
    duration: str | None
    days: DAYS | None
    total: int | None


CASES = (
    Case("a sum is itself", None, "P3Y", None, 12),
    Case("years", "year", "P3Y", None, 36),
    Case("one year", "year", "P1Y", None, 12),
    Case("years in months", "year", "P24M", None, 24),
    Case("no whole years", "year", "P18M", None, None),
    Case("months", "month", "P18M", None, 216),
    Case("months of years", "month", "P1Y6M", None, 216),
    Case("days of years", "year", None, ("2025-04-01", "2028-03-31"), 36),
    Case("days of one year", "year", None, ("2025-01-01", "2025-12-31"), 12),
    Case("days of months", "month", None, ("2025-04-01", "2025-06-30"), 36),
    Case("no whole months", "month", None, ("2025-04-01", "2025-06-20"), None),
    Case("no end", "year", None, None, None),
    Case("no rate over time", "household", "P3Y", None, None),
    Case("no whole steps", "week", "P3Y", None, None),
    Case("the end of time", "year", None, ("2025-01-01", "9999-12-31"), None),
)


def frame(case: Case) -> Timeframe | None:
    if case.duration is None and case.days is None:
        return None
    start, until = (date.fromisoformat(day) for day in case.days) if case.days else (None, None)
    return Timeframe(Span(6, 10, "then"), case.duration, start, until)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_rate_comes_to_its_length_times_itself(case: Case) -> None:
    said = replace(mention(12, 12, case.per), timeframe=frame(case))
    report = build_pots([claim(1, 12, per=case.per, said=[said, said])])
    if case.total is None:
        assert report.totals == ()
        assert [one.claims for one in report.left_out] == [("c1",)]
        return
    (total,) = report.totals
    assert total.headlines == 2 * case.total
    assert total.distinct == case.total
    assert report.pots[0].amount == case.total
    assert report.left_out == ()


def test_a_range_of_a_rate_comes_to_no_sum() -> None:
    said = replace(mention(12, 13, "year"), timeframe=Timeframe(Span(6, 10, "then"), "P3Y"))
    report = build_pots([claim(1, (12, 13), per="year", said=[said])])
    assert report.totals == ()


def test_parts_by_the_year_add_up_to_their_whole() -> None:
    frames = Timeframe(Span(6, 10, "then"), "P2Y")
    yearly = replace(mention(12, 12, "year"), timeframe=frames)
    report = build_pots(
        [
            claim(1, 36),
            claim(2, 12, per="year", said=[yearly], part_of=[1]),
            claim(3, 12, part_of=[1]),
        ]
    )
    (pot,) = report.pots
    assert pot.distinct == Decimal(36)
    assert pot.check
    assert pot.check.verdict == "adds up"
