"""Stored documents with their mentions, and how many there are of everything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Select, exists, func, select

from records.claim import Claim
from records.errors import ClaimNotFoundError
from store.echo_rows import read_echo, with_origin
from store.live import IS_LIVE
from store.mention_rows import read_mention
from store.provenance import read_claims
from store.redactions import told_of
from store.results import Counts, PlacedMention, StoredDocument
from store.rows import read_document
from store.tables import (
    IS_CURRENT,
    captures,
    claim_mentions,
    claims,
    contents,
    documents,
    mentions,
    redactions,
    refusals,
)
from store.write import number_of


def read_stored(connection: Connection, number: int) -> StoredDocument:
    """Return a current document.

    Raises:
        ClaimNotFoundError: There is none of this number.
    """
    query = _DOCUMENTS.where(documents.c.number == number)
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        told = told_of(connection, f"d{number}")
        raise ClaimNotFoundError(told or f"no d{number} in this store; {_held(connection)}")
    return _stored(connection, dict(row))


def read_all_stored(connection: Connection) -> Iterator[StoredDocument]:
    """Yield every current document in the order of their numbers, one in memory at a time."""
    query = select(documents.c.number).where(IS_CURRENT)
    for number in connection.execute(query.order_by(documents.c.number)).scalars().all():
        yield read_stored(connection, number)


def count_all(connection: Connection) -> Counts:
    """Count what the store holds."""

    def count(query: Select[Any]) -> int:
        return int(
            connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
        )

    read = exists().where(documents.c.content_id == contents.c.id, IS_CURRENT)
    refused = exists().where(
        refusals.c.capture_id == captures.c.id, captures.c.content_id == contents.c.id
    )
    there = contents.c.id.not_in(select(redactions.c.content_id))
    return Counts(
        documents=count(select(documents.c.id).where(IS_CURRENT)),
        mentions=count(select(claim_mentions.c.mention_id)),
        claims=count(select(claims.c.id)),
        refusals=count(select(contents.c.id).where(~read, refused, there)),
        pending=count(select(contents.c.id).where(~read, ~refused, there)),
    )


def id_of(connection: Connection, sha256: str) -> str | None:
    """Return the id of the current document of some bytes; None without one."""
    number = connection.execute(
        select(documents.c.number)
        .join(contents, contents.c.id == documents.c.content_id)
        .where(contents.c.sha256 == sha256, IS_CURRENT)
    ).scalar_one_or_none()
    return None if number is None else f"d{number}"


def read_claim(connection: Connection, name: str) -> Claim:
    """Return a claim by its own id or that of one of its mentions.

    Raises:
        ClaimNotFoundError: There is none.
    """
    by_mention = name.startswith("m")
    number = number_of("m" if by_mention else "c", name)
    home = connection.execute(
        select(claim_mentions.c.claim_id)
        .join(mentions, mentions.c.id == claim_mentions.c.mention_id)
        .where(mentions.c.number == number)
    ).scalar_one_or_none()
    found = next(read_claims(connection, [home if by_mention else number]), None) if home else None
    if found is not None:
        return found
    if told := told_of(connection, name):
        raise ClaimNotFoundError(told)
    hint = f"m{number} belongs to c{home}; " if home else ""
    raise ClaimNotFoundError(f"no {name} in this store; {hint}{_held(connection)}")


def _held(connection: Connection) -> str:
    counts = count_all(connection)
    return (
        f"it holds documents: {counts.documents}, claims: {counts.claims}, mentions: "
        f"{counts.mentions}; list the claims with: earmark query"
    )


def _stored(connection: Connection, row: dict[str, Any]) -> StoredDocument:
    placed = connection.execute(
        select(mentions, claim_mentions.c.claim_id)
        .join(claim_mentions, claim_mentions.c.mention_id == mentions.c.id)
        .where(mentions.c.document_id == row["id"])
        .order_by(mentions.c.amount_start)
    ).mappings()
    names = connection.execute(
        select(captures.c.source)
        .where(captures.c.content_id == row["content_id"], IS_LIVE)
        .order_by(captures.c.id)
    ).scalars()
    return StoredDocument(
        id=f"d{row['number']}",
        document=read_document(row),
        mentions=tuple(
            PlacedMention(f"m{one['number']}", f"c{one['claim_id']}", read_mention(dict(one)))
            for one in placed
        ),
        run=f"r{row['run_id']}",
        sources=tuple(dict.fromkeys(names)),
        echo=read_echo(row),
    )


_DOCUMENTS = with_origin(
    select(documents, captures.c.source, captures.c.captured_at, contents.c.sha256)
    .join(captures, captures.c.id == documents.c.capture_id)
    .join(contents, contents.c.id == documents.c.content_id)
    .where(IS_CURRENT)
)
