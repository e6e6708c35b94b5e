"""`earmark pots` in a pipe: what claims add up to, whatever a store holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import earmark
from tests.earmark.conftest import Cli

STORIES = {
    "levy.txt": (
        "2025-02-01",
        "The levy will bring £36bn over three years for health and social care, which equates to "
        "£12bn a year.",
    ),
    "plan.txt": (
        "2025-02-10",
        "The government will spend £5.9bn on NHS equipment and buildings. It includes £2.3bn for "
        "diagnostic tests and £1.5bn for hospital beds. The money comes on top of £36bn for health "
        "and social care.",
    ),
    "wards.txt": (
        "2025-02-12",
        "Hospitals will get £2.1bn for digital records, as part of a wider £5.9bn for NHS "
        "equipment and buildings.",
    ),
    "walls.txt": (
        "2025-03-03",
        "The government will spend £250m on new flood walls along the river Eder in Wexley.",
    ),
    "slip.txt": (
        "2025-03-05",
        "The government will spend £250bn on new flood walls along the river Eder in Wexley.",
    ),
    "cut.txt": (
        "2025-09-01",
        "Ministers will now spend £205m on new flood walls along the river Eder in Wexley instead "
        "of the £250m promised in March.",
    ),
}


@pytest.fixture(scope="module")
def told_store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store of six stories; never write to it."""
    folder = tmp_path_factory.mktemp("told")
    for name, (_, text) in STORIES.items():
        (folder / name).write_text(text, "utf-8")
    rows = [f"{name},{day}" for name, (day, _) in STORIES.items()]
    (folder / "dates.csv").write_text("\n".join(["path,published", *rows]), "utf-8")
    with earmark.open_store(folder / "told.db") as store:
        sources = [folder / name for name in STORIES]
        assert store.ingest(sources, metadata=folder / "dates.csv").counts["failed"] == 0
    return str(folder / "told.db")


def pots_of(cli: Cli, *arguments: str) -> dict[str, dict[str, Any]]:
    data = json.loads(cli("pots", *arguments, "--json").out)["data"]
    return {pot["name"]: pot for pot in data}


def test_rate_and_total_are_one_and_what_is_on_top_stands_beside(cli: Cli, told_store: str) -> None:
    pots = pots_of(cli, "--store", told_store)
    levy, plan = pots["health and social care"], pots["NHS equipment and buildings"]
    assert (levy["amount"], levy["said"], levy["part_of"]) == ("36000000000", 3, None)
    assert (plan["on_top_of"], plan["part_of"]) == ([levy["id"]], None)


def test_a_question_finds_parts_by_their_sum_as_the_whole_store_does(cli: Cli) -> None:
    text = (
        b"Schools will get an extra \xc2\xa32.1bn for laptops. The money forms part of a wider "
        b"\xc2\xa35.9bn for school buildings. Some \xc2\xa32.3bn is expected to be spent on roofs. "
        b"A further \xc2\xa31.5bn is set to be spent on heating."
    )
    cli("ingest", "-", "--store", "s.db", stdin=text)
    for question in ([], ["for:buildings"]):
        pots = pots_of(cli, *question, "--store", "s.db")
        whole = pots["school buildings"]
        assert whole["check"]["words"] == "parts add up: 2.3 + 2.1 + 1.5 = 5.9"
        parts = {name: pot["part_by_sum"] for name, pot in pots.items() if pot["part_of"]}
        assert parts == {"roofs": True, "laptops": False, "heating": True}


def test_parts_of_several_documents_add_up_to_a_whole_of_another(cli: Cli, told_store: str) -> None:
    pots = pots_of(cli, "--store", told_store)
    plan = pots["NHS equipment and buildings"]
    assert plan["check"]["words"] == "parts add up: 2.3 + 2.1 + 1.5 = 5.9"
    assert {pots[name]["part_of"] for name in ("diagnostic tests", "digital records")} == {
        plan["id"]
    }
    before = pots_of(cli, "--store", told_store, "--as-of", "2025-02-11")
    assert before["NHS equipment and buildings"]["check"]["verdict"] == "incomplete"
    assert "digital records" not in before


