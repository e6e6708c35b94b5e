"""Bounds, hedges and rates by the words around amounts."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from extract.pipeline import amounts
from records.mention import Amount
from records.money import decimal_text

PATH = Path(__file__).parent / "cases" / "qualifiers.toml"
CASES: dict[str, list[str]] = tomllib.loads(PATH.read_text("utf-8"))["cases"]


def in_words(amount: Amount) -> str:
    low, high = ("" if v is None else decimal_text(v) for v in (amount.low, amount.high))
    value = low if low == high else f"{low}..{high}"
    return f"{'~' if amount.approximate else ''}{value} {amount.per or ''}".strip()


@pytest.mark.parametrize(("text", "expected"), CASES.items())
def test_qualified(text: str, expected: list[str]) -> None:
    assert [in_words(amount) for amount in amounts(text)] == expected
