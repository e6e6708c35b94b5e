"""Small letters for every letter, on every database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction


class lower(GenericFunction[str]):  # noqa: N801 - named as the function that it stands for
    """A text with small letters, as `str.lower` writes them.

    SQLite's own knows ASCII only, so a connection brings Python's (`store.sqlite`); PostgreSQL's
    goes by the collation, and that of the columns knows no letters.
    """

    type = Text()
    inherit_cache = True


@compiles(lower, "postgresql")
def _by_unicode(element: lower, compiler: Any, **options: Any) -> str:
    (text,) = element.clauses
    return f'lower({compiler.process(text, **options)} COLLATE "und-x-icu")'
