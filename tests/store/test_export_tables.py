"""The tables of data packages and workbooks, checked with the programs' own eyes."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from store.exports.csv import COLUMNS
from store.exports.datapackage import NAME, files
from store.exports.selection import Selection
from store.exports.tables import read_tables
from store.exports.xlsx import write
from store.question import parse
from store.saying import Saying
from store.store import Store
from tests.databases import Databases
from tests.store.factory import VERSIONS, capture, document, given, mention
from tests.store.stories import STORIES, Story, fill, whole

TYPES: dict[str, Callable[[str], Any]] = {
    "string": str,
    "integer": int,
    "number": Decimal,
    "boolean": {"true": True, "false": False}.__getitem__,
    "date": date.fromisoformat,
    "datetime": lambda text: datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%f%z"),
}
ODD = "The council gave =1+1 of £12345678901234567.89 for a\x07school, and -5 of £7."


def odd() -> Story:
    taken = capture(ODD, "odd.txt", given(published=date(1899, 5, 1), title="=1+1"))
    sums = [
        mention(ODD, "£12345678901234567.89", "12345678901234567.89", purpose="a\x07school"),
        mention(ODD, "£7", "7"),
    ]
    return Story(taken, document(taken), sums)


@pytest.fixture(scope="module")
def shared(databases: Databases) -> Iterator[Store]:
    with Store.open(databases.new(), create=True) as store:
        fill(store, [make() for make in (*STORIES, whole, odd)])
        store.decide(Saying("accept", ("m1",), "anna", "checked", "purpose"))
        store.decide(Saying("different", ("m1", "m9"), "bo"))
        store.undo_decision("w2", "bo", "a slip")
        yield store


def package(chosen: Selection, folder: Path) -> dict[str, Any]:
    for name, lines in files(chosen):
        (folder / name).write_bytes("".join(lines).encode())
    data: dict[str, Any] = json.loads((folder / NAME).read_text("utf-8"))
    return data


def rows_of(folder: Path, resource: dict[str, Any]) -> list[dict[str, Any]]:
    """Read a table as its description says, and hold it against that."""
    content = (folder / resource["path"]).read_bytes()
    assert (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}") == (
        resource["bytes"],
        resource["hash"],
    )
    heading, *lines = csv.reader(content.decode(resource["encoding"]).splitlines(keepends=True))
    fields = resource["schema"]["fields"]
    assert heading == [field["name"] for field in fields]
    return [
        {
            field["name"]: TYPES[field["type"]](cell) if cell else None
            for field, cell in zip(fields, line, strict=True)
        }
        for line in lines
    ]


def test_the_claims_are_those_of_csv() -> None:
    claims, *_ = read_tables()
    assert tuple(claims.columns) == COLUMNS


@pytest.mark.parametrize("question", [None, "amount:>=1bn", 'for:"no such thing"'])
def test_a_package_is_what_it_says(shared: Store, tmp_path: Path, question: str | None) -> None:
    with shared.selection(parse(question) if question else None) as chosen:
        data = package(chosen, tmp_path)
    tables = {one["name"]: rows_of(tmp_path, one) for one in data["resources"]}
    for resource in data["resources"]:
        schema = resource["schema"]
        names = schema["primaryKey"]
        names = [names] if isinstance(names, str) else names
        keys = [tuple(row[name] for name in names) for row in tables[resource["name"]]]
        assert len(set(keys)) == len(keys)
        for link in schema["foreignKeys"]:
            target = tables[link["reference"]["resource"]]
            known = {row[link["reference"]["fields"]] for row in target}
            assert {row[link["fields"]] for row in tables[resource["name"]]} <= known
    assert bool(tables["claims"]) == (question != 'for:"no such thing"')


def test_a_package_holds_what_the_store_holds(shared: Store, tmp_path: Path) -> None:
    with shared.selection() as chosen:
        data = package(chosen, tmp_path)
    tables = {one["name"]: rows_of(tmp_path, one) for one in data["resources"]}
    counts = shared.counts()
    assert len(tables["claims"]) == counts.claims
    assert len(tables["mentions"]) == counts.mentions
    assert len(tables["documents"]) == counts.documents
    assert [row["taken_back_by"] for row in tables["decisions"]] == [None, "bo"]
    assert {"claim": "c2", "type": "part_of", "to": "c1"}.items() <= tables["relations"][0].items()


def test_a_question_chooses_claims_and_what_stands_behind_them(shared: Store) -> None:
    with shared.selection(parse("amount:2.1bn sort:said")) as chosen:
        assert [claim.id for claim in chosen.claims()] == ["c2"]
        assert [stored.id for stored in chosen.documents()] == ["d1", "d2"]
        assert not list(chosen.decisions())
    with shared.selection(parse("amount:5.9bn")) as chosen:
        assert [one.id for one in chosen.decisions()] == ["w1", "w2"]
    with shared.selection(parse("currency:GBP amount:>1bn sort:-amount")) as chosen:
        figures = [claim.high or Decimal(0) for claim in chosen.claims()]
    assert figures == sorted(figures, reverse=True)
    assert len(figures) > 2


def test_a_workbook_loses_nothing_unsaid(shared: Store, tmp_path: Path) -> None:
    place = tmp_path / "claims.xlsx"
    with shared.selection() as chosen:
        written = write(chosen, place)
    book = load_workbook(place)
    tables = read_tables()
    assert book.sheetnames == [*(table.name for table in tables), "columns"]
    assert [sheet.freeze_panes for sheet in book] == ["A2"] * len(book.sheetnames)
    assert not [c for sheet in book for row in sheet.rows for c in row if c.data_type == "f"]
    rows = 0
    with shared.selection() as chosen:
        for table in tables:
            heading, *cells = book[table.name].iter_rows(values_only=True)
            assert heading == tuple(table.columns)
            for row, found in zip(table.rows(chosen), cells, strict=True):
                rows += 1
                assert [as_text(cell) for cell in found] == [
                    row[name].replace("\x07", "\N{REPLACEMENT CHARACTER}") for name in heading
                ]
    assert written.records == rows
    assert [note.split(" ", 2)[2] for note in written.notes] == [
        "hold control characters, which a workbook cannot; � stands for each",
        "with more than 15 digits, which a spreadsheet would round, are texts",
    ]


def as_text(cell: object) -> str:
    if isinstance(cell, bool):
        return str(cell).lower()
    return str(cell.date()) if isinstance(cell, datetime) else "" if cell is None else str(cell)


def test_a_text_longer_than_a_cell_is_cut_and_it_is_said(store: Store, tmp_path: Path) -> None:
    text = "£5m for schools"
    taken = capture(text, said=given(title="t\N{MONEY BAG}" * 20000))
    run = store.start_run(VERSIONS)
    kept = store.add_capture(run, taken)
    store.add_document(run, kept, document(kept), [mention(text, "£5m", "5000000")])
    place = tmp_path / "claims.xlsx"
    with store.selection() as chosen:
        written = write(chosen, place)
    title = load_workbook(place)["documents"].cell(2, 6).value
    assert isinstance(title, str)
    assert (len(title.encode("utf-16-le")), title[-1]) == (2 * 32767, "…")
    assert "longer than a cell holds are cut" in written.notes[0]
