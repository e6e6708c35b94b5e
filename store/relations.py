"""What claims are to each other, as their mentions say: a part of, on top of, instead of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from store.claim_rows import Placed
from store.claim_states import ClaimState, Row, in_key_order
from store.dedup.profile import Key
from store.tables import claim_mentions, claim_relations
from store.told import Told


class Surroundings:
    """The mentions of some documents, and the claims that they state.

    Attributes:
        told: What people decided.
        documents: Row of a document to its mentions.
        by_key: They by their keys.
        by_id: They by their rows.
        claim_of: Mention to claim.
    """

    def __init__(self, told: Told) -> None:
        """Know no document yet."""
        self.told = told
        self.documents: dict[int, list[Placed]] = {}
        self.by_key: dict[Key, Placed] = {}
        self.by_id: dict[int, Placed] = {}
        self.claim_of: dict[int, int] = {}

    def put(self, home: int, placed: Mapping[Key, Placed]) -> None:
        """Add a document with its mentions."""
        self.documents[home] = list(placed.values())
        self.by_key.update(placed)
        self.by_id.update({one.id: one for one in placed.values()})


def with_relations(state: ClaimState, here: Surroundings) -> ClaimState:
    """Return a claim with the relations that its mentions state, or people decided.

    A relation to the claim itself is none: two amounts that the text equates are one claim. Where a
    person says of what a mention is a part, that is its relation, and not what its text states. One
    to a mention that is in no claim yet, while claims are built, is written when it is in one.

    Args:
        state: The claim.
        here: The documents of its mentions, and those of mentions that these are parts of.
    """
    claim = state.head["id"]
    rows: list[Row] = []
    for row in state.parts[claim_mentions.name]:
        one = here.by_id[row["mention_id"]]
        found = ((kind, here.claim_of.get(to.id), by) for kind, to, by in _targets(one, here))
        for kind, to, by in found:
            if to not in (claim, None):
                said = {"type": kind, "to_id": to, "decision_id": by}
                rows.append({"mention_id": one.id, "claim_id": claim, **said})
                break
    parts = {**state.parts, claim_relations.name: in_key_order(claim_relations, rows)}
    return ClaimState(state.head, parts)


def _targets(one: Placed, here: Surroundings) -> Iterator[tuple[str, Placed, int | None]]:
    for decision, key in here.told.wholes(one.candidate):
        whole = here.by_key.get(key)
        if whole and here.told.means(whole.candidate):
            yield "part_of", whole, decision
    target = target_of(one, here.documents[one.document])
    if one.mention.relation and target:
        yield one.mention.relation.type, target, None


def target_of(one: Placed, others: Iterable[Placed]) -> Placed | None:
    """Return the mention that a relation points at; None when it points at no mention."""
    relation = one.mention.relation
    if relation is None:
        return None
    near = [
        other
        for other in others
        if other.id != one.id and other.mention.amount.span.overlaps(relation.to)
    ]
    exact = (other for other in near if other.mention.amount.span == relation.to)
    return next(exact, next(iter(near), None))
