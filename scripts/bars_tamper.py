#!/usr/bin/env python3
"""Change a store in every way that can be thought of, and see whether the audit says so.

    scripts/bars_tamper.py [--quick] [--seed N]

A store with something in every table is copied; one thing in the copy is changed behind Earmark's
back; then it is audited against a head that was taken before, and, where nothing is found, deeply.
What counts as noticed: findings, or a refusal to open it. What is not noticed must be a store that
says the same, column for column. Where one row was changed, a finding must name that row.

As a control the audit is then run with one column left out of its hashes, and must fail.

Prints one JSON line; exits 0 where everything was noticed, nothing was found in untouched stores,
and the control failed; else 1. `--quick` does a tenth.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from records.errors import StoreError  # noqa: E402 - found by the line above
from store import ledger as ledgers  # noqa: E402 - likewise
from store.audit.asked import Asked  # noqa: E402 - likewise
from store.audit.report import AuditReport  # noqa: E402 - likewise
from store.canonical import canonical  # noqa: E402 - likewise
from store.claim_states import PARTS  # noqa: E402 - likewise
from store.columns import metadata  # noqa: E402 - likewise
from store.heads import Head, HeadCheck  # noqa: E402 - likewise
from store.store import Store  # noqa: E402 - likewise
from store.tables import mentions  # noqa: E402 - likewise
from store.views import views  # noqa: E402 - likewise
from tests.store.everything import fill_everything  # noqa: E402 - likewise
from tests.store.factory import given, mention  # noqa: E402 - likewise
from tests.store.stories import STORIES, fill, release, reprint, story, whole  # noqa: E402 - likewise

PER_COLUMN, PER_TABLE, FLIPS, LOG_FLIPS, CLEAN = 30, 30, 3000, 1000, 200
TABLES = {table.name: table for table in metadata.sorted_tables}
NOT_CHECKED = "runs.started_at"  # the control: nothing but its hash stands for this column
LETTER = "The fund gave £3m to a farm in the hills."
Row = dict[str, Any]
Change = Callable[[sqlite3.Connection], tuple[str, ...] | None]
"""Returns the places of which a finding must name one; None where no row is to be named."""


class Suite:
    """The store that is changed, and what came of it."""

    def __init__(self, folder: Path, seed: int, share: int) -> None:
        self.folder, self.chance, self.share = folder, random.Random(seed), share  # noqa: S311
        self.store, self.target = folder / "a.earmark.db", folder / "b.earmark.db"
        with Store.open(str(self.store), create=True) as store:
            fill_everything(store)
            _redact_one(store)
            self.head = store.head()
        self.before = dump(self.store)
        self.cases: Counter[str] = Counter()
        self.noticed: Counter[str] = Counter()
        self.same: Counter[str] = Counter()
        self.missed: list[str] = []
        self.unnamed: list[str] = []
        self.deep: Counter[str] = Counter()

    def times(self, number: int) -> int:
        """Return how often to do what a full run does so often."""
        return max(1, number // self.share)

    def copy(self) -> Path:
        """Return a fresh copy."""
        for path in self.folder.glob("b.earmark*"):
            path.unlink()
        return Path(shutil.copy(self.store, self.target))

    def change(self, sort: str, what: str, change: Change) -> None:
        """Change a copy by SQL; what is forbidden by the tables themselves is no case."""
        path = self.copy()
        try:
            with behind(path) as connection:
                places = change(connection) or ()
        except sqlite3.Error:
            return
        self.judge(sort, what, path, *places)

    def judge(self, sort: str, what: str, path: Path, *places: str) -> None:
        """Audit a changed copy; where nothing is found it must say what the store says."""
        self.cases[sort] += 1
        found = self.audit(path, deep=False)
        if found is not None and not found.findings:
            if dump(path) == self.before:
                self.same[sort] += 1
                return
            found = self.audit(path, deep=True)
            self.deep[sort] += 1
        if found is not None and not found.findings:
            self.missed.append(what)
            return
        self.noticed[sort] += 1
        said = [one.where for one in found.findings] if found else []
        if places and said and not any(place in where for place in places for where in said):
            self.unnamed.append(f"{sort} {what}: {places[0]}")

    def audit(self, path: Path, *, deep: bool) -> AuditReport | None:
        """Audit a store against the head; None where it is refused."""
        try:
            with Store.open(str(path), read_only=True) as store:
                return store.audit(asked=Asked(deep=deep, heads=(self.head,)))
        except StoreError:
            return None


def _redact_one(store: Store) -> None:
    """Read a letter and redact it, so that no table is without a row."""
    letter = story(LETTER, "letter.txt", given(), [mention(LETTER, "£3m", "3000000")])
    fill(store, [letter])
    name = store.document_id(letter.capture.sha256)
    store.redact([name or ""], "court-order", "anna")


@contextmanager
def behind(path: Path) -> Iterator[sqlite3.Connection]:
    """Reach a store past Earmark; links and the ledger's triggers are lifted meanwhile."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        guards = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type='trigger'")
        held = guards.fetchall()
        connection.execute("BEGIN")
        for name, _ in held:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for _, sql in held:
            connection.execute(sql)
        connection.execute("COMMIT")


