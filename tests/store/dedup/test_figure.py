"""Figures: how far their words reach, and which two can be one amount."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.mention import Amount, Mention, Timeframe
from records.span import Span
from store.dedup.figure import Figure, figures_of, meeting

CASES = tomllib.loads(Path(__file__).with_name("cases").joinpath("figures.toml").read_text("utf-8"))


def case_id(case: dict[str, Any]) -> str:
    return str(case["id"])


def amount(words: str, value: str, **facts: Any) -> Amount:
    low, dots, high = value.partition("..")
    least, most = (Decimal(bound) if bound else None for bound in (low, high if dots else low))
    return Amount(Span(0, len(words), words), facts.pop("currency", "GBP"), least, most, **facts)


def figure(words: str, value: str, *hedge: str, **facts: Any) -> Figure:
    return figures_of(Mention(amount(words, value, approximate=bool(hedge), **facts), "funding"))[0]


@pytest.mark.parametrize("case", CASES["reach"], ids=case_id)
def test_words_reach_as_far_as_they_are_written(case: dict[str, Any]) -> None:
    hedge = ["about"] if case.get("approximate") else []
    found = figure(case["words"], case["value"], *hedge)
    assert (found.floor, found.ceiling) == (Decimal(case["floor"]), Decimal(case["ceiling"]))


@pytest.mark.parametrize("case", CASES["meet"], ids=case_id)
def test_figures_meet_within_their_words(case: dict[str, Any]) -> None:
    left, right = figure(*case["left"]), figure(*case["right"])
    found, back = meeting(left, right), meeting(right, left)
    assert (found.how if found else "no") == (back.how if back else "no") == case["how"]
    if found and back:
        assert found.digits == back.digits == case["digits"]


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (None, None, True),
        ("year", "year", True),
        (None, "year", False),
        ("year", "month", False),
        ("head", "patient", True),
        ("person", "head", True),
        ("patient", "pupil", False),
        ("head", "household", False),
        ("head", None, False),
    ],
)
def test_rates_keep_amounts_apart(left: str | None, right: str | None, *, same: bool) -> None:
    pair = figure("£50", "50", per=left), figure("£50", "50", per=right)
    assert bool(meeting(*pair)) is bool(meeting(*reversed(pair))) is same


def test_currencies_keep_amounts_apart() -> None:
    assert meeting(figure("$5m", "5000000", currency="USD"), figure("£5m", "5000000")) is None


def test_a_rate_over_its_length_is_a_total_too() -> None:
    words = "for three years"
    timeframe = Timeframe(Span(9, 9 + len(words), words), "P3Y")
    mention = Mention(amount("£12bn", "12000000000", per="year"), "income", timeframe)
    yearly, total = figures_of(mention)
    assert (yearly.rate, yearly.low, yearly.derived) == ("year", Decimal("12000000000"), False)
    assert (total.rate, total.low, total.derived) == (None, Decimal("36000000000"), True)


@pytest.mark.parametrize(
    ("per", "duration"), [("year", "P1Y"), ("year", "P18M"), ("week", "P3Y"), (None, "P3Y")]
)
def test_other_rates_have_no_total(per: str | None, duration: str) -> None:
    timeframe = Timeframe(Span(9, 10, "x"), duration)
    assert len(figures_of(Mention(amount("£12", "12", per=per), "income", timeframe))) == 1


def test_a_vague_amount_has_no_figure() -> None:
    vague = Amount(Span(0, 8, "millions"), "GBP", None, None, vague=True)
    assert figures_of(Mention(vague, "funding")) == ()
    assert figures_of(Mention(amount("£0", "0"), "other")) == ()


AMOUNTS = st.builds(
    lambda digits, zeros, places: Decimal(digits).scaleb(zeros - places),
    st.integers(1, 99_999),
    st.integers(0, 9),
    st.integers(0, 2),
)


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    low, high = sorted((draw(AMOUNTS), draw(AMOUNTS)))
    value = draw(st.sampled_from([f"{low:f}", f"{low:f}..", f"..{low:f}", f"{low:f}..{high:f}"]))
    words = draw(st.sampled_from([f"£{low:,f}", f"£{low:f} to £{high:f}", "some pounds"]))
    return figure(words, value, *draw(st.sampled_from([[], ["about"]])))


@given(figures(), figures())
def test_meeting_is_the_same_both_ways_and_within_reach(left: Figure, right: Figure) -> None:
    found, back = meeting(left, right), meeting(right, left)
    assert (found is None) == (back is None)
    if found and back:
        assert (found.how, found.digits) == (back.how, back.digits)
        assert found.digits >= 1
        assert left.reach[0] <= right.reach[1]
        assert right.reach[0] <= left.reach[1]


@given(figures())
def test_a_figure_holds_its_own_numbers(one: Figure) -> None:
    assert one.reach[0] <= one.floor <= one.points[0]
    assert one.points[-1] <= one.ceiling <= one.reach[1]
    assert meeting(one, one) is not None
