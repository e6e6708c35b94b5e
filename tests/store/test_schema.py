from pathlib import Path

from sqlalchemy import Connection, text

from store import schema, word_index
from store.columns import metadata
from store.create import create_store
from store.place import FilePlace
from store.sqlite import open_engines

VERSIONS = Path(schema.__file__).parent / "migrations/versions"


def inspect(path: Path) -> Connection:
    create_store(FilePlace(path, str(path)))
    return open_engines(path, 5, read_only=True).reader.connect()


def test_the_migrated_schema_is_exactly_the_tables(path: Path) -> None:
    with inspect(path) as connection, connection.begin():
        assert schema.differences(connection) == []
        names = connection.execute(text("SELECT name FROM sqlite_schema WHERE type = 'table'"))
        words = {name for kind, name in word_index.SQLITE if kind == "table"}
        assert set(names.scalars()) == {*metadata.tables, *words, "alembic_version"}
        connection.engine.dispose()


def test_every_table_keeps_its_types(path: Path) -> None:
    with inspect(path) as connection, connection.begin():
        found = connection.exec_driver_sql("PRAGMA table_list").mappings().all()
        loose = {row["name"] for row in found if row["type"] != "view" and not row["strict"]}
        others = {"alembic_version", "sqlite_schema", "sqlite_temp_schema"}
        assert loose == others | {name for kind, name in word_index.SQLITE if kind == "table"}
        connection.engine.dispose()


def test_every_constraint_has_a_name() -> None:
    for table in metadata.tables.values():
        assert all(constraint.name for constraint in table.constraints)


def test_the_newest_migration_is_the_one_that_the_program_knows() -> None:
    newest = max(file.stem for file in VERSIONS.glob("[0-9]*.py"))
    assert newest.startswith(f"{schema.REVISION}_")


def test_migrations_never_look_at_the_tables() -> None:
    for file in VERSIONS.glob("*.py"):
        assert "store" not in file.read_text().replace('"stores"', "")
