"""Ask before you print: what a store says of a draft, story by story."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from records.check import Check, DraftDay, Find
from store.store import Store
from tests.earmark.inprocess import fill, read

CASES = tomllib.loads(Path(__file__).with_name("cases").joinpath("check.toml").read_text("utf-8"))[
    "case"
]


def check(place: Path, case: dict[str, Any], documents: list[dict[str, str]]) -> Check:
    with Store.open(str(place)) as store:
        fill(store, documents)
    day = DraftDay(date.fromisoformat(case["published"]), "given")
    with Store.open(str(place), read_only=True) as store:
        return store.check(*read(case["draft"], case["published"]), day)


def told(find: Find) -> str:
    published = find.quoted.provenance.published
    return f"{find.link} {find.quoted.mention.amount.span.text} {published or 'undated'}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["id"]))
def test_each_sum_has_its_answer(case: dict[str, Any], empty_store: Path) -> None:
    found = check(empty_store, case, case["documents"])
    sums = [hearing.mentions[0].amount.span.text for hearing in found.hearings]
    assert sums == [expected["sum"] for expected in case["hearings"]]
    for hearing, expected in zip(found.hearings, case["hearings"], strict=True):
        assert [told(find) for find in hearing.finds] == expected["finds"]
        assert hearing.verdict == expected["verdict"]
        if "same_figure" in expected:
            assert hearing.finds[0].same_figure == expected["same_figure"]
        if "heard" in expected:
            assert len(hearing.finds[0].heard) == expected["heard"]
        if "why_not" in expected:
            assert hearing.finds[0].why_not == expected["why_not"]
        if "unsaid" in expected:
            assert list(hearing.unsaid) == expected["unsaid"]
        assert len(hearing.mentions) == expected.get("mentions", 1)
    assert list(found.notes) == case.get("notes", [])


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if len(case["documents"]) > 1 and not case.get("notes")],
    ids=lambda case: str(case["id"]),
)
def test_the_order_of_ingestion_makes_no_difference(
    case: dict[str, Any], empty_store: Path
) -> None:
    found = check(empty_store, case, case["documents"][::-1])
    for hearing, expected in zip(found.hearings, case["hearings"], strict=True):
        assert [told(find) for find in hearing.finds] == expected["finds"]
        assert hearing.verdict == expected["verdict"]


def test_nothing_is_written(empty_store: Path) -> None:
    case = next(case for case in CASES if case["id"] == "several-pots-fit")
    with Store.open(str(empty_store)) as store:
        fill(store, case["documents"])
    before = files(empty_store.parent)
    for read_only in (True, False):
        with Store.open(str(empty_store), read_only=read_only) as store:
            day = DraftDay(date(2024, 6, 2), "given")
            assert store.check(*read(case["draft"], case["published"]), day).hearings
        assert files(empty_store.parent) == before


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}
