"""Every command says on PostgreSQL what it says on SQLite."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from store import origins, write_document
from store.store import Store
from tests.databases import Server, address, behind_its_back
from tests.earmark.conftest import Cli, Ended

TEXT = "Ministers promised £5.9bn for the NHS, and £2m for the harbour wall at Wexley by 2027."
COMMANDS: list[tuple[str, ...]] = [
    ("query",),
    ("query", 'amount:>=1bn for:"patient records"', "--json"),
    ("query", "who:TREASURY said:2021 -to:école sort:said", "--limit", "3"),
    ("query", "origins:>=2 source:bbc"),
    ("show", "c1", "--json"),
    ("show", "d2", "--json"),
    ("show", "m99"),
    ("why", "m1"),
    ("why", "c1", "c2", "--json"),
    ("check", TEXT, "--json"),
    ("pots", "--tree"),
    ("pots", "--json", "--as-of", "2021-10-27"),
    ("pots", "--alarms"),
    ("export", "--format", "csv", "--query", "amount:>=1bn"),
    ("export", "--format", "jsonl"),
    ("export", "--format", "jsonld"),
    ("export", "--format", "store", "--with-sources"),
    ("runs", "--json"),
    ("review", "--by", "anna", "--json"),
    ("ingest", "a.txt", "--published", "2021-10-28"),
    ("ingest", "a.txt", "gone.txt"),
    ("query", "harbour amount:2m"),
    ("review", "m1", "m2", "--by", "anna"),
    ("decisions", "--json"),
    ("undo", "w1", "--by", "ben", "--reason", "a slip"),
    ("decisions",),
    ("diff", "a.txt"),
    ("undo", "r2"),
    ("undo", "r9"),
    ("runs",),
    ("query", "--format", "csv"),
    ("query", "amount:>"),
]


@pytest.fixture
def database(server: Server, cli: Cli, read_store: Path) -> Iterator[str]:
    """The story's store on a server."""
    made = server.empty()
    assert cli("store", "copy", str(read_store), made).status == 0
    yield made
    server.drop(made)


def told(cli: Cli, place: str, command: tuple[str, ...]) -> Ended:
    """What a command says, without its place and the time."""
    answers = b"d\nanother year\n" if command[0] == "review" else b""
    ended = cli(*command, "--store", place, stdin=answers)
    out, err = (
        re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+Z|[\d.]+ s\b", "-", text).replace(place, "STORE")
        for text in (ended.out, ended.err)
    )
    return Ended(ended.status, out, err)


def test_every_command_says_the_same(
    cli: Cli, own_store: Path, database: str, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    for command in COMMANDS:
        assert told(cli, database, command) == told(cli, str(own_store), command), command
    proven = cli("audit", "--deep", "--store", database, "--json")
    assert json.loads(proven.out)["data"] == []
    assert proven.status == 0


def test_a_store_on_a_server_is_made_by_ingest(cli: Cli, server: Server, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    place = server.empty()
    try:
        none = cli("query", "--store", place)
        assert (none.status, none.err.rpartition("[")[2]) == (5, "store.none]\n")
        assert cli("ingest", "a.txt", "--store", place).status == 0
        assert len(cli("query", EARMARK_STORE=place).lines) == 2
    finally:
        server.drop(place)
    gone = cli("query", "--store", place)
    assert (gone.status, gone.err.rpartition("[")[2]) == (5, "store.gone]\n")


CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'earmark'"


def test_a_run_whose_server_goes_away_is_resumed(
    cli: Cli, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"Note {number}. {TEXT}", "utf-8")
    names, place = [f"{number}.txt" for number in range(3)], server.new()
    judged, calls = origins.regroup_origins, count(1)

    def cut(*arguments: Any) -> Any:
        if next(calls) == 2:
            with behind_its_back(place) as other:
                other.exec_driver_sql(f"{CUT} AND datname = current_database()")
        return judged(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(write_document, "regroup_origins", cut)
        ended = cli("ingest", *names, "--store", place)
    assert (ended.status, ended.err.rpartition("[")[2]) == (5, "store.gone]\n")
    again = cli("ingest", *names, "--store", place)
    assert again.status == 0
    assert [line.split("\t")[1] for line in again.lines] == ["unchanged", "added", "added"]
    with Store.open(place, read_only=True) as store:
        assert (store.counts().documents, store.counts().pending) == (3, 0)
        assert store.audit().findings == ()
    server.drop(place)


def test_a_password_is_printed_nowhere(cli: Cli, database: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    right, wrong = (
        address(make_url(database).set(password="s3cret", port=port))  # noqa: S106 - a made-up one
        for port in (make_url(database).port, 1)
    )
    for place in (right, wrong):
        for command in (("ingest", "a.txt"), ("query",), ("--debug", "query", "amount:2m")):
            ended = cli(*command, "--store", place)
            assert ended.status == (0 if place == right else 5)
            assert "s3cret" not in ended.out + ended.err


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["upgrade", "STORE"], 0, "It has the newest schema."),
        (["copy", "STORE", "copy.db"], 0, "Copied 6 documents"),
        (["copy", "STORE", "STORE"], 5, "is not empty"),
        (["copy", "STORE"], 2, "earmark store copy STORE TO"),
        (["upgrade", "STORE", "copy.db"], 2, "earmark store copy STORE TO"),
        (["copy", "none.db", "copy.db"], 5, "No store at none.db"),
    ],
    ids=str,
)
def test_a_store_as_a_whole(
    cli: Cli, own_store: Path, arguments: list[str], status: int, words: str
) -> None:
    ended = cli("store", *(str(own_store) if one == "STORE" else one for one in arguments))
    assert ended.status == status
    assert words in ended.out + ended.err
