from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    ColumnElement,
    Executable,
    Integer,
    LargeBinary,
    Table,
    and_,
    delete,
    insert,
    literal_column,
    select,
    update,
)
from sqlalchemy.exc import DBAPIError, IntegrityError

from records.document import Gap
from store.audit.report import AuditReport
from store.claim_states import PARTS
from store.columns import metadata
from store.ledger import entry_hash
from store.store import Store
from store.tables import (
    claim_mentions,
    claims,
    ledger,
    mentions,
    passages,
    pot_lists,
)
from tests.databases import Databases, behind_its_back, dump, unguarded
from tests.store.factory import VERSIONS, capture
from tests.store.stories import (
    STORIES,
    fill,
    first,
    release,
    reprint,
    second,
    third,
    whole,
)

TABLES = [table for table in metadata.sorted_tables if table.name != "redactions"]
"""Those with rows in `everything`; `test_redact` has the other."""
COLUMNS = [(table.name, column.name) for table in TABLES for column in table.columns]

# Rows are hashed by the same code whatever holds them; what a server may give back otherwise is a
# type, so there one column of each type and table is changed.
OF_EACH_TYPE = {
    (table.name, str(column.type), column.nullable): (table.name, column.name)
    for table in TABLES
    for column in table.columns
}
CHANGED = [
    *(("sqlite", *column) for column in COLUMNS),
    *(("postgresql", *column) for column in OF_EACH_TYPE.values()),
]


def audit(place: str) -> AuditReport:
    with Store.open(place, read_only=True) as store:
        return store.audit()


def other_value(value: Any, kind: object) -> Any:
    if isinstance(kind, Integer):
        return 1_000_003 if value is None else value + 1_000_003
    if isinstance(kind, LargeBinary):
        return (value or b"") + b"\x00"
    return (value or "") + "x"


class Tampering:
    """Changes a store behind its back."""

    def __init__(self, place: str) -> None:
        self.place = place

    def run(self, *statements: Executable) -> None:
        with behind_its_back(self.place) as connection, unguarded(connection):
            for statement in statements:
                connection.execute(statement)

    def rows(self, table: Table) -> list[dict[str, Any]]:
        with behind_its_back(self.place) as connection:
            query = select(table).order_by(*table.primary_key)
            return [dict(row) for row in connection.execute(query).mappings()]


@pytest.fixture
def tampering(everything: str, databases: Databases) -> Iterator[Tampering]:
    held = Tampering(databases.copy(everything))
    yield held
    databases.drop(held.place)


def is_row(table: Table, row: dict[str, Any]) -> ColumnElement[bool]:
    return and_(*(column == row[column.name] for column in table.primary_key))


def place_of(table: Table, row: dict[str, Any]) -> str:
    """Where the audit must point to."""
    if table.name == "ledger":
        return f"table ledger, row {row['seq']}"
    if table in PARTS:
        return f"table claims, row {row['claim_id']}"
    if table is passages:
        return f"table wordings, row {row['document_id']}"
    if table is pot_lists:
        return f"table pot_lists, row {row['mention_id']}"
    (key,) = (row[column.name] for column in table.primary_key)
    return f"table {table.name}, row {key}"


def is_named(tampering: Tampering, place: str) -> bool:
    return any(place in finding.where for finding in audit(tampering.place).findings)


def test_an_untouched_store_is_proven(everything: str) -> None:
    report = audit(everything)
    assert report.findings == ()
    assert report.outcome == "proven"
    assert report.checked["ledger entries"] == 34
    assert report.checked["bytes"] == 9
    assert report.checked["texts"] == 9
    assert report.checked["claims"] == 14
    assert report.checked["origins"] == 6
    assert report.checked["quotes"] == 1 + sum(
        1
        for make in (*STORIES, release, reprint, third, whole)
        for mention in make().mentions
        for _ in mention.spans()
    )
    assert report.checked["heads"] >= 33  # a server's store is a copy of one made elsewhere
    assert any("earmark head" in limit for limit in report.limits)


@pytest.mark.parametrize(
    ("backend", "name", "column"), CHANGED, ids=str, indirect=["backend"], scope="session"
)
def test_a_changed_value_is_named(tampering: Tampering, name: str, column: str) -> None:
    table = metadata.tables[name]
    kind = table.c[column].type
    for row in tampering.rows(table):
        change = {column: other_value(row[column], kind)}
        try:
            tampering.run(update(table).where(is_row(table, row)).values(change))
        except IntegrityError:
            continue  # the table's own check forbids it in this row
        assert is_named(tampering, place_of(table, row))
        return
    pytest.fail(f"no row of {name} lets {column} be changed")


@pytest.mark.parametrize(
    ("backend", "name", "column"),
    [
        (backend, t, c)
        for backend, t, c in CHANGED
        if metadata.tables[t].c[c].nullable and c != "redacted_by"
    ],
    ids=str,
    indirect=["backend"],
    scope="session",
)
def test_an_emptied_value_is_named(tampering: Tampering, name: str, column: str) -> None:
    table = metadata.tables[name]
    row = next(row for row in tampering.rows(table) if row[column] is not None)
    tampering.run(update(table).where(is_row(table, row)).values({column: None}))
    assert is_named(tampering, place_of(table, row))


