"""Tables of every format give the same claims."""

from __future__ import annotations

import io

import pdfplumber
import pytest

from extract.pipeline import extract
from records.mention import Mention
from tests.earmark.costings import FORMATS, PDFS, YEARS, costings, reading_of, text_of

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


@pytest.mark.parametrize("name", PDFS)
def test_the_cell_of_an_amount_has_its_page_and_box(name: str) -> None:
    reading = reading_of(name, ROWS)
    content = PDFS[name](ROWS)
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        for mention in extract(reading.text)[::13]:
            span = mention.amount.span
            (word,) = (w for w in reading.words if w.start < span.end and span.start < w.end)
            x0, top, x1, bottom = (edge / 1000 for edge in word.box)
            inside = [
                char["text"]
                for char in pdf.pages[word.page - 1].chars
                if x0 - 1 < char["x0"] < x1 and top - 1 < char["top"] < bottom
            ]
            assert "".join(inside) == span.text
