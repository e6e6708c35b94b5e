"""Alarms: figures of one pot that cannot all be right, and the many that can."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import pytest

from records.claim import Claim, Match
from records.span import Span
from store.pots.alarm import Alarm
from store.pots.build import build_pots
from tests.store.pots.told import Told, told

HERE, THERE, LATER = Told("d1", "2025-03-03"), Told("d2", "2025-03-05"), Told("d3", "2025-09-01")
WALLS = {"purpose": "new flood walls along the Eder", "recipient": "Wexley council"}
BUSES = {"purpose": "electric buses in Wexley", "funder": "the Clean Transport Fund"}


def alarms_of(*claims: Claim) -> tuple[Alarm, ...]:
    return build_pots(claims).alarms


RAISED: dict[str, tuple[list[Claim], str, str]] = {
    "million-for-billion": (
        [
            told(1, "2.1bn", HERE, THERE, LATER, purpose="digital records in the NHS"),
            told(2, "2.1m", Told("d4", "2025-03-04"), purpose="digital NHS records"),
        ],
        "scale",
        "£2.1bn (c1), said 3 times, is a thousand times £2.1m (c2), said once; both name",
    ),
    "thousand-for-million-in-one-document": (
        [told(1, "245k", HERE, **WALLS), told(2, "245m", HERE, **WALLS)],
        "scale",
        "£245m (c2), said once, is a thousand times £245,000 (c1), said once; both name",
    ),
    "round-sum-of-the-same-days": (
        [told(1, "5bn", HERE, **WALLS), told(2, "5m", THERE, **WALLS)],
        "scale",
        "£5bn (c1), said once, is a thousand times £5m (c2), said once",
    ),
    "fund-of-one-name": (
        [
            told(1, "40m", HERE, **BUSES),
            told(2, "40bn", THERE, purpose="buses", funder="Clean Transport Fund"),
        ],
        "scale",
        "£40bn (c2), said once, is a thousand times £40m (c1), said once; both name",
    ),
    "who-gets-it-in-one-story": (
        [
            told(1, "2.1m", HERE, **WALLS),
            told(2, "2.1bn", THERE, recipient="Wexley council"),
        ],
        "scale",
        "£2.1bn (c2), said once, is a thousand times £2.1m (c1), said once; both name",
    ),
    "nearly-one-purpose-months-later": (
        [told(1, "2.1bn", HERE, **WALLS), told(2, "2.1m", LATER, **WALLS)],
        "scale",
        "£2.1bn (c1), said once, is a thousand times £2.1m (c2), said once; both name",
    ),
    "pounds-for-dollars": (
        [told(1, "38m", HERE, **WALLS), told(2, "38m", THERE, **WALLS, currency="USD")],
        "currency",
        "£38m (c1) and US$38m (c2) are one number in two currencies; both name",
    ),
    "a-bare-dollar": (
        [
            told(1, "38m", HERE, **WALLS, currency="AUD", written="$38m"),
            told(2, "38m", THERE, **WALLS, currency="USD", written="$38 million"),
        ],
        "currency",
        "both written with a bare $, which the country of each document decided; both name",
    ),
    "a-year-for-in-all": (
        [
            told(1, "12bn", HERE, purpose="health and social care", years=(2022, 2024)),
            told(2, "12bn", THERE, purpose="health and social care", per="year"),
        ],
        "rate",
        "£12bn a year (c2) and £12bn (c1) in all are one number; both name",
    ),
    "two-figures-of-one-story": (
        [told(1, "2.1m", HERE, **WALLS), told(2, "2.3m", THERE, **WALLS)],
        "amount",
        "sources of the same days say £2.1m (c1) and £2.3m (c2); both name",
    ),
    "near-figures-in-one-claim": (
        [told(1, "594m", HERE, THERE._replace(amount="592m"), **WALLS)],
        "amount",
        "c1: d1 says £594m, d2 says £592m",
    ),
    "two-periods-of-one-story": (
        [
            told(1, "2.1m", HERE, **WALLS, years=(2025, 2025)),
            told(2, "2.1m", THERE, **WALLS, years=(2027, 2027)),
        ],
        "period",
        "£2.1m (c1) and £2.1m (c2): periods differ: from 2025 to 2025 against from 2027 to 2027",
    ),
    "two-periods-in-one-claim": (
        [
            told(
                1,
                "2.1m",
                HERE._replace(years=(2025, 2025)),
                THERE._replace(years=(2027, 2027)),
                **WALLS,
            )
        ],
        "period",
        "c1: d1 and d2 agree on £2.1m, but periods differ: from 2025 to 2025 against",
    ),
    "two-purposes-in-one-claim": (
        [
            told(
                1,
                "27.4m",
                HERE._replace(purpose="flood walls"),
                THERE._replace(purpose="dental surgeries"),
            )
        ],
        "purpose",
        "c1: d1 says £27.4m is for flood walls, d2 for dental surgeries",
    ),
    "parts-that-are-too-much": (
        [
            told(1, "10m", HERE, **WALLS),
            told(2, "6m", HERE, purpose="pumps", part_of=[1]),
            told(3, "5m", THERE, purpose="gates", part_of=[1]),
        ],
        "sum",
        "c1: parts do not add up: 6 + 5 = 11, more than 10; a figure is wrong, or parts overlap",
    ),
    "a-circle": (
        [
            told(1, "10m", HERE, purpose="pumps", part_of=[2]),
            told(2, "10m", THERE, purpose="gates", part_of=[3]),
            told(3, "10m", LATER, purpose="weirs", part_of=[1]),
        ],
        "circle",
        "texts contradict each other: c1 is a part of c2 is a part of c3 is a part of c1",
    ),
    "a-part-of-itself": (
        [
            told(
                1,
                "5m",
                HERE,
                HERE,
                **WALLS,
                relation=("part_of", Span(1100, 1103, "£5m")),
            )
        ],
        "circle",
        "c1 is stated as a part of itself",
    ),
}


@pytest.mark.parametrize("name", RAISED)
def test_an_alarm_names_claims_and_quotes_and_says_why(name: str) -> None:
    claims, kind, words = RAISED[name]
    (alarm,) = alarms_of(*claims)
    assert alarm.kind == kind
    assert words in alarm.words
    assert {one.id for one in claims} == set(alarm.claims)
    stating = {one.id: claim.id for claim in claims for one in claim.mentions}
    assert {stating[quote.id] for quote in alarm.quotes} == set(alarm.claims)
    assert len(alarm.quotes) > 1


SILENT: dict[str, list[Claim]] = {
    "other-purposes": [
        told(1, "2.1bn", HERE, purpose="digital records in the NHS"),
        told(2, "2.1m", THERE, purpose="tree planting in town centres"),
    ],
    "no-words": [told(1, "2.1bn", HERE), told(2, "2.1m", THERE)],
    "one-common-word": [
        told(1, "2.1bn", HERE, purpose="schools in the north"),
        told(2, "2.1m", THERE, purpose="schools and libraries of Wexley"),
    ],
    "other-recipients": [
        told(1, "2.1bn", HERE, purpose="new flood walls", recipient="English councils"),
        told(2, "2.1m", THERE, purpose="new flood walls", recipient="Harrow parish"),
    ],
    "round-sums-of-other-days": [told(1, "5bn", HERE, **WALLS), told(2, "5m", LATER, **WALLS)],
    "round-sums-of-no-day": [
        told(1, "5bn", Told("d1"), **WALLS),
        told(2, "5m", Told("d2"), **WALLS),
    ],
    "round-sums-of-one-document": [told(1, "5bn", HERE, **WALLS), told(2, "5m", HERE, **WALLS)],
    "who-gets-it-in-other-stories": [
        told(1, "2.1m", HERE, **WALLS),
        told(2, "2.1bn", LATER, recipient="Wexley council"),
    ],
    "like-purposes-months-later": [
        told(1, "2.1bn", HERE, purpose="new flood walls along the Eder"),
        told(2, "2.1m", LATER, purpose="repairs of flood walls in Harrow"),
    ],
    "one-purpose-years-later": [
        told(1, "2.1bn", HERE, **WALLS),
        told(2, "2.1m", Told("d4", "2028-03-03"), **WALLS),
    ],
    "a-part-of-the-other": [
        told(1, "2.1bn", HERE, **WALLS),
        told(2, "2.1m", THERE, **WALLS, part_of=[1]),
    ],
    "parts-of-one-whole": [
        told(1, "9bn", HERE, purpose="defences"),
        told(2, "2.1bn", HERE, **WALLS, part_of=[1]),
        told(3, "2.1m", THERE, **WALLS, part_of=[1]),
    ],
    "other-years": [
        told(1, "2.1bn", HERE, **WALLS, years=(2025, 2025)),
        told(2, "2.1m", THERE, **WALLS, years=(2019, 2019)),
    ],
    "a-hundred-times": [told(1, "210m", HERE, **WALLS), told(2, "2.1m", THERE, **WALLS)],
    "other-digits": [told(1, "2.1bn", HERE, **WALLS), told(2, "2.6m", THERE, **WALLS)],
    "both-currencies-in-one-document": [
        told(1, "38m", HERE, **WALLS),
        told(2, "38m", HERE, **WALLS, currency="USD"),
    ],
    "a-total-of-one-year": [
        told(1, "12bn", HERE, purpose="health and social care", years=(2022, 2022)),
        told(2, "12bn", THERE, purpose="health and social care", per="year"),
    ],
    "by-the-head": [told(1, "250m", HERE, **WALLS), told(2, "250m", THERE, **WALLS, per="pupil")],
    "figures-of-other-days": [told(1, "2.1m", HERE, **WALLS), told(2, "2.3m", LATER, **WALLS)],
    "figures-far-apart": [told(1, "2.1m", HERE, **WALLS), told(2, "2.9m", THERE, **WALLS)],
    "who-states-both-means-both": [
        told(1, "2.1m", HERE, THERE, **WALLS),
        told(2, "2.3m", THERE, **WALLS),
    ],
    "a-new-figure-in-place-of-the-old": [
        told(1, "2.1m", HERE, **WALLS),
        told(2, "2.3m", THERE, **WALLS, replaces=[1]),
    ],
    "yearly-budgets": [
        told(1, "2.1m", HERE, **WALLS, years=(2025, 2025)),
        told(2, "2.2m", THERE, **WALLS, years=(2026, 2026)),
    ],
    "a-rounding": [told(1, "5.94m", HERE, THERE._replace(amount="5.9m"), **WALLS)],
    "words-of-one-thing": [
        told(
            1,
            "27.4m",
            HERE._replace(purpose="flood walls and pumps"),
            THERE._replace(purpose="walls against floods"),
        )
    ],
    "other-words-of-a-strong-match": [
        replace(
            told(
                1,
                "27.4m",
                HERE._replace(purpose="flood walls"),
                THERE._replace(purpose="sea defences"),
            ),
            matches=(Match("m10", "m11", 80, ()),),
        )
    ],
    "parts-that-may-be-missing": [
        told(1, "10m", HERE, **WALLS),
        told(2, "6m", HERE, purpose="pumps", part_of=[1]),
    ],
    "two-splits": [
        told(1, "10m", HERE, **WALLS),
        *(told(n, "5m", HERE, part_of=[1]) for n in (2, 3)),
        *(told(n, f"{n}m", HERE, part_of=[1]) for n in (4, 6)),
    ],
}


@pytest.mark.parametrize("name", SILENT)
def test_what_can_be_right_raises_none(name: str) -> None:
    assert alarms_of(*SILENT[name]) == ()


@pytest.mark.parametrize("name", RAISED)
def test_alarms_do_not_depend_on_the_order_of_claims(name: str) -> None:
    claims, _, _ = RAISED[name]
    assert alarms_of(*reversed(claims)) == alarms_of(*claims)


def test_each_kind_stands_together_and_the_largest_first() -> None:
    small = [told(n, f"{v}{s}", HERE, **WALLS) for n, v, s in ((1, 7.7, "m"), (2, 7.7, "k"))]
    large = [told(n, f"{v}{s}", HERE, **BUSES) for n, v, s in ((3, 9.9, "bn"), (4, 9.9, "m"))]
    found = alarms_of(*small, *large)
    assert [alarm.claims for alarm in found] == [("c3", "c4"), ("c1", "c2")]


def test_many_claims_of_one_word_and_figure_stay_cheap() -> None:
    """Where too many claims share figure and word, they must share a second word."""
    chance = random.Random(7)  # noqa: S311 - no secret
    places = [f"place{n}" for n in range(5000)]
    many = [
        told(
            n,
            chance.choice(("1m", "1bn")),
            Told(f"d{n}", "2025-03-03"),
            purpose=f"schools of {chance.choice(places)}",
        )
        for n in range(1, 2001)
    ]
    found = alarms_of(*many)
    assert all(alarm.kind == "scale" for alarm in found)
    for alarm in found:
        names = {one.mention.purpose.text for one in alarm.quotes if one.mention.purpose}
        assert len(names) == 1
    assert {one.mention.amount.low for alarm in found for one in alarm.quotes} <= {
        Decimal(10**6),
        Decimal(10**9),
    }
