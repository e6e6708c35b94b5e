"""What the catalogue of a PostgreSQL database says of a store's schema, and what it should say.

PostgreSQL rewrites definitions as it keeps them, so the two are compared part by part: tables,
columns with their types, constraints, indexes, triggers, rules, functions.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import (
    CheckConstraint,
    Connection,
    Constraint,
    Dialect,
    ForeignKeyConstraint,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    text,
)

from store.columns import metadata
from store.triggers import TRIGGERS
from store.views import views

Part = tuple[str, str]
Parts = dict[Part, str]
"""Kind and name of a part of a schema, and its definition without what may differ in writing."""

_KINDS = {
    PrimaryKeyConstraint: "p",
    ForeignKeyConstraint: "f",
    UniqueConstraint: "u",
    CheckConstraint: "c",
}
_VERSIONS = {
    ("table", "alembic_version"): "r",
    ("column", "alembic_version.version_num"): "character varying(32) not null",
    ("constraint", "alembic_version_pkc"): "p alembic_version",
    ("index", "alembic_version_pkc"): "unique alembic_version (version_num)",
}
_ENABLED = "O"
_FOUND = text("""
WITH here AS (SELECT oid FROM pg_namespace WHERE nspname = current_schema()),
kept AS (SELECT c.oid, relname, relkind FROM pg_class c, here WHERE relnamespace = here.oid)
SELECT 'table', relname, relkind::text FROM kept WHERE relkind IN ('r', 'p', 'v', 'm', 'f')
UNION ALL
SELECT 'column', relname || '.' || attname,
    format_type(atttypid, atttypmod) || CASE WHEN collname = 'C' THEN ' collate c' ELSE '' END
    || CASE WHEN attnotnull THEN ' not null' ELSE '' END
    FROM kept JOIN pg_attribute ON attrelid = kept.oid
    LEFT JOIN pg_collation ON pg_collation.oid = attcollation
    WHERE relkind = 'r' AND attnum > 0 AND NOT attisdropped
UNION ALL
SELECT 'constraint', conname, contype::text || ' ' || relname
    FROM kept JOIN pg_constraint ON conrelid = kept.oid WHERE contype IN ('p', 'f', 'u', 'c')
UNION ALL
SELECT 'index', i.relname, CASE WHEN indisunique THEN 'unique ' ELSE '' END || kept.relname || ' ('
    || (SELECT string_agg(CASE WHEN indkey[place - 1] = 0 THEN 'an expression'
            ELSE pg_get_indexdef(indexrelid, place, true) END, ', ' ORDER BY place)
        FROM generate_series(1, indnatts) place) || ')'
    FROM kept JOIN pg_index ON indrelid = kept.oid JOIN pg_class i ON i.oid = indexrelid
UNION ALL
SELECT 'trigger', tgname, relname || ' ' || tgtype || ' ' || tgenabled::text
    FROM kept JOIN pg_trigger ON tgrelid = kept.oid WHERE NOT tgisinternal
UNION ALL
SELECT 'rule', relname || '.' || rulename, '' FROM kept JOIN pg_rewrite ON ev_class = kept.oid
    WHERE rulename <> '_RETURN'
UNION ALL
SELECT 'policy', relname || '.' || polname, '' FROM kept JOIN pg_policy ON polrelid = kept.oid
""")
_BEFORE, _DELETE, _UPDATE, _TRUNCATE = 2, 8, 16, 32
_ACTS = {"update": _BEFORE | _UPDATE, "delete": _BEFORE | _DELETE, "truncate": _BEFORE | _TRUNCATE}


def found(connection: Connection) -> Parts:
    """Return what the database has in the store's schema."""
    return {(kind, name): definition for kind, name, definition in connection.execute(_FOUND)}


def expected(dialect: Dialect) -> Parts:
    """Return what it should have."""
    parts = dict(_VERSIONS)
    for table in metadata.sorted_tables:
        parts.update(_of_table(table, dialect))
    parts |= {("table", name): "v" for name in views("postgresql")}
    parts["index", "ix_mentions_words"] = "mentions (an expression)"
    for sql in TRIGGERS["postgresql"]:
        name = sql.split()[2]
        parts["trigger", name] = f"ledger {_ACTS[name.rpartition('_')[2]]} {_ENABLED}"
    return parts


def _of_table(table: Table, dialect: Dialect) -> Iterator[tuple[Part, str]]:
    yield ("table", table.name), "r"
    for column in table.columns:
        kind = column.type.compile(dialect).lower().replace('"', "")
        needed = "" if column.nullable else " not null"
        yield ("column", f"{table.name}.{column.name}"), f"{kind}{needed}"
    for constraint in table.constraints:
        yield ("constraint", _name(constraint)), f"{_KINDS[type(constraint)]} {table.name}"
        if isinstance(constraint, PrimaryKeyConstraint | UniqueConstraint):
            names = ", ".join(constraint.columns.keys())
            yield ("index", _name(constraint)), f"unique {table.name} ({names})"
    for index in table.indexes:
        names = ", ".join(index.columns.keys())
        yield ("index", str(index.name)), f"{table.name} ({names})"


def _name(constraint: Constraint) -> str:
    return str(constraint.name)
