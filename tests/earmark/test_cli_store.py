"""The commands on a store, in a pipe: lines that programs can read, and the right status."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
import threading
from pathlib import Path

import pytest

from corpus import bundle
from earmark.cli.query import COLUMNS
from tests.earmark.bad_files import SENTENCE
from tests.earmark.conftest import Cli


def test_ingest_says_one_line_per_source(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text(SENTENCE, "utf-8")
    (tmp_path / "news" / "b.txt").write_text("No money here.", "utf-8")
    first = cli("ingest", "news", "--store", "s.db", "--published", "2021-10-27")
    assert (first.status, first.lines) == (
        0,
        [
            "1/2\tadded\tnews/a.txt\t1 mention\tpublished 2021-10-27 (given)",
            "2/2\tadded\tnews/b.txt\t0 mentions\tpublished 2021-10-27 (given)",
        ],
    )
    closing, store = first.err.splitlines()
    assert closing.startswith("2 sources: 2 added · 1 mention: 1 new claim, 0 restate one · ")
    assert closing.endswith(" s · run r1")
    assert store == "Store: s.db"
    again = cli("ingest", "news", "--store", "s.db", "--published", "2021-10-27")
    assert again.lines[0] == "1/2\tunchanged\tnews/a.txt\t\tsame bytes as document d1"
    assert "2 sources: 2 unchanged · " in again.err


@pytest.mark.parametrize(
    ("before", "after", "exit_status"),
    [
        (["--store", "s.db"], [], 0),
        (["-S", "s.db"], [], 0),
        (["--no-color", "--store=s.db"], [], 0),
        (["--store", "none.db"], ["--store", "s.db"], 0),
        (["--store", "none.db"], [], 5),
        ([], [], 5),
    ],
)
def test_the_store_may_be_named_before_the_command(
    cli: Cli,
    monkeypatch: pytest.MonkeyPatch,
    before: list[str],
    after: list[str],
    exit_status: int,
) -> None:
    cli("--store", "s.db", "ingest", "-", stdin=SENTENCE.encode())
    monkeypatch.setenv("EARMARK_STORE", "elsewhere.db")
    assert cli(*before, "query", *after).status == exit_status


def test_ingest_reads_standard_input_and_prints_json(cli: Cli) -> None:
    ended = cli("ingest", "-", "--store", "s.db", "--json", stdin=SENTENCE.encode())
    data = json.loads(ended.out)
    assert data["schema"] == "earmark.result/1"
    assert data["run"]["counts"] == {
        "added": 1, "updated": 0, "unchanged": 0, "partial": 0, "failed": 0
    }  # fmt: skip
    (outcome,) = data["data"]
    assert (outcome["source"], outcome["outcome"], outcome["document"]) == ("-", "added", "d1")


def test_the_store_is_found_as_the_documentation_says(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE, "utf-8")
    by_variable = cli("ingest", "a.txt", EARMARK_STORE="named.db")
    assert "Store: named.db" in by_variable.err
    at_home = cli("ingest", "a.txt")
    assert (tmp_path / "home" / "earmark" / "default.earmark.db").exists()
    assert "default.earmark.db" in at_home.err
    (tmp_path / "here.earmark.db").write_bytes((tmp_path / "named.db").read_bytes())
    assert cli("query").lines == cli("query", "--store", "named.db").lines


def test_query_prints_a_line_per_claim_and_nothing_else(cli: Cli, own_store: Path) -> None:
    ended = cli("query", "amount:>=2bn currency:GBP")
    assert ended.status == 0
    assert ended.err == ""
    rows = [line.split("\t") for line in ended.lines]
    assert {len(row) for row in rows} == {len(COLUMNS) + 1}
    assert ["£5.9bn" in row for row in rows].count(True) == 1
    assert all("[" in row[-1] for row in rows)


def test_flags_say_what_terms_say(cli: Cli, own_store: Path) -> None:
    flags = cli("query", "--min", "2bn", "--max", "£6bn", "--currency", "gbp", "--sort", "said")
    terms = cli("query", "amount:>=2bn amount:<=6bn currency:GBP sort:said")
    assert flags.lines == terms.lines
    assert len(flags.lines) > 2


def test_a_limit_says_what_it_leaves_out(cli: Cli, own_store: Path) -> None:
    every = cli("query").lines
    ended = cli("query", "--limit", "2")
    assert ended.lines == every[:2]
    assert ended.err.startswith("2 claims shown. More: --after ")
    rest = cli("query", "--after", ended.err.split()[-1])
    assert rest.lines == every[2:]
    assert rest.err == ""
    assert cli("query", "--count").lines == [str(len(every))]
    (sums,) = cli("query", "amount:£5.9bn", "--sum").lines
    assert sums.startswith("1 claim in GBP · 1 pot · sum of headlines £")
    assert "distinct £5.9bn" in sums
    other = cli("query", "sort:said", "--after", ended.err.split()[-1])
    assert (other.status, "[query.cursor]" in other.err) == (2, True)


def test_explain_says_what_was_understood(cli: Cli) -> None:
    ended = cli("query", "for:nhs -amount:>1bn", "--explain", "--sort", "said")
    assert ended.lines == [
        "all of these hold:",
        '  the purpose has, in any order and form: "nhs"',
        "  this does not hold, or is not known:",
        "    it is surely more than 1,000,000,000, in whichever currency, each in its own units",
        "in order: those first said earliest first; what has none comes last",
    ]


def test_an_empty_answer_is_no_error(cli: Cli, own_store: Path) -> None:
    ended = cli("query", "amount:>900tn")
    assert (ended.status, ended.out) == (0, "")
    assert ended.err == "No claim answers this question.\n"


def test_every_format_tells_the_same_claims(cli: Cli, own_store: Path) -> None:
    question = "amount:>=2bn"
    ids = [line.split("\t")[0] for line in cli("query", question).lines]
    data = json.loads(cli("query", question, "--json").out)
    assert data["page"] == {"shown": len(ids), "next": None}
    assert [claim["id"] for claim in data["data"]] == ids
    rows = csv.DictReader(io.StringIO(cli("query", question, "--format", "csv").out))
    assert [row["id"] for row in rows] == ids
    lines = cli("query", question, "--format", "jsonl").lines
    assert [json.loads(line)["id"] for line in lines] == ids
    heading, *table = cli("query", question, "--format", "table").lines
    assert heading.split()[:2] == ["CLAIM", "AMOUNT"]
    assert [row.split()[0] for row in table] == ids


def claim_of(cli: Cli, question: str) -> str:
    return cli("query", question).lines[0].split("\t")[0]


def test_show_leads_to_the_words(cli: Cli, own_store: Path) -> None:
    claim = claim_of(cli, "amount:5.9bn")
    ended = cli("show", claim)
    assert ended.status == 0
    cards = [line.split("\t") for line in ended.lines]
    labels = [card[0] for card in cards]
    assert cards[0][:3] == ["claim", claim, "£5.9bn funding"]
    assert labels.count("mention") == labels.count("quote") == labels.count("place") > 1
    assert "match" in labels
    assert any(label == "on top of" and " £36bn " in value for label, value, *_ in cards)
    assert all(value.count("[") >= 1 for label, value, *_ in cards if label == "quote")
    assert any("(amount." in value for label, value, *_ in cards if label == "amount")
    assert any(
        value.startswith("page 1, characters ") for label, value, *_ in cards if label == "place"
    )


def test_show_tells_the_same_as_json(cli: Cli, own_store: Path) -> None:
    data = json.loads(cli("show", "c1", "m1", "d1", "--json").out)["data"]
    claim, mention, document = data
    assert claim["id"] == mention["claim"] == document["mentions"][0]["claim"] == "c1"
    assert mention["id"] == document["mentions"][0]["id"] == "m1"
    assert document["id"] == "d1"
    assert document["text_sha256"]


def test_show_a_mention_and_a_document(cli: Cli, own_store: Path) -> None:
    ended = cli("show", "m1", "d1")
    labels = [line.split("\t")[0] for line in ended.lines]
    assert labels[0] == "mention"
    assert "document" in labels
    assert {"claim", "title", "read by", "bytes", "m1"} <= set(labels)


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_export_to_a_file_is_what_goes_to_standard_output(
    cli: Cli, own_store: Path, form: str
) -> None:
    ended = cli("export", "--format", form, "-o", f"claims.{form}")
    assert (ended.status, ended.out) == (0, "")
    assert f"written to claims.{form}" in ended.err
    printed = cli("export", "--format", form)
    assert printed.out == (own_store.parent / f"claims.{form}").read_text("utf-8")


def test_export_chooses_by_a_question_and_says_what_excel_changes(
    cli: Cli, own_store: Path
) -> None:
    ended = cli("export", "--format", "csv", "--excel", "--query", "amount:>900bn")
    assert (ended.status, len(ended.out.splitlines())) == (0, 1)
    assert ended.err.startswith("A text that begins like a formula")
    wrong = cli("export", "--format", "csv", "--query", "amount:>2.1bbn", "-o", "c.csv")
    assert wrong.status == 2
    assert not (own_store.parent / "c.csv").exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["xlsx"], "xlsx is no text; name the file with -o FILE.xlsx"),
        (["datapackage"], "datapackage is a folder of files; name the folder with -o FOLDER"),
        (["csv", "-o", "story.earmark.db"], "story.earmark.db: is a store"),
        (["xlsx", "-o", "/dev/null"], "/dev/null: is no file, and this format needs one"),
        (["jsonl", "--excel"], "--excel is for csv, not for jsonl"),
        (["xlsx", "--excel", "-o", "c.xlsx"], "--excel is for csv, not for xlsx"),
    ],
)
def test_an_export_that_cannot_be_is_said(
    cli: Cli, own_store: Path, options: list[str], words: str
) -> None:
    ended = cli("export", "--format", *options)
    assert ended.status == 2
    assert words in ended.err
    assert not list(own_store.parent.glob("c.*"))


def test_export_writes_a_workbook_and_a_folder(cli: Cli, own_store: Path) -> None:
    assert "rows written to c.xlsx" in cli("export", "--format", "xlsx", "-o", "c.xlsx").err
    assert "6 files written to c" in cli("export", "--format", "datapackage", "-o", "c").err
    assert (own_store.parent / "c" / "datapackage.json").exists()


def test_export_writes_what_a_link_points_at(cli: Cli, own_store: Path) -> None:
    folder = own_store.parent
    (folder / "real").mkdir()
    for name in ("old.csv", "new.csv"):  # the second link points at nothing yet
        (folder / f"link-{name}").symlink_to(folder / "real" / name)
    (folder / "real" / "old.csv").write_text("before")
    for name in ("old.csv", "new.csv"):
        assert cli("export", "--format", "csv", "-o", f"link-{name}").status == 0
        assert (folder / f"link-{name}").is_symlink()
        assert (folder / "real" / name).read_text("utf-8").startswith("id,amount")
    assert len(list((folder / "real").iterdir())) == 2


def test_export_to_a_link_in_a_circle_is_said(cli: Cli, own_store: Path) -> None:
    link = own_store.parent / "round.csv"
    link.symlink_to(link)
    ended = cli("export", "--format", "csv", "-o", "round.csv")
    assert ended.status == 2
    assert "round.csv: cannot be written" in ended.err
    assert link.is_symlink()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_export_writes_into_a_pipe_and_leaves_it_one(cli: Cli, own_store: Path) -> None:
    pipe = own_store.parent / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text("utf-8")), daemon=True)
    reader.start()
    ended = cli("export", "--format", "csv", "-o", "pipe")
    assert ended.status == 0
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    reader.join(10)
    assert read == [cli("export", "--format", "csv").out]


def test_export_gold_writes_a_file_per_document(cli: Cli, own_store: Path) -> None:
    ended = cli("export", "--format", "gold", "-o", "gold")
    assert ended.status == 0
    written = sorted(path.stem for path in (own_store.parent / "gold").iterdir())
    assert written == sorted(path.stem for path in bundle.demo_files())
    gold = json.loads((own_store.parent / "gold" / f"{written[0]}.json").read_text("utf-8"))
    assert gold["document"]["text_sha256"]
    assert all(mention["claim"].startswith("c") for mention in gold["mentions"])