def dump(path: Path) -> dict[str, list[str]] | None:
    """Return every row of every table; None where that cannot be had."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            connection.text_factory = bytes
            return {
                name: sorted(map(repr, connection.execute(f"SELECT * FROM {name}")))  # noqa: S608
                for name in TABLES
            }
    except sqlite3.Error:
        return None


def rows(connection: sqlite3.Connection, name: str) -> list[Row]:
    """Return all rows of a table; one without any leaves nothing to change."""
    found = connection.execute(f"SELECT * FROM {name}")  # noqa: S608 - a name of ours
    names = [column[0] for column in found.description]
    held = [dict(zip(names, row, strict=True)) for row in found]
    if not held:
        raise sqlite3.Error(f"{name} is empty")
    return held


def keys(name: str) -> list[str]:
    """Return the names of a table's key."""
    return [column.name for column in TABLES[name].primary_key]


def place_of(name: str, row: Row) -> str:
    """Return what a finding about a row must say."""
    if name == "ledger":
        return f"table ledger, row {row['seq']}"
    if TABLES[name] in PARTS:
        return f"table claims, row {row['claim_id']}"
    if name == "passages":
        return f"table wordings, row {row['document_id']}"
    if name == "pot_lists":
        return f"table pot_lists, row {row['mention_id']}"
    return f"table {name}, row {row[keys(name)[0]]}"


def place_by_key(name: str, row: Row) -> str:
    """Return how a finding says which row it is where nothing but its key tells."""
    return f"table {name}, row {'/'.join(str(row[column]) for column in keys(name))}"


def put(connection: sqlite3.Connection, name: str, row: Row, change: Row) -> None:
    """Change some columns of a row."""
    given = ", ".join(f"{column} = ?" for column in change)
    here = " AND ".join(f"{column} = ?" for column in keys(name))
    values = [*change.values(), *(row[column] for column in keys(name))]
    connection.execute(f"UPDATE {name} SET {given} WHERE {here}", values)  # noqa: S608


def other(chance: random.Random, value: Any, kind: type) -> Any:
    """Return another value of a column's kind; sometimes none, sometimes nearly the same."""
    if value is not None and chance.random() < 0.1:  # noqa: PLR2004 - one in ten
        return None
    if kind is int:
        return (value or 0) + chance.choice([1, -1, 10, 1_000_003])
    if kind is bytes:
        body = bytearray(value or b"\0")
        if not body:
            return b"\0"
        body[chance.randrange(len(body))] ^= 1 << chance.randrange(8)
        return bytes(body)
    text = value or "x"
    at = chance.randrange(len(text))
    return text[:at] + chance.choice("x07 £\u00a0") + text[at + chance.choice([0, 1]) :]


def column_changes(suite: Suite, only: str | None = None) -> None:
    """Change single values, of every column of every table."""
    for name, table in TABLES.items():
        for column in table.columns:
            if only is None or only == f"{name}.{column.name}":
                for _ in range(suite.times(PER_COLUMN)):
                    _change_value(suite, name, column.name, column.type.python_type)


def _change_value(suite: Suite, name: str, column: str, kind: type) -> None:
    def change(connection: sqlite3.Connection) -> tuple[str, ...]:
        row = suite.chance.choice(rows(connection, name))
        value = other(suite.chance, row[column], kind)
        if value == row[column]:
            raise sqlite3.Error("the same value")
        put(connection, name, row, {column: value})
        if column not in keys(name):
            return (place_of(name, row),)
        # A row with another number is found under that one, or missed under its own.
        return place_of(name, row), place_by_key(name, {**row, column: value})

    suite.change("values", f"{name}.{column}", change)


def row_changes(suite: Suite) -> None:
    """Delete, duplicate and swap rows of every table."""
    for name in TABLES:
        for act in (_delete, _duplicate, _swap):
            for _ in range(suite.times(PER_TABLE)):
                suite.change(act.__name__.strip("_"), name, act(suite, name))


