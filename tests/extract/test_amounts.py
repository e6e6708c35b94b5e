"""Written forms of money, found on raw text with their exact spans and values."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.grammar.amounts import FoundAmount, find_amounts
from extract.grammar.fold import fold
from records.money import decimal_text

CASES = tomllib.loads((Path(__file__).parent / "cases" / "amount.toml").read_text("utf-8"))["case"]


def in_words(amount: FoundAmount) -> str:
    assert amount.low is not None
    assert amount.high is not None
    bounds = [decimal_text(amount.low), decimal_text(amount.high)]
    return f"{amount.currency} {'..'.join(dict.fromkeys(bounds))}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["id"]))
def test_form(case: dict[str, Any]) -> None:
    text = re.sub(r"[\[\]]", "", case["text"])
    expected = re.findall(r"\[([^\]]+)\]", case["text"])
    found = find_amounts(fold(text), case.get("country", "GB"))
    assert [text[a.start : a.end] for a in found] == expected
    assert [in_words(a) for a in found] == case["amounts"]


@given(st.integers(1, 10**12), st.sampled_from(["", "k", "m", "bn", " million", " billion"]))
def test_a_plain_figure_reads_as_itself(number: int, multiplier: str) -> None:
    scale = {"": 1, "k": 10**3, "m": 10**6, " million": 10**6}.get(multiplier, 10**9)
    text = f"a grant of £{number:,}{multiplier} today"
    found = find_amounts(text, "GB")
    assert [(a.low, text[a.start : a.end]) for a in found] == [
        (Decimal(number) * scale, f"£{number:,}{multiplier}")
    ]


@given(st.text(max_size=200))
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "currency"),
    [("millions of pounds", "GBP"), ("multi-million-dollar", "USD"), ("33p in the pound", "GBP")],
)
def test_vague_amounts_have_no_bounds(text: str, currency: str) -> None:
    (found,) = find_amounts(text, "GB")
    assert (found.vague, found.currency, found.low, found.high) == (True, currency, None, None)
