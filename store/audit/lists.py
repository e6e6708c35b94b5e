"""Lists: does each pot stand in those by which it is found, and nothing else in any?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, select

from store.audit.report import Book, Finding
from store.audit.scope import Scope
from store.dedup.index import lists, place_of
from store.matching import Matching
from store.tables import mentions, pot_lists

_ADVICE = "Do not add to this store; go back to a backup."


def check_lists(
    connection: Connection,
    book: Book,
    matching: Matching,
    homes: Sequence[int],
    scope: Scope,
    *,
    known: bool,
) -> None:
    """Compare the rows of `pot_lists` with what the mentions lead to.

    Args:
        connection: In a reading transaction.
        book: For what is found.
        matching: Pots of stored documents.
        homes: Rows of the current documents.
        scope: Which mentions to speak of.
        known: The rules that wrote them are this program's.
    """
    stray = set(connection.execute(select(pot_lists.c.mention_id).distinct()).scalars())
    differ = []
    for home in homes:
        found = matching.pots_of(connection, home)
        stored: dict[int, set[tuple[int, int]]] = defaultdict(set)
        query = select(pot_lists).join(mentions, mentions.c.id == pot_lists.c.mention_id)
        for row in connection.execute(query.where(mentions.c.document_id == home)):
            stored[row.mention_id].add((row.list, row.place))
        for mention, pot in found.by_mention.items():
            place = place_of(pot.profile)
            if stored[mention] != {(number, place) for number in lists(pot.profile)}:
                differ.append((mention, "it does not stand in the lists that it is looked up by"))
        stray -= found.by_mention.keys()
    differ += [(mention, "it stands in lists and is no pot that counts") for mention in stray]
    for mention, what in sorted(differ):
        if not scope.holds("mentions", mention):
            continue
        where = f"table pot_lists, row {mention}"
        if known:
            found_here = Finding("claims", "lists of pots", "changed", what, where, _ADVICE)
            book.findings.append(found_here)
        else:
            now = f"{what}, by the rules of this version"
            book.notes.append(Finding("claims", "lists of pots", "rules differ", now, where))
