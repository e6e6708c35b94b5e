"""The score command, from bytes to figures."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from types import ModuleType

import pytest

from corpus.bundle import parts
from corpus.scorer import Report, score_folder
from corpus.table import render
from records.errors import SettingsError
from tests.corpus.places import ROOT, module

NAME = "nhs-2021-trade"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    return module(ROOT / "scripts" / "score")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one article, its gold and no metadata file: the page says all itself."""
    target = tmp_path / "one"
    target.mkdir()
    for ending in (".html", ".json"):
        shutil.copy(parts()["tune"] / f"{NAME}{ending}", target)
    return target


def test_articles_go_the_whole_way(
    script: ModuleType, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert script.main([str(folder), "--errors"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("one: 1 document\n")
    assert "! " not in shown
    report = script.run(folder)
    assert report.fields["mention"].score.f1 > 0.9
    assert f"{NAME}:" in shown or not report.errors


def test_a_floor_that_is_not_met_fails_the_check(
    script: ModuleType,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    floors = folder.parent / "floors.json"
    monkeypatch.setattr(script, "BASELINE", floors)
    monkeypatch.setattr(script, "run", lambda folder, *_: score_folder(folder, folder))
    assert script.main([str(folder), "--update-baseline"]) == 0
    assert script.main([str(folder), "--check"]) == 0

    monkeypatch.setattr(script, "run", lambda folder, *_: score_folder(folder, folder / "nothing"))
    capsys.readouterr()
    assert script.main([str(folder), "--check"]) == 1
    assert "error: one: mention fell to 0.000 (floor 1.0)\n" in capsys.readouterr().err
    with pytest.raises(SettingsError, match="say why"):
        script.main([str(folder), "--update-baseline"])
    script.main([str(folder), "--update-baseline", "--reason", "a trial"])
    assert json.loads(floors.read_text("utf-8"))["lowered"][0]["reason"] == "a trial"


def test_a_folder_without_gold_is_refused(script: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="holds no gold"):
        script.main([str(tmp_path)])


def test_every_folder_is_scored_where_none_is_named(script: ModuleType) -> None:
    folders = script.default_folders()
    assert folders[:2] == list(parts().values())
    assert all(folder.is_dir() for folder in folders)


def test_the_table_names_every_figure() -> None:
    folder = parts()["tune"]
    report = score_folder(folder, folder)
    lines = render("tune", report).splitlines()
    assert lines[0] == f"tune: {report.documents} documents"
    for name, tally in report.fields.items():
        (line,) = (line for line in lines if line.startswith(f"{name} ".ljust(20)))
        assert line.split()[-6:] == ["1.000"] * 3 + [str(tally.gold)] * 3
    assert lines[-2].split() == ["pairwise", "1.000", "1.000", "1.000"]
    assert lines[-1].split() == ["b-cubed", "1.000", "1.000", "1.000"]


def test_the_table_ends_with_what_makes_it_doubtful() -> None:
    report = Report(problems=["a: no predictions"])
    assert render("x", report).splitlines()[-1] == "! a: no predictions"
