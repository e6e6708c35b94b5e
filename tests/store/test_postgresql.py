"""What is true of a store on a server alone: how it is reached, guarded and refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import insert, make_url

from records import errors
from records.errors import (
    NoStoreError,
    NotAStoreError,
    SchemaVersionError,
    SettingsError,
    StoreError,
    StoreGoneError,
    StoreLockedError,
    StoreReadOnlyError,
)
from store import schema
from store.place import ServerPlace, place_of
from store.postgresql import open_engines
from store.store import Store
from store.tables import runs
from tests.databases import Server, address, behind_its_back, dump
from tests.own_server import own_server
from tests.store.factory import VERSIONS, capture
from tests.store.stories import fill, first, second


@pytest.fixture
def empty(server: Server) -> Iterator[str]:
    """A database without a store."""
    made = server.empty()
    yield made
    server.drop(made)


def with_password(place: str, password: str = "s3cret/@:") -> str:  # noqa: S107 - a made-up one
    return address(make_url(place).set(password=password))


def test_a_store_is_made_in_an_empty_database_and_found_again(empty: str) -> None:
    with pytest.raises(NoStoreError, match="earmark ingest"):
        Store.open(empty)
    with Store.open(empty, create=True) as store:
        assert store.start_run(VERSIONS) == "r1"
    with Store.open(empty, create=True) as store:
        assert store.start_run(VERSIONS) == "r2"
        assert store.audit().findings == ()


def test_a_failure_while_making_leaves_nothing(empty: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise StoreError("no")

    monkeypatch.setattr("store.create.now_text", fail)
    with pytest.raises(StoreError, match="no"):
        Store.open(empty, create=True)
    with pytest.raises(NoStoreError):
        Store.open(empty)


def test_tables_of_another_program_are_left_alone(empty: str) -> None:
    with behind_its_back(empty) as connection:
        connection.exec_driver_sql("CREATE TABLE t (x int)")
    with pytest.raises(NotAStoreError, match="another program"):
        Store.open(empty, create=True)


@pytest.mark.parametrize(
    ("sql", "error", "words"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", SchemaVersionError, "Upgrade"),
        ("DROP TRIGGER ledger_no_update ON ledger", NotAStoreError, "ledger_no_update is missing"),
        ("ALTER TABLE ledger DISABLE TRIGGER USER", NotAStoreError, "ledger_no_delete was altered"),
        ("CREATE TABLE t (x int)", NotAStoreError, "table t is not Earmark's"),
        ("CREATE VIEW v AS SELECT 1", NotAStoreError, "table v is not Earmark's"),
        ("ALTER TABLE runs ADD COLUMN x int", NotAStoreError, "column runs.x is not Earmark's"),
        ("ALTER TABLE runs ALTER versions DROP NOT NULL", NotAStoreError, "runs.versions was"),
        ('ALTER TABLE refusals ALTER code TYPE text COLLATE "default"', NotAStoreError, "altered"),
        ("DROP INDEX ix_captures_source", NotAStoreError, "ix_captures_source is missing"),
        ("ALTER TABLE undos DROP CONSTRAINT fk_undos_run_id", NotAStoreError, "is missing"),
        ("CREATE RULE r AS ON INSERT TO runs DO INSTEAD NOTHING", NotAStoreError, "rule runs.r"),
        ("CREATE POLICY p ON runs", NotAStoreError, "policy runs.p"),
    ],
)
def test_a_schema_that_is_not_ours_is_refused(
    database: str, sql: str, error: type[Exception], words: str
) -> None:
    with behind_its_back(database) as connection:
        connection.exec_driver_sql(sql)
    with pytest.raises(error, match=words):
        Store.open(database)


def test_the_migrated_schema_is_exactly_the_tables(database: str) -> None:
    with behind_its_back(database) as connection:
        assert schema.differences(connection) == []


def test_a_writer_that_waits_too_long_says_so(database: str) -> None:
    with Store.open(database, wait_seconds=0.05) as store:
        with behind_its_back(database) as other:
            other.exec_driver_sql("SELECT id FROM stores FOR UPDATE")
            assert store.counts().documents == 0  # a reader waits for nobody
            with pytest.raises(StoreLockedError, match=r"Waited 0\.05 s"):
                store.start_run(VERSIONS)
        assert store.start_run(VERSIONS) == "r1"


def test_a_store_opened_for_reading_is_never_written(database: str) -> None:
    with Store.open(database, read_only=True) as store, pytest.raises(StoreReadOnlyError):
        store.start_run(VERSIONS)
    place = place_of(database)
    assert isinstance(place, ServerPlace)
    engines = open_engines(place, 1, read_only=True)
    with pytest.raises(Exception, match="read-only"), engines.reader.begin() as connection:
        connection.execute(insert(runs).values(id=1, started_at="", versions="", nonce=b""))
    engines.dispose()


def test_who_may_only_read_is_told_so(database: str) -> None:
    name = make_url(database).database
    with behind_its_back(database) as connection:
        connection.exec_driver_sql(f"CREATE ROLE {name} LOGIN")
        connection.exec_driver_sql(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {name}")
    try:
        with Store.open(address(make_url(database).set(username=name))) as store:
            assert store.counts().documents == 0
            with pytest.raises(StoreReadOnlyError, match="permission denied"):
                store.start_run(VERSIONS)
    finally:
        with behind_its_back(database) as connection:
            connection.exec_driver_sql(f"DROP OWNED BY {name}")
            connection.exec_driver_sql(f"DROP ROLE {name}")


CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'earmark'"


def test_a_server_that_goes_away_leaves_nothing_half_written(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every connection is cut between the rows of a document and its ledger entry."""
    with Store.open(database) as store:
        fill(store, [first()])
        run = store.start_run(VERSIONS)
        kept = store.add_capture(run, second().capture)
        before = dump(database)

        def cut(*_: object) -> None:
            with behind_its_back(database) as other:
                other.exec_driver_sql(f"{CUT} AND datname = current_database()")

        with monkeypatch.context() as patch:
            patch.setattr("store.write_document.regroup_origins", cut)
            with pytest.raises(StoreGoneError, match="cannot be reached"):
                second().add(store, run)
        assert dump(database) == before
        assert store.state_of(kept) == "pending"  # the next call finds the server again
        second().add(store, run)
        assert store.audit().findings == ()


