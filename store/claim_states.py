"""A claim with all its rows, as one record: read, compared, written and committed to together."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, delete, select, update

from store import ledger
from store.bulk import insert_all
from store.tables import claim_mentions, claim_relations, claims, matches

PARTS: tuple[Table, ...] = (claim_mentions, matches, claim_relations)
Row = Mapping[str, Any]


@dataclass(frozen=True)
class ClaimState:
    """A claim's row and the rows under it.

    Attributes:
        head: The row in `claims`; with its random bytes only when it was read from the store.
        parts: Table name to rows, in the order of their keys.
    """

    head: Row
    parts: Mapping[str, Sequence[Row]] = field(default_factory=dict)

    def says_the_same(self, other: ClaimState | None) -> bool:
        """Tell whether two states differ in nothing but their random bytes."""
        return other is not None and self.form() == other.form()

    def commitment(self) -> bytes:
        """Return the commitment to a state that was read from the store."""
        return ledger.group_commitment("claims", self.head, self.parts)

    def form(self) -> tuple[object, ...]:
        """Return all that two equal states have in common."""
        head = {name: value for name, value in self.head.items() if name != "nonce"}
        return head, [list(self.parts.get(table.name, ())) for table in PARTS]


def in_key_order(table: Table, rows: Iterable[Row]) -> list[Row]:
    """Return rows as `read_states` does, so that equal states are equal."""
    keys = [column.name for column in table.primary_key]
    return sorted(rows, key=lambda row: tuple(row[key] for key in keys))


def read_states(connection: Connection, ids: Iterable[int]) -> dict[int, ClaimState]:
    """Read claims by their ids; an id that does not exist is left out."""
    chosen = list(ids)
    parts: dict[int, dict[str, list[Row]]] = defaultdict(
        lambda: {table.name: [] for table in PARTS}
    )
    for table in PARTS:
        query = select(table).where(table.c.claim_id.in_(chosen)).order_by(*table.primary_key)
        for row in connection.execute(query).mappings():
            parts[row["claim_id"]][table.name].append(dict(row))
    heads = connection.execute(select(claims).where(claims.c.id.in_(chosen))).mappings()
    return {head["id"]: ClaimState(dict(head), parts[head["id"]]) for head in heads}


def write_states(
    connection: Connection, before: Mapping[int, ClaimState], after: Mapping[int, ClaimState]
) -> dict[str, bytes | None]:
    """Bring claims from one state to another, and return what the ledger is to hold of it.

    Args:
        connection: In a writing transaction.
        before: As they stand in the store.
        after: As they shall stand; a claim of `before` that is not here goes away.

    Returns:
        Record to commitment, for every claim that changed; None for one that went away.
    """
    changed = {
        claim: ClaimState({**state.head, "nonce": secrets.token_bytes(32)}, state.parts)
        for claim, state in after.items()
        if not state.says_the_same(before.get(claim))
    }
    gone = before.keys() - after.keys()
    stale = [*(changed.keys() & before.keys()), *gone]
    for table in reversed(PARTS) if stale else ():
        connection.execute(delete(table).where(table.c.claim_id.in_(stale)))
    for claim in changed.keys() & before.keys():
        head = changed[claim].head
        connection.execute(update(claims).where(claims.c.id == claim).values(**head))
    if gone:
        connection.execute(delete(claims).where(claims.c.id.in_(gone)))
    heads = [state.head for claim, state in changed.items() if claim not in before]
    insert_all(connection, claims, heads)
    for table in PARTS:
        rows = [row for state in changed.values() for row in state.parts.get(table.name, ())]
        insert_all(connection, table, rows)
    commits = {f"claims/{claim}": state.commitment() for claim, state in changed.items()}
    return {**commits, **{f"claims/{claim}": None for claim in gone}}
