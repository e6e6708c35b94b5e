"""Days, and what the first lines of a text say of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.dates import parse_day
from ingest.header import read_header
from records.document import Known
from tests.ingest.tables import cases

FIELDS = ("title", "publisher", "author", "published", "country", "url")
SHARED = Path(__file__).parents[3] / "shared"


@pytest.mark.parametrize("case", cases("headers"))
def test_the_head_is_read(case: dict[str, Any]) -> None:
    metadata = read_header(case["text"])
    found = {field: getattr(metadata, field) for field in FIELDS}
    assert all(known is None or known.how == "text header" for known in found.values())
    values = {field: str(known.value) for field, known in found.items() if known}
    assert values == {field: case[field] for field in FIELDS if field in case}


@pytest.mark.parametrize("case", cases("days"))
def test_days_are_read_only_beyond_doubt(case: dict[str, Any]) -> None:
    assert parse_day(case["text"]) == (date.fromisoformat(case["day"]) if "day" in case else None)


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(2999, 12, 31)))
def test_every_day_is_read_back_in_words(day: date) -> None:
    month = f"{day:%B}"
    for text in (
        day.isoformat(),
        f"{day.day} {month} {day.year:04}",
        f"{month} {day.day}, {day.year:04}",
        f"{day:%A} {day.day} {month[:3]} {day.year:04}",
    ):
        assert parse_day(text) == day


@given(st.text(st.characters(categories=["L", "N", "P", "Z"], include_characters="\n:-")))
def test_any_text_has_a_head(text: str) -> None:
    read_header(text)


def test_the_seed_article_says_who_wrote_it() -> None:
    article = SHARED / "seeds" / "000_ff91011807672e04.txt"
    if not article.exists():
        pytest.skip("the seed articles are not beside this checkout")
    metadata = read_header(article.read_text("utf-8"))
    assert metadata.author == Known("Pritish Mistry", "text header")
    assert metadata.publisher == Known("The Kings Fund", "text header")
