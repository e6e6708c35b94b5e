"""Timeframes: what an expression is worth, and which amount takes it."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from extract.grammar.calendar import Context
from extract.grammar.fold import fold
from extract.grammar.timeframes import find_timeframes
from extract.pipeline import extract
from extract.rulefiles import rulebook

FOLDER = Path(__file__).parent / "cases"
PUBLISHED = date(2025, 9, 12)
ASSIGNED = tomllib.loads((FOLDER / "timeframe.toml").read_text("utf-8"))["case"]
VALUES = tomllib.loads((FOLDER / "timeframe-value.toml").read_text("utf-8"))["value"]


def in_words(duration: str | None, first: date | None, last: date | None) -> str:
    days = f"{first or ''}..{last or ''}" if first or last else ""
    return " ".join(part for part in (duration or "", days) if part)


@pytest.mark.parametrize("case", ASSIGNED, ids=lambda case: str(case["id"]))
def test_each_amount_takes_its_own(case: dict[str, Any]) -> None:
    text = re.sub(r"[\[\]]", "", case["text"])
    mentions = extract(text, published=PUBLISHED)
    assert [m.amount.span.text for m in mentions] == re.findall(r"\[([^\]]+)\]", case["text"])
    assert [m.timeframe.span.text if m.timeframe else "" for m in mentions] == case["takes"]


@pytest.mark.parametrize("case", VALUES, ids=lambda case: f"{case['text']}-{case.get('country')}")
def test_an_expression_is_worth(case: dict[str, Any]) -> None:
    text = f"It is paid {case['text']}."
    country = case.get("country", "GB")
    found = find_timeframes(fold(text), 0, len(text), Context(PUBLISHED, country), rulebook())
    assert [text[t.start : t.end] for t in found] == [case["text"]]
    (timeframe,) = found
    assert in_words(timeframe.duration, timeframe.days.first, timeframe.days.last) == case["value"]


def test_without_a_publication_day_relative_dates_have_no_days() -> None:
    for text in ("next year", "by March", "over the next three years", "by the end of the month"):
        (found,) = find_timeframes(text, 0, len(text), Context(None, "GB"), rulebook())
        assert (found.days.first, found.days.last) == (None, None), text
