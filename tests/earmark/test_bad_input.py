"""Whatever a user hands in: one clear line, the right status, nothing lost, no traceback."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from earmark.cli.program import run
from earmark.questions import Questions
from store.store import Store
from tests.earmark.bad_files import READ, REFUSED, REPORT, SENTENCE, holding
from tests.earmark.conftest import Cli, Ended
from tests.ingest.pdfs import drawn, picture


def assert_clean(ended: Ended) -> None:
    assert "Traceback" not in ended.err + ended.out
    assert "\x1b" not in ended.err + ended.out


def lines_by_source(ended: Ended) -> dict[str, list[str]]:
    rows = [line.split("\t") for line in ended.lines]
    return {row[2]: row for row in rows}


def test_bad_sources_cost_a_line_each_and_good_ones_are_read(program: Cli, tmp_path: Path) -> None:
    """All at once, through the real program."""
    (tmp_path / "good.txt").write_text(SENTENCE, "utf-8")
    for name, make, _, _ in REFUSED.values():
        make(tmp_path / name)
    names = [name for name, *_ in REFUSED.values()]
    ended = program("ingest", *names, "good.txt", "--store", "s.db")
    assert ended.status == 3
    assert len(ended.lines) == len(names) + 1
    rows = lines_by_source(ended)
    for name, _, code, words in REFUSED.values():
        assert rows[name][1] == "failed"
        assert f"[{code}" in rows[name][4]
        assert words in rows[name][4]
    assert rows["good.txt"][1] == "added"
    assert f"{len(names) + 1} sources: 1 added, {len(names)} failed" in ended.err
    assert_clean(ended)
    assert program("audit", "--deep", "--store", "s.db").status == 0


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_a_bad_source_alone_is_one_line_and_a_status(cli: Cli, tmp_path: Path, case: str) -> None:
    name, make, code, words = REFUSED[case]
    make(tmp_path / name)
    ended = cli("extract", name)
    assert (ended.status, ended.out) == (1, "")
    (line,) = ended.err.splitlines()
    assert line.startswith(f"error: {name}")
    assert f"[{code}" in line
    assert words in line
    assert_clean(ended)


def test_when_every_source_fails_the_status_says_so(cli: Cli) -> None:
    ended = cli("ingest", "gone.txt", "--store", "s.db")
    assert (ended.status, len(ended.lines)) == (1, 1)


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["a.txt", "--metadata", "missing.csv"], 2),
        (["a.txt", "--metadata", "bad.csv"], 2),
        (["a.txt", "--published", "tomorrow"], 2),
        (["a.txt", "--country", "ZZ"], 2),
        (["gone.txt", "none/*.txt"], 1),
    ],
)
def test_a_call_that_can_keep_nothing_makes_no_store(
    cli: Cli, tmp_path: Path, arguments: list[str], status: int
) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE, "utf-8")
    (tmp_path / "bad.csv").write_text("colour\nred\n", "utf-8")
    for store in (["--store", "s.db"], []):
        assert cli("ingest", *arguments, *store).status == status
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "bad.csv"]


def test_missing_sources_are_named_without_a_store_and_kept_out_of_one(
    cli: Cli, tmp_path: Path
) -> None:
    ended = cli("ingest", "gone.txt", "--store", "s.db", "--json")
    answer = json.loads(ended.out)
    assert (answer["run"]["id"], answer["run"]["store"]) == (None, None)
    assert [outcome["code"] for outcome in answer["data"]] == ["source.missing"]
    assert ended.err.endswith("Store: none was made, for there is nothing to keep\n")
    (tmp_path / "a.txt").write_text(SENTENCE, "utf-8")
    assert cli("ingest", "gone.txt", "a.txt", "--store", "s.db").status == 3
    assert "run r2" in cli("ingest", "gone.txt", "--store", "s.db").err


def test_a_document_that_is_read_in_part_shows_in_the_status(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "half.pdf").write_bytes(drawn(REPORT, picture))
    ended = cli("ingest", "half.pdf", "--store", "s.db")
    assert (ended.status, ended.lines[0].split("\t")[1]) == (3, "partial")


def test_sources_that_only_look_odd_are_read(program: Cli, tmp_path: Path) -> None:
    for name, content, _ in READ.values():
        (tmp_path / name).write_bytes(content)
    ended = program("extract", *(name for name, _, _ in READ.values()))
    assert ended.status == 0
    quotes = {line.split("\t")[0]: line.split("\t")[-1] for line in reversed(ended.lines)}
    for name, _, amount in READ.values():
        assert f"[{amount}] for flood defences" in quotes[name]
    assert_clean(ended)


def test_an_assumed_encoding_is_said(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_bytes(SENTENCE.encode("cp1252"))
    for arguments in (["ingest", "--store", "s.db"], ["extract"]):
        warning = cli(*arguments, "old.txt").err.splitlines()[0]
        assert warning.startswith("warning: old.txt: ")
        assert "cp1252" in warning


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux")
def test_a_file_name_that_is_no_text(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9\x1b[31m.txt")).write_text(SENTENCE, "utf-8")
    ended = cli("ingest", ".", "--store", "s.db")
    assert ended.status == 0
    assert r"\x1b[31m.txt" in ended.out
    assert_clean(ended)
    assert cli("audit", "--deep", "--store", "s.db").status == 0


BAD_QUESTIONS = ["amount:>2.1bbn", 'for:"NHS', "amount:>m", "(for:nhs", "colour:red", "said:soon"]


@pytest.mark.parametrize("question", BAD_QUESTIONS)
def test_a_question_that_cannot_be_read(cli: Cli, own_store: Path, question: str) -> None:
    ended = cli("query", question)
    assert (ended.status, ended.out) == (2, "")
    first, echo, *_ = ended.err.splitlines()
    assert first.startswith("error: ")
    assert first.endswith("[query.syntax]")
    assert question in echo
    assert "^" in ended.err
    assert_clean(ended)


def newer(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def of_another_program(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (id INTEGER PRIMARY KEY)")
    connection.close()


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (newer, "store.newer"),
        (emptied, "store.foreign"),
        (of_another_program, "store.foreign"),
        (holding(b"a shopping list"), "store.foreign"),
    ],
)
@pytest.mark.parametrize("command", [["query"], ["audit"], ["ingest", "a.txt"]])
def test_a_store_that_cannot_be_used(
    cli: Cli, own_store: Path, spoil: object, code: str, command: list[str]
) -> None:
    spoil(own_store)  # type: ignore[operator]
    before = own_store.read_bytes()
    ended = cli(*command, "--store", own_store.name)
    assert (ended.status, ended.out) == (2 if command == ["audit"] else 5, "")
    assert ended.err.splitlines()[-1].startswith("error: ")
    assert ended.err.endswith(f"[{code}]\n")
    assert own_store.read_bytes() == before
    assert_clean(ended)


@pytest.mark.parametrize(
    "command", [["query"], ["show", "c1"], ["audit"], ["export", "--format=csv"]]
)
def test_no_store_says_how_to_make_one(cli: Cli, command: list[str]) -> None:
    ended = cli(*command)
    assert (ended.status, ended.out) == (2 if command == ["audit"] else 5, "")
    assert "earmark ingest" in ended.err
    assert ended.err.endswith("[store.none]\n")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_store_that_may_not_be_written(cli: Cli, own_store: Path) -> None:
    own_store.chmod(0o400)
    own_store.parent.chmod(0o500)
    try:
        assert cli("query", "--store", own_store.name).status == 0
        ended = cli("ingest", own_store.name, "--store", own_store.name)
    finally:
        own_store.parent.chmod(0o700)
    assert ended.status == 5
    assert ended.err.endswith("[store.read-only]\n")


def test_a_store_that_another_process_is_writing(
    cli: Cli, own_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(Store.open.__func__.__kwdefaults__, "wait_seconds", 0.5)  # type: ignore[attr-defined]
    (own_store.parent / "a.txt").write_text(SENTENCE, "utf-8")
    holder = sqlite3.connect(own_store, isolation_level=None)
    try:
        holder.execute("BEGIN IMMEDIATE")
        ended = cli("ingest", "a.txt")
    finally:
        holder.close()
    assert ended.status == 5
    assert ended.err.endswith("[store.locked]\n")
    assert_clean(ended)
    assert cli("ingest", "a.txt").status == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nonsense"], "No such command 'nonsense'"),
        (["ingest"], "Missing argument 'SOURCE'"),
        (["query", "--limit", "0"], "--limit"),
        (["query", "--format", "xml"], "xml"),
        (["show"], "Missing argument 'ID'"),
        (["export"], "--format"),
        (["export", "--format", "gold"], "-o FOLDER"),
        (["ingest", "a.txt", "--published", "yesterday"], "yesterday"),
        (["ingest", "a.txt", "--country", "Narnia"], "Narnia"),
        (["ingest", "a.txt", "--metadata", "none.csv"], "none.csv"),
    ],
)
def test_wrong_usage_is_one_line(
    cli: Cli, own_store: Path, arguments: list[str], words: str
) -> None:
    ended = cli(*arguments)
    assert (ended.status, ended.out) == (2, "")
    (line,) = ended.err.splitlines()
    assert line.startswith("error: ")
    assert line.endswith("]")
    assert words in line


def test_an_id_that_does_not_exist(cli: Cli, own_store: Path) -> None:
    for name in ("c999", "m999", "d999", "x", "c1; DROP TABLE claims"):
        ended = cli("show", name)
        assert (ended.status, ended.out) == (1, "")
        assert ended.err.endswith("[id.unknown]\n")
        assert_clean(ended)


def test_a_reader_that_has_enough_is_no_error(own_store: Path) -> None:
    command = f"{sys.executable} -m earmark query | head -n 1"
    ended = subprocess.run(  # noqa: S602 - a pipe is what is tested
        f"set -o pipefail; {command}",
        shell=True,
        executable="/bin/bash",
        cwd=own_store.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert len(ended.stdout.splitlines()) == 1


def test_findings_that_nobody_reads_are_in_the_exit_status(own_store: Path) -> None:
    heads = own_store.with_name(f"{own_store.name}.heads")
    heads.write_text(f"earmark/{'0' * 32}\n1\n{'A' * 43}=\n", "utf-8")
    reads, writes = os.pipe()
    os.close(reads)
    ended = subprocess.run(
        [sys.executable, "-u", "-m", "earmark", "audit"],
        stdout=writes,
        stderr=subprocess.PIPE,
        cwd=own_store.parent,
        text=True,
        check=False,
    )
    os.close(writes)
    assert (ended.returncode, ended.stderr) == (1, "")


@pytest.mark.parametrize("stream", ["stdin", "stdout", "stderr"])
def test_a_stream_that_was_closed_before_is_nobody(
    own_store: Path, monkeypatch: pytest.MonkeyPatch, stream: str
) -> None:
    monkeypatch.setattr(sys, stream, None)
    assert run(["audit", "--store", str(own_store)]) == 0
    getattr(sys, stream).close()


@pytest.mark.parametrize("asked", [["--version"], ["audit"]], ids=" ".join)
def test_where_no_answer_can_be_written_it_is_said(own_store: Path, asked: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(  # noqa: S603 - the program itself
            [sys.executable, "-m", "earmark", "--store", str(own_store), *asked],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert ended.returncode == 1
    (line,) = ended.stderr.splitlines()
    assert line.startswith("error: what was to be printed")
    assert line.endswith("[output]")


def test_an_ingest_whose_reader_has_enough_goes_on(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(f"Report {number}: {SENTENCE}", "utf-8")
    command = f"{sys.executable} -m earmark ingest . gone.txt --store s.db | head -n 1"
    ended = subprocess.run(  # noqa: S602 - a pipe is what is tested
        f"set -o pipefail; {command}",
        shell=True,
        executable="/bin/bash",
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 3
    assert "6 sources: 5 added, 1 failed" in ended.stderr
    assert len(ended.stdout.splitlines()) == 1


def test_a_bare_call_helps_and_counts_as_wrong_usage(cli: Cli) -> None:
    ended = cli()
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.startswith("Usage: earmark ")


def test_an_output_without_a_pound_sign_gets_an_escape(program: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE, "utf-8")
    ended = program("extract", "a.txt", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert ended.status == 0
    assert r"The council gave [\xa35m] for flood defences." in ended.out


def test_a_bug_is_one_line_and_a_traceback_only_when_asked(
    cli: Cli, own_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: Questions, *arguments: object, **options: object) -> None:
        raise RuntimeError("a \x1b[31mbug")

    monkeypatch.setattr(Questions, "query", broken)
    ended = cli("query")
    assert (ended.status, ended.out) == (1, "")
    (line,) = ended.err.splitlines()
    assert line.startswith("error: Earmark met an error it did not expect (RuntimeError: a \\x1b")
    assert line.endswith("[internal]")
    ended = cli("--debug", "query")
    assert ended.status == 1
    assert "Traceback" in ended.err
    assert "\x1b" not in ended.err
