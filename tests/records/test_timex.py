"""Timeframes as ISO 8601 intervals and TIMEX3 values."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.jsonio import mention_from_dict
from records.mention import Amount, Mention, Timeframe
from records.span import Span
from records.timex import interval_of, timex3_of

DATES = st.none() | st.dates(date(1990, 1, 1), date(2060, 12, 31))
CASES: list[tuple[str, str | None, str | None, str | None, str | None, dict[str, str] | None]] = [
    ("in 2022", None, "2022-01-01", "2022-12-31", "2022-01-01/2022-12-31",
     {"type": "DATE", "value": "2022"}),
    ("in March 2026", None, "2026-03-01", "2026-03-31", "2026-03-01/2026-03-31",
     {"type": "DATE", "value": "2026-03"}),
    ("in 2025-26", None, "2025-04-01", "2026-03-31", "2025-04-01/2026-03-31",
     {"type": "DATE", "value": "FY2026"}),
    ("in the first quarter of 2026", None, "2026-01-01", "2026-03-31", "2026-01-01/2026-03-31",
     {"type": "DATE", "value": "2026-Q1"}),
    ("in the second half of 2026", None, "2026-07-01", "2026-12-31", "2026-07-01/2026-12-31",
     {"type": "DATE", "value": "2026-H2"}),
    ("next week", None, "2025-09-15", "2025-09-21", "2025-09-15/2025-09-21",
     {"type": "DATE", "value": "2025-W38"}),
    ("on Friday", None, "2025-09-12", "2025-09-12", "2025-09-12/2025-09-12",
     {"type": "DATE", "value": "2025-09-12"}),
    ("by 2030", None, None, "2030-12-31", "../2030-12-31",
     {"type": "DATE", "value": "2030", "mod": "ON_OR_BEFORE"}),
    ("by March 2026", None, None, "2026-03-31", "../2026-03-31",
     {"type": "DATE", "value": "2026-03", "mod": "ON_OR_BEFORE"}),
    ("from 1 April 2025", None, "2025-04-01", None, "2025-04-01/..",
     {"type": "DATE", "value": "2025-04-01", "mod": "ON_OR_AFTER"}),
    ("over three years", "P3Y", None, None, "P3Y", {"type": "DURATION", "value": "P3Y"}),
    ("over three years from April 2025", "P3Y", "2025-04-01", "2028-03-31",
     "2025-04-01/2028-03-31", {"type": "DURATION", "value": "P3Y"}),
    ("between 2024-25 and 2028-29", None, "2024-04-01", "2029-03-31", "2024-04-01/2029-03-31",
     {"type": "DURATION", "value": "P5Y"}),
    ("in autumn 2026", None, None, None, None, {"type": "DATE", "value": "2026-FA"}),
    ("this winter", None, None, None, None, {"type": "DATE", "value": "XXXX-WI"}),
    ("over the next few years", None, None, None, None, {"type": "DURATION", "value": "PXY"}),
    ("over the parliament", None, None, None, None, None),
]  # fmt: skip


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("text", "duration", "first", "last", "interval", "timex3"), CASES, ids=[c[0] for c in CASES]
)
def test_notation(
    text: str,
    duration: str | None,
    first: str | None,
    last: str | None,
    interval: str | None,
    timex3: dict[str, str] | None,
) -> None:
    assert interval_of(duration, day(first), day(last)) == interval
    assert timex3_of(text, duration, day(first), day(last)) == timex3


@given(DATES, DATES)
def test_an_interval_holds_both_days(first: date | None, last: date | None) -> None:
    interval = interval_of(None, first, last)
    ends = ["..", ".."] if interval is None else interval.split("/")
    assert ends == [str(first or ".."), str(last or "..")]


def test_reading_a_mention_ignores_both_notations() -> None:
    text = "£5m by 2030"
    when = Timeframe(Span.of(text, 4, 11), until=date(2030, 12, 31))
    mention = Mention(Amount(Span.of(text, 0, 3), "GBP", None, None, vague=True), "funding", when)
    data: dict[str, Any] = mention.to_dict()
    assert data["timeframe"]["interval"] == "../2030-12-31"
    assert mention_from_dict(data, text) == mention
    del data["timeframe"]["interval"], data["timeframe"]["timex3"]
    assert mention_from_dict(data, text) == mention
