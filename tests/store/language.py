"""A small store in which every term of the question language has something to find, and to miss."""

from __future__ import annotations

from datetime import date

from store.saying import Saying
from store.store import Store
from tests.store.factory import given, mention
from tests.store.stories import STORIES, Story, fill, release, reprint, story, whole

PLAN = """Oxmoor council plans £36bn for roads over three years. Of it £9bn could go to bridges \
and, subject to approval, at least £400m to ferries. The bridges fund holds £100m for arches. \
Schools get £12bn a year, and about £1bn a month goes to buses. The money must be spent by March \
2026."""
LATER = """Oxmoor council said today that £36bn for roads over three years remains. It has raised \
the money for ferries from £400m to £450m."""


def plan() -> Story:
    mentions = [
        mention(
            PLAN,
            "£36bn",
            "36000000000",
            purpose="roads",
            funder="Oxmoor council",
            timeframe=("over three years", "2023-04-01", "2026-03-31"),
            duration="P3Y",
        ),
        mention(PLAN, "£9bn", "9000000000", purpose="bridges", relation=("part_of", "£36bn")),
        mention(PLAN, "£400m", "400000000..", purpose="ferries", relation=("part_of", "£36bn")),
        mention(PLAN, "£100m", "100000000", purpose="arches", relation=("part_of", "£9bn")),
        mention(PLAN, "£12bn", "12000000000", recipient="Schools", per="year"),
        mention(PLAN, "£1bn", "1000000000", recipient="buses", per="month", approximate=True),
    ]
    return story(PLAN, "plan.html", given(published=date(2023, 1, 10)), mentions)


def later() -> Story:
    mentions = [
        mention(
            LATER,
            "£36bn",
            "36000000000",
            purpose="roads",
            funder="Oxmoor council",
            timeframe=("over three years", "2023-04-01", "2026-03-31"),
            duration="P3Y",
        ),
        mention(LATER, "£400m", "400000000", purpose="ferries", kind="other"),
        mention(LATER, "£450m", "450000000", purpose="ferries", relation=("replaces", "£400m")),
    ]
    return story(LATER, "later.html", given(published=date(2023, 6, 1)), mentions)


def fill_all(store: Store) -> None:
    """Add everything, in two runs, and have two people decide."""
    fill(store, [make() for make in (*STORIES, whole, plan)])
    fill(store, [make() for make in (later, release, reprint)])
    store.decide(Saying("accept", ("m10",), "anna", field="amount"))
    store.decide(Saying("correct", ("m11",), "Ben", field="purpose", value="road repairs"))
    store.decide(Saying("reject", ("m16",), "anna", field="kind"))
    store.decide(Saying("different", ("m9", "m10"), "Anna B"))
    taken_back = store.decide(Saying("accept", ("m12",), "carl", field="amount"))
    store.undo_decision(taken_back.id, "carl")
