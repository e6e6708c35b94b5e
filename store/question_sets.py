"""Claims that a question asks for by what only Python works out: pots and revised figures."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from sqlalchemy import Connection, distinct, func, or_, select

from records.claim import Claim
from store.conditions import Ground
from store.fulltext import full_text
from store.provenance import read_claims
from store.question_terms import AllOf, AnyOf, Condition, IdTerm, Not, Term, WordTerm
from store.tables import claim_mentions, claim_relations, claims, mentions


def terms_of(condition: Condition | None) -> Iterator[Term]:
    """Yield every term of a condition, in the order in which they stand."""
    match condition:
        case None:
            return
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from terms_of(part)
        case Not(part):
            yield from terms_of(part)
        case _:
            yield condition


def ground_of(connection: Connection, condition: Condition | None) -> Ground:
    """Return what a condition stands on in a store, worked out only as far as its terms ask."""
    pots = _pots_in(condition)
    return Ground(
        full_text(connection.dialect.name),
        _revised(connection) if _asks_for_revised(condition) else (),
        _pots(connection, pots) if pots else {},
    )


def asks_python(condition: Condition) -> bool:
    """Tell whether a condition stands on more than the tables."""
    return _asks_for_revised(condition) or bool(_pots_in(condition))


def _asks_for_revised(condition: Condition | None) -> bool:
    words = {one.words for one in terms_of(condition) if isinstance(one, WordTerm)}
    return any({"revised", "unclear"} & set(some) for some in words)


def _pots_in(condition: Condition | None) -> set[str]:
    return {
        one.id
        for one in terms_of(condition)
        if isinstance(one, IdTerm) and one.field == "pot" and one.id.startswith("p")
    }


def _revised(connection: Connection) -> Collection[int]:
    """Return the claims of a timeline with a revision, and those that another claim replaces."""
    relations = select(claim_relations.c.claim_id, claim_relations.c.to_id)
    replacing = connection.execute(relations.where(claim_relations.c.type == "replaces"))
    found = {claim for row in replacing for claim in row}
    bounds = ("low_minor", "low_text", "high_minor", "high_text")
    several = (func.count(distinct(mentions.c[name])) > 1 for name in bounds)
    differing = (
        select(claim_mentions.c.claim_id)
        .join(mentions, mentions.c.id == claim_mentions.c.mention_id)
        .group_by(claim_mentions.c.claim_id)
        .having(or_(*several))
    )
    ids = sorted(connection.execute(differing).scalars())
    return found | {int(one.id[1:]) for one in read_claims(connection, ids) if _is_revised(one)}


def _is_revised(claim: Claim) -> bool:
    return any(said.standing.startswith("revision") for said in claim.timeline)


def _pots(connection: Connection, asked: Collection[str]) -> Mapping[str, Collection[int]]:
    from store.pots.build import build_pots  # noqa: PLC0415 - few questions name a pot; all would pay

    every = connection.execute(select(claims.c.id).order_by(claims.c.id)).scalars().all()
    report = build_pots(read_claims(connection, every))
    found: dict[str, set[int]] = {name: set() for name in asked}
    for pot in report.every():
        if pot.id in found:
            inside = (
                one for branch in pot.tree() for one in (branch.pot.claim, *branch.pot.before)
            )
            found[pot.id] = {int(claim.id[1:]) for claim in inside}
    return found
