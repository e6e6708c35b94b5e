"""What of a prediction is right, field by field."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path

from corpus.reliability import Judged, judged
from extract.pipeline import extract

TEXT = "The council gave £5m for roads and £3m to schools."


def judge(tmp_path: Path, change: dict[str, object]) -> list[Judged]:
    gold = [mention.to_dict() for mention in extract(TEXT)]
    found = deepcopy(gold)
    found[0].update(change)
    for name, mentions in (("gold", gold), ("found", found)):
        (tmp_path / name).mkdir()
        text = json.dumps({"document": {}, "mentions": mentions})
        (tmp_path / name / "a.json").write_text(text, "utf-8")
    return list(judged(tmp_path / "gold", tmp_path / "found"))


def test_all_is_right_where_nothing_differs(tmp_path: Path) -> None:
    first, second = judge(tmp_path, {})
    assert first.whole
    assert second.whole
    assert all(first.right.values())
    assert {"amount", "kind", "purpose"} <= set(first.right)


def test_a_wrong_field_is_wrong_and_the_others_are_not(tmp_path: Path) -> None:
    first, _ = judge(tmp_path, {"purpose": {"text": "bridges", "start": 25, "end": 30}})
    assert not first.right["purpose"]
    assert first.right["amount"]
    assert not first.whole


def test_what_is_not_stated_is_not_judged_but_not_whole(tmp_path: Path) -> None:
    first, _ = judge(tmp_path, {"purpose": None})
    assert "purpose" not in first.right
    assert not first.whole
