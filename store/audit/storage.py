"""Storage: what the database itself can check. Necessary, and far from enough."""

from __future__ import annotations

import sqlite3

from sqlalchemy import Connection, ForeignKey, Table, exists, select

from store import schema, sqlite
from store.audit.report import Book, Finding
from store.columns import metadata

BACKUP = "Go back to a backup, and check the disk."


def check_storage(connection: Connection, book: Book) -> None:
    """Check the schema, and of a file pages, links between tables and journal."""
    if connection.dialect.name == "sqlite":
        _check_file(connection, book)
    else:
        _check_server(connection, book)
    for difference in schema.differences(connection):
        book.findings.append(
            Finding("storage", "store", "changed", difference, "the schema", BACKUP)
        )
    book.checked["tables"] = len(metadata.tables)


def _check_file(connection: Connection, book: Book) -> None:
    for (said,) in connection.exec_driver_sql("PRAGMA integrity_check(20)"):
        if said != "ok":
            book.findings.append(
                Finding("storage", "store", "changed", "the file is damaged", str(said), BACKUP)
            )
    loose = {(row[0], row[2]) for row in connection.exec_driver_sql("PRAGMA foreign_key_check")}
    for table in metadata.sorted_tables:
        for link in table.foreign_keys:
            if (table.name, link.column.table.name) in loose:
                _check_link(connection, book, table, link)
    _check_journal(connection, book)


def _check_server(connection: Connection, book: Book) -> None:
    """Say where the server is set up so that a crash can lose what it said is kept."""
    for name in ("fsync", "full_page_writes"):
        if connection.exec_driver_sql(f"SHOW {name}").scalar_one() == "off":
            what = f"the server has {name} off: a crash of its machine can lose or damage the store"
            todo = f"Have it set on in postgresql.conf: {name} = on"
            book.notes.append(Finding("storage", "store", "noted", what, "the server", todo))
    for table in metadata.sorted_tables:
        for link in table.foreign_keys:
            _check_link(connection, book, table, link)


def _check_link(connection: Connection, book: Book, table: Table, link: ForeignKey) -> None:
    """Look for rows that point nowhere: a server lets its keeper write what links forbid."""
    target = link.column.table.alias("target")
    found = exists().where(target.c[link.column.name] == link.parent)
    query = select(*table.primary_key).where(link.parent.is_not(None), ~found).limit(20)
    for row in connection.execute(query):
        what = f"a row points to a row of {link.column.table.name} that is not there"
        where = f"table {table.name}, row {'/'.join(map(str, row))}"
        book.findings.append(Finding("storage", "store", "gone", what, where, BACKUP))


def _check_journal(connection: Connection, book: Book) -> None:
    chosen, found = sqlite.chosen_mode(connection), sqlite.journal_mode(connection)
    if found != chosen:
        what = f"the journal mode is {found}; the store was made with {chosen}"
        todo = f"Set it back with: sqlite3 FILE 'PRAGMA journal_mode={chosen}'"
        book.findings.append(Finding("storage", "store", "changed", what, "the file", todo))
    elif found == "wal" and sqlite.journal_mode_for(sqlite3.sqlite_version_info[:3]) != "wal":
        what = (
            f"the SQLite library here ({sqlite3.sqlite_version}) can lose commits of a store with "
            "a write-ahead log when several programs use it at once"
        )
        todo = "Use one program at a time, or a Python with SQLite 3.51.3 or newer."
        book.notes.append(
            Finding("storage", "store", "not checkable here", what, "the library", todo)
        )
