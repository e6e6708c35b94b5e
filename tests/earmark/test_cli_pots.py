"""`earmark pots` in a pipe: what claims add up to, whatever a store holds."""

from __future__ import annotations

import json
from pathlib import Path

import earmark
from tests.earmark.conftest import Cli


def lines_of(cli: Cli, *arguments: str) -> list[list[str]]:
    return [line.split("\t") for line in cli("pots", *arguments).lines]


def test_a_line_for_each_pot_total_and_group_left_out(cli: Cli, own_store: Path) -> None:
    lines = lines_of(cli)
    by_claim = {line[2]: line for line in lines if line[0] == "pot"}
    levy, capital = by_claim["c6"], by_claim["c1"]
    assert (levy[3], levy[6], levy[9]) == ("", "£36bn", "24 Oct 2021")
    assert (capital[6], int(capital[8]) > 1) == ("£5.9bn", True)
    parts = [line[6] for line in by_claim.values() if line[3] == capital[1]]
    assert parts == ["£2.3bn", "£2.1bn", "£1.5bn"]
    (total,) = [line for line in lines if line[0] == "total"]
    roots = [line for line in by_claim.values() if not line[3]]
    assert total[1] == "GBP"
    assert total[6:] == [str(len(roots)), str(len(by_claim) - len(roots))]
    assert {line[0] for line in lines} == {"pot", "total", "left out"}


def test_json_says_the_same(cli: Cli, own_store: Path) -> None:
    data = json.loads(cli("pots", "--json").out)
    capital = next(pot for pot in data["data"] if pot["claim"] == "c1")
    assert capital["check"]["words"] == "parts add up: 2.3 + 2.1 + 1.5 = 5.9"
    (below,) = capital["on_top_of"]
    assert next(pot["claim"] for pot in data["data"] if pot["id"] == below) == "c6"
    inside = [pot["id"] for pot in data["data"] if pot["part_of"] == capital["id"]]
    assert inside == capital["parts"]
    roots = [int(pot["distinct"]) for pot in data["data"] if not pot["part_of"]]
    assert data["totals"][0]["distinct"] == str(sum(roots))
    assert (data["as_of"], data["undated"]) == (None, [])


def test_the_tree_shows_what_the_table_sums_up(cli: Cli, own_store: Path) -> None:
    text = cli("pots", "--tree").out
    assert "parts add up: 2.3 + 2.1 + 1.5 = 5.9 ✓" in text
    assert "on top of p1" in text
    assert text.count("(c") >= json.loads(cli("pots", "--json").out)["totals"][0]["pots"]
    assert text.index("(c1)") < text.index("├ p6 (c3)") < text.index("└ p8 (c4)")


def test_a_question_narrows_the_pots_and_takes_parts_along(cli: Cli, own_store: Path) -> None:
    lines = lines_of(cli, "amount:5.9bn")
    assert [line[2] for line in lines if line[0] == "pot"] == ["c1", "c3", "c5", "c4"]
    assert [line[3] for line in lines if line[0] == "total"] == ["£5.9bn"]
    within = json.loads(cli("pots", "amount:1.5bn", "for:beds", "--json").out)["data"]
    assert [(pot["claim"], pot["part_of"], pot["part_of_claim"]) for pot in within] == [
        ("c4", None, "c1")
    ]


def test_as_of_a_day_later_documents_are_not_known(cli: Cli, own_store: Path) -> None:
    lines = lines_of(cli, "--as-of", "2021-10-24")
    pots = {line[2]: line for line in lines if line[0] == "pot"}
    assert {"c1", "c3", "c4", "c5"} <= pots.keys()
    assert not {"c49", "c51"} & pots.keys()
    everything = lines_of(cli)
    assert int(pots["c1"][8]) < int(next(x for x in everything if x[2] == "c1")[8])
    nothing = cli("pots", "--as-of", "1999-12-31")
    assert (nothing.status, nothing.out) == (0, "")
    assert nothing.err == "No pot of money: no claim here states a sum of funding.\n"


def test_documents_without_a_date_are_named_and_left_out(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ministers gave £5m to libraries.", "utf-8")
    cli("ingest", "a.txt", "--store", "s.db")
    ended = cli("pots", "--as-of", "2021-10-27", "--store", "s.db")
    assert (ended.status, ended.out) == (0, "")
    assert "left out of 27 Oct 2021" in ended.err
    assert "1 document (d1 a.txt)" in ended.err
    assert [line[-1] for line in lines_of(cli, "--store", "s.db") if line[0] == "pot"] == [
        "no date"
    ]


def test_an_empty_store_is_said_to_be_empty(cli: Cli, tmp_path: Path) -> None:
    earmark.open_store(tmp_path / "s.earmark.db").close()
    for extra in ([], ["--tree"], ["--json"]):
        ended = cli("pots", *extra)
        assert ended.status == 0
        assert "No pot of money" in ended.err
    assert json.loads(cli("pots", "--json").out)["data"] == []


def test_what_cannot_be_read_is_said(cli: Cli, own_store: Path) -> None:
    for day in ("2021-13-01", "yesterday", "", "27/10/2021"):
        ended = cli("pots", "--as-of", day)
        assert (ended.status, ended.out) == (2, "")
        assert f"--as-of: “{day}” is no day; write one of the calendar as 2021-10-27" in ended.err
    assert cli("pots", "amount:>2.1bbn").status == 2
    assert cli("pots", "--store", "none.db").status == 5
