"""Work out what follows from the records of a store: lists of pots, claims, origins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, delete, select

from store import listing
from store.matching import Matching
from store.origins import regroup_origins
from store.regroup import regroup
from store.tables import IS_CURRENT, documents, pot_lists

Commits = Mapping[str, bytes | None]


def rebuild(connection: Connection, matching: Matching) -> Iterator[Commits]:
    """Write claims and origins anew where they differ from what the documents lead to.

    Args:
        connection: In a writing transaction; documents and decisions are as they shall be.
        matching: Pots of stored documents.

    Yields:
        For the ledger: record to commitment, None for a record that went away.
    """
    matching.heed(connection)
    query = select(documents.c.id).where(IS_CURRENT).order_by(documents.c.id)
    homes = connection.execute(query).scalars().all()
    connection.execute(delete(pot_lists))
    for home in homes:
        own = matching.pots_of(connection, home)
        for pot in own.pots:
            listing.enter(connection, pot.profile, own.placed[pot.key].id)
    grouped: set[int] = set()
    for home in homes:
        by_mention = matching.pots_of(connection, home).by_mention
        touched = [pot for mention, pot in by_mention.items() if mention not in grouped]
        result = regroup(connection, matching, touched, ())
        grouped.update(result.claim_of)
        yield result.commits
    yield regroup_origins(connection, matching.texts, homes, homes)
