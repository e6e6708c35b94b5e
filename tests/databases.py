"""Places for stores on either database: a fresh one for whoever asks, or one like another."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol
from uuid import uuid4

import pytest
from sqlalchemy import URL, Connection, NullPool, create_engine, make_url

from store.columns import metadata
from store.store import Store
from store.triggers import TRIGGERS

VARIABLE = "EARMARK_TEST_POSTGRESQL"
"""Address of a server on which tests may make and drop databases."""


class Databases(Protocol):
    """Makes places for stores and drops them."""

    def new(self) -> str:
        """Return a place for an empty store, to be opened with `create=True`."""

    def copy(self, place: str) -> str:
        """Return another place that holds the same; nobody may be using the first."""

    def drop(self, place: str) -> None:
        """Remove what is there."""

    def clear(self) -> None:
        """Remove everything."""


class Files:
    """SQLite files in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def new(self) -> str:
        return str(self._folder / f"{uuid4().hex[:8]}.earmark.db")

    def copy(self, place: str) -> str:
        return str(shutil.copy(place, self.new()))

    def drop(self, place: str) -> None:
        Path(place).unlink(missing_ok=True)

    def clear(self) -> None:
        """The folder is pytest's to remove."""


class Server:
    """Databases of a PostgreSQL server, each a copy of one with an empty store."""

    def __init__(self) -> None:
        address = os.environ.get(VARIABLE)
        if not address:
            pytest.skip(f"no PostgreSQL: {VARIABLE} is not set; see scripts/with_postgresql")
        self._url = make_url(address)
        self._made: list[str] = []
        self._template = ""

    def new(self) -> str:
        if not self._template:
            self._template = self.empty()
            Store.open(self._template, create=True).close()
        return self.copy(self._template)

    def empty(self) -> str:
        """Return a database without a store."""
        return self._create("template0")

    def copy(self, place: str) -> str:
        return self._create(str(make_url(place).database))

    def drop(self, place: str) -> None:
        self._made.remove(place)
        self._run(f'DROP DATABASE IF EXISTS "{make_url(place).database}" WITH (FORCE)')

    def clear(self) -> None:
        for place in list(self._made):
            self.drop(place)
        self._template = ""

    def _create(self, template: str) -> str:
        name = f"earmark_{uuid4().hex[:12]}"
        # Copying files instead of logging each page takes half the time.
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        place = address(self._url.set(database=name))
        self._made.append(place)
        return place

    def _run(self, sql: str) -> None:
        engine = create_engine(self._url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(sql)


def address(url: URL) -> str:
    return url.render_as_string(hide_password=False)


@contextmanager
def behind_its_back(place: str) -> Iterator[Connection]:
    """Reach a store past Earmark, in one transaction that is kept."""
    url = place if "://" in place else f"sqlite:///{place}"
    with create_engine(url, poolclass=NullPool).begin() as connection:
        yield connection


@contextmanager
def unguarded(connection: Connection) -> Iterator[None]:
    """Lift what stands against accidents: the ledger's triggers, and links on PostgreSQL."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        yield
        return
    connection.exec_driver_sql("BEGIN")  # or the driver drops them for good, whatever comes of it
    for trigger in TRIGGERS["sqlite"]:
        connection.exec_driver_sql(f"DROP TRIGGER {trigger.split()[2]}")
    yield
    for trigger in TRIGGERS["sqlite"]:
        connection.exec_driver_sql(trigger)


def dump(place: str) -> dict[str, list[str]]:
    """Return every row of every table of a store."""
    with behind_its_back(place) as connection:
        return {
            table.name: sorted(map(repr, connection.execute(table.select())))
            for table in metadata.sorted_tables
        }
