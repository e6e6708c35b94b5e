"""Claims with their quotes, and where these stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Connection, Select, bindparam, select

from records.claim import Claim, ClaimRelation, Former, Match, Provenance, Reason, StoredMention
from records.decision import Decision
from store.canonical import read_canonical
from store.corrections import corrected
from store.decisions import decisions_about
from store.echo_rows import read_echo, with_origin
from store.instants import read_instant
from store.mention_rows import Row, read_bound, read_day, read_mention
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
from store.timeline import silent_since, timeline_of

BATCH = 200
"""Claims read at a time: few enough to hold, enough to make the queries cheap."""
_UNDATED = date.max.isoformat()


def read_claims(connection: Connection, ids: Sequence[int]) -> Iterator[Claim]:
    """Yield claims in the order of their ids as given; an id that does not exist is left out."""
    waiting = iter(ids)
    latest = _latest_day(connection)
    while batch := list(islice(waiting, BATCH)):
        heads = {row["id"]: row for row in rows_of(connection, _HEADS, batch)}
        near, replaced_by = _relations(connection, batch)
        around = _Around(
            _mentions(connection, batch),
            _matches(connection, batch),
            near,
            replaced_by,
            _formers(connection, near),
            latest,
        )
        for claim in batch:
            if claim in heads:
                yield _claim(heads[claim], around)


class _Around(NamedTuple):
    """What some claims are made of, by their rows; figures replaced, by ids; the latest day."""

    mentions: Mapping[int, list[StoredMention]]
    matches: Mapping[int, list[Match]]
    relations: Mapping[int, list[ClaimRelation]]
    replaced_by: Mapping[int, tuple[str, ...]]
    formers: Mapping[str, Former]
    latest: date | None


def _claim(row: Row, around: _Around) -> Claim:
    claim, name = row["id"], f"c{row['id']}"
    said, near = around.mentions[claim], around.relations[claim]
    return Claim(  # by position, as in `read_mention`
        name,
        row["currency"],
        read_bound(row, "low"),
        read_bound(row, "high"),
        bool(row["approximate"]),
        row["per"],
        row["kind"],
        row["purpose"],
        row["recipient"],
        row["funder"],
        row["timeframe"],
        read_day(row["period_start"]),
        read_day(row["period_until"]),
        read_day(row["first_said"]),
        tuple(said),
        tuple(around.matches[claim]),
        tuple(near),
        around.replaced_by[claim],
        timeline_of(name, said, near, around.formers),
        silent_since(said, around.latest),
    )


def _mentions(connection: Connection, batch: list[int]) -> dict[int, list[StoredMention]]:
    """Return the mentions of some claims, in the order of day, document and place."""
    found: dict[int, list[StoredMention]] = defaultdict(list)
    rows = rows_of(connection, _PLACED, batch)
    decided = decisions_about(connection, (row["sha256"] for row in rows))
    for row in sorted(rows, key=_place_of):
        named = decided.get((row["sha256"], row["amount_start"], row["amount_text"]), ())
        found[row["claim_id"]].append(_stored(row, named))
    return found


def _place_of(row: Row) -> tuple[str, int, int]:
    return row["published"] or _UNDATED, row["document"], row["amount_start"]


def _stored(row: Row, decided: Sequence[Decision]) -> StoredMention:
    sentence, from_start = row["sentence"], row["sentence_start"]
    mention = read_mention(row)
    return StoredMention(
        f"m{row['number']}",
        mention,
        Provenance(  # by position, as in `read_mention`
            f"d{row['document']}",
            row["sha256"],
            row["source"],
            row["title"],
            row["publisher"],
            read_day(row["published"]),
            row["published_how"],
            read_instant(row["captured_at"]),
            row["page"],
            sentence[: row["amount_start"] - from_start],
            sentence[row["amount_end"] - from_start :],
            row["encoding_how"] == "assumed",
            read_echo(row),
        ),
        tuple(decided),
        corrected(mention, decided),
    )


def rows_of(connection: Connection, query: Select[Any], of: Sequence[int]) -> list[dict[str, Any]]:
    """Return the rows of a query over some ids, `of`, each as a dictionary.

    A page of claims is hundreds of rows of fifty columns: a mapping that looks each up by its name
    takes twice as long as all else.
    """
    result = connection.execute(query, {"of": of})
    names = tuple(result.keys())
    return [dict(zip(names, row, strict=True)) for row in result.all()]


def _matches(connection: Connection, batch: list[int]) -> dict[int, list[Match]]:
    found: dict[int, list[Match]] = defaultdict(list)
    for claim, score, told, left, right in connection.execute(_MATCHED, {"of": batch}).all():
        reasons = tuple(Reason(*parts) for parts in read_canonical(told))
        found[claim].append(Match(f"m{left}", f"m{right}", score, reasons))
    return found


def _relations(
    connection: Connection, batch: list[int]
) -> tuple[dict[int, list[ClaimRelation]], dict[int, tuple[str, ...]]]:
    """Return the relations of some claims, and those claims that replace them."""
    asked = set(batch)
    found: dict[int, list[ClaimRelation]] = defaultdict(list)
    replaced_by: dict[int, tuple[str, ...]] = defaultdict(tuple)
    rows = connection.execute(_RELATED, {"of": batch}).all()
    for (claim, kind, to), said in groupby(rows, itemgetter(0, 1, 2)):
        if claim in asked:
            by = {f"m{row.number}": row.decision_id for row in said}
            decided = tuple(f"w{one}" for one in by.values() if one)
            found[claim].append(ClaimRelation(kind, f"c{to}", tuple(by), decided))
        if kind == "replaces" and to in asked:
            replaced_by[to] += (f"c{claim}",)
    return found, replaced_by


def _formers(connection: Connection, near: Mapping[int, list[ClaimRelation]]) -> dict[str, Former]:
    """Return the figures of every claim that one of some claims replaces."""
    ids = {int(one.to[1:]) for found in near.values() for one in found if one.type == "replaces"}
    return {
        f"c{row['id']}": Former(
            f"c{row['id']}",
            row["currency"],
            read_bound(row, "low"),
            read_bound(row, "high"),
            row["per"],
        )
        for row in (rows_of(connection, _HEADS, sorted(ids)) if ids else ())
    }


def _latest_day(connection: Connection) -> date | None:
    """Return the last day of publication of any document that counts."""
    return read_day(connection.execute(_LATEST).scalar_one_or_none())


# Made once: putting a query together takes as long as asking it.
_OF: BindParameter[Any] = bindparam("of", expanding=True)
_left, _right = mentions.alias("left"), mentions.alias("right")
_HEADS = select(
    *(claims.c[name] for name in ("id", "currency", "exponent", "low_minor", "low_text")),
    *(claims.c[name] for name in ("high_minor", "high_text", "approximate", "per", "kind")),
    *(claims.c[name] for name in ("purpose", "recipient", "funder", "timeframe")),
    *(claims.c[name] for name in ("period_start", "period_until", "first_said")),
).where(claims.c.id.in_(_OF))
_MATCHED = (
    select(matches.c.claim_id, matches.c.score, matches.c.reasons, _left.c.number, _right.c.number)
    .join(_left, _left.c.id == matches.c.left_id)
    .join(_right, _right.c.id == matches.c.right_id)
    .where(matches.c.claim_id.in_(_OF))
    .order_by(_left.c.number, _right.c.number)
)
_RELATION = ("claim_id", "type", "to_id")
_RELATED = (
    select(
        *(claim_relations.c[name] for name in _RELATION),
        mentions.c.number,
        claim_relations.c.decision_id,
    )
    .join(mentions, mentions.c.id == claim_relations.c.mention_id)
    .where(
        claim_relations.c.claim_id.in_(_OF)
        | claim_relations.c.to_id.in_(_OF) & (claim_relations.c.type == "replaces")
    )
    .order_by(*(claim_relations.c[name] for name in _RELATION), mentions.c.number)
)
_LATEST = (
    select(documents.c.published)
    .where(IS_CURRENT, documents.c.published.is_not(None))
    .order_by(documents.c.published.desc())
    .limit(1)  # the index ends with it
)
_PLACED = with_origin(
    select(
        *(one for one in mentions.c if one.name not in ("id", "document_id", "nonce")),
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
    .where(claim_mentions.c.claim_id.in_(_OF))
)
