"""Erase what a document says, everywhere in the store, in one transaction with its ledger entry.

The rows stay, emptied (`store.blank`), with fresh random bytes: the old commitments in the ledger
can be opened by nobody any more, so the chain stays whole and nothing can be guessed from it. The
document no longer counts, and claims are those that the remaining documents lead to. What lay in
the files of the database is cleared away afterwards by `store.scrub`.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, Table, insert, or_, select, update

from store import blank, ledger
from store.canonical import canonical
from store.claim_states import read_states
from store.dedup.candidate import LocalPot
from store.dedup.profile import Key
from store.fulltext import full_text
from store.instants import now_text
from store.matching import Matching, documents_of
from store.origins import regroup_origins
from store.redactions import new_guard
from store.regroup import claims_of_mentions, regroup
from store.rows import name_text
from store.tables import (
    IS_CURRENT,
    captures,
    claim_mentions,
    contents,
    decision_undos,
    decisions,
    documents,
    mentions,
    redactions,
    refusals,
)
from store.write import Commit, next_id

Row = Mapping[str, Any]
Commits = dict[str, bytes | None]


class Order(NamedTuple):
    """Why something is redacted.

    Attributes:
        reason: A code.
        by: On whose authority.
        figures: Whether amounts, kinds and periods are to stay.
    """

    reason: str
    by: str
    figures: bool


def redact(
    connection: Connection, matching: Matching, chosen: Sequence[int], order: Order
) -> dict[int, int]:
    """Erase what some bytes say.

    Args:
        connection: In a writing transaction.
        matching: Pots of stored documents; it knows nothing afterwards.
        chosen: Rows of `contents`, none of them redacted yet.
        order: Why.

    Returns:
        Bytes to their redaction, by their rows.
    """
    homes = _current(connection, chosen)
    near = _decided_with(connection, matching, chosen)
    touched = _leave(connection, matching, homes, near)
    removed = list(connection.execute(_mentions_of(homes)).scalars())
    members = _members(connection, removed)
    made = {content: _note(connection, content, order) for content in chosen}
    commits: Commits = {}
    for content, redaction in made.items():
        commits.update(_erase(connection, content, redaction, figures=order.figures))
    full_text(connection.dialect.name).add_all(connection)
    matching.forget()
    matching.heed(connection)
    for home in near:
        touched.update(matching.enter(connection, home))
    commits.update(regroup_origins(connection, matching.texts, homes, ()))
    commits.update(regroup(connection, matching, touched.values(), removed).commits)
    for content, redaction in made.items():
        lost = _lost(connection, content, members)
        commits.update([_rewrite(connection, redactions, _row(connection, redaction), lost)])
    facts = {"reason": order.reason, "by": name_text(order.by), "figures": order.figures}
    ledger.append(connection, "redaction", {**facts, "redactions": [*made.values()]}, commits)
    return made


def _current(connection: Connection, chosen: Collection[int]) -> list[int]:
    query = select(documents.c.id).where(documents.c.content_id.in_(chosen), IS_CURRENT)
    return list(connection.execute(query.order_by(documents.c.id)).scalars())


def _decided_with(connection: Connection, matching: Matching, chosen: Collection[int]) -> list[int]:
    """Return the other documents whose pots are told apart by decisions on the chosen ones.

    Those decisions will name their amounts otherwise, so what they say is drawn up again.
    """
    query = select(contents.c.sha256).where(contents.c.id.in_(chosen))
    hashes = set(connection.execute(query).scalars())
    keys: set[Key] = set()
    for row in connection.execute(_decisions_on(chosen)).mappings():
        for prefix in ("", "other_"):
            if row[f"{prefix}sha256"] is not None:
                keys.add((row[f"{prefix}sha256"], row[f"{prefix}amount_start"]))
    told = matching.told.decisions
    keys |= {one for key in keys for one in told.members(told.party(key) or key)}
    return documents_of(connection, sorted({sha256 for sha256, _ in keys} - hashes))


def _decisions_on(chosen: Collection[int]) -> Select[Any]:
    ours, theirs = contents.alias("ours"), contents.alias("theirs")
    about = or_(decisions.c.content_id.in_(chosen), decisions.c.other_content_id.in_(chosen))
    return (
        select(decisions, ours.c.sha256, theirs.c.sha256.label("other_sha256"))
        .join(ours, ours.c.id == decisions.c.content_id)
        .outerjoin(theirs, theirs.c.id == decisions.c.other_content_id)
        .where(about)
        .order_by(decisions.c.id)
    )


def _leave(
    connection: Connection, matching: Matching, homes: Sequence[int], near: Sequence[int]
) -> dict[Key, LocalPot]:
    """Take documents out of the lists; return the pots of others that this touches."""
    all_homes = (*homes, *near)
    own = {pot.key for home in all_homes for pot in matching.pots_of(connection, home).pots}
    touched: dict[Key, LocalPot] = {}
    for home in all_homes:
        touched.update(matching.leave(connection, home))
    return {key: pot for key, pot in touched.items() if key not in own}


def _mentions_of(homes: Collection[int]) -> Select[int]:
    return select(mentions.c.id).where(mentions.c.document_id.in_(homes))


def _members(connection: Connection, removed: Sequence[int]) -> dict[int, list[int]]:
    """Return the claims that some mentions state, each with all its mentions."""
    ids = sorted(set(claims_of_mentions(connection, removed).values()))
    return {
        claim: [row["mention_id"] for row in state.parts[claim_mentions.name]]
        for claim, state in read_states(connection, ids).items()
    }


def _note(connection: Connection, content: int, order: Order) -> int:
    """Add the row of a redaction; which claims it ends is written when it is known."""
    number = next_id(connection, redactions.c.id)
    sha256 = connection.execute(select(contents.c.sha256).where(contents.c.id == content)).scalar()
    row = {
        **{"id": number, "content_id": content, "reason": order.reason},
        **{"redacted_by": name_text(order.by), "redacted_at": now_text()},
        **{"figures": int(order.figures), "claims": "{}", **new_guard(str(sha256)), "nonce": b""},
    }
    connection.execute(insert(redactions), row)
    return number


def _erase(
    connection: Connection, content: int, redaction: int, *, figures: bool
) -> Iterator[Commit]:
    """Empty every row that holds something of some bytes."""
    taken = select(captures.c.id).where(captures.c.content_id == content)
    read = select(documents.c.id).where(documents.c.content_id == content)
    stated = _rows(connection, mentions, mentions.c.document_id.in_(read))
    decided = [dict(row) for row in connection.execute(_decisions_on([content])).mappings()]
    places = _places(stated, decided, content)
    for row in stated:
        change = blank.blank_mention(places[row["amount_start"]], figures=figures)
        yield _rewrite(connection, mentions, row, change)
    for row in decided:
        own = {column.name: row[column.name] for column in decisions.columns}
        change = blank.blank_decision(own, content, places)
        yield _rewrite(connection, decisions, own, change)
    for table, condition, change in (
        (decision_undos, _about(content), {"reason": None}),
        (documents, documents.c.content_id == content, blank.blank_document(redaction)),
        (refusals, refusals.c.capture_id.in_(taken), blank.blank_refusal()),
        (captures, captures.c.content_id == content, blank.blank_capture()),
        (contents, contents.c.id == content, blank.blank_content(redaction)),
    ):
        for row in _rows(connection, table, condition):
            yield _rewrite(connection, table, row, change)


def _about(content: int) -> Any:
    about = or_(decisions.c.content_id == content, decisions.c.other_content_id == content)
    return decision_undos.c.decision_id.in_(select(decisions.c.id).where(about))


def _places(stated: Sequence[Row], decided: Sequence[Row], content: int) -> dict[int, int]:
    """Number the amounts of a text, those of all its readings and of decisions together."""
    starts = {row["amount_start"] for row in stated}
    for row in decided:
        for prefix in ("", "other_"):
            if row[f"{prefix}content_id"] == content:
                starts.add(row[f"{prefix}amount_start"])
    return {start: place for place, start in enumerate(sorted(starts))}


def _rows(connection: Connection, table: Table, condition: Any) -> list[Row]:
    """Return rows in an order in which a smaller start never takes the place of another."""
    order = (table.c.document_id, table.c.amount_start) if table is mentions else table.primary_key
    query = select(table).where(condition).order_by(*order)
    return [dict(row) for row in connection.execute(query).mappings()]


def _row(connection: Connection, redaction: int) -> Row:
    (row,) = _rows(connection, redactions, redactions.c.id == redaction)
    return row


def _rewrite(connection: Connection, table: Table, row: Row, change: Row) -> Commit:
    full = {**row, **change, "nonce": secrets.token_bytes(32)}
    (key,) = table.primary_key.columns
    connection.execute(update(table).where(key == row[key.name]).values(**full))
    return f"{table.name}/{row[key.name]}", ledger.row_commitment(table.name, full)


def _lost(
    connection: Connection, content: int, members: Mapping[int, Sequence[int]]
) -> dict[str, str]:
    """Return the claims that some bytes stated and that are no more, each with what took over."""
    read = select(documents.c.id).where(documents.c.content_id == content)
    query = select(mentions.c.id).where(mentions.c.document_id.in_(read))
    own = set(connection.execute(query).scalars())
    there = read_states(connection, members).keys()
    gone = {claim: of_it for claim, of_it in members.items() if claim not in there}
    now = claims_of_mentions(connection, {one for of_it in gone.values() for one in of_it})
    found = {
        f"c{claim}": [f"c{one}" for one in sorted({now[m] for m in of_it if m in now})]
        for claim, of_it in sorted(gone.items())
        if own & {*of_it}
    }
    return {"claims": canonical(found).decode()}
