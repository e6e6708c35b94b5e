"""Decisions that cannot hold together with others: found before anything is written for good."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, select

from records.decision import Decision
from records.errors import DecisionConflictError
from store.decisions import Place, place_of
from store.tables import claim_mentions, claim_relations, mentions

Ways = Mapping[Place, Sequence[tuple[Place, Decision]]]


def refuse_contradiction(new: Decision, held: Iterable[Decision]) -> None:
    """Refuse a decision that cannot hold together with those that hold.

    `not_sure` contradicts nothing. `same` carries over: a is b and b is c says that a is c.

    Raises:
        DecisionConflictError: It contradicts some; the message names them.
    """
    others = [one for one in held if one.word != "not_sure"]
    if new.word == "not_sure":
        return
    if new.field is not None:
        _refuse_field(new, others)
    else:
        _refuse_pair(new, others)


def refuse_circle(connection: Connection, decision: Decision) -> None:
    """Refuse a decision that makes a claim, over others, a part of itself.

    Circles that texts alone state are theirs: pots are drawn up all the same.

    Args:
        connection: In the transaction that wrote the decision and grouped again.
        decision: The decision.

    Raises:
        DecisionConflictError: It does.
    """
    if decision.word not in ("same", "part_of"):
        return
    start = connection.execute(
        select(claim_mentions.c.claim_id)
        .join(mentions, mentions.c.id == claim_mentions.c.mention_id)
        .where(mentions.c.number == int((decision.mention.id or "m0")[1:]))
    ).scalar_one()
    came: dict[int, tuple[int, int | None]] = {}
    waiting = deque([start])
    while waiting:
        below = waiting.popleft()
        for row in connection.execute(
            select(claim_relations.c.to_id, claim_relations.c.decision_id).where(
                claim_relations.c.claim_id == below, claim_relations.c.type == "part_of"
            )
        ):
            if row.to_id == start:
                way = [(below, row.decision_id)]
                while way[-1][0] != start:
                    way.append(came[way[-1][0]])
                _refuse_way(decision, way, start)
            elif row.to_id not in came:
                came[row.to_id] = (below, row.decision_id)
                waiting.append(row.to_id)


def _refuse_way(decision: Decision, way: list[tuple[int, int | None]], start: int) -> None:
    if not any(by for _, by in way):
        return
    names = " → ".join(f"c{claim}" for claim, _ in (*reversed(way), (start, None)))
    said = sorted(by for _, by in way if by and f"w{by}" != decision.id)
    whose = [f"w{by}" for by in said] + ["what the texts say"] * any(not by for _, by in way)
    raise DecisionConflictError(
        f"{decision.says}: then something would be part of itself, by {' and '.join(whose)}: "
        f"{names}. Nothing was changed; look at them with: earmark show"
    )


def _refuse_field(new: Decision, held: Iterable[Decision]) -> None:
    for old in held:
        same_field = old.field == new.field and place_of(old.mention) == place_of(new.mention)
        if same_field and (old.word, old.value) != (new.word, new.value):
            _refuse(new, [old])


def _refuse_pair(new: Decision, held: Sequence[Decision]) -> None:
    ways: dict[Place, list[tuple[Place, Decision]]] = defaultdict(list)
    apart = []
    for one in (new, *held):
        if one.other is not None:
            left, right = place_of(one.mention), place_of(one.other)
            if one.word == "same":
                ways[left].append((right, one))
                ways[right].append((left, one))
            else:
                apart.append((left, right, one))
    for left, right, one in apart:
        way = _way(ways, left, right)
        if way is not None:
            _refuse(new, [found for found in (one, *way) if found is not new])


def _way(ways: Ways, start: Place, end: Place) -> list[Decision] | None:
    """Return the decisions by which two mentions are the same; None when they are not."""
    came: dict[Place, tuple[Place, Decision] | None] = {start: None}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        if here == end:
            way = []
            while step := came[here]:
                here, by = step
                way.append(by)
            return way
        for there, by in ways.get(here, ()):
            if there not in came:
                came[there] = (here, by)
                waiting.append(there)
    return None


def _refuse(new: Decision, old: Sequence[Decision]) -> None:
    said = "; ".join(f"{one.id}, {one.by} on {one.at.date()}: {one.says}" for one in old)
    kept = next((one.id for one in old if one.id.startswith("w")), None)
    todo = f"; whoever means it takes that back first: earmark undo {kept}" if kept else ""
    raise DecisionConflictError(
        f"{new.says}: that contradicts what was decided ({said}). Nothing was changed{todo}"
    )
