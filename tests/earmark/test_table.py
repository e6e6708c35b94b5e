"""Tables for a terminal: columns stand under each other, whatever is cut."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from earmark.cli.table import Column, table_lines

COLUMNS = (Column("FOR", share=1), Column("AMOUNT", right=True), Column("WHEN"))
CELL = st.text(st.sampled_from("ab £é漢"), max_size=30)


def test_a_cell_cut_behind_a_space_keeps_its_column() -> None:
    rows = [["beds, theatre equipment and hubs", "£1.5bn", "2021"], ["repairs", "£9.2bn", "2021"]]
    heading, cut, whole = table_lines(COLUMNS, rows, 40)
    assert cut.index("£1.5bn") == whole.index("£9.2bn")
    assert "…" in cut
    assert heading.startswith("FOR")


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=6))
def test_the_last_column_begins_in_one_place(rows: list[list[str]]) -> None:
    marked = [[first, second, f"|{third}"] for first, second, third in rows]
    lines = list(table_lines(COLUMNS, marked, 60))[1:]
    assert len({cell_len(line[: line.index("|")]) for line in lines}) == 1
