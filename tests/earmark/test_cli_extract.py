"""`earmark extract` and `earmark demo`: no store, or one that nobody keeps."""

from __future__ import annotations

import json
from pathlib import Path

from records.jsonio import mention_from_dict
from tests.earmark.bad_files import SENTENCE
from tests.earmark.conftest import Cli


def test_extract_prints_a_line_per_mention(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{SENTENCE} Roads get up to £2m a year.", "utf-8")
    ended = cli("extract", "a.txt")
    assert (ended.status, ended.err) == (0, "")
    first, second = (line.split("\t") for line in ended.lines)
    assert first[:5] == ["a.txt", "17", "20", "£5m", "funding"]
    assert first[-1] == "The council gave [£5m] for flood defences."
    assert second[3] == "up to £2m a year"
    assert len(first) == len(second) == 12


def test_extract_keeps_nothing(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE, "utf-8")
    cli("extract", "a.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_extract_json_has_the_shape_of_gold(cli: Cli) -> None:
    ended = cli("extract", "-", "--json", "--country", "US", stdin=b"They gave $5m for roads.")
    (document,) = json.loads(ended.out)["data"]
    assert document["source"] == "-"
    assert document["document"]["country"] == "US"
    (mention,) = document["mentions"]
    assert "claim" not in mention
    read = mention_from_dict(mention, "They gave $5m for roads.")
    assert (read.amount.span.text, read.amount.currency) == ("$5m", "USD")


def test_extract_writes_gold_files_named_after_their_documents(cli: Cli, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(f"{folder}: {SENTENCE}", "utf-8")
    ended = cli("extract", "one", "two", "gone.txt", "--gold-out", "deep/gold")
    assert ended.status == 3
    assert "2 files written to" in ended.err
    names = sorted(path.name for path in (tmp_path / "deep" / "gold").iterdir())
    assert names == ["a-d2.json", "a.json"]
    gold = json.loads((tmp_path / "deep" / "gold" / "a.json").read_text("utf-8"))
    assert gold["mentions"][0]["amount"]["text"] == "£5m"


def test_gold_out_that_cannot_be_written_is_said(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE, "utf-8")
    ended = cli("extract", "a.txt", "--gold-out", "a.txt/gold")
    assert ended.status == 2
    assert ended.err.endswith("[settings]\n")


def test_the_demo_adds_up_and_leaves_nothing_behind(program: Cli, tmp_path: Path) -> None:
    ended = program("demo", TMPDIR=str(tmp_path))
    assert (ended.status, ended.err) == (0, "")
    assert "6 documents · temporary store, nothing is kept" in ended.lines[0]
    assert "parts add up: 2.3 + 2.1 + 1.5 = 5.9 ✓" in ended.out
    assert "Adding every headline would give £" in ended.out
    assert "each outlet's own words" in ended.out
    assert "\t" not in ended.out
    assert max(map(len, ended.lines)) < 1000
    assert not list(tmp_path.iterdir())


def test_a_kept_demo_can_be_asked_and_is_never_overwritten(cli: Cli, tmp_path: Path) -> None:
    ended = cli("demo", "--keep", ".")
    assert ended.status == 0
    assert (tmp_path / "demo.earmark.db").exists()
    assert cli("query", "amount:5.9bn").lines
    again = cli("demo", "--keep", ".")
    assert (again.status, again.out) == (2, "")
    assert "is there already" in again.err