def _delete(suite: Suite, name: str) -> Change:
    def change(connection: sqlite3.Connection) -> tuple[str, ...] | None:
        row = suite.chance.choice(rows(connection, name))
        here = " AND ".join(f"{column} = ?" for column in keys(name))
        values = [row[column] for column in keys(name)]
        connection.execute(f"DELETE FROM {name} WHERE {here}", values)  # noqa: S608
        return None if name == "ledger" else (place_of(name, row),)

    return change


def _duplicate(suite: Suite, name: str) -> Change:
    def change(connection: sqlite3.Connection) -> tuple[str, ...]:
        row = suite.chance.choice(rows(connection, name))
        row[_OWN_KEY.get(name, keys(name)[0])] += 1_000_003
        for column, value in {"sha256": "x", "prev": b"x", "amount_start": 1_000_003}.items():
            if column in row:
                row[column] = value
        if name == "undos":
            row["run_id"] = 1  # one undo for each run
        marks = ", ".join("?" * len(row))
        connection.execute(f"INSERT INTO {name} VALUES ({marks})", list(row.values()))  # noqa: S608
        return (place_of(name, row),)

    return change


_OWN_KEY = {"passages": "key", "pot_lists": "list", "matches": "right_id"}
"""Part of a key by which a copy of a row stays under the same record."""


def _swap(suite: Suite, name: str) -> Change:
    def change(connection: sqlite3.Connection) -> tuple[str, ...]:
        held = rows(connection, name)
        if len(held) < 2:  # noqa: PLR2004 - two are swapped
            raise sqlite3.Error("one row")
        one, two = suite.chance.sample(held, 2)
        columns = [column for column in one if column not in keys(name)]
        if all(one[column] == two[column] for column in columns):
            raise sqlite3.Error("nothing to swap")
        free = {column: _aside(one[column]) for column in columns}
        put(connection, name, one, free)
        put(connection, name, two, {column: one[column] for column in columns})
        put(connection, name, one, {column: two[column] for column in columns})
        return (place_of(name, one),)

    return change


def _aside(value: Any) -> Any:
    match value:
        case int():
            return value - 1_000_003
        case bytes():
            return b"-"
        case str():
            return "-"
    return None


def flips(suite: Suite, number: int) -> None:
    """Flip bits in the file."""
    size = suite.store.stat().st_size
    for _ in range(number):
        path = suite.copy()
        _flip(path, at := suite.chance.randrange(size), 1 << suite.chance.randrange(8))
        suite.judge("file", f"byte {at}", path)


def _flip(path: Path, at: int, bit: int) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        (byte,) = file.read(1)
        file.seek(at)
        file.write(bytes([byte ^ bit]))


