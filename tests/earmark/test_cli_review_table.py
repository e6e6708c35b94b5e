"""The review queue in a spreadsheet, whatever that does to it; corrections as rule examples."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from openpyxl import Workbook, load_workbook

import earmark
from earmark.review_sheet import COLUMNS, read_sheet, write_sheet
from extract.examples import read_example
from records.decision import Decision
from records.errors import SettingsError
from tests.earmark.conftest import Cli, Ended

Table = list[dict[str, str]]


def decided(place: Path) -> list[Decision]:
    with earmark.open_store(place) as store:
        return store.decisions()


def exported(cli: Cli, *arguments: str) -> Table:
    ended = cli("review", "--by", "anna", "--export", "queue.csv", *arguments)
    assert ended.status == 0, ended.err
    text = Path("queue.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def as_csv(rows: Table, *, delimiter: str = ",", columns: tuple[str, ...] = COLUMNS) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, delimiter=delimiter, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def imported(cli: Cli, content: bytes, name: str = "answers.csv") -> Ended:
    Path(name).write_bytes(content)
    return cli("review", "--by", "anna", "--import", name)


def answered(rows: Table) -> Table:
    """The first pair is different, the first purpose is corrected, the next field accepted."""
    pair = next(row for row in rows if not row["field"])
    purpose = next(row for row in rows if row["field"] == "purpose")
    other = next(row for row in rows if row["field"] not in ("", "purpose"))
    pair |= {"decision": "Different", "reason": "other years", "by": "ben"}
    purpose |= {"decision": "correct", "value": "£5m for “beds”"}
    other["decision"] = " ACCEPT "
    return rows


SPREADSHEETS: dict[str, Callable[[Table], bytes]] = {
    "as-exported": lambda rows: as_csv(rows).encode("utf-8-sig"),
    "no-mark": lambda rows: as_csv(rows).encode(),
    "semicolons": lambda rows: as_csv(rows, delimiter=";").encode("utf-8-sig"),
    "sep-line": lambda rows: b"sep=;\r\n" + as_csv(rows, delimiter=";").encode(),
    "tabs-in-utf-16": lambda rows: as_csv(rows, delimiter="\t").encode("utf-16"),
    "cp1252": lambda rows: as_csv(rows).encode("cp1252", "replace"),
    "columns-turned": lambda rows: as_csv(rows, columns=COLUMNS[::-1]).encode(),
    "columns-capital": lambda rows: as_csv(rows).replace("mention_1", " Mention 1 ").encode(),
    "columns-added": lambda rows: as_csv(
        [{**row, "notes": "x"} for row in rows], columns=("notes", *COLUMNS)
    ).encode(),
    "only-needed": lambda rows: as_csv(
        rows, columns=("id", "mention_1", "mention_2", "field", "decision", "value", "reason", "by")
    ).encode(),
    "empty-rows": lambda rows: (as_csv(rows) + ",,,,\r\n\r\n").encode(),
    "rows-turned": lambda rows: as_csv(rows[::-1]).encode(),
    "unix-lines": lambda rows: as_csv(rows).replace("\r\n", "\n").encode(),
}


@pytest.mark.parametrize("name", SPREADSHEETS)
def test_answers_survive_a_spreadsheet_program(name: str, cli: Cli, own_store: Path) -> None:
    rows = answered(exported(cli))
    ended = imported(cli, SPREADSHEETS[name](rows))
    assert (ended.status, ended.out.splitlines()) == (0, []), ended.err
    assert "3 decisions made" in ended.err
    found = {one.word: one for one in decided(own_store)}
    assert (found["different"].by, found["different"].reason) == ("ben", "other years")
    assert (found["correct"].by, found["correct"].value) == ("anna", "£5m for “beds”")
    assert found["accept"].by == "anna"
    again = imported(cli, SPREADSHEETS[name](rows))
    assert (again.status, "0 decisions made, 3 known before" in again.err) == (0, True)
    assert len(decided(own_store)) == 3


def test_a_workbook_goes_out_and_comes_back(cli: Cli, own_store: Path) -> None:
    assert cli("review", "--by", "anna", "--export", "queue.xlsx").status == 0
    book = load_workbook("queue.xlsx")
    sheet = book.worksheets[0]
    header = [cell.value for cell in sheet[1]]
    assert header == list(COLUMNS)
    sheet.cell(2, header.index("decision") + 1).value = "not sure"
    book.save("queue.xlsx")
    ended = cli("review", "--by", "anna", "--import", "queue.xlsx")
    assert (ended.status, [one.word for one in decided(own_store)]) == (0, ["not_sure"])


def test_blind_tables_hold_nothing_of_the_machine(cli: Cli, own_store: Path) -> None:
    rows = exported(cli, "--blind")
    assert {row["machine_says"] + row["machine_view"] for row in rows} == {""}
    assert any(row["machine_view"] for row in exported(cli))


class Bad(NamedTuple):
    id: str
    change: Callable[[Table], Any]
    words: str


def pair_of(rows: Table) -> dict[str, str]:
    return next(row for row in rows if row["decision"] == "Different")


def correction_of(rows: Table) -> dict[str, str]:
    return next(row for row in rows if row["decision"] == "correct")


BAD = [
    Bad("unknown-id", lambda rows: pair_of(rows).update(mention_1="m9999"), "no m9999 in this"),
    Bad("other-id", lambda rows: pair_of(rows).update(id="q000000000000"), "is not the question"),
    Bad("no-id", lambda rows: pair_of(rows).update(id=""), "no id is not the question"),
    Bad("other-mention", lambda rows: pair_of(rows).update(mention_2="m1"), "is not the question"),
    Bad("no-word", lambda rows: pair_of(rows).update(decision="perhaps"), "is no decision"),
    Bad("wrong-word", lambda rows: pair_of(rows).update(decision="accept"), "about a field"),
    Bad("no-value", lambda rows: correction_of(rows).update(value=""), "needs what it should say"),
    Bad("odd-value", lambda rows: pair_of(rows).update(value="x"), "takes no value"),
    Bad("date", lambda rows: correction_of(rows).update(value="03-May"), "spreadsheet program"),
    Bad("year", lambda rows: correction_of(rows).update(value="Jan-26"), "spreadsheet program"),
    Bad("number", lambda rows: correction_of(rows).update(value="2.1E+09"), "spreadsheet program"),
    Bad("error", lambda rows: correction_of(rows).update(value="#NAME?"), "spreadsheet program"),
    Bad(
        "two-words",
        lambda rows: rows.append({**pair_of(rows), "decision": "same"}),
        "contradicts what was decided",
    ),
    Bad(
        "two-values",
        lambda rows: rows.append({**correction_of(rows), "value": "a bank"}),
        "row ",
    ),
]


@pytest.mark.parametrize("case", BAD, ids=lambda case: str(case.id))
def test_one_bad_row_is_named_and_nothing_is_imported(case: Bad, cli: Cli, own_store: Path) -> None:
    rows = answered(exported(cli))
    case.change(rows)
    ended = imported(cli, as_csv(rows).encode())
    assert ended.status == 1
    (line,) = (one.split("\t") for one in ended.lines)
    assert line[0] == "conflict"
    assert case.words in line[3]
    assert int(line[1]) in range(2, len(rows) + 2)
    assert "nothing was imported" in ended.err
    assert decided(own_store) == []


def test_what_was_decided_otherwise_meanwhile_is_a_conflict(cli: Cli, own_store: Path) -> None:
    rows = answered(exported(cli))
    row = pair_of(rows)
    with earmark.open_store(own_store) as store:
        store.decide("same", row["mention_1"], row["mention_2"], by="carl")
    ended = imported(cli, as_csv(rows).encode())
    assert (ended.status, "w1, carl on" in ended.out) == (1, True)
    assert [one.by for one in decided(own_store)] == ["carl"]


def test_a_circle_in_a_table_is_named_and_nothing_is_imported(cli: Cli, own_store: Path) -> None:
    rows = exported(cli)
    row = next(row for row in rows if not row["field"] and "two claims" in row["machine_view"])
    with earmark.open_store(own_store) as store:
        other = next(
            claim.mentions[0].id
            for claim in store.claims()
            if not {row["mention_1"], row["mention_2"]} & {one.id for one in claim.mentions}
        )
        store.decide("part_of", row["mention_2"], other, by="carl")
        store.decide("part_of", other, row["mention_1"], by="carl")
    row["decision"] = "part of"
    ended = imported(cli, as_csv(rows).encode())
    assert (ended.status, "part of itself" in ended.out) == (1, True)
    assert len(decided(own_store)) == 2


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"", "there is no column id"),
        ("a.csv", b"id,decision\nq1,same\n", "there is no column mention_1"),
        ("a.csv", b"id,id,mention_1,mention_2,field,decision\n", "stands there twice"),
        ("a.csv", b'id,"mention_1', "there is no column"),
        ("a.xlsx", b"PK\x03\x04 damaged", "cannot be read as a workbook"),
        ("a.csv", b"PK\x03\x04 damaged", "cannot be read as a workbook"),
    ],
)
def test_a_table_that_cannot_be_read_is_said(
    name: str, content: bytes, words: str, cli: Cli, own_store: Path
) -> None:
    ended = imported(cli, content, name)
    assert (ended.status, words in ended.err) == (2, True), ended.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--import", "none.csv"], "cannot be read"),
        (["--export", "queue.ods"], "ends in .csv or .xlsx"),
        (["--export", "a.csv", "--import", "b.csv"], "one of --export, --import"),
        (["--import", "b.csv", "--json"], "one of --export, --import"),
    ],
)
def test_what_does_not_go_together_is_said(
    arguments: list[str], words: str, cli: Cli, own_store: Path
) -> None:
    ended = cli("review", "--by", "anna", *arguments)
    assert (ended.status, words in ended.err) == (2, True)


def test_cells_of_every_kind_are_read(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["id", "mention_1", "mention_2", "field", "decision", "value"])
    book.active.append(["q1", 7.0, None, "amount", True, date(2025, 5, 3)])
    book.save(tmp_path / "a.xlsx")
    (line,) = read_sheet(tmp_path / "a.xlsx")
    assert (line.number, line.cells["mention_1"], line.cells["mention_2"]) == (2, "7", "")
    assert line.problem
    assert "spreadsheet program" in line.problem


def test_what_looks_like_a_formula_is_none(tmp_path: Path) -> None:
    row = {"id": "q1", "quote_1": "=1+1", "value": "-5m", "decision": "correct\x07"}
    for name in ("a.csv", "a.xlsx"):
        write_sheet(tmp_path / name, [row])
        (line,) = read_sheet(tmp_path / name)
        assert (line.cells["quote_1"], line.cells["value"]) == ("=1+1", "-5m")
    assert "'=1+1" in (tmp_path / "a.csv").read_text("utf-8-sig")
    cell = load_workbook(tmp_path / "a.xlsx").worksheets[0].cell(2, COLUMNS.index("quote_1") + 1)
    assert (cell.value, cell.data_type) == ("'=1+1", "s")


def test_a_folder_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        read_sheet(tmp_path)


def test_corrections_are_examples_for_rules(cli: Cli, own_store: Path) -> None:
    with earmark.open_store(own_store) as store:
        stored = next(
            one for claim in store.claims() for one in claim.mentions if one.mention.purpose
        )
        read = stored.mention.purpose
        assert read
        word = read.text.split()[0]
        store.decide("correct", stored.id, field="purpose", value=word, by="anna", reason="so")
        store.decide("reject", stored.id, field="kind", by="anna")
        store.decide("correct", stored.id, field="newness", value="new", by="anna")
        store.decide("correct", stored.id, field="funder", value="nobody said", by="anna")
        store.decide("not_sure", stored.id, field="amount", by="anna")
    ended = cli("review", "--export-cases", "cases.toml")
    assert (ended.status, "4 cases" in ended.err) == (0, True), ended.err
    cases = {one["field"]: one for one in tomllib.loads(Path("cases.toml").read_text())["case"]}
    example = read_example(cases["purpose"]["example"])
    assert example.words
    assert example.text[slice(*example.words)] == word
    assert example.text[slice(*example.amount)] == stored.mention.amount.span.text
    assert cases["purpose"]["rule"] == stored.mention.rules["purpose"]
    assert cases["purpose"]["read"] == read.text
    assert read_example(cases["kind"]["not_example"]).text == example.text
    assert read_example(cases["newness"]["example"]).value == "new"
    assert cases["funder"]["value"] == "nobody said"
    assert "example" not in cases["funder"]
