"""Floors under the figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from corpus.baseline import below, load, save, update
from corpus.bundle import PARTS, root
from corpus.scorer import Report
from records.errors import SettingsError

OLD: dict[str, Any] = {"floors": {"tune": {"amount": 0.95, "per": 0.8}}, "lowered": []}


def test_an_absent_baseline_holds_nothing(tmp_path: Path) -> None:
    assert load(tmp_path / "none.json") == {"floors": {}, "lowered": []}


def test_a_baseline_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    save(tmp_path / "floors.json", OLD)
    assert load(tmp_path / "floors.json") == OLD


@pytest.mark.parametrize(
    ("made", "lines"),
    [
        ({"tune": {"amount": 0.95, "per": 0.9}}, []),
        ({"tune": {"amount": 0.9499, "per": 0.9}}, ["tune: amount fell to 0.949 (floor 0.95)"]),
        ({"tune": {"amount": 1.0}}, ["tune: per is no longer scored (floor 0.8)"]),
        ({"score": {"amount": 0.1}}, []),
    ],
)
def test_what_falls_below_its_floor_is_named(
    made: dict[str, dict[str, float]], lines: list[str]
) -> None:
    assert below(OLD, made) == lines


def test_floors_rise_without_a_reason_and_are_cut_not_rounded() -> None:
    new = update(OLD, {"tune": {"amount": 0.99996}, "score": {"per": 2 / 3}}, None)
    assert new["floors"] == {"tune": {"amount": 0.999, "per": 0.8}, "score": {"per": 0.666}}
    assert new["lowered"] == []


def test_a_floor_is_not_lowered_without_a_reason() -> None:
    with pytest.raises(SettingsError, match=r"tune: per would be lowered from 0\.8 to 0\.7"):
        update(OLD, {"tune": {"per": 0.7}}, None)


def test_a_lowered_floor_keeps_its_reason() -> None:
    new = update(OLD, {"tune": {"per": 0.7}}, "the ruling on each changed")
    assert new["floors"]["tune"] == {"amount": 0.95, "per": 0.7}
    assert new["lowered"] == [
        {
            "folder": "tune",
            "figure": "per",
            "from": 0.8,
            "to": 0.7,
            "reason": "the ruling on each changed",
        }
    ]


@pytest.mark.parametrize("value", [0.0, 1.0, 0.123, 0.7, 0.29])
def test_a_figure_stands_on_its_own_floor(value: float) -> None:
    made = {"tune": {"amount": value}}
    assert below(update({"floors": {}, "lowered": []}, made, None), made) == []


def test_the_kept_baseline_has_a_floor_under_every_figure_of_the_corpus() -> None:
    floors = load(root() / "baseline.json")["floors"]
    for part in PARTS:
        assert set(floors[part]) == set(Report().figures())
