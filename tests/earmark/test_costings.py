"""Tables of every format give the same claims."""

from __future__ import annotations

import pytest

from extract.pipeline import extract
from records.mention import Mention
from tests.earmark.costings import FORMATS, YEARS, costings, text_of

ROWS = costings()


def stated(mention: Mention) -> tuple[object, ...]:
    """Return what a mention says, without where."""
    amount, when, purpose = mention.amount, mention.timeframe, mention.purpose
    assert when
    assert purpose
    money = (amount.span.text, amount.currency, amount.low, amount.high, mention.kind)
    return (*money, when.span.text, when.start, when.until, purpose.text, mention.rules["unit"])


@pytest.fixture(scope="module")
def expected() -> list[tuple[object, ...]]:
    return [stated(mention) for mention in extract(text_of("a.md", ROWS))]


@pytest.mark.parametrize("name", FORMATS)
def test_forty_measures_by_six_years_are_240_mentions(
    name: str, expected: list[tuple[object, ...]]
) -> None:
    text = text_of(name, ROWS)
    mentions = extract(text)
    assert len(mentions) == 240
    for mention in mentions:
        mention.check(text)
    assert [stated(mention) for mention in mentions] == expected


def test_each_amount_is_that_of_its_cell(expected: list[tuple[object, ...]]) -> None:
    cells = [
        (cell, year, row[0]) for row in ROWS[1:] for cell, year in zip(row[1:], YEARS, strict=True)
    ]
    assert [(found[0], found[5], found[8]) for found in expected] == cells
    kinds = {("saving" if cell[0] in "(-" else "cost") for cell, _, _ in cells}
    assert kinds == {"saving", "cost"}
    assert all(
        found[4] == ("saving" if cell[0] in "(-" else "cost")
        for found, (cell, _, _) in zip(expected, cells, strict=True)
    )
