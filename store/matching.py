"""From mentions to claims: what a change touches is grouped again, and nothing else.

The pots of one document depend on that document alone, so they are worked out once for each stored
document and kept in memory. Which pots of other documents hang together with them is found by the
intervals in `reaches`; `store.dedup.block.closure` says how far to follow.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from sqlalchemy import Connection, and_, false, or_, select

from records.money import MAX_MINOR, exponent, is_currency
from store.canonical import canonical
from store.claim_rows import Placed, claim_head
from store.claim_states import ClaimState, Row, in_key_order
from store.dedup.block import Reach, closure, reach
from store.dedup.candidate import Candidate, Key, LocalPot
from store.dedup.decide import Cluster
from store.dedup.local import local_pots
from store.dedup.memo import Verdicts
from store.mention_rows import read_day, read_mention
from store.tables import (
    IS_CURRENT,
    claim_mentions,
    claim_relations,
    contents,
    documents,
    matches,
    mentions,
    reaches,
)
from store.texts import Texts

KEPT_DOCUMENTS = 1000
"""Documents whose pots stay in memory."""


@dataclass(frozen=True)
class DocumentPots:
    """The mentions of one stored document, and its pots.

    Attributes:
        placed: By their keys, in the order of the text.
        pots: What `local_pots` made of them.
    """

    placed: Mapping[Key, Placed]
    pots: tuple[LocalPot, ...]


class Matching:
    """Pots of stored documents. Rows of documents never change, so what was read stays right.

    Attributes:
        verdicts: What was found of pairs of pots.
        texts: The documents' words.
    """

    def __init__(self) -> None:
        """Know nothing yet."""
        self._kept: OrderedDict[int, DocumentPots] = OrderedDict()
        self.verdicts = Verdicts()
        self.texts = Texts()

    def pots_of(self, connection: Connection, document: int) -> DocumentPots:
        """Return the pots of one document, by its row."""
        if document not in self._kept:
            self._kept[document] = _read_pots(connection, document)
            if len(self._kept) > KEPT_DOCUMENTS:
                self._kept.popitem(last=False)
        self._kept.move_to_end(document)
        return self._kept[document]

    def forget(self) -> None:
        """Know nothing again: after a transaction that did not go through."""
        self._kept.clear()
        self.verdicts.forget()
        self.texts.forget()

    def hanging_together(self, connection: Connection, document: int) -> list[LocalPot]:
        """Return the pots of a document and all that must be grouped again with them.

        The document need not have its rows in `reaches` yet.
        """
        own = self.pots_of(connection, document).pots
        known: dict[tuple[Reach, ...], list[LocalPot]] = {}  # equal amounts have equal neighbours

        def neighbours(pot: LocalPot) -> Iterable[LocalPot]:
            intervals = reach(pot)
            if intervals not in known:
                stored = self.near(connection, intervals)
                known[intervals] = [*own, *(other for _, other in stored)]
            return known[intervals]

        return closure(own, neighbours, self.verdicts.judge)

    def near(
        self, connection: Connection, intervals: Iterable[Reach]
    ) -> Iterator[tuple[DocumentPots, LocalPot]]:
        """Yield the current pots that share one of the intervals, each with its document."""
        for home, first in _within_reach(connection, intervals):
            found = self.pots_of(connection, home)
            yield from ((found, one) for one in found.pots if found.placed[one.key].id == first)


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
    intervals = [
        {"mention_id": placed(pot.key).id, "number": number, **claim, **_reach_columns(one)}
        for pot in cluster.members
        for number, one in enumerate(reach(pot))
    ]
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
            reaches.name: in_key_order(reaches, intervals),
            matches.name: in_key_order(matches, pairs),
            claim_relations.name: list(relations),
        },
    )


def _read_pots(connection: Connection, document: int) -> DocumentPots:
    rows = connection.execute(
        select(mentions, documents.c.published, documents.c.country, contents.c.sha256)
        .join(documents, documents.c.id == mentions.c.document_id)
        .join(contents, contents.c.id == documents.c.content_id)
        .where(mentions.c.document_id == document)
        .order_by(mentions.c.amount_start)
    ).mappings()
    found = [_placed(dict(row)) for row in rows]
    return DocumentPots(
        placed={one.candidate.key: one for one in found},
        pots=tuple(local_pots([one.candidate for one in found])),
    )


def _placed(row: Row) -> Placed:
    return Placed(
        id=row["id"],
        number=row["number"],
        document=row["document_id"],
        candidate=Candidate(
            document=row["sha256"],
            mention=read_mention(row),
            published=read_day(row["published"]),
            country=row["country"] or "GB",
            before=row["sentence"][: row["amount_start"] - row["sentence_start"]],
            after=row["sentence"][row["amount_end"] - row["sentence_start"] :],
        ),
    )


def _within_reach(connection: Connection, intervals: Iterable[Reach]) -> Sequence[tuple[int, int]]:
    """Return document row and first mention of every current pot that shares an interval."""
    overlaps = [
        and_(
            reaches.c.currency == row["currency"],
            reaches.c.rate.is_not_distinct_from(row["rate"]),
            reaches.c.reach_low <= row["reach_high"],
            reaches.c.reach_high >= row["reach_low"],
        )
        for row in map(_reach_columns, intervals)
    ]
    query = (
        select(mentions.c.document_id, mentions.c.id)
        .join(reaches, reaches.c.mention_id == mentions.c.id)
        .join(documents, documents.c.id == mentions.c.document_id)
        .where(IS_CURRENT, or_(false(), *overlaps))
        .distinct()
        .order_by(mentions.c.id)
    )
    return [(row[0], row[1]) for row in connection.execute(query)]


def _reach_columns(found: Reach) -> dict[str, str | int | None]:
    """Return an interval in minor units; widened to whole ones, which can only find more."""
    return {
        "currency": found.currency,
        "rate": found.rate,
        "reach_low": _whole(found.low, found.currency, ROUND_FLOOR),
        "reach_high": _whole(found.high, found.currency, ROUND_CEILING),
    }


def _whole(value: Decimal, currency: str, rounding: str) -> int:
    scale = exponent(currency) if is_currency(currency) else 0
    minor = int(value.scaleb(scale).to_integral_value(rounding))
    return max(-MAX_MINOR, min(MAX_MINOR, minor))
