"""What a redaction would erase, and what it would leave, said before anything is done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Select, func, or_, select

from records.errors import ClaimNotFoundError
from store.redactions import Redaction, redaction_naming
from store.tables import (
    IS_CURRENT,
    captures,
    claim_mentions,
    contents,
    decisions,
    documents,
    mentions,
    wordings,
)
from store.write import number_of

_DOCUMENT = re.compile(r"d[0-9]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Target:
    """Some bytes that are to be erased, and what hangs on them.

    Attributes:
        content: Of their row.
        documents: Ids of the documents that they are (`d2`); none for bytes that were not read.
        sources: Every name that they came under.
        title: Of the last reading; None for none.
        bytes: How many.
        readings: How many texts were read from them, older ones too.
        mentions: How many amounts, in all readings.
        decisions: How many decisions quote them.
    """

    content: int
    documents: tuple[str, ...]
    sources: tuple[str, ...]
    title: str | None
    bytes: int
    readings: int
    mentions: int
    decisions: int


@dataclass(frozen=True, slots=True)
class RedactionPlan:
    """What a redaction would do.

    Attributes:
        targets: What is erased.
        unsupported: Claims that lose their last mention.
        alike: Other documents that have passages in common with it, and keep them.
        same_source: Other documents that came under one of its names, and keep that.
        done: What of it was redacted before.
    """

    targets: tuple[Target, ...]
    unsupported: tuple[str, ...]
    alike: tuple[str, ...]
    same_source: tuple[str, ...]
    done: tuple[Redaction, ...]


def plan(connection: Connection, names: Sequence[str]) -> RedactionPlan:
    """Say what redacting some documents, or bytes that were not read, would do.

    Args:
        connection: In a reading transaction.
        names: Ids of documents (`d2`), or what bytes came under that were never read.

    Raises:
        ClaimNotFoundError: The store has no such document or bytes.
    """
    chosen: list[int] = []
    done: list[Redaction] = []
    for name in dict.fromkeys(names):
        before = redaction_naming(connection, name)
        if before is not None:
            done.append(before)
        else:
            chosen += [one for one in _contents_of(connection, name) if one not in chosen]
    return RedactionPlan(
        targets=tuple(_target(connection, content) for content in chosen),
        unsupported=_unsupported(connection, chosen),
        alike=_alike(connection, chosen),
        same_source=_same_source(connection, chosen),
        done=tuple(done),
    )


def _contents_of(connection: Connection, name: str) -> Sequence[int]:
    """Return the bytes of a document, or those under a name that were not read."""
    if _DOCUMENT.fullmatch(name):
        query = select(documents.c.content_id).where(documents.c.number == number_of("d", name))
        missing = f"no {name} in this store; list all with: earmark export"
    else:
        unread = captures.c.content_id.not_in(select(documents.c.content_id))
        query = select(captures.c.content_id).where(captures.c.source == name, unread)
        missing = (
            f'"{name[:80]}" is no document (d2), and no name of bytes that were not read; '
            "earmark audit lists those"
        )
    found = connection.execute(query.distinct().order_by(query.selected_columns[0])).scalars().all()
    if not found:
        raise ClaimNotFoundError(missing)
    return found


def _target(connection: Connection, content: int) -> Target:
    read = select(documents.c.id).where(documents.c.content_id == content)
    rows = connection.execute(
        select(documents.c.number, documents.c.title)
        .where(documents.c.content_id == content)
        .order_by(documents.c.id)
    ).all()
    names = select(captures.c.source).where(captures.c.content_id == content)
    about = or_(decisions.c.content_id == content, decisions.c.other_content_id == content)
    return Target(
        content=content,
        documents=_ids(row.number for row in rows),
        sources=tuple(dict.fromkeys(connection.execute(names.order_by(captures.c.id)).scalars())),
        title=rows[-1].title if rows else None,
        bytes=int(
            connection.execute(select(contents.c.size).where(contents.c.id == content)).scalar_one()
        ),
        readings=len(rows),
        mentions=_count(connection, select(mentions.c.id).where(mentions.c.document_id.in_(read))),
        decisions=_count(connection, select(decisions.c.id).where(about)),
    )


def _unsupported(connection: Connection, chosen: Sequence[int]) -> tuple[str, ...]:
    own = (
        select(claim_mentions.c.claim_id)
        .join(mentions, mentions.c.id == claim_mentions.c.mention_id)
        .join(documents, documents.c.id == mentions.c.document_id)
    )
    lost, kept = (
        set(connection.execute(own.where(condition)).scalars())
        for condition in (
            documents.c.content_id.in_(chosen),
            documents.c.content_id.not_in(chosen),
        )
    )
    return tuple(f"c{claim}" for claim in sorted(lost - kept))


def _alike(connection: Connection, chosen: Sequence[int]) -> tuple[str, ...]:
    group = func.coalesce(wordings.c.origin_id, wordings.c.document_id)
    query = select(documents.c.number).join(wordings, wordings.c.document_id == documents.c.id)
    own = select(group).join(documents, documents.c.id == wordings.c.document_id)
    groups = own.where(documents.c.content_id.in_(chosen))
    found = query.where(group.in_(groups), documents.c.content_id.not_in(chosen))
    return _ids(connection.execute(found.order_by(documents.c.number)).scalars())


def _same_source(connection: Connection, chosen: Sequence[int]) -> tuple[str, ...]:
    names = select(captures.c.source).where(
        captures.c.content_id.in_(chosen), captures.c.source != "-"
    )
    query = (
        select(documents.c.number)
        .join(captures, captures.c.content_id == documents.c.content_id)
        .where(captures.c.source.in_(names), documents.c.content_id.not_in(chosen), IS_CURRENT)
    )
    return _ids(connection.execute(query.distinct().order_by(documents.c.number)).scalars())


def _ids(numbers: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"d{number}" for number in numbers))  # type: ignore[attr-defined]


def _count(connection: Connection, query: Select[int]) -> int:
    return int(connection.execute(select(func.count()).select_from(query.subquery())).scalar_one())
