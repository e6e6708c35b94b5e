"""`earmark why`: fields and pairs, for people and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import earmark
from tests.earmark.conftest import Cli


def test_a_mention_names_words_and_rules(cli: Cli, own_store: Path) -> None:
    ended = cli("why", "m1")
    rows = [line.split("\t") for line in ended.lines]
    assert ended.status == 0
    assert rows[0] == ["why", "m1", "a mention of c1"]
    told = dict(rows[1:])
    assert told["quote"] == "Hospitals in line for nearly [£6bn] to shrink record waiting list"
    assert told["amount"].startswith("about £6bn, from “£6bn” (amount.sign: a number beside")
    assert told["purpose"].startswith("“shrink record waiting list” (purpose.")


def test_a_claim_names_the_mention_of_each_field(cli: Cli, own_store: Path) -> None:
    ended = cli("why", "c1")
    assert ended.lines[0].split("\t") == ["why", "c1", "£5.9bn"]
    data = json.loads(cli("why", "c1", "--json").out)["data"][0]
    assert data["id"] == data["claim"] == "c1"
    assert {field["mention"] for field in data["fields"]} == {one["id"] for one in data["mentions"]}
    amount = data["fields"][0]
    assert amount["field"] == "amount"
    assert amount["rules"][0] == {
        "id": "amount.sign",
        "source": "a number beside a currency sign or code",
    }


def test_two_are_judged(cli: Cli, own_store: Path) -> None:
    ended = cli("why", "c1", "c5")
    labels = [line.split("\t")[0] for line in ended.lines]
    assert ended.lines[0].split("\t") == ["why", "c1 and c5", "different money"]
    assert {"because", "pair", "the same if"} <= set(labels)
    same = cli("why", "m1", "m2")
    assert same.lines[0].split("\t") == ["why", "m1 and m2", "the same money"]
    assert any(line.startswith("+0.70\tsame amount") for line in same.lines)
    data = json.loads(cli("why", "m1", "m2", "--json").out)["data"][0]
    assert (data["verdict"], data["threshold"]) == ("same", 50)
    (pair,) = data["pairs"]
    assert pair["score"] == sum(reason["weight"] for reason in pair["reasons"])
    assert data["changes"]


@pytest.mark.parametrize(
    ("ids", "status", "words"),
    [
        (["m99999"], 1, "no m99999 in this store"),
        (["d1"], 1, '"d1" is no id'),
        (["m1", "x"], 1, '"x" is no id'),
        (["m1", "m1"], 2, "m1 was named twice"),
        (["m1", "m2", "m3"], 2, "3 ids were named; name one, or two to compare"),
    ],
)
def test_what_cannot_be_told_is_said(
    cli: Cli, own_store: Path, ids: list[str], status: int, words: str
) -> None:
    ended = cli("why", *ids)
    assert (ended.status, ended.out) == (status, "")
    assert words in ended.err


def test_from_python(read_store: Path) -> None:
    with earmark.open_store(read_store, read_only=True) as store:
        assert store.why("m1").fields[0].field == "amount"
        assert store.compare("m1", "m2").same
