"""What people see of origins, echoes, and bytes from two places."""

from __future__ import annotations

import json
from pathlib import Path

from tests.earmark.conftest import Cli
from tests.store.stories import RELEASE, REPRINT


def test_reprints_are_counted_with_their_origin(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(RELEASE, "utf-8")
    (tmp_path / "b.txt").write_text(REPRINT, "utf-8")
    (tmp_path / "c.txt").write_text("The new wall at Wexley will cost £41 million.", "utf-8")
    (tmp_path / "copy.txt").write_text(RELEASE, "utf-8")
    ended = cli("ingest", "a.txt", "b.txt", "c.txt", "copy.txt", "--store", "s.earmark.db")
    notes = [line.split("\t")[-1] for line in ended.lines]
    assert notes == [
        "no publication date",
        "no publication date; echo of d1",
        "no publication date",
        "same bytes as document d1",
    ]
    (claim,) = (line.split("\t")[0] for line in cli("query", "origins:>=2").lines)
    cards = [line.split("\t") for line in cli("show", claim, "d1", "d2").lines]
    assert ["said", "4 times in 3 documents, 2 independent origins"] in cards
    reason = "echo of d1: 90 % of its words stand there in the same order; 2 different sums in both"
    assert ["echo", f"d2, {reason}"] in cards
    assert ["echo", reason] in cards
    assert ["also from", "copy.txt"] in cards
    data, document = json.loads(cli("show", claim, "d2", "--json").out)["data"]
    assert (data["documents"], data["origins"]) == (3, 2)
    echo = next(one["source"]["echo"] for one in data["mentions"] if one["source"]["echo"])
    assert echo == document["echo"]
    assert (echo["of"], echo["reason"]) == ("d1", reason)
