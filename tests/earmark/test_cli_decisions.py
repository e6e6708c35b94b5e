"""Decisions on the command line and by the API: who decided what stands beside what was read."""

from __future__ import annotations

import getpass
import json
from pathlib import Path

import pytest

import earmark
from records.errors import SettingsError
from tests.earmark.conftest import Cli


def test_show_and_why_name_who_decided(cli: Cli, own_store: Path) -> None:
    with earmark.open_store(own_store) as store:
        left, right = (store.claim(name).mentions[0].id for name in ("c1", "c5"))
        store.decide("same", "c1", "c5", by="anna", reason="one bill")
        store.decide("correct", left, field="purpose", value="beds", by="ben")
        claim = store.claim(left)
    said = "anna on "
    card = cli("show", left).lines
    assert any(line.startswith(f"decided\tw1, {said}") for line in card)
    assert any(line.endswith(f"the purpose of {left} should be “beds”") for line in card)
    assert claim.purpose == "beds"
    assert "for\tbeds (w2)" in card
    assert any(line.startswith("was read as\tfor ") for line in card)
    why = cli("why", "m1", "m5")
    assert why.lines[0].split("\t")[2] == "the same money"
    rows = [line.split("\t") for line in why.lines]
    assert next(row[1] for row in rows if row[0] == "because").startswith("anna decided on ")
    assert ["different if", "w1 taken back: earmark undo w1"] in rows
    (data,) = json.loads(cli("why", "m1", "m5", "--json").out)["data"]
    assert [(one["id"], one["decision"], one["reason"]) for one in data["decisions"]] == [
        ("w1", "same", "one bill")
    ]
    shown = json.loads(cli("show", "c1", "--json").out)["data"][0]
    decided = [one["id"] for each in shown["mentions"] for one in each["decisions"]]
    assert {"w1", "w2"} == set(decided)
    assert right


def test_decisions_are_listed_and_taken_back(cli: Cli, own_store: Path) -> None:
    with earmark.open_store(own_store) as store:
        store.decide("different", "m1", "m2", reason="other\nyears")
    me = getpass.getuser()
    (row,) = (line.split("\t") for line in cli("decisions").lines)
    assert [row[0], *row[2:]] == ["w1", me, "m1 and m2 are different", "other years", "holds"]
    undone = cli("undo", "w1", "--reason", "the same after all")
    assert undone.lines == [f"w1 taken back: m1 and m2 are different, said {me}."]
    assert f"deciding as {me}, your login name" in undone.err
    (row,) = (line.split("\t") for line in cli("decisions").lines)
    assert row[-1].startswith(f"taken back by {me} on ")
    (data,) = json.loads(cli("decisions", "--json").out)["data"]
    assert data["taken_back"]["reason"] == "the same after all"
    again = cli("undo", "w1", "--by", "ben")
    assert (again.status, "taken back already" in again.err) == (5, True)


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["w9", "--by", "ben"], 1, "no w9 in this store"),
        (["r1", "--by", "ben"], 2, "--by and --reason are for decisions"),
    ],
)
def test_what_cannot_be_undone_is_said(
    arguments: list[str], status: int, words: str, cli: Cli, own_store: Path
) -> None:
    ended = cli("undo", *arguments)
    assert (ended.status, words in ended.err) == (status, True)


@pytest.mark.parametrize(
    ("word", "names", "more", "words"),
    [
        ("maybe", ["m1", "m2"], {}, '"maybe" is no decision; use one of same, different'),
        ("same", ["m1"], {}, "same is about 2 different ids; m1 was named"),
        ("same", ["m1", "m1"], {}, "m1, m1 was named"),
        ("same", ["m1", "m2"], {"field": "purpose"}, "name no field"),
        ("accept", ["m1"], {}, "accept is about a field; name one"),
        ("accept", ["m1"], {"field": "colour"}, '"colour" is no field; use one of amount'),
        ("accept", ["m1"], {"field": "purpose", "value": "x"}, "takes no other words"),
        ("correct", ["m1"], {"field": "purpose"}, "needs what it should say"),
        ("correct", ["m1"], {"field": "kind", "value": "gift"}, '"gift" is no kind; use one of'),
        ("correct", ["m1"], {"field": "amount", "value": "lots"}, "the amount cannot be read"),
        ("correct", ["m1"], {"field": "purpose", "value": "2,50"}, "has no word in it"),
        ("correct", ["m1"], {"field": "timeframe", "value": "45748"}, "timeframe cannot be read"),
        ("same", ["m1", "m2"], {"by": " "}, "a decision needs a name"),
    ],
)
def test_what_is_no_decision_is_refused(
    word: str, names: list[str], more: dict[str, str], words: str, own_store: Path
) -> None:
    with earmark.open_store(own_store) as store:
        with pytest.raises(SettingsError, match=words):
            store.decide(word, *names, **more)
        assert store.decisions() == []
