"""What an export is made of: all that a store holds, or what answers a question."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

from sqlalchemy import Column, Connection, Select, select, union

from records.claim import Claim
from records.decision import Decision
from store.decisions import read_decisions
from store.documents import read_all_stored, read_stored
from store.provenance import read_claims
from store.query import claim_ids, select_claims
from store.question import Question
from store.results import StoredDocument
from store.tables import claim_mentions, claims, documents, mentions, wordings


class Selection:
    """Chosen claims, the documents that state them, and the decisions about them.

    All is read from one snapshot, one record in memory at a time; only ids are held.

    Attributes:
        connection: In a reading transaction.
        advance: Told how many of how many steps are done, by what takes long.
    """

    def __init__(self, connection: Connection, question: Question | None = None) -> None:
        """Choose the claims that answer `question`, in its order; None for all that there is."""
        self.connection = connection
        self._question = question
        self.advance: Callable[[int, int], None] = lambda done, total: None

    @property
    def whole(self) -> bool:
        """Whether nothing is left out."""
        return self._question is None

    @property
    def asked(self) -> str:
        """The question, as it was asked; empty without one."""
        return self._question.text if self._question else ""

    def mention_numbers(self) -> list[int]:
        """Return the numbers of the mentions that state the chosen claims, in order."""
        return list(self.connection.execute(self._stating(mentions.c.number)).scalars())

    @cached_property
    def claim_ids(self) -> list[int]:
        """The chosen claims, in the order of the question, or of their ids where it has none."""
        if self._question is None:
            query = select(claims.c.id).order_by(claims.c.id)
            return list(self.connection.execute(query).scalars())
        return claim_ids(self.connection, self._question)

    def claims(self) -> Iterator[Claim]:
        """Yield the chosen claims."""
        return read_claims(self.connection, self.claim_ids)

    def documents(self) -> Iterator[StoredDocument]:
        """Yield the documents that state a chosen claim, whole, in the order of their ids."""
        if self.whole:
            yield from read_all_stored(self.connection)
            return
        for number in self.connection.execute(self._stating(documents.c.number)).scalars().all():
            yield read_stored(self.connection, number)

    def contents(self) -> Select[int]:
        """Return a query for the bytes of those documents, and of those that they are echoes of."""
        stating = self._stating(documents.c.id).order_by(None)
        origins = select(wordings.c.origin_id).where(wordings.c.document_id.in_(stating))
        ids = union(stating, origins.where(wordings.c.origin_id.is_not(None))).subquery()
        return select(documents.c.content_id).where(documents.c.id.in_(select(ids.c[0])))

    def decisions(self) -> Iterator[Decision]:
        """Yield what was decided about the chosen claims, also what was taken back.

        Of a whole store that is every decision, also about mentions that no longer stand.
        """
        found = read_decisions(self.connection)
        if self.whole:
            yield from found
            return
        numbers = self.connection.execute(self._stating(mentions.c.number)).scalars()
        named = {f"m{number}" for number in numbers}
        yield from (one for one in found if any(side.id in named for side in one.sides))

    def _stating(self, column: Column[int]) -> Select[int]:
        """Return a query for a column of the mentions of chosen claims, or of their documents."""
        return (
            select(column)
            .select_from(claim_mentions)
            .join(mentions, mentions.c.id == claim_mentions.c.mention_id)
            .join(documents, documents.c.id == mentions.c.document_id)
            .where(claim_mentions.c.claim_id.in_(self._chosen))
            .distinct()
            .order_by(column)
        )

    @cached_property
    def _chosen(self) -> Select[int]:
        if self._question is None:
            return select(claims.c.id)
        return select_claims(self.connection, self._question)
