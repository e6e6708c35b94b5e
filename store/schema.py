"""Make the schema, and tell whether a store has it: the revision, and nothing of strangers."""

from __future__ import annotations

import os
import re
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import Connection, Dialect, text
from sqlalchemy.schema import CreateIndex, CreateTable

from records.errors import SchemaVersionError
from store import catalog, word_index
from store.catalog import Parts
from store.columns import metadata
from store.triggers import TRIGGERS
from store.views import views

REVISION = "0001"
"""The newest migration's; a test holds it equal to the last file in `store/migrations/versions`."""

MIGRATIONS = (Path(__file__).parent / "migrations/versions",)
"""Folders of migrations, one file each, named by its revision."""

_VERSIONS = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
    "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)

_REVISION = text("SELECT version_num FROM alembic_version")

_STATISTICS = ("sqlite_stat1", "sqlite_stat4")  # what ANALYZE leaves; changes no result


def migrate(connection: Connection) -> None:
    """Bring a database to the newest schema, in the connection's transaction."""
    from alembic import command  # noqa: PLC0415 - slow to import, and needed only to make a store
    from alembic.config import Config  # noqa: PLC0415 - likewise

    config = Config()
    config.set_main_option("script_location", "store:migrations")
    config.set_main_option("path_separator", "os")
    config.set_main_option("version_locations", os.pathsep.join(map(str, MIGRATIONS)))
    config.attributes["connection"] = connection
    made = views(connection.dialect.name)
    for name in made:  # tables cannot be changed under a view
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")
    command.upgrade(config, REVISION)
    for sql in made.values():
        connection.exec_driver_sql(sql)


def check_revision(connection: Connection, place: str) -> None:
    """Refuse a store whose schema is not this program's.

    Args:
        connection: In a transaction.
        place: Named in the message.

    Raises:
        SchemaVersionError: The store is of another schema; nothing was changed.
    """
    if check_known(connection, place) != REVISION:
        raise SchemaVersionError(
            f"{place}: this store was made by an older Earmark. Nothing was changed. Upgrade it "
            f"with: earmark store upgrade {place}"
        )


def check_still(connection: Connection, place: str) -> None:
    """Refuse to write into a store that another program has upgraded since this one opened it.

    Raises:
        SchemaVersionError: It has; nothing was changed.
    """
    if connection.execute(_REVISION).scalar_one_or_none() != REVISION:
        check_revision(connection, place)


def check_known(connection: Connection, place: str) -> str:
    """Return the revision of a store, one that this program can upgrade from.

    Raises:
        SchemaVersionError: A newer program made it; nothing was changed.
    """
    found = connection.execute(_REVISION).scalar_one_or_none()
    known = {one.name[:4] for folder in MIGRATIONS for one in folder.iterdir()}
    if found is not None and found in known:
        return str(found)
    maker = connection.execute(text("SELECT made_by FROM stores")).scalar_one_or_none()
    raise SchemaVersionError(
        f"{place}: this store was made by Earmark {maker or '(unknown)'}; you have "
        f"{version('earmark')}. Nothing was changed. Upgrade the program."
    )


def differences(connection: Connection) -> list[str]:
    """Name every part of a store's schema that is not exactly ours, in words.

    A planted trigger, view or index can change what is read or written, so none is let pass.
    """
    dialect = connection.dialect
    if dialect.name == "postgresql":
        found, ours = catalog.found(connection), catalog.expected(dialect)
    else:
        found, ours = _found(connection), _expected(dialect)
    return sorted(
        [f"{kind} {name} is not Earmark's" for kind, name in found.keys() - ours.keys()]
        + [f"{kind} {name} is missing" for kind, name in ours.keys() - found.keys()]
        + [
            f"{kind} {name} was altered"
            for kind, name in ours.keys() & found.keys()
            if ours[kind, name] != found[kind, name]
        ]
    )


def _found(connection: Connection) -> Parts:
    rows = connection.execute(text("SELECT type, name, sql FROM sqlite_schema"))
    return {
        (kind, name): _bare(sql)
        for kind, name, sql in rows
        if sql is not None and name not in _STATISTICS
    }


def _expected(dialect: Dialect) -> Parts:
    parts = {("table", "alembic_version"): _VERSIONS}
    for table in metadata.sorted_tables:
        parts["table", table.name] = str(CreateTable(table).compile(dialect=dialect))
        for index in table.indexes:
            parts["index", str(index.name)] = str(CreateIndex(index).compile(dialect=dialect))
    for sql in TRIGGERS["sqlite"]:
        parts["trigger", sql.split()[2]] = sql
    parts |= {("view", name): sql for name, sql in views("sqlite").items()}
    parts |= word_index.SQLITE
    return {key: _bare(sql) for key, sql in parts.items()}


def _bare(sql: str) -> str:
    """Drop what may differ between writers of the same definition: spaces and name quotes."""
    return re.sub(r'[\s"]+', "", sql).casefold()
