from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from earmark.words.wording import count, day, mention_amount, period
from records.mention import Amount
from records.span import Span

BILLION = Decimal(10) ** 9


def amount(
    low: Decimal | None, high: Decimal | None, *, approximate: bool = False, per: str | None = None
) -> Amount:
    return Amount(Span(0, 7, "written"), "GBP", low, high, approximate, per)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (amount(BILLION * 21 / 10, BILLION * 21 / 10), "£2.1bn"),
        (amount(BILLION, BILLION, approximate=True), "about £1bn"),
        (amount(None, Decimal(38_500_000)), "up to £38.5m"),
        (amount(Decimal(3 * BILLION), None, approximate=True), "at least £3bn"),
        (amount(BILLION * 2, BILLION * 3), "£2bn to £3bn"),
        (amount(BILLION * 12, BILLION * 12, per="year"), "£12bn a year"),
        (amount(Decimal(9), Decimal(9), per="hour"), "£9 an hour"),
        (amount(Decimal(50), Decimal(50), per="patient"), "£50 per patient"),
        (amount(None, None), "written"),
    ],
)
def test_mention_amount(given: Amount, shown: str) -> None:
    assert mention_amount(given) == shown


@pytest.mark.parametrize(
    ("start", "until", "shown"),
    [
        (None, None, ""),
        (date(2022, 1, 1), date(2022, 12, 31), "2022"),
        (date(2022, 1, 1), date(2024, 12, 31), "2022 to 2024"),
        (date(2025, 4, 1), date(2028, 3, 31), "Apr 2025 to Mar 2028"),
        (date(2024, 2, 1), date(2024, 2, 29), "Feb 2024"),
        (date(2021, 10, 25), date(2024, 10, 24), "25 Oct 2021 to 24 Oct 2024"),
        (date(2025, 4, 1), None, "from 1 Apr 2025"),
        (None, date(2030, 12, 31), "until 31 Dec 2030"),
        (date(9999, 1, 1), date.max, "1 Jan 9999 to 31 Dec 9999"),
    ],
)
def test_period(start: date | None, until: date | None, shown: str) -> None:
    assert period(start, until) == shown


def test_day() -> None:
    assert day(date(2021, 9, 7)) == "7 Sep 2021"


@pytest.mark.parametrize(
    ("number", "noun", "shown"),
    [(0, "source", "0 sources"), (1, "source", "1 source"), (1204, "mention", "1,204 mentions"),
     (2, "query", "2 queries")],
)  # fmt: skip
def test_count(number: int, noun: str, shown: str) -> None:
    assert count(number, noun) == shown