@pytest.mark.parametrize("name", [table.name for table in TABLES])
def test_a_deleted_row_is_named(tampering: Tampering, name: str) -> None:
    table = metadata.tables[name]
    row = tampering.rows(table)[0]
    tampering.run(delete(table).where(is_row(table, row)))
    following = {**row, "seq": row["seq"] + 1} if name == "ledger" else row
    assert is_named(tampering, place_of(table, following))


@pytest.mark.parametrize("name", [table.name for table in TABLES])
def test_a_duplicated_row_is_named(tampering: Tampering, name: str) -> None:
    table = metadata.tables[name]
    row = dict(tampering.rows(table)[-1])
    unique = {"sha256": "x", "prev": b"x", "amount_start": 1_000_003, "to_id": 1, "claim_id": 1}
    row |= {column: value for column, value in unique.items() if column in row}
    if name == "undos":
        row["run_id"] = 1  # one undo for each run
    for column in table.primary_key:
        if column.name not in unique and isinstance(column.type, Integer):
            row[column.name] += 1_000_003
    tampering.run(insert(table).values(row))
    assert is_named(tampering, place_of(table, row))


def test_a_row_of_no_claim_is_found(tampering: Tampering) -> None:
    tampering.run(insert(claim_mentions).values(mention_id=1_000_003, claim_id=1_000_003))
    findings = audit(tampering.place).findings
    assert {one.where.split(",")[0] for one in findings} == {"table claim_mentions"}


def test_a_forged_entry_is_named(tampering: Tampering) -> None:
    """An entry whose own hash was made to fit breaks the chain at the next."""
    entry = tampering.rows(ledger)[3]
    body = entry["body"].replace('"run":1', '"run":2')
    forged = entry_hash(entry["type"], body.encode())
    tampering.run(update(ledger).where(ledger.c.seq == 4).values(body=body, hash=forged))
    report = audit(tampering.place)
    assert [one.where for one in report.findings if one.level == "ledger"] == [
        "table ledger, row 5",
        "table ledger, row 4",  # the tree kept with it has another leaf
    ]


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({"amount_start": 1000, "amount_end": 1003}, "moved"),
        ({"amount_text": "£9bn", "amount_end": mentions.c.amount_start + 4}, "gone"),
        ({"amount_start": 0, "amount_end": 1, "amount_text": "e"}, "ambiguous"),
    ],
    ids=["moved", "gone", "ambiguous"],
)
def test_a_quote_that_does_not_stand_there(
    tampering: Tampering, change: dict[str, Any], verdict: str
) -> None:
    tampering.run(update(mentions).where(mentions.c.id == 11).values(change))
    found = [one for one in audit(tampering.place).findings if one.level == "quotes"]
    assert (found[0].record, found[0].verdict) == ("m11", verdict)


def test_a_text_that_is_no_text_does_not_stop_the_audit(tampering: Tampering, backend: str) -> None:
    cut = update(claims).where(claims.c.id == 1).values(purpose="a\0")
    if backend == "postgresql":
        with pytest.raises(DBAPIError):  # it takes no such text, and no bytes as text
            tampering.run(cut)
        return
    broken: ColumnElement[str] = literal_column("CAST(x'ff00' AS TEXT)")
    tampering.run(update(mentions).where(mentions.c.id == 1).values(kind=broken), cut)
    places = {one.record for one in audit(tampering.place).findings}
    assert {"m1", "c1"} <= places


def test_what_was_not_read_is_noted(store: Store, place: str) -> None:
    run = store.start_run(VERSIONS)
    one = first()
    gappy = replace(one.document, gaps=(Gap("pages 4-6", "a scan"),), warnings=("look out",))
    store.add_document(run, store.add_capture(run, one.capture), gappy, one.mentions)
    store.add_capture(run, second().capture)
    refused = store.add_capture(run, capture("x", "x.bin"))
    store.add_refusal(run, refused, "source.format", "no reader takes it")
    report = audit(place)
    assert report.outcome == "proven"
    told = {(note.record, note.what) for note in report.notes if note.level != "storage"}
    assert told == {
        ("r1", "the run was interrupted, or is still going on"),
        ("d1", "missing from the text: a scan"),
        ("d1", "look out"),
        ("source news/second.md", "its bytes are kept and were not read yet"),
        ("source x.bin", "its bytes are kept and could not be read: no reader takes it"),
    }


def test_an_audit_writes_nothing_and_waits_for_nobody(everything: str, backend: str) -> None:
    before = dump(everything)
    lock = {"sqlite": "BEGIN IMMEDIATE", "postgresql": "SELECT id FROM stores FOR UPDATE"}
    with behind_its_back(everything) as other:
        other.exec_driver_sql(lock[backend])  # nobody else can write
        audit(everything)
    assert dump(everything) == before


def test_an_audit_leaves_a_file_as_it_was(path: Path) -> None:
    with Store.open(str(path), create=True) as store:
        fill(store, [first()])
    before = path.read_bytes()
    audit(str(path))
    assert path.read_bytes() == before
    assert sorted(path.parent.iterdir()) == [path, path.with_name(f"{path.name}.heads")]
