"""What can be asked of a store: terms with the values that it knows."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, func, select

from store.facets import FEW_CLAIMS, has_more_than
from store.question import parse
from store.tables import claims

MOST, LONGEST = 30, 40
"""Values of a field, and letters of one."""
_YEAR = func.substr(claims.c.first_said, 1, 4)
_WORDINGS = (
    ("who", claims.c.funder),
    ("to", claims.c.recipient),
    ("for", claims.c.purpose),
)


def known_terms(connection: Connection) -> list[str]:
    """Return terms of the question language that some claim answers, a field's commonest first.

    Wordings are looked for in a store of up to 20,000 claims: in a larger one it takes too long.
    """
    found = [*_terms(connection, "currency", claims.c.currency)]
    found += _terms(connection, "first", _YEAR)
    if not has_more_than(connection, FEW_CLAIMS, parse("")):
        for field, column in _WORDINGS:
            found += _terms(connection, field, column)
    return found


def _terms(connection: Connection, field: str, column: ColumnElement[str]) -> Iterator[str]:
    often = func.count().desc()
    named = select(column).where(column.is_not(None), func.length(column) <= LONGEST)
    for value in connection.execute(named.group_by(column).order_by(often, column).limit(MOST)):
        words = " ".join(str(value[0]).replace('"', " ").split())
        if any(letter.isalnum() for letter in words):
            yield f"{field}:{words}" if words.isalnum() else f'{field}:"{words}"'