def test_a_claim_keeps_its_history(cli: Cli, told_store: str) -> None:
    (now,) = pots_of(cli, "--store", told_store, "amount:205m").values()
    (was,) = now["replaces"]
    for claim in (now["claim"], was):
        rows = [line.split("\t") for line in cli("show", claim, "--store", told_store).lines]
        start = rows.index(["timeline", claim, "who said it when"]) + 1
        life = [(row[0], row[1].split(" · ")[0]) for row in rows[start:] if row[0][0].isdigit()]
        assert life[0][0] == "3 Mar 2025"
        assert life[0][1].startswith("first statement")
        assert life[-1][0] == "1 Sep 2025"
        assert any(words.startswith("revision down from £250m") for _, words in life)
    data = json.loads(cli("show", now["claim"], "--store", told_store, "--json").out)["data"][0]
    (statement,) = data["timeline"]
    assert (statement["standing"], statement["published"]) == ("revision down", "2025-09-01")
    assert statement["former"]["claim"] == was


def test_an_alarm_ends_with_findings(cli: Cli, told_store: str) -> None:
    ended = cli("pots", "--alarms", "--store", told_store)
    assert ended.status == 4
    heading, *quotes = [line.split("\t") for line in ended.lines]
    assert heading[:2] == ["alarm", "scale"]
    assert "£250bn" in heading[2]
    assert "a thousand times £250m" in heading[2]
    assert any("slip.txt, 5 Mar 2025" in quote[1] and "[£250bn]" in quote[1] for quote in quotes)
    (alarm,) = json.loads(cli("pots", "--alarms", "--store", told_store, "--json").out)["data"]
    assert (alarm["kind"], alarm["words"]) == ("scale", heading[2])
    assert len(alarm["quotes"]) == len(alarm["claims"]) == 2
    assert "note: 1 alarm about these figures" in cli("pots", "--store", told_store).err
    quiet = cli("pots", "--alarms", "--as-of", "2025-03-03", "--store", told_store)
    assert (quiet.status, quiet.out) == (0, "")
    assert quiet.err.startswith("No alarm: ")


def test_a_picture_is_written_whole_or_not_at_all(
    cli: Cli, told_store: str, tmp_path: Path
) -> None:
    ended = cli("pots", "--svg", "pots.svg", "--store", told_store)
    assert ended.status == 0
    assert "pots drawn in pots.svg" in ended.err
    assert (tmp_path / "pots.svg").read_text("utf-8").startswith("<svg ")
    bad = cli("pots", "--svg", "nowhere/pots.svg", "--store", told_store)
    assert (bad.status, bad.out) == (2, "")
    assert "nowhere/pots.svg: cannot be written" in bad.err


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
    for extra in ([], ["--tree"], ["--json"], ["--alarms"], ["--svg", "empty.svg"]):
        ended = cli("pots", *extra)
        assert ended.status == 0
        assert "No pot of money" in ended.err
    assert json.loads(cli("pots", "--json").out)["data"] == []
    assert "<svg " in (tmp_path / "empty.svg").read_text("utf-8")


def test_what_cannot_be_read_is_said(cli: Cli, own_store: Path) -> None:
    for day in ("2021-13-01", "yesterday", "", "27/10/2021"):
        ended = cli("pots", "--as-of", day)
        assert (ended.status, ended.out) == (2, "")
        assert f"--as-of: “{day}” is no day; write one of the calendar as 2021-10-27" in ended.err
    assert cli("pots", "amount:>2.1bbn").status == 2
    assert cli("pots", "--alarms", "--tree").status == 2
    assert cli("pots", "--store", "none.db").status == 5
