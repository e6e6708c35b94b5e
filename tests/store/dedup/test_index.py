"""Lists of pots: what is equal stands in the same ones, whatever was looked at before."""

from __future__ import annotations

from decimal import Decimal

import pytest

from store.dedup import index
from store.dedup.figure import Figure


@pytest.mark.parametrize("written", ["3070000", "3070000.00", "3.07E+6"])
def test_an_amount_makes_the_same_lists_however_it_is_written(written: str) -> None:
    sum_of = Decimal(written)
    figure = Figure("GBP", None, sum_of, sum_of, sum_of, sum_of)
    index._numbers.cache_clear()  # noqa: SLF001 - equal figures share an entry of the cache
    index.amounts.cache_clear()
    plain = Decimal(3070000)
    same = Figure("GBP", None, plain, plain, plain, plain)
    found = index._numbers(figure), index.amounts(figure)  # noqa: SLF001 - what lists are made of
    index._numbers.cache_clear()  # noqa: SLF001 - likewise
    index.amounts.cache_clear()
    assert found == (index._numbers(same), index.amounts(same))  # noqa: SLF001 - likewise
