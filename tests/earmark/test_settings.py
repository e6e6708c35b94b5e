from __future__ import annotations

from pathlib import Path

import pytest

from earmark.limits import Limits, usual_limits
from earmark.settings import default_store, store_place
from records.errors import SettingsError


def test_what_the_user_names_comes_first(tmp_path: Path) -> None:
    (tmp_path / "a.earmark.db").touch()
    assert store_place("other.db", tmp_path) == "other.db"


def test_the_only_store_of_the_folder_comes_next(tmp_path: Path) -> None:
    (tmp_path / "nhs.earmark.db").touch()
    assert store_place(None, tmp_path) == "nhs.earmark.db"
    assert store_place("", tmp_path) == "nhs.earmark.db"


def test_two_stores_in_the_folder_are_a_question_not_a_guess(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.earmark.db").touch()
    with pytest.raises(SettingsError, match=r"2 stores \(a.earmark.db, b.earmark.db\).*--store"):
        store_place(None, tmp_path)


def test_the_user_data_folder_comes_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert store_place(None, tmp_path) == str(default_store())
    assert default_store().name == "default.earmark.db"


def test_a_large_document_gets_more_time_when_the_user_says_so() -> None:
    assert usual_limits({}) == usual_limits({"EARMARK_SECONDS": ""}) == Limits()
    assert usual_limits({"EARMARK_SECONDS": "300"}) == Limits(seconds=300)


@pytest.mark.parametrize("given", ["0", "-1", "1.5", "abc", "\u0663", "86401", "9" * 5000])
def test_a_time_that_is_none_is_refused(given: str) -> None:
    with pytest.raises(SettingsError, match="whole seconds"):
        usual_limits({"EARMARK_SECONDS": given})
