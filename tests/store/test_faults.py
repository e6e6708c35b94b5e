"""What the database says reaches the user as one sentence of ours: real faults, not made up."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Column, Connection, insert, select, update

from records.errors import StoreError, StoreLockedError, StoreReadOnlyError
from store.create import create_store
from store.engine import Engines
from store.faults import at_the_door
from store.place import FilePlace
from store.sqlite import open_engines
from store.store import Store
from store.tables import contents, documents, mentions, run_ends, runs
from tests.databases import behind_its_back
from tests.store.stories import fill, first


@pytest.fixture
def engines(path: Path) -> Iterator[Engines]:
    create_store(FilePlace(path, str(path)))
    opened = open_engines(path, 0.02, read_only=False)
    yield opened
    opened.dispose()


def add_run(connection: Connection) -> None:
    connection.execute(insert(runs), {"id": 1, "started_at": "", "versions": "", "nonce": b""})


def fill_up(connection: Connection) -> None:
    connection.exec_driver_sql("PRAGMA max_page_count=1")
    row = {"id": 1, "sha256": "", "size": 1, "nonce": b"", "body": b"x" * 100_000}
    connection.execute(insert(contents), row)


def test_a_full_disk(engines: Engines) -> None:
    assert engines.writer is not None
    with (
        pytest.raises(StoreError, match=r"s\.db could not grow: the disk is full"),
        at_the_door("s.db", 1),
        engines.writer.begin() as connection,
    ):
        fill_up(connection)
    with engines.reader.begin() as connection:
        assert connection.execute(select(contents.c.id)).all() == []


def test_a_locked_store(engines: Engines, path: Path) -> None:
    assert engines.writer is not None
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        for engine in (engines.writer, engines.reader):
            with (
                pytest.raises(StoreLockedError, match=r"Waited 0\.02 s"),
                at_the_door("s.db", 0.02),
                engine.begin() as connection,
            ):
                connection.execute(select(runs.c.id)).all()


def test_a_reader_that_writes(engines: Engines) -> None:
    with (
        pytest.raises(StoreReadOnlyError, match="cannot be written"),
        at_the_door("s.db", 1),
        engines.reader.begin() as connection,
    ):
        add_run(connection)


def test_a_broken_link(engines: Engines) -> None:
    assert engines.writer is not None
    row = {"run_id": 9, "ended_at": "", "counts": "", "nonce": b""}
    with (
        pytest.raises(StoreError, match=r"refused: FOREIGN KEY .* earmark audit"),
        at_the_door("s.db", 1),
        engines.writer.begin() as connection,
    ):
        connection.execute(insert(run_ends), row)


def test_a_damaged_page(engines: Engines, path: Path) -> None:
    engines.dispose()
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))
    with (
        pytest.raises(StoreError, match=r"cannot be read as it should be: .*malformed"),
        at_the_door("s.db", 1),
        engines.reader.begin() as connection,
    ):
        connection.execute(select(runs)).all()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        (documents.c.words, b"not packed"),
        (documents.c.body, b"\xff"),
        (documents.c.gaps, "["),
        (mentions.c.rules, "{"),
    ],
    ids=lambda value: str(value) if isinstance(value, Column) else "",
)
def test_a_row_that_cannot_be_read(place: str, column: Column[object], value: object) -> None:
    with Store.open(place, create=True) as store:
        fill(store, [first()])
        with behind_its_back(place) as other:
            other.execute(update(column.table).values({column.name: value}))
        with pytest.raises(StoreError, match=r"cannot be read as it should be: .* earmark audit"):
            store.document("d1")
