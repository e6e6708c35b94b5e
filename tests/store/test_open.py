import hashlib
import os
import shutil
import sqlite3
import stat
import tomllib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from records import errors
from records.errors import (
    NoStoreError,
    SettingsError,
    StoreError,
    StoreLockedError,
    StoreReadOnlyError,
)
from store import schema, sqlite
from store.store import Store
from tests.store.factory import VERSIONS, capture

CASES = tomllib.loads((Path(__file__).parent / "cases/places.toml").read_text())["case"]


def make(path: Path, what: str) -> None:
    """Put something where a store is expected; SQL is run on a real store."""
    plain = {"empty": b"", "text": b"Dear reader, " * 400}
    if what == "folder":
        path.mkdir()
    elif what == "pipe":
        os.mkfifo(path)
    elif what in plain:
        path.write_bytes(plain[what])
    elif what == "other":
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE t (x)")
    elif what != "nothing":
        Store.open(str(path), create=True).close()
        if what == "truncated":
            os.truncate(path, 4096)
        elif what == "newer":
            run_sql(path, "UPDATE alembic_version SET version_num = '9999'")
            run_sql(path, "UPDATE stores SET made_by = '9.9'")
        else:
            run_sql(path, what)


def run_sql(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(sql)
        connection.commit()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_what_is_no_store_is_refused_and_left_alone(path: Path, case: dict[str, Any]) -> None:
    make(path, case["make"])
    before = listing(path.parent)
    kind = getattr(errors, case["error"])
    with pytest.raises(kind) as caught:
        Store.open(str(path))
    assert type(caught.value) is kind
    assert case["message"] in str(caught.value)
    assert str(path) in str(caught.value)
    assert listing(path.parent) == before


def listing(folder: Path) -> dict[str, str]:
    return {
        entry.name: hashlib.sha256(entry.read_bytes()).hexdigest() if entry.is_file() else "-"
        for entry in folder.iterdir()
    }


def test_a_new_store_and_its_heads_are_for_its_owner_only(path: Path) -> None:
    Store.open(str(path), create=True).close()
    made = sorted(path.parent.iterdir())
    assert made == [path, path.with_name(f"{path.name}.heads")]
    assert [stat.S_IMODE(one.stat().st_mode) for one in made] == [0o600, 0o600]


def test_opening_again_finds_what_was_made(path: Path) -> None:
    with Store.open(str(path), create=True) as store:
        assert store.start_run(VERSIONS) == "r1"
    with Store.open(f"sqlite:///{path}", create=True) as store:
        assert store.start_run(VERSIONS) == "r2"


def test_an_odd_name_is_no_part_of_an_address(tmp_path: Path) -> None:
    path = tmp_path / "a?mode=memory&x=%41 #é.db"
    Store.open(str(path), create=True).close()
    Store.open(str(path)).close()
    assert {entry.name for entry in tmp_path.iterdir()} == {path.name, f"{path.name}.heads"}


@pytest.mark.parametrize(
    "place",
    [
        "sqlite://",
        "sqlite:///:memory:",
        "postgresql://db",
        "postgresql+pg8000://db/x",
        "x://",
        "://",
    ],
)
def test_an_address_of_another_kind_is_refused(place: str) -> None:
    with pytest.raises(SettingsError):
        Store.open(place)


def test_two_makers_at_once_make_one_store(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = sqlite.put_in_place

    def be_second(made: Path, target: Path) -> bool:
        monkeypatch.setattr(sqlite, "put_in_place", first)
        with Store.open(str(target), create=True) as winner:
            winner.start_run(VERSIONS)
        return first(made, target)

    monkeypatch.setattr(sqlite, "put_in_place", be_second)
    with Store.open(str(path), create=True) as store:
        assert store.start_run(VERSIONS) == "r2"
    assert sorted(path.parent.iterdir()) == [path, path.with_name(f"{path.name}.heads")]


def test_a_failure_while_making_leaves_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(connection: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(schema, "migrate", fail)
    with pytest.raises(StoreError):
        Store.open(str(path), create=True)
    assert list(path.parent.iterdir()) == []


def test_an_old_library_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    with pytest.raises(StoreError, match=r"SQLite 3\.37 or newer"):
        Store.open(str(path), create=True)


def test_a_locked_store_is_waited_for_and_then_named(path: Path) -> None:
    Store.open(str(path), create=True).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with (
            Store.open(str(path), wait_seconds=0.05) as store,
            pytest.raises(StoreLockedError, match=r"another program. Waited 0.05 s"),
        ):
            store.start_run(VERSIONS)
        other.execute("ROLLBACK")


def test_a_store_opened_for_reading_is_never_written(path: Path) -> None:
    Store.open(str(path), create=True).close()
    with Store.open(str(path), read_only=True) as store, pytest.raises(StoreReadOnlyError):
        store.start_run(VERSIONS)


@contextmanager
def nobody(folder: Path) -> Iterator[None]:
    """Be a user who may read but not write in `folder`; root is bound by no permission."""
    for entry in (folder, *folder.iterdir()):
        entry.chmod(0o555 if entry.is_dir() else 0o444)
    if os.geteuid() == 0:
        os.seteuid(65534)
        try:
            yield
        finally:
            os.seteuid(0)
    else:
        yield
    for entry in (folder, *folder.iterdir()):
        entry.chmod(0o700)


@pytest.mark.parametrize("mode", ["wal", "delete"])
def test_a_protected_store_can_be_read_and_not_written(
    mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "journal_mode_for", lambda version: mode)
    with TemporaryDirectory() as name:
        folder = Path(name)
        with Store.open(str(folder / "a.db"), create=True) as store:
            store.add_capture(store.start_run(VERSIONS), capture("£5m"))
        with nobody(folder):
            with Store.open(str(folder / "a.db")) as store:
                assert store.capture_of(capture("£5m").sha256).content == "£5m".encode()
                with pytest.raises(StoreReadOnlyError, match="writable"):
                    store.start_run(VERSIONS)
            with pytest.raises(StoreReadOnlyError, match="no store can be made"):
                Store.open(str(folder / "b.db"), create=True)
            with pytest.raises(NoStoreError):
                Store.open(str(folder / "b.db"))


def test_a_store_in_the_middle_of_a_write_is_repaired_by_a_reader(path: Path) -> None:
    """A killed writer leaves its journal; who opens next rolls back, also for reading only."""
    with Store.open(str(path), create=True) as store:
        store.start_run(VERSIONS)
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("PRAGMA cache_size=1")
        writer.execute("PRAGMA cache_spill=1")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE stores SET made_by = 'half done'")
        writer.execute("CREATE TABLE filler (x)")
        writer.execute(
            "INSERT INTO filler WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n "
            "WHERE i < 200) SELECT zeroblob(4000) FROM n"
        )
        killed = path.with_name("killed.db")
        shutil.copy(path, killed)
        shutil.copy(f"{path}-journal", f"{killed}-journal")
    assert b"half done" in killed.read_bytes()
    with Store.open(str(killed), read_only=True) as store:
        assert store.place == str(killed)
    assert b"half done" not in killed.read_bytes()


def test_a_log_is_read_where_moving_it_into_the_file_was_cut_off(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file's first page may tell of pages that only the log has yet."""
    monkeypatch.setattr(sqlite, "journal_mode_for", lambda version: "wal")
    Store.open(str(path), create=True).close()
    cut = path.with_name("cut.db")
    size = path.stat().st_size
    with Store.open(str(path)) as store:
        store.add_capture(store.start_run(VERSIONS), capture("£5m " * 20_000))
        shutil.copy(f"{path}-wal", f"{cut}-wal")
    whole = path.read_bytes()
    assert len(whole) > size
    cut.write_bytes(whole[:size])
    with Store.open(str(cut), read_only=True) as store:
        assert store.capture_of(capture("£5m " * 20_000).sha256)
