"""The lists of pots in SQL; `store.dedup.index` says what they are for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TypeAlias

from sqlalchemy import Connection, Row, delete, text

from store.bulk import insert_all
from store.dedup import index
from store.dedup.profile import Profile
from store.tables import pot_lists

Listed: TypeAlias = Row[int, int, int]
"""Which of some lists, the place in it, and row of the first mention of the pot there."""
Sides = tuple[list[int], list[int]]
"""Pots before a place in a list, nearest first, and those after it, by their first mentions."""
AT_ONCE = 100
"""Lists that one query of SQLite reads, which takes 500 parts."""
_SIDE = (
    "SELECT * FROM (SELECT {n} AS number, place, mention_id FROM pot_lists "
    "WHERE list = ?{value} AND place {side} ?1 ORDER BY place {order} LIMIT {window}) AS side"
)
_SIDE_OF_EACH = (
    "(SELECT place, mention_id FROM pot_lists WHERE list = listed.list AND place {side} :place "
    "ORDER BY place {order} LIMIT {window})"
)
_SIDES = (("<", "DESC"), (">", "ASC"))


def enter(connection: Connection, pot: Profile, mention: int) -> None:
    """Write a pot into its lists.

    Args:
        connection: In a writing transaction.
        pot: Of a current document.
        mention: Row of its first mention.
    """
    place = index.place_of(pot)
    rows = [{"list": one, "place": place, "mention_id": mention} for one in index.lists(pot)]
    insert_all(connection, pot_lists, rows)


def leave(connection: Connection, mention: int) -> None:
    """Take a pot out of its lists."""
    connection.execute(delete(pot_lists).where(pot_lists.c.mention_id == mention))


def around(connection: Connection, pot: Profile) -> Iterator[Sides]:
    """Yield, for each list of a pot, the pots on both sides of it."""
    here, lists = index.place_of(pot), index.lists(pot)
    read = _from_server if connection.dialect.name == "postgresql" else _from_file
    sides: dict[int, Sides] = defaultdict(lambda: ([], []))
    for number, place, mention in read(connection, here, lists):
        sides[number][place > here].append(mention)
    yield from sides.values()


def _from_file(connection: Connection, here: int, lists: Sequence[int]) -> Iterator[Listed]:
    for start in range(0, len(lists), AT_ONCE):
        part = tuple(lists[start : start + AT_ONCE])
        # Past SQLAlchemy, which would take longer with the numbers than SQLite with the rows.
        yield from connection.exec_driver_sql(_query(start, len(part)), (here, *part)).all()


def _from_server(connection: Connection, here: int, lists: Sequence[int]) -> Iterator[Listed]:
    rows = connection.execute(_QUERY, {"place": here, "lists": list(lists)})
    # A join keeps no order: those before from near to far, then those after from near to far.
    return iter(sorted(rows, key=lambda row: (row.number, abs(row.place - here))))


@lru_cache(maxsize=AT_ONCE)
def _query(first: int, lists: int) -> str:
    parts = [
        _SIDE.format(n=first + at, value=at + 2, side=side, order=order, window=index.WINDOW)
        for at in range(lists)
        for side, order in _SIDES
    ]
    return " UNION ALL ".join(parts)


_QUERY = text(
    "SELECT listed.number, side.place, side.mention_id "
    "FROM unnest(CAST(:lists AS bigint[])) WITH ORDINALITY AS listed(list, number) "
    "CROSS JOIN LATERAL ("
    + " UNION ALL ".join(
        _SIDE_OF_EACH.format(side=side, order=order, window=index.WINDOW) for side, order in _SIDES
    )
    + ") AS side"
)
