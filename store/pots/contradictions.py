"""Alarms about what texts relate: parts that come to more than their whole, parts in a circle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from graphlib import CycleError, TopologicalSorter

from records.claim import Claim, StoredMention
from store.exports.csv import quoted_mention
from store.pots.alarm import Alarm
from store.pots.model import Pot


def sums(pots: Iterable[Pot]) -> Iterator[Alarm]:
    """Yield an alarm for each whole whose parts come to more."""
    for root in pots:
        for branch in root.tree():
            pot = branch.pot
            if pot.check and pot.check.verdict == "does not add up":
                claims = [pot.claim, *(part.claim for part in pot.parts)]
                yield Alarm(
                    "sum",
                    f"{pot.claim.id}: {pot.check.words}; a figure is wrong, or parts overlap",
                    tuple(one.id for one in claims),
                    tuple(map(quoted_mention, claims)),
                )


def circles(claims: Sequence[Claim]) -> Iterator[Alarm]:
    """Yield an alarm for each circle of claims that are stated as parts of each other.

    Args:
        claims: In an order that every store shares; relations to others count for nothing.
    """
    by_id = {claim.id: claim for claim in claims}
    for claim in claims:
        if stating := _part_of_itself(claim):
            words = f"{claim.id} is stated as a part of itself"
            yield Alarm("circle", words, (claim.id,), stating)
    place = {claim.id: number for number, claim in enumerate(claims)}
    wholes = {claim.id: _wholes(claim, place) for claim in claims}
    while circle := _circle(wholes):
        at = circle.index(min(circle, key=place.__getitem__))
        names = (*circle[at:], *circle[:at])
        way = " is a part of ".join((*names, names[0]))
        quotes = [_stating(by_id[a], b) for a, b in zip(names, (*names[1:], names[0]), strict=True)]
        yield Alarm("circle", f"texts contradict each other: {way}", names, tuple(quotes))
        for name in names:
            del wholes[name]


def _wholes(claim: Claim, place: dict[str, int]) -> list[str]:
    found = {one.to for one in claim.relations if one.type == "part_of" and one.to in place}
    return sorted(found, key=place.__getitem__)


def _circle(wholes: dict[str, list[str]]) -> list[str] | None:
    """Return claims, each a part of the next and the last of the first; None without a circle."""
    graph = {part: [one for one in found if one in wholes] for part, found in wholes.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        return circle[:0:-1]  # each stands there before what it is a whole of
    return None


def _stating(claim: Claim, whole: str) -> StoredMention:
    """Return the mention that states that a claim is a part of another."""
    names = {name for one in claim.relations if one.to == whole for name in one.mentions}
    return next((one for one in claim.mentions if one.id in names), quoted_mention(claim))


def _part_of_itself(claim: Claim) -> tuple[StoredMention, ...]:
    """Return the two mentions of a claim of which one is stated as a part of the other."""
    for one in claim.mentions:
        relation = one.counted.relation
        if relation is None or relation.type != "part_of":
            continue
        for other in claim.mentions:
            same = other.provenance.document == one.provenance.document
            if same and other is not one and other.mention.amount.span.overlaps(relation.to):
                return one, other
    return ()
