"""Write what a person decides, and take it back; the claims follow at once.

A decision that contradicts others is refused, with the names of those: whoever means it takes them
back first. So what holds never contradicts itself, and nothing is overwritten.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from records.decision import Decision
from records.errors import (
    ClaimNotFoundError,
    DecisionConflictError,
    SettingsError,
    StoreError,
)
from store import ledger
from store.contradictions import refuse_circle, refuse_contradiction
from store.corrections import changes_a_field
from store.decisions import NOT_TAKEN_BACK, place_of, read_decisions
from store.dedup.candidate import LocalPot
from store.dedup.profile import Key
from store.instants import now_text
from store.matching import Matching, documents_of
from store.regroup import regroup
from store.rows import name_text
from store.saying import Saying, decision_of, decision_row, mention_named
from store.tables import (
    decision_undos,
    decisions,
)
from store.told import read_told
from store.write import insert_row, next_id, number_of

Row = Mapping[str, Any]


def decide(connection: Connection, matching: Matching, saying: Saying) -> Decision:
    """Write a decision; what the same person decided before, word for word, is not written again.

    Args:
        connection: In a writing transaction.
        matching: Pots of stored documents.
        saying: What, by whom and why.

    Raises:
        ClaimNotFoundError: The store has no such id.
        SettingsError: A corrected value cannot be read, or has nothing to be about.
        DecisionConflictError: It contradicts what was decided, or makes something part of itself.
    """
    mentions_named = [mention_named(connection, name) for name in saying.names]
    number = next_id(connection, decisions.c.id)
    decision = decision_of(saying, mentions_named, f"w{number}")
    held = read_decisions(connection, NOT_TAKEN_BACK)
    if known := next((one for one in held if _says_the_same(one, decision)), None):
        return known
    refuse_contradiction(decision, held)
    row = {"id": number, **decision_row(decision, mentions_named)}
    commits: dict[str, bytes | None] = dict([insert_row(connection, decisions, row)])
    commits.update(_regrouped(connection, matching, decision))
    refuse_circle(connection, decision)
    ledger.append(connection, "decision", {"decision": number}, commits)
    return decision


def contradictions(connection: Connection, sayings: Iterable[tuple[str, Saying]]) -> dict[int, str]:
    """Say which of some decisions contradict what holds, or those before them; nothing is written.

    Args:
        connection: In a transaction.
        sayings: Each with the name that messages call it by.

    Returns:
        Place to what stands against it.

    Raises:
        ClaimNotFoundError: The store has no such id.
    """
    held = read_decisions(connection, NOT_TAKEN_BACK)
    found: dict[int, str] = {}
    for place, (name, saying) in enumerate(sayings):
        named = [mention_named(connection, one) for one in saying.names]
        try:
            decision = decision_of(saying, named, name)
            refuse_contradiction(decision, held)
        except (DecisionConflictError, SettingsError) as error:
            found[place] = str(error)
        else:
            held.append(decision)
    return found


def decide_all(
    connection: Connection, matching: Matching, sayings: Sequence[Saying]
) -> list[Decision]:
    """Write decisions one after the other.

    Raises:
        ClaimNotFoundError: The store has no such id.
        DecisionConflictError: One cannot hold; `place` tells which.
    """
    made = []
    for place, saying in enumerate(sayings):
        try:
            made.append(decide(connection, matching, saying))
        except DecisionConflictError as error:
            error.place = place
            raise
    return made


def undo_decision(
    connection: Connection, matching: Matching, name: str, by: str, reason: str | None
) -> Decision:
    """Take a decision back; nothing is deleted.

    Raises:
        ClaimNotFoundError: There is none of this id.
        StoreError: It was taken back already.
    """
    number = number_of("w", name)
    found = read_decisions(connection, decisions.c.id == number)
    if not found:
        raise ClaimNotFoundError(f"no {name} in this store; list all with: earmark decisions")
    (decision,) = found
    if decision.taken_back:
        raise StoreError(f"{name} was taken back already, by {decision.taken_back.by}")
    row = {
        "decision_id": number,
        "undone_by": name_text(by),
        "undone_at": now_text(),
        "reason": reason and name_text(reason),
    }
    commits: dict[str, bytes | None] = dict([insert_row(connection, decision_undos, row)])
    commits.update(_regrouped(connection, matching, decision))
    ledger.append(connection, "decision-undo", {"decision": number}, commits)
    return read_decisions(connection, decisions.c.id == number)[0]


def _regrouped(
    connection: Connection, matching: Matching, decision: Decision
) -> dict[str, bytes | None]:
    """Group again what hangs together with its mentions, now that a decision came or went.

    Their documents leave as they were grouped before, and enter as they are now; so do those of
    all mentions that are the same by decision, before or after.
    """
    if decision.word == "not_sure" or not (decision.other or changes_a_field(decision)):
        return {}
    named = [(one.sha256, one.start) for one in decision.sides]
    before = matching.told
    touched: dict[Key, LocalPot] = {}
    after = read_told(connection)
    keys = {
        key
        for mention in named
        for told in (before, after)
        for key in (mention, *told.decisions.members(told.decisions.party(mention) or mention))
    }
    homes = documents_of(connection, sorted({sha256 for sha256, _ in keys}))
    own = {pot.key for home in homes for pot in matching.pots_of(connection, home).pots}
    for home in homes:
        touched.update(matching.leave(connection, home))
    touched = {key: pot for key, pot in touched.items() if key not in own}
    matching.heed(connection)
    for home in homes:
        touched.update(matching.enter(connection, home))
    return regroup(connection, matching, touched.values(), ()).commits


def _says_the_same(one: Decision, other: Decision) -> bool:
    ours, theirs = ([place_of(side) for side in each.sides] for each in (one, other))
    turned = one.word != "part_of" and ours == theirs[::-1]
    same = (one.word, one.by, one.field, one.value) == (
        *(other.word, other.by, other.field, other.value),
    )
    return same and (ours == theirs or turned)
