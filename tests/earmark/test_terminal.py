"""What a person sees: colour where it is wanted, and nothing of a document that acts."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.earmark.conftest import Cli, environment

pty = pytest.importorskip("pty", reason="pseudo-terminals of POSIX systems")

SGR = re.compile(r"\x1b\[[0-9;]*m")
HOSTILE = "The \x1b[31mcouncil\x1b]52;c;eA==\x07 gave £5m \u202efor\u202c flood defences."


def on_a_terminal(folder: Path, *arguments: str, typed: str = "", **extra: str) -> tuple[int, str]:
    """Run the program with a terminal of 100 columns for its output, and return what it shows.

    Where something is typed, the terminal is its input as well.
    """
    mine, its = pty.openpty()
    os.write(mine, typed.encode())
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "earmark", *arguments],
        cwd=folder,
        env=environment(folder / "home", **{"TERM": "xterm-256color", "COLUMNS": "100"} | extra),
        stdin=its if typed else None,
        stdout=its,
        stderr=its,
    )
    os.close(its)
    shown = bytearray()
    while part := _read(mine):
        shown += part
    os.close(mine)
    return process.wait(), shown.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # how Linux says that the other end was closed
        return b""


def test_ingest_shows_a_bar_that_leaves_nothing_behind(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"{name}: £5m for roads.", "utf-8")
    status, shown = on_a_terminal(tmp_path, "ingest", ".", "--store", "s.db")
    assert status == 0
    assert "reading  1 of 2  ██████████░░░░░░░░░░" in shown
    kept = "\n".join(line.rpartition("\r\x1b[K")[2] for line in shown.split("\n"))
    assert re.search(r"^1/2  added      ./a.txt +1 mention  no publication date$", kept, re.M)
    assert "reading" not in kept
    assert "Next: earmark query" in kept


def test_a_table_fits_the_terminal(own_store: Path) -> None:
    status, shown = on_a_terminal(own_store.parent, "query", "amount:>=1bn")
    assert status == 0
    assert shown.startswith("\x1b[1mCLAIM")
    lines = SGR.sub("", shown).splitlines()
    assert max(map(len, lines)) <= 100
    assert any("…" in line for line in lines)
    assert "Next: earmark show c" in lines[-1]


@pytest.mark.parametrize("setting", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_colour_is_left_out_where_it_is_not_wanted(
    own_store: Path, setting: dict[str, str]
) -> None:
    status, shown = on_a_terminal(own_store.parent, "show", "m1", **setting)
    assert status == 0
    assert "\x1b" not in shown
    assert re.search(r"“.*\[£[^]]*\].*”", shown)


def test_colour_is_forced_into_a_pipe(cli: Cli, own_store: Path) -> None:
    assert "\x1b[1;33m£" in cli("show", "m1", FORCE_COLOR="1").out
    assert "\x1b" not in cli("--no-color", "show", "m1", FORCE_COLOR="1").out


def test_nothing_of_a_document_acts_on_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text(HOSTILE, "utf-8")
    status, shown = on_a_terminal(tmp_path, "extract", "bad.txt")
    assert status == 0
    plain = SGR.sub("", shown)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u202c]", plain)
    assert r"\x1b[31mcouncil\x1b]52;c;eA==\x07" in plain
    assert "\x1b[31m" not in shown


def test_standard_input_that_is_a_terminal_is_not_waited_for(tmp_path: Path) -> None:
    mine, its = pty.openpty()
    ended = subprocess.run(
        [sys.executable, "-m", "earmark", "extract", "-"],
        stdin=its,
        capture_output=True,
        text=True,
        env=environment(tmp_path),
        check=False,
    )
    os.close(mine)
    os.close(its)
    assert ended.returncode == 2
    assert ended.stderr.startswith("error: Standard input is this terminal")


@pytest.mark.parametrize(
    ("answer", "status", "says"), [("n", 1, "Nothing was changed."), ("y", 0, "redacted by anna")]
)
def test_what_cannot_be_undone_is_asked_first(
    own_store: Path, answer: str, status: int, says: str
) -> None:
    order = ("redact", "d1", "--reason", "mistake", "--by", "anna")
    ended, shown = on_a_terminal(own_store.parent, *order, typed=f"{answer}\n")
    assert ended == status
    assert "Erase this for good? [y/N]:" in shown
    assert says in shown.rpartition("[y/N]:")[2]
