import sqlite3
from contextlib import closing
from pathlib import Path
from threading import Timer

import pytest
from sqlalchemy import insert, select

from records.errors import StoreError
from store.create import create_store
from store.engine import Engines
from store.place import FilePlace
from store.sqlite import journal_mode_for, open_engines, settings_for
from store.tables import run_ends, runs


@pytest.fixture
def engines(path: Path) -> Engines:
    create_store(FilePlace(path, str(path)))
    return open_engines(path, 5, read_only=False)


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 40, 1), "delete"),
        ((3, 44, 5), "delete"),
        ((3, 44, 6), "wal"),
        ((3, 45, 3), "delete"),
        ((3, 50, 6), "delete"),
        ((3, 50, 7), "wal"),
        ((3, 51, 2), "delete"),
        ((3, 51, 3), "wal"),
        ((3, 52, 0), "delete"),
        ((3, 53, 0), "wal"),
        ((4, 0, 0), "wal"),
    ],
    ids=str,
)
def test_the_journal_is_chosen_by_the_library(version: tuple[int, int, int], mode: str) -> None:
    assert journal_mode_for(version) == mode


@pytest.mark.parametrize("mode", ["wal", "delete"])
def test_every_connection_keeps_its_settings(path: Path, mode: str) -> None:
    create_store(FilePlace(path, str(path)))
    with closing(sqlite3.connect(path)) as plain:
        plain.execute(f"PRAGMA journal_mode={mode}")
    engines = open_engines(path, 5, read_only=False)
    assert engines.writer is not None
    for engine, read_only in ((engines.reader, True), (engines.writer, False)):
        held = [engine.raw_connection() for _ in range(2)]
        for connection in held:
            for name, value in settings_for(mode, 5, read_only=read_only).items():
                cursor = connection.cursor()
                cursor.execute(f"PRAGMA {name}")
                assert cursor.fetchone() == (value,), name
        for connection in held:
            connection.close()
    engines.dispose()


def test_durability_is_full_in_both_modes() -> None:
    assert settings_for("wal", 10, read_only=False)["synchronous"] == 2
    assert settings_for("delete", 10, read_only=False)["synchronous"] == 3
    with pytest.raises(StoreError, match="journal mode memory"):
        settings_for("memory", 10, read_only=False)


def test_a_writer_holds_the_lock_before_it_reads(engines: Engines, path: Path) -> None:
    assert engines.writer is not None
    with engines.writer.begin() as connection, closing(sqlite3.connect(path, timeout=0)) as other:
        connection.execute(select(runs.c.id)).all()
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
    engines.dispose()


def test_a_writer_gets_its_turn_when_the_other_is_done(engines: Engines, path: Path) -> None:
    assert engines.writer is not None
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        later = Timer(0.3, other.execute, ["ROLLBACK"])
        later.start()
        with engines.writer.begin() as connection:
            timeout = connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one()
        later.join()
    assert timeout == 5000  # a commit waits as long for readers
    engines.dispose()


def test_a_reader_cannot_write(engines: Engines) -> None:
    with (
        engines.reader.begin() as connection,
        pytest.raises(Exception, match="readonly"),
    ):
        connection.execute(insert(runs).values(id=1, started_at="", versions="", nonce=b""))
    engines.dispose()


def test_types_and_links_are_kept(engines: Engines) -> None:
    assert engines.writer is not None
    orphan = {"run_id": 9, "ended_at": "", "counts": "", "nonce": b""}
    text_in_number = {"id": "abc", "started_at": "", "versions": "", "nonce": b""}
    for table, row in ((run_ends, orphan), (runs, text_in_number)):
        with (
            pytest.raises(Exception, match=r"constraint|datatype|cannot store"),
            engines.writer.begin() as connection,
        ):
            connection.execute(insert(table).values(**row))
    engines.dispose()


def test_lower_knows_every_letter(engines: Engines) -> None:
    with engines.reader.begin() as connection:
        assert connection.exec_driver_sql("SELECT lower('ÉCOLE Ω')").scalar_one() == "école ω"
    engines.dispose()
