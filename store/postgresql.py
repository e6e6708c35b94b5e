"""Connect to a database of a PostgreSQL server so that nothing acknowledged can be lost.

Writers lock the row of `stores` before they read anything: one writes at a time, and what it reads
is the last word. Readers see one snapshot and cannot write. A store is a schema of a database: the
first of the connection's `search_path`, `public` where nobody says otherwise.

Source: the PostgreSQL manual, transaction isolation, explicit locking, client connection defaults.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event, text

from records.errors import NoStoreError, NotAStoreError, SettingsError, StoreError
from store.engine import Engines

if TYPE_CHECKING:
    from store.place import ServerPlace

MAKING = 0x4541524D
"""Number of the lock that who makes a store holds."""
_OURS = frozenset({"alembic_version", "ledger", "stores"})
_FOUND = text(
    "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'f') "
    "AND relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())"
)


def open_engines(place: ServerPlace, wait_seconds: float, *, read_only: bool) -> Engines:
    """Return engines whose every connection is set as a store's must be.

    Raises:
        SettingsError: The driver is not installed.
    """
    reader = _engine(place, wait_seconds, "REPEATABLE READ", read_only=True)
    writer = None
    if not read_only:
        writer = _engine(place, wait_seconds, "READ COMMITTED", read_only=False)
        event.listen(writer, "begin", _take_the_lock)
    return Engines(reader, writer)


def engine_for_making(place: ServerPlace, wait_seconds: float) -> Engine:
    """Return an engine to make a store with: there is no row yet that could be locked."""
    return _engine(place, wait_seconds, "READ COMMITTED", read_only=False)


def tables_in(connection: Connection) -> set[str]:
    """Return the names of all tables and views in the store's schema."""
    return set(connection.execute(_FOUND).scalars())


def check_place(connection: Connection, shown: str) -> None:
    """Refuse what is not an Earmark store.

    Raises:
        NoStoreError: The schema is empty.
        NotAStoreError: Something else is there.
        StoreError: The database cannot hold every text.
    """
    found = tables_in(connection)
    if not found:
        raise NoStoreError(
            f"No store in {shown}. Create one with: earmark ingest FILE…  or point to one with "
            "--store."
        )
    if not found >= _OURS:
        raise NotAStoreError(
            f"{shown} is not an Earmark store: it holds tables of another program. Nothing was "
            "changed. Use an empty database or schema."
        )
    check_encoding(connection, shown)


def check_encoding(connection: Connection, shown: str) -> None:
    """Refuse a database that cannot hold every text.

    Raises:
        StoreError: Its encoding is not UTF-8.
    """
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
    if encoding != "UTF8":
        raise StoreError(
            f"{shown} keeps texts as {encoding}, which cannot hold every text. Make another with: "
            "createdb --encoding=UTF8 --template=template0 NAME"
        )


def _engine(place: ServerPlace, wait_seconds: float, isolation: str, *, read_only: bool) -> Engine:
    try:
        engine = create_engine(
            place.url,
            connect_args={
                "application_name": "earmark",
                "connect_timeout": max(2, math.ceil(wait_seconds)),
            },
            execution_options={"isolation_level": isolation, "postgresql_readonly": read_only},
            hide_parameters=True,
            pool_pre_ping=True,  # a program that waited long may find its server started anew
        )
    except ModuleNotFoundError as error:
        raise SettingsError(
            "a store on PostgreSQL needs its driver; install it with: "
            "pip install 'earmark[postgres]'"
        ) from error
    wait = max(1, round(wait_seconds * 1000))

    @event.listens_for(engine, "connect")
    def _set(connection: Any, _record: object) -> None:
        connection.autocommit = True
        connection.execute(f"SET lock_timeout = {wait}")
        connection.execute("SET synchronous_commit = on")
        connection.autocommit = False

    return engine


def _take_the_lock(connection: Connection) -> None:
    connection.exec_driver_sql("SELECT id FROM stores FOR UPDATE")