def log_flips(suite: Suite, number: int) -> None:
    """Flip bits in a write-ahead log that holds all that was written."""
    source = suite.folder / "w.earmark.db"
    with Store.open(str(source), create=True):
        pass
    with closing(sqlite3.connect(source)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA user_version=1")
    with closing(sqlite3.connect(source)) as holder:
        holder.execute("PRAGMA wal_autocheckpoint=0")
        holder.execute("SELECT count(*) FROM ledger").fetchone()
        with Store.open(str(source)) as store:
            fill(store, [make() for make in STORIES])
            head = store.head()
        files = {one.name: one.read_bytes() for one in source.parent.glob("w.earmark.db*")}
    log = files[f"{source.name}-wal"]
    kept, suite.head = suite.head, head
    before, suite.before = suite.before, None
    for _ in range(number):
        suite.copy()
        body = bytearray(log)
        body[at := suite.chance.randrange(len(body))] ^= 1 << suite.chance.randrange(8)
        suite.target.write_bytes(files[source.name])
        whole_log = suite.folder / "whole.earmark.db"
        if suite.before is None:
            whole_log.write_bytes(files[source.name])
            whole_log.with_name(f"{whole_log.name}-wal").write_bytes(log)
            suite.before = dump(whole_log)
        suite.target.with_name(f"{suite.target.name}-wal").write_bytes(body)
        suite.judge("log", f"byte {at} of the log", suite.target)
    suite.head, suite.before = kept, before


def planted(suite: Suite) -> None:
    """Add what is not Earmark's to the schema."""
    for sql in (
        "CREATE TRIGGER planted AFTER INSERT ON mentions BEGIN SELECT 1; END",
        "CREATE VIEW planted AS SELECT * FROM mentions",
        "CREATE INDEX planted ON mentions (kind)",
        "CREATE TABLE planted (a)",
        "DROP INDEX ix_mentions_number",
        f"DROP VIEW {next(iter(views('sqlite')))}",
        "DELETE FROM alembic_version",
    ):
        suite.change("schema", sql, lambda connection, sql=sql: connection.execute(sql) and None)


def histories(suite: Suite) -> None:
    """Put an old copy back, cut the ledger's tail, write everything anew in good form."""
    old = suite.folder / "old.earmark.db"
    with Store.open(str(old), create=True) as store:
        fill(store, [STORIES[0]()])
    suite.copy()
    shutil.copy(old, suite.target)
    suite.judge("another", "a store of another making", suite.target)
    for number in (1, 2, 5, 10):
        suite.change("tail", f"{number} entries cut", lambda one, number=number: _cut(one, number))
    for number in range(suite.times(PER_TABLE)):
        suite.change("rewrite", f"a competent rewrite {number}", lambda one: _rewrite(suite, one))


def _cut(connection: sqlite3.Connection, number: int) -> None:
    connection.execute(
        "DELETE FROM ledger WHERE seq > (SELECT max(seq) FROM ledger) - ?", (number,)
    )


def _rewrite(suite: Suite, connection: sqlite3.Connection) -> None:
    """Change a mention as somebody would who knows the form of the ledger and has all the time."""
    row = suite.chance.choice(rows(connection, "mentions"))
    change = {"kind": suite.chance.choice(["a", "b", "c"])}
    put(connection, "mentions", row, change)
    commit = ledgers.row_commitment(mentions.name, row | change).hex()
    prev, tree = ledgers.START, HeadCheck([])
    for entry in rows(connection, "ledger"):
        body = json.loads(entry["body"])
        record = f"mentions/{row['id']}"
        if record in body["commits"]:
            body["commits"][record] = commit
        body["prev"] = prev.hex()
        text = canonical(body)
        own = ledgers.entry_hash(entry["type"], text)
        new = {"body": text.decode(), "prev": prev, "hash": own, "nodes": tree.add(own)}
        put(connection, "ledger", entry, new)
        prev = own


def clean(suite: Suite, number: int) -> int:
    """Count findings in stores that nobody touched."""
    findings = 0
    makers = [*STORIES, release, reprint]
    for _ in range(number):
        suite.copy().unlink()
        with Store.open(str(suite.target), create=True) as store:
            chosen = suite.chance.sample(makers, suite.chance.randint(1, len(makers)))
            fill(store, [make() for make in chosen])
            if suite.chance.random() < 0.5:  # noqa: PLR2004 - every other
                whole().add(store, store.start_run({"earmark": "0"}))
            head: Head = store.head()
            findings += len(store.audit(asked=Asked(deep=True, heads=(head,))).findings)
    return findings


def control(folder: Path, seed: int) -> bool:
    """Leave one column out of the hashes; tell whether the suite then fails, as it must."""
    text = ledgers.row_text
    table, column = NOT_CHECKED.split(".")

    def blind(row: Any) -> str:
        return text({name: value for name, value in row.items() if name != column})

    ledgers.row_text = blind
    try:
        folder.mkdir()
        suite = Suite(folder, seed, 1)
        column_changes(suite, f"{table}.{column}")
    finally:
        ledgers.row_text = text
    return bool(suite.missed)


def main() -> int:
    """Run everything and print one line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="a tenth of everything")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    share, began = (10 if given.quick else 1), time.monotonic()
    with TemporaryDirectory() as folder:
        suite = Suite(Path(folder), given.seed, share)
        for part in (column_changes, row_changes, planted, histories):
            part(suite)
        flips(suite, suite.times(FLIPS))
        log_flips(suite, suite.times(LOG_FLIPS))
        findings = clean(suite, suite.times(CLEAN))
        failed = control(Path(folder) / "control", given.seed)
    good = not suite.missed and not suite.unnamed and not findings and failed
    result = {
        "bar": "tamper",
        "seed": given.seed,
        "cases": dict(suite.cases),
        "noticed": dict(suite.noticed),
        "by_deep_only": {sort: number for sort, number in suite.deep.items() if number},
        "says_the_same": dict(suite.same),
        "missed": suite.missed[:20],
        "row_not_named": suite.unnamed[:20],
        "tables_without_rows": [name for name, held in (suite.before or {}).items() if not held],
        "clean_stores": suite.times(CLEAN),
        "findings_in_clean_stores": findings,
        "control_failed": failed,
        "seconds": round(time.monotonic() - began),
        "ok": good,
    }
    sys.stdout.write(json.dumps(result) + "\n")
    return 0 if good else 1


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        sys.exit(main())
