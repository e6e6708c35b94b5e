"""What the columns of tables are made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

NAMING = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}
INT64 = BigInteger().with_variant(Integer(), "sqlite")
"""64 bits everywhere; STRICT tables of SQLite know only the name INTEGER, which has them."""

TEXT = Text().with_variant(Text(collation="C"), "postgresql")
"""Text sorted by code point, as SQLite does it, whatever language a server was set up for."""

metadata = MetaData(naming_convention=NAMING)


def table_(name: str, *items: Column[Any] | CheckConstraint | UniqueConstraint) -> Table:
    """Return a table of the store."""
    return Table(name, metadata, *items, sqlite_strict=True)


def id_(name: str = "id") -> Column[int]:
    """Return the column of a number that is given once."""
    return Column(name, INT64, primary_key=True, autoincrement=False)


def link_(name: str, target: str, *, required: bool = True) -> Column[int]:
    """Return a column that points at a row of another table."""
    return Column(name, INT64, ForeignKey(target), nullable=not required)


def integer_(name: str, *, required: bool = True) -> Column[int]:
    """Return a column of integers."""
    return Column(name, INT64, nullable=not required)


def text_(name: str, *, required: bool = True) -> Column[str]:
    """Return a column of text."""
    return Column(name, TEXT, nullable=not required)


def bytes_(name: str) -> Column[bytes]:
    """Return a column of bytes."""
    return Column(name, LargeBinary, nullable=False)


def money_() -> Iterator[Column[Any] | CheckConstraint]:
    """Yield the columns of an amount."""
    yield text_("currency")
    yield integer_("exponent", required=False)
    for bound in ("low", "high"):
        yield integer_(f"{bound}_minor", required=False)
        yield text_(f"{bound}_text", required=False)
        yield CheckConstraint(f"{bound}_minor IS NULL OR {bound}_text IS NULL", f"{bound}_once")
    yield integer_("approximate")
    yield text_("per", required=False)


def span_(name: str, *, required: bool = False) -> Iterator[Column[Any]]:
    """Yield the columns of a quote."""
    yield integer_(f"{name}_start", required=required)
    yield integer_(f"{name}_end", required=required)
    yield text_(f"{name}_text", required=required)
