"""Written forms of money, found on raw text with their exact spans and values."""

from __future__ import annotations

import re
import time
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.grammar.amounts import FoundAmount, amounts_at, find_amounts
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


# fmt: off
PIECES = st.sampled_from([
    "£", "$", "€", "US$", "Rs", "R", "kr", "GBP", "EUR ", "5", "2.1", "1,200", "500", "½", "m",
    "bn", " million", "-million", " to ", "-", " or ", " and ", ", ", ".", " ", "\n", "(", ")",
    "p", "c", "five", "two and a half", "a", "hundred", "pounds", "euros", "dollar", "rupees",
    "won", "grand", "millions of pounds", "several", "Pounds ", "between ", "from ", "pence",
    "in the pound", "M", " crore", "lakh", "USD", "half a", "billion", " people", "yen", "rupiah",
    "trillion",
])
# fmt: on


@settings(max_examples=400)
@given(st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=14).map("".join))
def test_the_scan_loses_no_amount(text: str) -> None:
    folded = fold(text)
    for country in ("GB", "US", "IN", "ZA"):
        everywhere = list(amounts_at(folded, country, range(len(folded))))
        assert find_amounts(folded, country) == everywhere


@settings(max_examples=300)
@given(st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=14).map("".join))
def test_amounts_stand_apart_and_in_order(text: str) -> None:
    found = find_amounts(fold(text), "GB")
    ends = [0, *(a.end for a in found)]
    assert all(a.start < a.end <= len(text) for a in found)
    assert all(a.start >= end for a, end in zip(found, ends, strict=False))


LONG = {
    "digits": "9",
    "spaces": " ",
    "brackets": "(",
    "groups": "1,",
    "spaced groups": "123 ",
    "signs": "£",
    "worded": "five million ",
    "articles": "a hundred and ",
    "prose": "a council said that it would find the money in 2024 for roads ",
    "amounts": "£5m for roads, ",
    "ranges": "£5-",
    "codes": "GBP ",
    "surrogates": "\ud800",
}


@pytest.mark.parametrize("piece", LONG.values(), ids=LONG.keys())
def test_time_grows_with_the_text(piece: str) -> None:
    def seconds(size: int) -> float:
        text = (piece * (size // len(piece) + 1))[:size]
        begun = time.process_time()
        find_amounts(fold(text), "GB")
        return time.process_time() - begun

    seconds(2_000)
    small = min(seconds(30_000) for _ in range(3))
    assert min(seconds(300_000) for _ in range(2)) < 30 * small + 0.1
