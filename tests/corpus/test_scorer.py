"""Figures of predictions held against gold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.bundle import articles, parts
from corpus.scorer import Report, score_folder
from tests.corpus.perturb import perturbed
from tests.corpus.places import SHARED, module

TOOL = SHARED / "tools" / "score_mentions.py"
FOLDERS = [*parts().values(), SHARED / "seeds", SHARED / "practice"]


def mention(text: str, start: int, **more: Any) -> dict[str, Any]:
    amount = {"text": text, "start": start, "end": start + len(text), "currency": "GBP"}
    value = {"low": "5", "high": "5", "approximate": False, "per": None}
    empty = dict.fromkeys(
        ["timeframe", "purpose", "excludes", "recipient", "funder", "attribution", "relation"]
    )
    changed = {key: more.pop(key) for key in list(more) if key in value or key == "vague"}
    fields = {"kind": "funding", "claim": f"{text} {start}", **empty, **more}
    return {"amount": {**amount, **value, **changed}, **fields}


def report_of(golds: list[dict[str, Any]], predictions: list[dict[str, Any]]) -> Report:
    report = Report()
    report.add("a", golds, predictions)
    return report


def counts(report: Report, name: str) -> tuple[int, int, int]:
    tally = report.fields[name]
    return tally.gold, tally.predicted, tally.right


@pytest.mark.skipif(not TOOL.exists(), reason="the shared reference scorer is not beside the repo")
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_figures_are_those_of_the_reference(folder: Path, seed: int, tmp_path: Path) -> None:
    for path in sorted(folder.glob("*.json"))[1:]:  # the first has no predictions
        gold = json.loads(path.read_text("utf-8"))
        gold["mentions"] = perturbed(gold["mentions"], f"{path.stem} {seed}")
        (tmp_path / path.name).write_text(json.dumps(gold), "utf-8")
    ours = score_folder(folder, tmp_path)
    theirs = module(TOOL).score_folders(folder, tmp_path).summary()
    assert ours.documents == theirs["documents"]
    assert _rounded(ours) == {
        **{name: _three(values) for name, values in theirs["scores"].items()},
        **{f"kind {name}": _three(values) for name, values in theirs["kinds"].items()},
        "purposes": theirs["purpose_mean_token_f1"],
        **_clusters("clusters_on_matched", theirs),
        **_clusters("clusters_on_all_gold", theirs),
    }
    assert len({name for name, tally in ours.fields.items() if 0.3 < tally.score.f1 < 1}) > 8


def _three(values: dict[str, Any]) -> tuple[float, float, float]:
    return values["precision"], values["recall"], values["f1"]


def _clusters(name: str, theirs: dict[str, Any]) -> dict[str, Any]:
    found = theirs[name]
    sizes = (found["mentions"], found["gold_clusters"], found["predicted_clusters"])
    return {name: (sizes, _three(found["pairwise"]), _three(found["b_cubed"]))}


def _rounded(report: Report) -> dict[str, Any]:
    def three(score: Any) -> tuple[float, float, float]:
        return round(score.precision, 4), round(score.recall, 4), round(score.f1, 4)

    figures: dict[str, Any] = {name: three(t.score) for name, t in report.fields.items()}
    figures |= {f"kind {name}": three(tally.score) for name, tally in report.kinds.items()}
    figures["purposes"] = None if report.purpose_f1 is None else round(report.purpose_f1, 4)
    for name, found in (
        ("clusters_on_matched", report.claims),
        ("clusters_on_all_gold", report.all_claims),
    ):
        sizes = (found.mentions, found.gold_claims, found.predicted_claims)
        figures[name] = (sizes, three(found.pairwise), three(found.b_cubed))
    return figures


@pytest.mark.parametrize("folder", parts().values(), ids=lambda folder: folder.name)
def test_gold_is_right_about_itself(folder: Path) -> None:
    report = score_folder(folder, folder)
    assert set(report.figures().values()) == {1.0}
    assert (report.errors, report.problems, report.documents) == ([], [], len(articles(folder)))


def test_nothing_predicted_is_all_missed() -> None:
    report = report_of([mention("£5", 0), mention("£5", 10)], [])
    assert counts(report, "mention") == (2, 0, 0)
    assert report.figures()["amount"] == 0.0
    assert report.errors == ["a:0 '£5' MISSED", "a:10 '£5' MISSED"]
    assert (report.claims.mentions, report.all_claims.mentions) == (0, 2)


def test_an_invented_mention_costs_precision_only() -> None:
    report = report_of([mention("£5", 0)], [mention("£5", 0), mention("£7", 40)])
    assert counts(report, "amount") == (1, 2, 1)
    assert report.errors == ["a:40 '£7' FALSE"]


def test_the_exact_span_is_paired_before_one_that_overlaps() -> None:
    near = mention("£5m-£6m", 0, low="5", high="6")
    report = report_of([mention("£6m", 4, low="6", high="6")], [near, mention("£6m", 4, low="6")])
    assert counts(report, "span") == (1, 2, 1)


@pytest.mark.parametrize(
    ("gold_vague", "predicted_vague", "expected"),
    [(True, True, (0, 0, 0)), (True, False, (0, 0, 0)), (False, True, (1, 1, 1))],
)
def test_a_vague_gold_mention_is_neither_rewarded_nor_punished(
    gold_vague: object, predicted_vague: object, expected: tuple[int, int, int]
) -> None:
    golds = [mention("millions", 0, vague=gold_vague)]
    report = report_of(golds, [mention("millions", 0, vague=predicted_vague)])
    assert counts(report, "mention") == expected


def test_a_vague_prediction_of_nothing_is_no_error() -> None:
    assert report_of([], [mention("millions", 0, vague=True)]).errors == []


def test_a_purpose_is_scored_for_money_that_is_spent() -> None:
    gold = mention("£5", 0, kind="income", purpose={"text": "roofs", "start": 9, "end": 14})
    assert counts(report_of([gold], [mention("£5", 0)]), "purpose") == (0, 0, 0)
    paid = {**gold, "kind": "cost"}
    report = report_of([paid], [mention("£5", 0)])
    assert counts(report, "purpose") == (1, 0, 0)
    assert report.purpose_f1 == 0.0


def test_an_error_says_what_was_wanted_and_what_came() -> None:
    gold = mention(
        "£5",
        0,
        timeframe={"text": "by 2030", "start": 9, "end": 16, "until": "2030-12-31"},
        recipient={"text": "the NHS", "start": 20, "end": 27},
    )
    wrong = mention(
        "£5 ",
        0,
        low=None,
        per="year",
        kind="cost",
        relation={"type": "part_of", "to": {"start": 9}},
    )
    assert report_of([gold], [wrong]).errors == [
        "a:0 '£5' span got '£5 '; value GBP 5..5 got GBP None..5; per None got year; "
        "timeframe 'by 2030' ( ..2030-12-31) got none; kind funding got cost; "
        "recipient 'the NHS' got None; relation none got part_of @9"
    ]


def test_missing_and_foreign_predictions_are_problems(tmp_path: Path) -> None:
    for name, digest in (("a", "1"), ("b", "1"), ("c", "1")):
        data = {"document": {"text_sha256": digest}, "mentions": [mention("£5", 0)]}
        (tmp_path / f"{name}.json").write_text(json.dumps(data), "utf-8")
    (tmp_path / "notes.json").write_text("[]", "utf-8")
    made = tmp_path / "made"
    made.mkdir()
    (made / "a.json").write_text((tmp_path / "a.json").read_text("utf-8"), "utf-8")
    foreign = {"document": {"text_sha256": "2"}, "mentions": []}
    (made / "b.json").write_text(json.dumps(foreign), "utf-8")
    report = score_folder(tmp_path, made)
    assert report.problems == [
        "b: predictions refer to another text than gold",
        "c: no predictions",
    ]
    assert counts(report, "mention") == (3, 1, 1)
