"""On which day of a year a feast falls."""

from __future__ import annotations

from datetime import date

import pytest

from extract.grammar.feasts import feast_day


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("easter", date(2025, 4, 20)),
        ("easter", date(2024, 3, 31)),
        ("easter monday", date(2026, 4, 6)),
        ("good friday", date(2025, 4, 18)),
        ("labor day", date(2025, 9, 1)),
        ("thanksgiving", date(2025, 11, 27)),
        ("memorial day", date(2025, 5, 26)),
        ("independence day", date(2025, 7, 4)),
        ("halloween", date(2025, 10, 31)),
        ("diwali", None),
    ],
)
def test_a_feast_has_its_day(name: str, day: date | None) -> None:
    if day is None:
        assert feast_day(name, 2025) is None
    else:
        assert feast_day(name, day.year) == day
