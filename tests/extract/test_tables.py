"""Tables: units, periods, purposes, totals, and what stays out."""

from __future__ import annotations

import time
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.pipeline import amounts, extract
from extract.tables.check import check_totals
from extract.tables.grid import grids

CASES = tomllib.loads((Path(__file__).parent / "cases" / "tables.toml").read_text("utf-8"))["case"]
PROSE = "The council will spend £5m on roads in 2025, and saved £3m on heating last year.\n\n"
CELLS = st.decimals(min_value=0, max_value=99999, places=1)
GRIDS = st.integers(1, 6).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=8)
)
UNITS = {"£m": ("GBP", 10**6), "$bn": ("USD", 10**9), "€ '000": ("EUR", 1000)}
BLANKS = st.sampled_from(["", "-", "n/a", "..", "12%", "see note"])


def said(text: str) -> list[str]:
    """Return what each mention of a text says, in one line."""
    lines = []
    for m in extract(text, published=date(2025, 9, 12)):
        m.check(text)
        when = f"{m.timeframe.start}..{m.timeframe.until}" if m.timeframe else ""
        per = f" per {m.amount.per}" if m.amount.per else ""
        money = f"{m.amount.currency} {m.amount.low}{per} {m.kind}"
        relation = f"{m.relation.type} {m.relation.to.text}" if m.relation else ""
        words = [part.text if part else "" for part in (m.purpose, m.recipient)]
        lines.append("; ".join([f"{m.amount.span.text} = {money}", when, *words, relation]))
    return lines


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES])
def test_a_table_is_read_as_it_stands(case: dict[str, Any]) -> None:
    assert said(case["text"]) == case["mentions"]


def grid(rows: list[list[str]], unit: str, *, width: int | None = None) -> str:
    years = [f"{2020 + n}-{21 + n}" for n in range(width or len(rows[0]))]
    lines = [f"Measure ({unit}) | {' | '.join(years)}"]
    lines += [f"Scheme {chr(65 + n % 26)} | {' | '.join(row)}" for n, row in enumerate(rows)]
    return "\n".join(lines)


@settings(max_examples=60)
@given(GRIDS, st.sampled_from(sorted(UNITS)), st.sampled_from(["{}", "-{}", "({})", "{}*"]))
def test_every_cell_is_an_amount_and_nothing_else_is(
    rows: list[list[Decimal]], unit: str, form: str
) -> None:
    currency, factor = UNITS[unit]
    text = grid([[form.format(value) for value in row] for row in rows], unit)
    mentions = extract(text)
    wanted = [(currency, value * factor) for row in rows for value in row]
    assert [(m.amount.currency, m.amount.low) for m in mentions] == wanted
    assert all(m.timeframe and m.purpose and m.rules["unit"] for m in mentions)
    assert [m.amount for m in mentions] == amounts(text)


@settings(max_examples=60)
@given(st.lists(st.lists(BLANKS, min_size=3, max_size=3), min_size=1, max_size=6))
def test_nothing_is_invented(rows: list[list[str]]) -> None:
    assert extract(grid(rows, "£m")) == []


@settings(max_examples=40)
@given(GRIDS)
def test_prose_beside_a_table_is_read_as_without_it(rows: list[list[Decimal]]) -> None:
    text = PROSE + grid([[str(value) for value in row] for row in rows], "£m")
    assert extract(text)[:2] == extract(PROSE)


@settings(max_examples=100)
@given(st.text(alphabet="|-£m12 .()\n%aT", max_size=200))
def test_any_text_of_bars_is_text(text: str) -> None:
    for mention in extract(text):
        mention.check(text)
    for table in grids(text):
        assert all(0 <= c.start <= c.end <= len(text) for x in table.lines for c in x.cells)


def test_ragged_rows_end() -> None:
    text = "\n".join(["£m | 2024-25", *("| " * (n % 7) + "5" for n in range(200))])
    for mention in extract(text):
        mention.check(text)


def test_a_hundred_thousand_cells_take_time_in_proportion() -> None:
    def seconds(rows: int) -> float:
        text = grid([[f"{r}.5"] * 10 for r in range(rows)], "£m")
        start = time.process_time()
        list(check_totals(text))
        return time.process_time() - start

    seconds(10)
    assert seconds(10_000) < 25 * max(seconds(1_000), 0.05)


@pytest.mark.parametrize(
    ("rows", "verdict"),
    [
        (("10.2", "20.3", "30.5"), "adds up"),
        (("10.2", "20.3", "30.6"), "adds up"),
        (("10.2", "20.3", "30.7"), "does not add up"),
        (("(10)", "20", "10"), "adds up"),
        (("10", "-30.5", "(20.5)"), "adds up"),
        (("10", "-30.5", "40.5"), "does not add up"),
        (("-£10m", "4", "-6"), "adds up"),
        (("10", "n/a", "30"), "incomplete"),
        (("10", "-", "10"), "adds up"),
        (("10", "-", "12"), "does not add up"),
    ],
)
def test_a_total_is_added_up(rows: tuple[str, ...], verdict: str) -> None:
    text = "£m | 2024-25\nRoads | {}\nRail | {}\nTotal | {}".format(*rows)
    (check,) = check_totals(text)
    assert check.verdict == verdict
