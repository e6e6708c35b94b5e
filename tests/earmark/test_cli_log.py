"""`earmark log`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from store.saying import Saying
from store.store import Store
from tests.earmark.conftest import Cli


def test_the_ledger_is_read_the_newest_first(cli: Cli, own_store: Path) -> None:
    ended = cli("log")
    assert (ended.status, ended.err) == (0, "")
    rows = [line.split("\t") for line in ended.lines]
    assert [int(row[0]) for row in rows] == list(range(len(rows), 0, -1))
    assert {len(row) for row in rows} == {5}
    data = json.loads(cli("log", "--json").out)["data"]
    assert [str(one["number"]) for one in data] == [row[0] for row in rows]


def test_a_page_says_how_to_go_on(cli: Cli, own_store: Path) -> None:
    ended = cli("log", "--limit", "2")
    assert len(ended.lines) == 2
    assert ended.err.startswith("There is more: earmark log")
    rest = ended.err.split()[-1]
    following = cli("log", "--range", rest)
    assert (ended.lines + following.lines) == cli("log").lines
    page = json.loads(cli("log", "--limit", "2", "--json").out)["page"]
    assert rest == f"..{page['next']}"


def test_a_decision_is_in_the_history_of_its_mentions(cli: Cli, own_store: Path) -> None:
    saying = Saying("not_sure", ("m1", "m2"), "anna\x1b[2J", None)
    with Store.open(str(own_store)) as store:
        store.decide(saying)
    for name in ("m1", "m2", "w1"):
        last = cli("log", name).lines[0].split("\t")
        assert last[2:] == ["decision", r"anna\x1b[2J", "w1: not sure about m1 and m2"]


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("m999",), 1),
        (("nonsense",), 1),
        (("--range", "a..b"), 2),
        (("--range", ".."), 2),
        (("--limit", "0"), 2),
    ],
)
def test_what_cannot_be_read_is_refused(
    cli: Cli, own_store: Path, arguments: tuple[str, ...], status: int
) -> None:
    ended = cli("log", *arguments)
    assert (ended.status, ended.out) == (status, "")
    assert ended.err.startswith("error: ")
