"""A small part of scripts/bars_tamper.py, and that its control fails."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

BARS = runpy.run_path(str(Path(__file__).parents[2] / "scripts/bars_tamper.py"))
COLUMNS = (
    *("contents.sha256", "captures.source", "documents.title", "documents.body", "mentions.kind"),
    *("claims.worth", "matches.score", "passages.place", "runs.versions", "ledger.body"),
    *("pot_lists.place", "decisions.reason", "undos.undone_at", "stores.created_at"),
    *("redactions.reason", "redactions.guard"),
)


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Any:
    made = BARS["Suite"](tmp_path_factory.mktemp("tamper"), 7, 30)
    yield made
    assert made.missed == []
    assert made.unnamed == []


def test_no_table_is_without_a_row(suite: Any) -> None:
    assert all(suite.before.values())


@pytest.mark.parametrize("column", COLUMNS)
def test_a_changed_value_is_noticed(suite: Any, column: str) -> None:
    before = suite.noticed["values"]
    BARS["column_changes"](suite, column)
    assert suite.noticed["values"] <= before + 1
    assert not suite.missed


def test_planted_parts_are_noticed(suite: Any) -> None:
    BARS["planted"](suite)
    assert suite.noticed["schema"] == suite.cases["schema"]


def test_other_histories_are_noticed_with_a_head(suite: Any) -> None:
    BARS["histories"](suite)
    for sort in ("another", "tail", "rewrite"):
        assert suite.noticed[sort] == suite.cases[sort] > 0


def test_flips_are_noticed_or_change_nothing(suite: Any) -> None:
    BARS["flips"](suite, 8)
    assert suite.noticed["file"] + suite.same["file"] == 8


def test_flips_of_a_write_ahead_log_are_noticed(suite: Any) -> None:
    BARS["log_flips"](suite, 3)
    assert suite.noticed["log"] + suite.same["log"] == 3


def test_nothing_is_found_in_untouched_stores(suite: Any) -> None:
    assert BARS["clean"](suite, 2) == 0


def test_a_column_left_out_of_the_hashes_is_missed(tmp_path: Path) -> None:
    assert BARS["control"](tmp_path / "control", 7)
