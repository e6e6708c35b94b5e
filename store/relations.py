"""What claims are to each other, as their mentions say: a part of, on top of, instead of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from store.claim_rows import Placed
from store.claim_states import ClaimState, Row, in_key_order
from store.tables import claim_mentions, claim_relations


def with_relations(
    state: ClaimState,
    mention: Callable[[int], Placed],
    neighbours: Callable[[int], Iterable[Placed]],
    claim_of: Mapping[int, int],
) -> ClaimState:
    """Return a claim with the relations that its mentions state.

    A relation to the claim itself is none: two amounts that the text equates are one claim.

    Args:
        state: The claim.
        mention: Finds a mention by its row.
        neighbours: All mentions of a document, by its row.
        claim_of: Mention to claim, for every mention of the documents at hand.
    """
    claim = state.head["id"]
    rows: list[Row] = []
    for row in state.parts[claim_mentions.name]:
        one = mention(row["mention_id"])
        target = target_of(one, neighbours(one.document))
        if one.mention.relation and target and claim_of[target.id] != claim:
            said = {"type": one.mention.relation.type, "to_id": claim_of[target.id]}
            rows.append({"mention_id": one.id, "claim_id": claim, **said})
    parts = {**state.parts, claim_relations.name: in_key_order(claim_relations, rows)}
    return ClaimState(state.head, parts)


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