def test_a_server_that_is_killed_and_started_again_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The whole server is killed between the rows of a document and its ledger entry."""
    with own_server() as server, Store.open(server.place, create=True) as store:
        fill(store, [first()])
        run = store.start_run(VERSIONS)
        kept = store.add_capture(run, second().capture)
        with monkeypatch.context() as patch:
            patch.setattr("store.write_document.regroup_origins", lambda *_: server.kill())
            with pytest.raises(StoreGoneError, match="cannot be reached"):
                second().add(store, run)
        with pytest.raises(StoreGoneError, match="cannot be reached"):
            store.counts()
        server.start()
        assert store.state_of(kept) == "pending"
        second().add(store, run)
        store.end_run(run, {"added": 1})
        report = store.audit()
        assert report.findings == ()
        assert (store.counts().documents, store.counts().pending) == (2, 0)


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ({"port": 1}, "refused"),
        ({"database": "no_such_database"}, "does not exist"),
        ({"username": "no_such_user"}, "no_such_user"),
    ],
    ids=str,
)
def test_a_server_that_cannot_be_reached_is_named_without_its_password(
    database: str, part: dict[str, Any], words: str
) -> None:
    place = address(make_url(with_password(database)).set(**part))
    with pytest.raises(StoreGoneError, match=words) as caught:
        Store.open(place, wait_seconds=2)
    chain: BaseException | None = caught.value
    while chain is not None:
        assert "s3cret" not in str(chain)
        chain = chain.__cause__ or chain.__context__


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ("postgresql+psycopg://ann:s3cret@h/d", "postgresql+psycopg://ann:***@h/d"),
        ("postgresql://ann:s3cret@h:1/d", "postgresql://ann:***@h:1/d"),
        ("postgresql://h/d?password=s3cret", "postgresql://h/d?password=hidden"),
        ("postgresql://h/d?sslpassword=s3cret", "postgresql://h/d?sslpassword=hidden"),
    ],
)
def test_a_place_is_shown_without_its_password(place: str, shown: str) -> None:
    assert place_of(place).shown == shown


@pytest.mark.parametrize(
    "place",
    ["postgres://ann:s3cret@h/d", "mysql://ann:s3cret@h/d", "postgresql://ann:s3cret@h:x/d",
     "postgresql://ann:s3cret@h", "://ann:s3cret@h/d"],
)  # fmt: skip
def test_an_address_that_cannot_be_used_is_refused_without_its_password(place: str) -> None:
    with pytest.raises(SettingsError, match=r"postgresql\+psycopg://") as caught:
        Store.open(place)
    assert "s3cret" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_schema_of_ones_own_is_a_store_of_its_own(database: str) -> None:
    with behind_its_back(database) as connection:
        connection.exec_driver_sql("CREATE SCHEMA team")
    other = f"{database}?options=-csearch_path%3Dteam"
    with pytest.raises(errors.NoStoreError):
        Store.open(other)
    with Store.open(database) as store, Store.open(other, create=True) as theirs:
        theirs.add_capture(theirs.start_run(VERSIONS), capture("£5m"))
        assert (store.counts().pending, theirs.counts().pending) == (0, 1)
