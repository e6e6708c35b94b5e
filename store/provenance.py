"""Claims with their quotes, and where these stand."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import Connection, select

from records.claim import Claim, ClaimRelation, Former, Match, Provenance, Reason, StoredMention
from records.decision import Decision
from records.mention import RelationType
from store.corrections import corrected
from store.decisions import decisions_about
from store.instants import read_instant
from store.mention_rows import Row, read_bound, read_day, read_mention
from store.origins import read_echo, with_origin
from store.tables import (
    IS_CURRENT,
    captures,
    claim_mentions,
    claim_relations,
    claims,
    contents,
    documents,
    matches,
    mentions,
)
from store.timeline import with_timeline

BATCH = 200
"""Claims read at a time: few enough to hold, enough to make the queries cheap."""


def read_claims(connection: Connection, ids: Sequence[int]) -> Iterator[Claim]:
    """Yield claims in the order of their ids as given; an id that does not exist is left out."""
    waiting = iter(ids)
    latest = _latest_day(connection)
    while batch := list(islice(waiting, BATCH)):
        rows = connection.execute(select(claims).where(claims.c.id.in_(batch))).mappings()
        heads = {row["id"]: row for row in rows}
        placed = _mentions(connection, batch)
        why = _matches(connection, batch)
        near = _relations(connection, batch)
        replaced_by = _replaced_by(connection, batch)
        formers = _formers(connection, near)
        for claim in batch:
            if claim in heads:
                bare = _claim(dict(heads[claim]), placed[claim], why[claim], near[claim])
                told = replace(bare, replaced_by=replaced_by[claim])
                yield with_timeline(told, formers, latest)


def _claim(
    row: Row,
    placed: list[StoredMention],
    why: list[Match],
    near: list[ClaimRelation],
) -> Claim:
    return Claim(
        id=f"c{row['id']}",
        currency=row["currency"],
        low=read_bound(row, "low"),
        high=read_bound(row, "high"),
        approximate=bool(row["approximate"]),
        per=row["per"],
        kind=row["kind"],
        purpose=row["purpose"],
        recipient=row["recipient"],
        funder=row["funder"],
        timeframe=row["timeframe"],
        period_start=read_day(row["period_start"]),
        period_until=read_day(row["period_until"]),
        first_said=read_day(row["first_said"]),
        mentions=tuple(placed),
        matches=tuple(why),
        relations=tuple(near),
    )


def _mentions(connection: Connection, batch: list[int]) -> dict[int, list[StoredMention]]:
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    rows = connection.execute(_PLACED.where(claim_mentions.c.claim_id.in_(batch))).mappings().all()
    decided = decisions_about(connection, (row["sha256"] for row in rows))
    for row in rows:
        place = (row["published"] or date.max.isoformat(), row["document"], row["amount_start"])
        named = decided.get((row["sha256"], row["amount_start"], row["amount_text"]), ())
        found[row["claim_id"]].append((place, _stored(dict(row), named)))
    return defaultdict(
        list, {claim: [one for _, one in sorted(of_it)] for claim, of_it in found.items()}
    )


def _stored(row: Row, decided: Sequence[Decision]) -> StoredMention:
    sentence, from_start = row["sentence"], row["sentence_start"]
    mention = read_mention(row)
    return StoredMention(
        id=f"m{row['number']}",
        mention=mention,
        provenance=Provenance(
            document=f"d{row['document']}",
            sha256=row["sha256"],
            source=row["source"],
            title=row["title"],
            publisher=row["publisher"],
            published=read_day(row["published"]),
            published_how=row["published_how"],
            captured_at=read_instant(row["captured_at"]),
            page=row["page"],
            before=sentence[: row["amount_start"] - from_start],
            sentence_after=sentence[row["amount_end"] - from_start :],
            decoding_assumed=row["encoding_how"] == "assumed",
            echo=read_echo(row),
        ),
        decisions=tuple(decided),
        correction=corrected(mention, decided),
    )


def _matches(connection: Connection, batch: list[int]) -> dict[int, list[Match]]:
    rows = connection.execute(_MATCHED.where(matches.c.claim_id.in_(batch)))
    found: dict[int, list[Match]] = defaultdict(list)
    for row in rows:
        reasons = tuple(Reason(*parts) for parts in json.loads(row.reasons))
        found[row.claim_id].append(Match(f"m{row.left}", f"m{row.right}", row.score, reasons))
    return found


def _relations(connection: Connection, batch: list[int]) -> dict[int, list[ClaimRelation]]:
    rows = connection.execute(
        select(claim_relations, mentions.c.number)
        .join(mentions, mentions.c.id == claim_relations.c.mention_id)
        .where(claim_relations.c.claim_id.in_(batch))
        .order_by(claim_relations.c.type, claim_relations.c.to_id, mentions.c.number)
    )
    said: dict[int, dict[tuple[RelationType, str], dict[str, int | None]]] = defaultdict(dict)
    for row in rows:
        by = said[row.claim_id].setdefault((row.type, f"c{row.to_id}"), {})
        by[f"m{row.number}"] = row.decision_id
    return defaultdict(
        list,
        {
            claim: [
                ClaimRelation(kind, to, tuple(by), tuple(f"w{one}" for one in by.values() if one))
                for (kind, to), by in of_it.items()
            ]
            for claim, of_it in said.items()
        },
    )


def _replaced_by(connection: Connection, batch: list[int]) -> dict[int, tuple[str, ...]]:
    rows = connection.execute(
        select(claim_relations.c.to_id, claim_relations.c.claim_id)
        .where(claim_relations.c.to_id.in_(batch), claim_relations.c.type == "replaces")
        .distinct()
        .order_by(claim_relations.c.claim_id)
    )
    found: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for row in rows:
        found[row.to_id] += (f"c{row.claim_id}",)
    return found


def _formers(connection: Connection, near: Mapping[int, list[ClaimRelation]]) -> dict[str, Former]:
    """Return the figures of every claim that one of some claims replaces."""
    ids = {int(one.to[1:]) for found in near.values() for one in found if one.type == "replaces"}
    rows = connection.execute(select(claims).where(claims.c.id.in_(ids))).mappings()
    return {
        f"c{row['id']}": Former(
            f"c{row['id']}",
            row["currency"],
            read_bound(dict(row), "low"),
            read_bound(dict(row), "high"),
            row["per"],
        )
        for row in rows
    }


def _latest_day(connection: Connection) -> date | None:
    """Return the last day of publication of any document that counts."""
    query = select(documents.c.published).where(IS_CURRENT, documents.c.published.is_not(None))
    latest = query.order_by(documents.c.published.desc()).limit(1)  # the index ends with it
    return read_day(connection.execute(latest).scalar_one_or_none())


_left, _right = mentions.alias("left"), mentions.alias("right")
_MATCHED = (
    select(matches, _left.c.number.label("left"), _right.c.number.label("right"))
    .join(_left, _left.c.id == matches.c.left_id)
    .join(_right, _right.c.id == matches.c.right_id)
    .order_by(_left.c.number, _right.c.number)
)
_PLACED = with_origin(
    select(
        mentions,
        claim_mentions.c.claim_id,
        documents.c.number.label("document"),
        *(documents.c[name] for name in ("title", "publisher", "published", "published_how")),
        documents.c.encoding_how,
        captures.c.source,
        captures.c.captured_at,
        contents.c.sha256,
    )
    .join(mentions, mentions.c.id == claim_mentions.c.mention_id)
    .join(documents, documents.c.id == mentions.c.document_id)
    .join(captures, captures.c.id == documents.c.capture_id)
    .join(contents, contents.c.id == documents.c.content_id)
)
