"""Write the claims that a change of documents touches, and leave every other one as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection, bindparam, select

from store.claim_states import ClaimState, read_states, write_states
from store.dedup.candidate import LocalPot
from store.dedup.decide import clusters
from store.dedup.profile import Key
from store.matching import CHUNK, Matching, claim_state, documents_of
from store.relations import Surroundings, with_relations
from store.tables import claim_mentions, contents, documents, mentions

T = TypeVar("T")


class Regrouped(NamedTuple):
    """What regrouping did.

    Attributes:
        commits: For the ledger: every claim that changed, None for one that went away.
        claim_of: Mention to claim, for every mention that was grouped again.
        new: Claims that did not exist before.
    """

    commits: dict[str, bytes | None]
    claim_of: dict[int, int]
    new: frozenset[int]


def regroup(
    connection: Connection,
    matching: Matching,
    touched: Iterable[LocalPot],
    removed: Iterable[int],
) -> Regrouped:
    """Group pots again and write what that changes.

    Args:
        connection: In a writing transaction.
        matching: Pots of stored documents.
        touched: The pots that came, or that what came or went touches; all of current documents.
        removed: Mentions, by their rows, of documents that are no longer current.
    """
    pots, edges = matching.hanging_together(connection, touched)
    here = _Surroundings(connection, matching)
    here.add(documents_of(connection, {pot.document for pot in pots}))
    found = clusters(pots, edges, matching.verdicts.compare, matching.told.decisions)
    grouped = [claim_state(one, here.by_key.__getitem__) for one in found]
    after = {state.head["id"]: state for state in grouped}
    claim_of = {
        row["mention_id"]: claim
        for claim, state in after.items()
        for row in state.parts[claim_mentions.name]
    }
    was = claims_of_mentions(connection, [*claim_of, *removed])
    before = _states(connection, set(was.values()))
    moved = {mention for mention, claim in claim_of.items() if was.get(mention) != claim}
    affected = here.claims_with_relations({here.by_id[mention].document for mention in moved})
    affected |= here.claims_of_partners([*moved, *removed])
    extra = {claim_of.get(mention, claim) for mention, claim in affected.items()} - after.keys()
    others = _states(connection, extra)
    here.add(_documents_of_claims(connection, extra))
    here.claims_of_partners(here.by_id)  # their documents are looked at below
    here.claim_of.update(claim_of)
    after.update(others)
    before.update(others)
    after = {claim: with_relations(state, here) for claim, state in after.items()}
    commits = write_states(connection, before, after)
    return Regrouped(commits, claim_of, frozenset(after.keys() - before.keys()))


class _Surroundings(Surroundings):
    """Adds documents as they are needed."""

    def __init__(self, connection: Connection, matching: Matching) -> None:
        super().__init__(matching.told)
        self._connection, self._matching = connection, matching

    def add(self, homes: Iterable[int]) -> None:
        new = [home for home in homes if home not in self.documents]
        for home in new:
            self.put(home, self._matching.pots_of(self._connection, home).placed)
        found = [one.id for home in new for one in self.documents[home]]
        self.claim_of.update(claims_of_mentions(self._connection, found))

    def claims_with_relations(self, homes: Iterable[int]) -> dict[int, int]:
        """Return mention to claim, as stored, for mentions that state a relation."""
        stating = [one.id for home in homes for one in self.documents[home] if one.mention.relation]
        return {mention: self.claim_of[mention] for mention in stating if mention in self.claim_of}

    def claims_of_partners(self, moved: Iterable[int]) -> dict[int, int]:
        """Return mention to claim, as stored, for what a person says is a part or whole of some."""
        if not self.told.has_parts:
            return {}
        partners = self.told.partners(self._keys(moved))
        self.add(documents_of(self._connection, sorted({sha256 for sha256, _ in partners})))
        rows = [self.by_key[key].id for key in partners if key in self.by_key]
        return {row: self.claim_of[row] for row in rows if row in self.claim_of}

    def _keys(self, rows: Iterable[int]) -> Iterator[Key]:
        """Yield the keys of mentions, those of documents that went away too."""
        for part in _chunks(rows):
            query = select(contents.c.sha256, mentions.c.amount_start).select_from(
                mentions.join(documents, documents.c.id == mentions.c.document_id).join(
                    contents, contents.c.id == documents.c.content_id
                )
            )
            for row in self._connection.execute(query.where(mentions.c.id.in_(part))):
                yield row.sha256, row.amount_start


def claims_of_mentions(connection: Connection, ids: Iterable[int]) -> dict[int, int]:
    """Return the claim of each mention that has one, as stored."""
    found: dict[int, int] = {}
    for part in _chunks(ids):
        rows = connection.execute(_CLAIMS_OF, {"of": part})
        found.update({row.mention_id: row.claim_id for row in rows})
    return found


_CLAIMS_OF = select(claim_mentions.c.mention_id, claim_mentions.c.claim_id).where(
    claim_mentions.c.mention_id.in_(bindparam("of", expanding=True))
)


def _states(connection: Connection, ids: Iterable[int]) -> dict[int, ClaimState]:
    found: dict[int, ClaimState] = {}
    for part in _chunks(ids):
        found.update(read_states(connection, part))
    return found


def _documents_of_claims(connection: Connection, claims: Iterable[int]) -> list[int]:
    found: set[int] = set()
    for part in _chunks(claims):
        query = select(mentions.c.document_id).join(
            claim_mentions, claim_mentions.c.mention_id == mentions.c.id
        )
        found.update(connection.execute(query.where(claim_mentions.c.claim_id.in_(part))).scalars())
    return sorted(found)


def _chunks(values: Iterable[T]) -> Iterator[list[T]]:
    waiting = iter(values)
    while part := list(islice(waiting, CHUNK)):
        yield part
