"""`earmark import` and the exports that are stores, as a user meets them."""

from __future__ import annotations

import json
from pathlib import Path

from tests.earmark.conftest import Cli


def test_a_store_goes_out_and_comes_back(cli: Cli, own_store: Path) -> None:
    ended = cli("export", "--format", "store", "--with-sources", "-o", "all.jsonl")
    assert ended.status == 0
    ended = cli("import", "all.jsonl", "--store", "copy.db")
    assert ended.status == 0
    assert "0 unchanged: copy.db" in ended.out
    assert cli("query", "--store", "copy.db").out == cli("query").out
    assert cli("audit", "--deep", "--store", "copy.db").status == 0
    again = json.loads(cli("import", "all.jsonl", "--store", "copy.db", "--json").out)
    assert again["data"][0]["added"] == {}


def test_a_broken_file_is_told_in_one_line(cli: Cli, own_store: Path) -> None:
    (own_store.parent / "half.jsonl").write_bytes(
        b"".join(cli("export", "--format", "store").out.encode().splitlines(keepends=True)[:5])
    )
    ended = cli("import", "half.jsonl", "--store", "copy.db")
    assert ended.status == 1
    assert "line 6: the end is missing" in ended.err
    assert "[import.broken]" in ended.err
    assert cli("import", "none.jsonl", "--store", "copy.db").status == 2
    assert not list(own_store.parent.glob("*copy.db*"))  # no store, no heads, nothing half-made


def test_a_smaller_store_is_a_store(cli: Cli, own_store: Path) -> None:
    question = "amount:2.1bn"
    ended = cli("export", "--format", "sqlite", "--query", question, "-o", "small.db")
    assert "records written to small.db" in ended.err
    assert cli("query", question, "--store", "small.db").out == cli("query", question).out
    audited = cli("audit", "--deep", "--store", "small.db")
    assert audited.status == 0
    assert "0 findings, 0 notes" in audited.err
    assert (
        cli("head", "--store", "small.db").out == (own_store.parent / "small.db.heads").read_text()
    )
    assert not list(own_store.parent.glob(".*"))
