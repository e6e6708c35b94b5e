"""From mentions to claims: what a change touches is grouped again, and nothing else.

The pots of one document depend on that document alone, so they are worked out once for each stored
document and kept in memory. Which pots of other documents they are compared with is found by lists
(`store.dedup.index`); `store.dedup.graph.closure` says how far to follow.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from sqlalchemy import Connection, bindparam, select

from store import listing
from store.canonical import canonical
from store.claim_rows import Placed, claim_head
from store.claim_states import ClaimState, Row, in_key_order
from store.dedup import index
from store.dedup.candidate import Candidate, LocalPot
from store.dedup.decide import Cluster
from store.dedup.graph import Edge, Edges, closure
from store.dedup.local import local_pots
from store.dedup.memo import Verdicts
from store.dedup.profile import Key, Profile
from store.listing import Sides
from store.mention_rows import read_day, read_mention
from store.tables import (
    IS_CURRENT,
    claim_mentions,
    claim_relations,
    contents,
    documents,
    matches,
    mentions,
)
from store.texts import Texts
from store.told import NOTHING_TOLD, Stamp, Told, read_told, stamp

KEPT_DOCUMENTS = 1000
"""Documents whose pots stay in memory."""
CHUNK = 5000
"""Ids bound at once; SQLite takes 32,766."""


@dataclass(frozen=True)
class DocumentPots:
    """The mentions of one stored document, and its pots.

    Attributes:
        placed: By their keys, in the order of the text.
        pots: What `local_pots` made of them.
        by_mention: The same by the row of their first mention.
    """

    placed: Mapping[Key, Placed]
    pots: tuple[LocalPot, ...]
    by_mention: Mapping[int, LocalPot]


Standing = tuple[DocumentPots, LocalPot]  # a home, and a pot of it


class Matching:
    """Pots of stored documents. Rows of documents never change, so what was read stays right.

    Attributes:
        verdicts: What was found of pairs of pots.
        texts: The documents' words.
        told: What people decided.
    """

    def __init__(self) -> None:
        """Know nothing yet."""
        self.told: Told = NOTHING_TOLD
        self._stamp: Stamp = (0, 0, 0)
        self._kept: OrderedDict[int, DocumentPots] = OrderedDict()
        self._homes: dict[int, DocumentPots] = {}  # the same by the first mentions of their pots
        self.verdicts = Verdicts()
        self.texts = Texts()

    def pots_of(self, connection: Connection, document: int) -> DocumentPots:
        """Return the pots of one document, by its row."""
        if document not in self._kept:
            self._kept[document] = found = _read_pots(connection, document, self.told)
            self._homes.update(dict.fromkeys(found.by_mention, found))
            if len(self._kept) > KEPT_DOCUMENTS:
                for mention in self._kept.popitem(last=False)[1].by_mention:
                    del self._homes[mention]
        self._kept.move_to_end(document)
        return self._kept[document]

    def forget(self) -> None:
        """Know nothing again: after a transaction that did not go through."""
        self.told, self._stamp = NOTHING_TOLD, (0, 0, 0)
        self._forget_pots()
        self.texts.forget()

    def heed(self, connection: Connection) -> None:
        """Learn what people decided since; pots that were drawn up without it are forgotten."""
        now = stamp(connection)
        if now != self._stamp:
            self._forget_pots()
            self.told, self._stamp = read_told(connection), now

    def _forget_pots(self) -> None:
        self._kept.clear()
        self._homes.clear()
        self.verdicts.forget()

    def enter(self, connection: Connection, document: int) -> dict[Key, LocalPot]:
        """Put the pots of a document that has come into their lists.

        Returns:
            Its pots, and others whose edges its coming changes.
        """
        own = self.pots_of(connection, document)
        touched = {pot.key: pot for pot in own.pots}
        for pot in own.pots:
            touched.update(self._disturbed(connection, pot))
            listing.enter(connection, pot.profile, own.placed[pot.key].id)
        return touched

    def leave(self, connection: Connection, document: int) -> dict[Key, LocalPot]:
        """Take the pots of a document that goes out of their lists.

        Returns:
            Pots of others that hang together with its pots, or that its going brings together.
        """
        own = self.pots_of(connection, document)
        touched: dict[Key, LocalPot] = {}
        for pot in own.pots:
            touched.update(self._disturbed(connection, pot))
            if pot.profile.party:
                same = self._same(connection, pot.profile.party)
                touched.update({one.key: one for _, one in same})
            listing.leave(connection, own.placed[pot.key].id)
        return {key: one for key, one in touched.items() if key not in own.placed}

    def hanging_together(
        self, connection: Connection, touched: Iterable[LocalPot]
    ) -> tuple[list[LocalPot], list[Edge]]:
        """Return all pots that must be grouped again with some, in key order, and their edges.

        Every current pot must be in its lists.
        """
        edges, pots = self._edges(connection)
        changed = {pot.key: pot for pot in touched}
        pots.update(changed)
        found, joined = closure([pot.profile for pot in changed.values()], edges)
        return [pots[one.key] for one in found], joined

    def near(self, connection: Connection, profile: Profile) -> Iterator[Standing]:
        """Yield the pots that a pot is compared with, or one by decision, each with its home."""
        if profile.party:
            yield from self._same(connection, profile.party)
        yield from self._standing(connection, listing.around(connection, profile)).values()

    def _standing(self, connection: Connection, around: Iterable[Sides]) -> dict[int, Standing]:
        """Return the pots of some lists, each once and with its home, by their first mentions."""
        # Most of what is alike stands near in several lists.
        firsts = dict.fromkeys(one for sides in around for one in chain(*sides))
        homes = {one: self._homes.get(one) for one in firsts}
        unknown = iter([one for one, home in homes.items() if home is None])
        while part := list(islice(unknown, CHUNK)):
            rows = connection.execute(_DOCUMENTS_OF, {"of": part}).all()
            homes.update((one, self.pots_of(connection, document)) for one, document in rows)
        return {one: (home, home.by_mention[one]) for one, home in homes.items() if home}

    def _same(self, connection: Connection, party: Key) -> Iterator[Standing]:
        """Yield the current pots of those mentions that a person says are the same."""
        hashes = sorted({sha256 for sha256, _ in self.told.decisions.members(party)})
        for document in documents_of(connection, hashes):
            home = self.pots_of(connection, document)
            yield from ((home, pot) for pot in home.pots if pot.profile.party == party)

    def _disturbed(self, connection: Connection, pot: LocalPot) -> dict[Key, LocalPot]:
        """Return the pots whose edges change when one comes that is not listed yet, or goes.

        These are the pots that it has an edge to, those that are compared only where it is not, and
        the pots that an edge which counts for being the best of any of these leads to.
        """
        around = list(listing.around(connection, pot.profile))
        near = {one: pot for one, (_, pot) in self._standing(connection, around).items()}
        found = {one.key: one for one in near.values() if self._join(pot, one)}
        for sides in around:
            across = self._across(*([near[one] for one in side] for side in sides))
            found.update((one.key, one) for one in across)
        edges, pots = self._edges(connection)
        held = [other.key for one in found.values() for other in edges.held(one.profile)]
        return found | {key: pots[key] for key in held}

    def _edges(self, connection: Connection) -> tuple[Edges, dict[Key, LocalPot]]:
        """Return the edges of stored pots, and a place where these pots are kept as they come."""
        pots: dict[Key, LocalPot] = {}

        def neighbours(profile: Profile) -> Iterator[Profile]:
            for _, pot in self.near(connection, profile):
                pots[pot.key] = pot
                yield pot.profile

        return Edges(neighbours, self.verdicts.compare), pots

    def _across(self, before: Sequence[LocalPot], after: Sequence[LocalPot]) -> Iterator[LocalPot]:
        """Yield pots that are compared only as long as nothing stands between them, and join."""
        for near, one in enumerate(before):
            far = index.WINDOW - 1 - near
            if far < len(after) and self._join(one, other := after[far]):
                yield from (one, other)

    def _join(self, one: LocalPot, other: LocalPot) -> bool:
        return self.verdicts.compare(one.profile, other.profile).joins


def claim_state(
    cluster: Cluster, placed: Callable[[Key], Placed], relations: Sequence[Row] = ()
) -> ClaimState:
    """Return the claim that a cluster is.

    Args:
        cluster: Of pots.
        placed: Finds a mention of the store by its key.
        relations: Rows of `claim_relations`.
    """
    members = [placed(one.key) for pot in cluster.members for one in pot.candidates]
    head = claim_head(members)
    claim = {"claim_id": head["id"]}
    pairs = []
    for match in cluster.matches:
        left, right = sorted((placed(match.left), placed(match.right)), key=lambda one: one.number)
        reasons = [[one.code, one.weight, one.text] for one in match.reasons]
        pairs.append(
            {
                **{"left_id": left.id, "right_id": right.id, "score": match.score},
                **claim,
                "reasons": canonical(reasons).decode(),
            }
        )
    return ClaimState(
        head,
        {
            claim_mentions.name: in_key_order(
                claim_mentions, ({"mention_id": one.id, **claim} for one in members)
            ),
            matches.name: in_key_order(matches, pairs),
            claim_relations.name: list(relations),
        },
    )


def documents_of(connection: Connection, hashes: Iterable[str]) -> list[int]:
    """Return the rows of the current documents of some bytes."""
    waiting = iter(hashes)
    found: list[int] = []
    while part := list(islice(waiting, CHUNK)):
        query = select(documents.c.id).join(contents, contents.c.id == documents.c.content_id)
        query = query.where(contents.c.sha256.in_(part), IS_CURRENT)
        found += connection.execute(query).scalars()
    return found


def _read_pots(connection: Connection, document: int, told: Told) -> DocumentPots:
    rows = connection.execute(_MENTIONS, {"document": document}).mappings()
    found = [_placed(dict(row), told) for row in rows]
    placed = {one.candidate.key: one for one in found}
    candidates = [one.candidate for one in found]
    pots = tuple(local_pots(candidates, told.heeded(candidates)))
    return DocumentPots(placed, pots, {placed[pot.key].id: pot for pot in pots})


_OF = mentions.c.id.in_(bindparam("of", expanding=True))
_DOCUMENTS_OF = select(mentions.c.id, mentions.c.document_id).where(_OF)
_MENTIONS = (
    select(mentions, documents.c.published, documents.c.country, contents.c.sha256)
    .join(documents, documents.c.id == mentions.c.document_id)
    .join(contents, contents.c.id == documents.c.content_id)
    .where(mentions.c.document_id == bindparam("document"))
    .order_by(mentions.c.amount_start)
)


def _placed(row: Row, told: Told) -> Placed:
    read = read_mention(row)
    corrected = told.corrected(row["sha256"], read)
    return Placed(
        id=row["id"],
        number=row["number"],
        document=row["document_id"],
        candidate=Candidate(
            document=row["sha256"],
            mention=corrected or read,
            published=read_day(row["published"]),
            country=row["country"] or "GB",
            before=row["sentence"][: row["amount_start"] - row["sentence_start"]],
            after=row["sentence"][row["amount_end"] - row["sentence_start"] :],
            written=row["amount_text"] if corrected else None,
        ),
    )
