"""Conditions on what mentions say, where people may have corrected what was read.

A field that was corrected says what the person says, and one that was rejected says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Exists, Select, and_, exists, or_, select

from store.corrections import CHANGES
from store.mention_conditions import Sql, has, in_a_mention
from store.tables import (
    claim_mentions,
    claims,
    decision_undos,
    decisions,
    documents,
    mentions,
)


def named(fields: Sequence[str], text: str, found: Select[int]) -> Sql:
    """Look for a text in fields of mentions.

    Args:
        fields: That are quotes.
        text: In whatever case.
        found: The rows of the mentions that were read so.
    """
    mention = claim_mentions.c.mention_id
    changed = select(mentions.c.id).where(or_(*map(_changed, fields)), _HOME).correlate(None)
    read = select(claim_mentions.c.claim_id).where(mention.in_(found), mention.not_in(changed))
    told = (
        select(claim_mentions.c.claim_id)
        .join(mentions, mentions.c.id == mention)
        .join(documents, documents.c.id == mentions.c.document_id)
        .where(mentions.c.id.in_(changed), or_(*(_says(field, text) for field in fields)))
    )
    return or_(claims.c.id.in_(read), claims.c.id.in_(told))


def newness_is(*statuses: str) -> Sql:
    """Tell of a mention whether it is said to be money of some status."""
    read = and_(mentions.c.newness.in_(statuses), ~_changed("newness"))
    return or_(read, _changed("newness").where(decisions.c.value.in_(statuses)))


def attributed() -> Sql:
    """Tell of a claim whether a mention names who says so."""
    said = _changed("attribution").where(decisions.c.value.is_not(None))
    read = and_(mentions.c.attribution_text.is_not(None), ~_changed("attribution"))
    return in_a_mention(or_(read, said))


_HOME = documents.c.id == mentions.c.document_id


def _says(field: str, text: str) -> Sql:
    read = and_(has(mentions, (f"{field}_text",), text), ~_changed(field))
    return or_(read, _changed(field).where(has(decisions, ("value",), text)))


def _changed(field: str) -> Exists:
    """Tell of a mention whether people changed what a field says."""
    return exists().where(
        decisions.c.content_id == documents.c.content_id,
        decisions.c.amount_start == mentions.c.amount_start,
        decisions.c.amount_text == mentions.c.amount_text,
        decisions.c.field == field,
        decisions.c.word.in_(CHANGES),
        ~exists().where(decision_undos.c.decision_id == decisions.c.id),
    )
