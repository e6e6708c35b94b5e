"""The life of a figure: first said, said again, revised, fallen silent; what nobody can tell."""

from __future__ import annotations

from datetime import date

import pytest

from records.claim import Claim
from tests.store.pots.told import Told, told, with_timelines

MARCH, JUNE, SEPTEMBER = "2025-03-03", "2025-06-09", "2025-09-01"


def life(claim: Claim) -> list[tuple[str, str]]:
    return [(one.document, one.standing) for one in claim.timeline]


def only(claim: Claim, latest: date | None = None) -> Claim:
    (one,) = with_timelines(claim, latest=latest)
    return one


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        pytest.param(
            [Told("d2", JUNE), Told("d1", MARCH), Told("d1", MARCH), Told("d3", SEPTEMBER)],
            [("d1", "first statement"), ("d2", "restatement"), ("d3", "restatement")],
            id="by-day-one-for-each-document",
        ),
        pytest.param(
            [Told("d1", MARCH), Told("d2", MARCH), Told("d3", JUNE)],
            [("d1", "first statement"), ("d2", "first statement"), ("d3", "restatement")],
            id="nobody-knows-who-was-first-on-a-day",
        ),
        pytest.param(
            [Told("d1"), Told("d2", MARCH), Told("d3")],
            [("d2", "first statement"), ("d1", "undated"), ("d3", "undated")],
            id="without-a-date-no-place",
        ),
        pytest.param(
            [Told("d1"), Told("d2")], [("d1", "undated"), ("d2", "undated")], id="no-date"
        ),
        pytest.param(
            [Told("d1", MARCH), Told("d2", JUNE, "592m"), Told("d3", SEPTEMBER, "592m")],
            [("d1", "first statement"), ("d2", "revision down"), ("d3", "restatement")],
            id="a-near-figure-that-is-kept-is-a-revision",
        ),
        pytest.param(
            [Told("d1", MARCH), Told("d2", JUNE, "596m")],
            [("d1", "first statement"), ("d2", "revision up")],
            id="up",
        ),
        pytest.param(
            [Told("d1", MARCH), Told("d2", "2025-03-05", "592m")],
            [("d1", "first statement"), ("d2", "restatement")],
            id="outlets-differ-on-one-announcement",
        ),
        pytest.param(
            [Told("d1", MARCH), Told("d2", JUNE, "592m"), Told("d3", SEPTEMBER, "594m")],
            [("d1", "first statement"), ("d2", "restatement"), ("d3", "restatement")],
            id="no-revision-while-the-old-figure-goes-on",
        ),
        pytest.param(
            [Told("d1", MARCH), Told("d2", JUNE, "590m..600m"), Told("d3", SEPTEMBER, "0.59bn")],
            [("d1", "first statement"), ("d2", "restatement"), ("d3", "restatement")],
            id="a-rounding-is-no-revision",
        ),
    ],
)
def test_each_document_has_its_standing(by: list[Told], expected: list[tuple[str, str]]) -> None:
    assert life(only(told(1, "594m", *by))) == expected


def test_a_claim_that_replaces_another_revises_it() -> None:
    """£250m became £205m; who says so first, revises."""
    old, new = with_timelines(
        told(1, "250m", Told("d1", MARCH), replaced_by=[2]),
        told(2, "205m", Told("d3", SEPTEMBER), Told("d2", JUNE), replaces=[1]),
    )
    assert life(old) == [("d1", "first statement")]
    assert life(new) == [("d2", "revision down"), ("d3", "restatement")]
    former = new.timeline[0].former
    assert former is not None
    assert (former.claim, str(former.low)) == ("c1", "250000000")


@pytest.mark.parametrize(
    ("old", "new", "standing"),
    [
        (told(1, "250m"), told(2, "300m", replaces=[1]), "revision up"),
        (told(1, "..250m"), told(2, "205m", replaces=[1]), "revision down"),
        (told(1, "250m", currency="EUR"), told(2, "205m", replaces=[1]), "revision"),
        (told(1, "250m", per="year"), told(2, "205m", replaces=[1]), "revision"),
        (told(1, "250m"), told(2, "250m", replaces=[1]), "revision"),
    ],
)
def test_a_text_that_says_so_revises_also_without_a_date(
    old: Claim, new: Claim, standing: str
) -> None:
    _, revised = with_timelines(old, new)
    assert life(revised) == [("d1", standing)]


def test_a_statement_says_what_its_document_relates() -> None:
    one = only(told(1, "5m", Told("d1", MARCH), Told("d2", JUNE), part_of=[3], in_addition_to=[4]))
    first, second = one.timeline
    assert first.relations == ()
    assert [(each.type, each.to) for each in second.relations] == [
        ("part_of", "c3"),
        ("in_addition_to", "c4"),
    ]


@pytest.mark.parametrize(
    ("by", "latest", "silent"),
    [
        ([Told("d1", MARCH), Told("d2", JUNE)], date(2025, 9, 1), date(2025, 6, 9)),
        ([Told("d1", MARCH), Told("d2", JUNE)], date(2025, 6, 9), None),
        ([Told("d1", MARCH), Told("d2")], date(2025, 9, 1), date(2025, 3, 3)),
        ([Told("d1")], date(2025, 9, 1), None),
        ([Told("d1")], None, None),
    ],
)
def test_silence_is_known_only_where_something_later_was_read(
    by: list[Told], latest: date | None, silent: date | None
) -> None:
    assert only(told(1, "5m", *by), latest).silent_since == silent
