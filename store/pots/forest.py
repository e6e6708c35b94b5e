"""Which claim is a part of which, and which one stands for another: trees, whatever texts say.

Texts can contradict each other, so what they state need not be a tree. Every choice here follows
from what the texts say and from where they say it, never from the order of ingestion.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from records.claim import Claim, ClaimRelation
from store.pots.sums import point_of

Place = tuple[str, int, int]


class Edge(NamedTuple):
    """One claim placed under another, by their ids."""

    below: str
    above: str


def grow(edges: Iterable[Edge]) -> dict[str, str]:
    """Return the forest, as below to above, that edges taken one after the other make.

    An edge is left out where its lower end hangs somewhere already, or where it closes a circle.
    """
    above: dict[str, str] = {}
    shortcut: dict[str, str] = {}  # to somewhere above, so that deep trees stay cheap

    def root(node: str) -> str:
        way = []
        while node in shortcut:
            way.append(node)
            node = shortcut[node]
        shortcut.update(dict.fromkeys(way, node))
        return node

    for edge in edges:
        if edge.below not in above and (top := root(edge.above)) != edge.below:
            above[edge.below] = edge.above
            shortcut[edge.below] = top
    return above


def whole_of(claims: Sequence[Claim], stands_for: Mapping[str, str]) -> dict[str, str]:
    """Return part to whole, by their ids, as a forest.

    A claim that is stated as a part of two goes under the smaller that can hold it. A whole in
    another currency holds nothing. A circle is opened where what it states is least likely.

    Args:
        claims: Relations to others count for nothing.
        stands_for: What `stand_ins` returns: their parts are those of the figures they stand for,
            and they are parts of what these are parts of.
    """
    by_id = {claim.id: claim for claim in claims}
    ranked = []
    for claim in claims:
        part = by_id.get(stands_for.get(claim.id, claim.id))
        for relation in claim.relations:
            whole = by_id.get(stands_for.get(relation.to, relation.to))
            if part and whole and relation.type == "part_of" and part.currency == whole.currency:
                rank = (part is not claim, *_preference(part, whole, relation))
                ranked.append((rank, Edge(part.id, whole.id)))
    return grow(edge for _, edge in sorted(ranked))


def stand_ins(claims: Sequence[Claim]) -> dict[str, str]:
    """Return a claim that counts no more to the one that stands for it in the end, by their ids.

    A figure that was replaced gives way to the new one. Where figures replace each other in a
    circle, as a sum that is raised and cut again, what was said last holds.
    """
    by_id = {claim.id: claim for claim in claims}
    ranked = []
    for claim in claims:
        days = {one.id: one.provenance.published for one in claim.mentions}
        for relation in claim.relations:
            if relation.type == "replaces" and relation.to in by_id:
                said = [day for name in relation.mentions if (day := days.get(name))]
                last = -max(said, default=date.min).toordinal()
                places = (place_of(by_id[relation.to]), place_of(claim))
                ranked.append((last, places, Edge(relation.to, claim.id)))
    newer = grow(edge for *_, edge in sorted(ranked))
    last_of: dict[str, str] = {}
    for older in newer:
        way, claim_id = [], older
        while claim_id in newer and claim_id not in last_of:
            way.append(claim_id)
            claim_id = newer[claim_id]
        last_of.update(dict.fromkeys(way, last_of.get(claim_id, claim_id)))
    return last_of


def place_of(claim: Claim) -> Place:
    """Return where a claim is first stated, by content: an order that every store shares.

    Its number comes last, for claims that share a place.
    """
    places = [(one.provenance.sha256, one.mention.amount.span.start) for one in claim.mentions]
    return (*min(places, default=("", 0)), number_of(claim))


def number_of(claim: Claim) -> int:
    """Return the number in a claim's id."""
    return int(claim.id[1:])


def _preference(
    part: Claim, whole: Claim, relation: ClaimRelation
) -> tuple[bool, Decimal, int, Place, Place]:
    """Sort wholes that can hold the part first, smaller before larger, oftener said before."""
    amount, share = point_of(whole), point_of(part)
    fits = amount is not None and (share is None or share <= amount)
    often = -len(relation.mentions)
    return not fits, amount or Decimal(0), often, place_of(part), place_of(whole)
