"""The lists of pots in SQL; `store.dedup.index` says what they are for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from sqlalchemy import Connection, TextClause, delete, insert, text

from store.dedup import index
from store.dedup.profile import Profile
from store.tables import pot_lists

Home = tuple[int, int]
"""Row of a document, and of the first mention of one of its pots."""
AT_ONCE = 100
"""Lists that one query reads; SQLite takes 500 parts."""
_SIDE = (
    "SELECT * FROM (SELECT {n} AS list, place, mention_id, document_id FROM pot_lists "
    "JOIN mentions ON mentions.id = mention_id WHERE list = :list{n} AND place {side} :place "
    "ORDER BY place {order} LIMIT {window})"
)


def enter(connection: Connection, pot: Profile, mention: int) -> None:
    """Write a pot into its lists.

    Args:
        connection: In a writing transaction.
        pot: Of a current document.
        mention: Row of its first mention.
    """
    place = index.place_of(pot)
    rows = [{"list": one, "place": place, "mention_id": mention} for one in index.lists(pot)]
    if rows:
        connection.execute(insert(pot_lists), rows)


def leave(connection: Connection, mention: int) -> None:
    """Take a pot out of its lists."""
    connection.execute(delete(pot_lists).where(pot_lists.c.mention_id == mention))


def around(connection: Connection, pot: Profile) -> Iterator[tuple[list[Home], list[Home]]]:
    """Yield, for each list of a pot, the pots before it, nearest first, and those after it."""
    here, lists = index.place_of(pot), index.lists(pot)
    for start in range(0, len(lists), AT_ONCE):
        part = lists[start : start + AT_ONCE]
        names = {f"list{number}": one for number, one in enumerate(part)}
        sides: dict[int, tuple[list[Home], list[Home]]] = defaultdict(lambda: ([], []))
        for number, place, mention, document in connection.execute(
            _query(len(part)), {"place": here, **names}
        ):
            sides[number][place > here].append((document, mention))
        yield from sides.values()


@lru_cache(maxsize=AT_ONCE)
def _query(lists: int) -> TextClause:
    parts = [
        _SIDE.format(n=number, side=side, order=order, window=index.WINDOW)
        for number in range(lists)
        for side, order in (("<", "DESC"), (">", "ASC"))
    ]
    return text(" UNION ALL ".join(parts))
