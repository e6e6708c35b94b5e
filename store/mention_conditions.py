"""Conditions on a claim that one of its mentions, or one of their documents, must meet."""

from __future__ import annotations

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    Table,
    and_,
    distinct,
    exists,
    func,
    or_,
    select,
)

from store.decisions import NOT_TAKEN_BACK
from store.live import IS_LIVE
from store.lower import lower
from store.question_terms import DayTerm, OriginsTerm
from store.tables import (
    captures,
    claim_mentions,
    claims,
    decision_undos,
    decisions,
    documents,
    mentions,
    wordings,
)

Sql = ColumnElement[bool]


def in_a_mention(condition: Sql) -> Sql:
    """Tell whether a condition on `mentions` and `documents` holds of a mention of the claim."""
    return exists().where(
        claim_mentions.c.claim_id == claims.c.id,
        mentions.c.id == claim_mentions.c.mention_id,
        documents.c.id == mentions.c.document_id,
        condition,
    )


def one_of(found: Select[int]) -> Sql:
    """Tell whether a mention of the claim is among some, selected by their rows."""
    stated = select(claim_mentions.c.claim_id).where(claim_mentions.c.mention_id.in_(found))
    return claims.c.id.in_(stated)


def has(table: Table, names: tuple[str, ...], text: str) -> Sql:
    """Look for a text in columns, upper and lower case alike, a space for any one space."""
    return or_(*(lower(table.c[name]).like(_within(text), escape="/") for name in names))


def from_source(text: str) -> Sql:
    """Look for a text in what a source is called."""
    named = exists().where(
        captures.c.content_id == documents.c.content_id, IS_LIVE, has(captures, ("source",), text)
    )
    return in_a_mention(or_(has(documents, ("title", "publisher", "url"), text), named))


def by_rule(text: str) -> Sql:
    """Look for a rule by its id or how it begins.

    `rules` is a JSON object, its values ids that `+` may join (`timeframe.date+timeframe.whole`).
    """
    id_ = _plain(text.lower())
    held = (mentions.c.rules.like(f"%{mark}{id_}%", escape="/") for mark in (':"', "+"))
    return in_a_mention(or_(*held))


def said_in(term: DayTerm) -> Sql:
    """Look for a document of some days."""
    return in_a_mention(in_days(documents.c.published, term))


def in_days(day: ColumnElement[str], term: DayTerm) -> Sql:
    """Compare a day, as ISO text; an unknown one is in no days."""
    parts: list[Sql] = [day.is_not(None)]
    if term.first is not None:
        parts.append(day >= term.first.isoformat())
    if term.last is not None:
        parts.append(day <= term.last.isoformat())
    return and_(*parts)


def decided(condition: Sql) -> Sql:
    """Tell whether a decision that holds names a mention of the claim, and meets a condition."""
    named = or_(
        *(
            and_(
                decisions.c[f"{side}content_id"] == documents.c.content_id,
                decisions.c[f"{side}amount_start"] == mentions.c.amount_start,
                decisions.c[f"{side}amount_text"] == mentions.c.amount_text,
            )
            for side in ("", "other_")
        )
    )
    told = decisions.outerjoin(decision_undos, decision_undos.c.decision_id == decisions.c.id)
    stated = select(claim_mentions.c.claim_id).select_from(
        told.join(documents, documents.c.content_id.in_(_SIDES))
        .join(mentions, mentions.c.document_id == documents.c.id)
        .join(claim_mentions, claim_mentions.c.mention_id == mentions.c.id)
    )
    return claims.c.id.in_(stated.where(named, NOT_TAKEN_BACK, condition))


_SIDES = (decisions.c.content_id, decisions.c.other_content_id)


def decided_by(name: str) -> Sql:
    """Look for decisions of a person."""
    return decided(has(decisions, ("decided_by",), name))


def origins(term: OriginsTerm) -> Sql:
    """Count the documents that state a claim, each echo and version as its origin."""
    found = _origins()
    if term.most is None:
        return found >= term.least
    return found.between(term.least, term.most)


def _origins() -> ScalarSelect[int]:
    origin = func.coalesce(wordings.c.origin_id, mentions.c.document_id)
    stated = claim_mentions.join(mentions, mentions.c.id == claim_mentions.c.mention_id).outerjoin(
        wordings, wordings.c.document_id == mentions.c.document_id
    )
    count = select(func.count(distinct(origin))).select_from(stated)
    return count.where(claim_mentions.c.claim_id == claims.c.id).scalar_subquery()


def _within(text: str) -> str:
    return f"%{'_'.join(map(_plain, text.lower().split()))}%"


def _plain(text: str) -> str:
    """Escape what LIKE would read as a sign."""
    for special in "/%_":
        text = text.replace(special, f"/{special}")
    return text
