"""Comparisons and cluster figures."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.clusters import Tally, cluster_scores
from corpus.compare import length, number, overlap, token_f1, words

LABELS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")))


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("for school repairs", "on School repairs", 1.0),
        ("to help the NHS\u2019s staff", "the NHS's staff", 0.8),
        ("repairs", "new roofs", 0.0),
        ("for it", "it", 2 / 3),
        (None, "it", 0.0),
        ("...", "...", 0.0),
        ("£2.5 a head", "2.5 heads", 0.5),
    ],
)
def test_phrases_are_compared_without_stop_words(
    left: str | None, right: str | None, expected: float
) -> None:
    assert token_f1(left, right) == pytest.approx(expected)


def test_words_that_stop_words_leave_nothing_of_are_kept() -> None:
    assert words("to be or which") == {"to": 1, "be": 1, "or": 1, "which": 1}


@pytest.mark.parametrize(
    ("left", "right"), [("P1Y", "P12M"), ("P1W", "P7D"), ("P1.5Y", "P18M"), (None, "")]
)
def test_lengths_that_are_the_same(left: str | None, right: str | None) -> None:
    assert length(left) == length(right)


@pytest.mark.parametrize("other", ["P13M", "P1YT1H", "P1D", "three years", None])
def test_lengths_that_differ(other: str | None) -> None:
    assert length("P1Y") != length(other)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1,000.50", Decimal("1000.5")), (5, Decimal(5)), (None, None), ("five", None)],
)
def test_numbers(value: object, expected: Decimal | None) -> None:
    assert number(value) == expected


def test_spans_that_touch_do_not_overlap() -> None:
    assert not overlap({"start": 0, "end": 3}, {"start": 3, "end": 5})
    assert overlap({"start": 0, "end": 4}, {"start": 3, "end": 5})
    assert not overlap(None, {"start": 3, "end": 5})


@pytest.mark.parametrize(
    ("tally", "figures"),
    [
        (Tally(0, 0, 0), (1.0, 1.0, 1.0)),
        (Tally(2, 0, 0), (0.0, 0.0, 0.0)),
        (Tally(0, 2, 0), (0.0, 0.0, 0.0)),
        (Tally(4, 2, 2), (1.0, 0.5, 2 / 3)),
    ],
)
def test_precision_and_recall(tally: Tally, figures: tuple[float, float, float]) -> None:
    score = tally.score
    assert (score.precision, score.recall, score.f1) == pytest.approx(figures)


def test_clusters_by_hand() -> None:
    labels = [("a", "x"), ("a", "x"), ("a", "y"), ("b", "y")]
    found = cluster_scores(labels)
    assert (found.mentions, found.gold_claims, found.predicted_claims) == (4, 2, 2)
    assert (found.pairwise.precision, found.pairwise.recall) == pytest.approx((1 / 2, 1 / 3))
    assert (found.b_cubed.precision, found.b_cubed.recall) == pytest.approx((3 / 4, 2 / 3))


@given(LABELS)
def test_turning_the_sides_round_turns_precision_and_recall_round(
    labels: list[tuple[str, str]],
) -> None:
    there = cluster_scores(labels)
    back = cluster_scores([(right, left) for left, right in labels])
    for one, other in ((there.pairwise, back.pairwise), (there.b_cubed, back.b_cubed)):
        assert (one.precision, one.recall) == pytest.approx((other.recall, other.precision))


@given(LABELS)
def test_names_of_clusters_do_not_matter(labels: list[tuple[str, str]]) -> None:
    renamed = cluster_scores([(left, left.upper()) for left, _ in labels])
    assert {renamed.pairwise.f1, renamed.b_cubed.f1} == {1.0}
