"""Words: does the index by which mentions are found say what their rows say?

Only SQLite has one of its own; PostgreSQL's is on the rows themselves. FTS5 can check itself only
where it may write, so what it should hold is built anew, in a temporary table of a connection that
cannot write the store, and the two are compared word by word.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection

from store.audit.report import Book, Finding
from store.tables import TEXT_FIELDS
from store.word_index import SQLITE

_TODO = "Go back to a backup; until then questions by words may miss mentions."
_STRAY = (
    "SELECT id FROM mention_words_docsize WHERE id NOT IN (SELECT id FROM mentions) UNION "
    "SELECT id FROM mentions WHERE id NOT IN (SELECT id FROM mention_words_docsize) ORDER BY id"
)
_SHOWN = 20
Instance = tuple[str, int, str, int]


def check_words(connection: Connection, book: Book, *, deep: bool) -> None:
    """Compare the index with the rows.

    Args:
        connection: In a reading transaction.
        book: For what is found.
        deep: Word by word, and not only which mentions are in it.
    """
    if connection.dialect.name != "sqlite":
        return
    stray = connection.exec_driver_sql(_STRAY).scalars().all()
    for mention in stray[:_SHOWN]:
        _say(book, mention, "it is in the index of words or among the mentions, and not in both")
    if deep and not stray:
        _check_each(connection, book)


def _check_each(connection: Connection, book: Book) -> None:
    (path,) = (row[2] for row in connection.exec_driver_sql("PRAGMA database_list") if not row[0])
    uri = f"{Path(path).absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as own:
        own.text_factory = lambda data: data.decode("utf-8", "replace")
        own.execute("BEGIN")
        kept, right = _instances(own, "main", "mention_words"), _expected(own)
        differ: set[int] = set()
        one, other = next(kept, None), next(right, None)
        while (one or other) and len(differ) < _SHOWN:
            if one == other:
                book.checked["words in the index"] += 1
                one, other = next(kept, None), next(right, None)
            elif other is None or (one is not None and _key(one) < _key(other)):
                differ.add(one[1] if one else 0)
                one = next(kept, None)
            else:
                differ.add(other[1])
                other = next(right, None)
    for mention in sorted(differ):
        _say(book, mention, "the index of words has other words for it than its row")


def _key(instance: Instance) -> tuple[bytes, int, int, int]:
    term, mention, column, offset = instance
    return term.encode(), mention, TEXT_FIELDS.index(column), offset


def _expected(own: sqlite3.Connection) -> Iterator[Instance]:
    """Build the index anew from the rows, where nothing of the store is written."""
    made = SQLITE["table", "mention_words"].replace("mention_words", "temp.right_words", 1)
    own.execute(made.replace("content='mentions', content_rowid='id'", "content=''"))
    names = ", ".join(TEXT_FIELDS)
    own.execute(
        f"INSERT INTO temp.right_words (rowid, {names}) "  # noqa: S608 - names of ours
        f"SELECT id, {names} FROM main.mentions"
    )
    return _instances(own, "temp", "right_words")


def _instances(own: sqlite3.Connection, schema: str, name: str) -> Iterator[Instance]:
    """Yield every word at its place, in the order of the index."""
    own.execute(
        f"CREATE VIRTUAL TABLE temp.of_{name} USING fts5vocab('{schema}', '{name}', 'instance')"
    )
    return own.execute(f"SELECT term, doc, col, offset FROM temp.of_{name}")  # noqa: S608


def _say(book: Book, mention: int, what: str) -> None:
    where = f"table mention_words, row {mention}"
    book.findings.append(Finding("hashes", "index of words", "changed", what, where, _TODO))
