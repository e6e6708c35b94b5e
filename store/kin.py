"""Which claims hang together: what a question asks for, with all that texts relate to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from sqlalchemy import BindParameter, Connection, bindparam, select

from store.provenance import BATCH
from store.tables import claim_relations

_OF: BindParameter[int] = bindparam("of", expanding=True)
_SIDES = (
    select(claim_relations.c.to_id).where(claim_relations.c.claim_id.in_(_OF)),
    select(claim_relations.c.claim_id).where(claim_relations.c.to_id.in_(_OF)),
)


def with_kin(connection: Connection, ids: Sequence[int]) -> list[int]:
    """Return claims and every claim that a chain of relations leads to from them, by their ids.

    What texts state of pots follows from such chains alone, so these claims make the same pots as
    all claims of a store do, but for parts that only their sums tell (`store.pots.unstated`).
    """
    found = set(ids)
    waiting = list(found)
    while waiting:
        waiting = [one for one in set(_next_to(connection, waiting)) if one not in found]
        found.update(waiting)
    return sorted(found)


def _next_to(connection: Connection, ids: Sequence[int]) -> Iterator[int]:
    rest = iter(ids)
    while batch := list(islice(rest, BATCH)):
        for side in _SIDES:
            yield from connection.execute(side, {"of": batch}).scalars()
