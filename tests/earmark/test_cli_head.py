"""`earmark head`, and `earmark audit --head`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from store.heads import find_heads, read_heads
from tests.earmark.conftest import Cli
from tests.store.test_notes import pair


def test_the_head_is_the_last_of_the_file_beside_the_store(cli: Cli, empty_store: Path) -> None:
    ended = cli("head")
    assert (ended.status, ended.err) == (0, "")
    assert len(ended.lines) == 3
    (head,) = find_heads(ended.out)
    assert head == read_heads(empty_store.with_name(f"{empty_store.name}.heads"))[-1]
    (data,) = json.loads(cli("head", "--json").out)["data"]
    assert [data["origin"], str(data["size"]), data["root"]] == ended.lines


@pytest.mark.parametrize("how", ["file", "text", "one line", "standard input"])
def test_a_store_bears_out_its_head(cli: Cli, empty_store: Path, how: str) -> None:
    told = cli("head").out
    Path("kept.head").write_text(told)
    given = {"file": "kept.head", "text": told, "one line": " ".join(told.split())}.get(how, "-")
    ended = cli("audit", "--head", given, "--json", stdin=told.encode())
    assert ended.status == 0
    assert json.loads(ended.out)["checked"]["heads"] == 1


CASES: list[tuple[str, Callable[[list[str]], list[str]]]] = [
    ("other store", lambda lines: [f"earmark/{'0' * 32}", *lines[1:]]),
    ("rolled back", lambda lines: [lines[0], "9", lines[2]]),
    ("forked", lambda lines: [*lines[:2], f"{'A' * 43}="]),
]


@pytest.mark.parametrize(("verdict", "change"), CASES, ids=[name for name, _ in CASES])
def test_a_head_that_is_not_borne_out(
    cli: Cli, empty_store: Path, verdict: str, change: Callable[[list[str]], list[str]]
) -> None:
    given = "\n".join(change(cli("head").lines))
    ended = cli("audit", "--head", given)
    assert ended.status == 1
    assert [line.split("\t")[1:4] for line in ended.lines if line.startswith("finding")] == [
        ["heads", f"head {given.split()[1]}", verdict]
    ]


def test_without_any_head_less_is_proven(cli: Cli, empty_store: Path) -> None:
    empty_store.with_name(f"{empty_store.name}.heads").unlink()
    ended = cli("audit")
    assert ended.status == 3
    assert "no head given" in ended.out


@pytest.mark.parametrize("given", ["", "yesterday", "earmark/12 4 abc=", "no/such/file.head", "."])
def test_what_holds_no_head_is_refused(cli: Cli, empty_store: Path, given: str) -> None:
    ended = cli("audit", "--head", given)
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.startswith("error: ")
    assert ended.err.endswith("[settings]\n")


def test_a_file_of_heads_that_is_missing_is_said_to_be(cli: Cli, empty_store: Path) -> None:
    told = "error: nosuch.head: there is no such file, "
    assert cli("audit", "--head", "nosuch.head").err.startswith(told)
    assert "and no file that holds a head" in cli("audit", "--since", "nosuch.head").err


def test_without_a_store_there_is_no_head(cli: Cli) -> None:
    ended = cli("head")
    assert (ended.status, ended.out) == (5, "")
    assert "[store.none]" in ended.err


def test_the_command_signs_goes_on_and_checks(cli: Cli, empty_store: Path) -> None:
    for name, key in zip(("PRIVATE", "PUBLIC"), pair(), strict=True):
        Path(name).write_bytes(key)
    Path("other").write_bytes(pair()[1])
    signed = cli("head", "--sign", "PRIVATE")
    assert signed.status == 0
    Path("a.head").write_text(signed.out, "utf-8")
    assert cli("head", "--since", "a.head").lines == signed.lines[:3]
    assert cli("audit", "--head", "a.head", "--signed-by", "PUBLIC").status == 0
    for arguments in (
        ("audit", "--head", "a.head", "--signed-by", "other"),
        ("audit", "--head", "a.head", "--signed-by", "gone"),
        ("audit", "--signed-by", "PUBLIC"),
        ("head", "--sign", "PUBLIC"),
        ("head", "--since", "nothing"),
    ):
        ended = cli(*arguments)
        assert (ended.status, ended.out) == (2, "")
        assert ended.err.startswith("error: ")
    forked = [*signed.lines[:2], f"{'A' * 43}="]
    ended = cli("head", "--since", " ".join(forked))
    assert (ended.status, ended.out) == (1, "")
    assert "written anew" in ended.err
