"""Redaction on the command line: what it says before, asks, and says afterwards."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.earmark.conftest import Cli

ORDER = ("--reason", "erasure-request", "--by", "anna")
TEXT = "The fund gave £417,300 to Rowena Quillfeather of 5 Orchard Lane.\n"


@pytest.fixture
def letter(cli: Cli, empty_store: Path, tmp_path: Path) -> Path:
    """A letter, read into the only store of the folder."""
    assert empty_store
    path = tmp_path / "letter.txt"
    path.write_text(TEXT, "utf-8")
    assert cli("ingest", str(path)).status == 0
    return path


def test_a_dry_run_says_what_would_go(cli: Cli, letter: Path) -> None:
    ended = cli("redact", "d1", *ORDER, "--dry-run")
    assert ended.status == 0
    assert ended.lines[0] == "d1: erases 66 bytes, 1 text, 1 mention"
    assert f"  name          {letter}" in ended.lines
    assert "  unsupported   c1 left without a mention" in ended.lines
    (data,) = json.loads(cli("redact", "d1", *ORDER, "--dry-run", "--json").out)["data"]
    assert data["unsupported"] == ["c1"]
    assert cli("show", "d1").status == 0


def test_where_nobody_can_be_asked_it_wants_yes(cli: Cli, letter: Path) -> None:
    ended = cli("redact", "d1", *ORDER)
    assert ended.status == 2
    assert "say --yes to erase" in ended.err
    assert cli("show", "d1").status == 0
    assert letter


def test_it_is_erased_and_everything_says_so(cli: Cli, letter: Path, empty_store: Path) -> None:
    done = cli("redact", "d1", *ORDER, "--yes")
    assert done.status == 0
    assert "Unsupported now: c1." in done.lines
    assert "Out of reach, and still there if it ever was:" in done.lines
    assert b"Quillfeather" not in empty_store.read_bytes()
    shown = cli("show", "c1")
    assert (shown.status, "c1 is unsupported" in shown.err) == (1, True)
    audit = cli("audit")
    assert audit.status == 3
    assert "redacted by anna on" in audit.out
    again = cli("ingest", str(letter))
    assert again.status == 1
    assert "[source.redacted]" in again.err + again.out
    dry = cli("ingest", "--dry-run", str(letter))
    assert (dry.status, "redacted" in dry.err + dry.out) == (1, True)
    (data,) = json.loads(cli("redact", "d1", *ORDER, "--yes", "--json").out)["data"]
    assert data["redactions"][0]["by"] == "anna"
    assert "already" in cli("redact", "d1", *ORDER, "--dry-run").out


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (("d9", *ORDER, "--yes"), 1, "no d9 in this store"),
        (("m1", *ORDER, "--yes"), 1, "is no document (d2), and no name of bytes"),
        (("d1", "--reason", "Jane asked", "--by", "anna", "--yes"), 2, "is no code"),
        (("d1", "--reason", "court-order", "--by", "", "--yes"), 2, "--by is empty"),
        (("d1", "--reason", "court-order"), 2, "--by"),
    ],
)
def test_what_cannot_be(
    cli: Cli, letter: Path, arguments: tuple[str, ...], status: int, says: str
) -> None:
    ended = cli("redact", *arguments)
    assert (ended.status, says in ended.err) == (status, True)
    assert cli("show", "d1").status == 0
    assert letter
