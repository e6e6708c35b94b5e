"""The tables, and nothing else.

Rows of most tables are written once and never changed; `documents.superseded_by` is set when a
newer reading of the same bytes replaces one, `documents.undone_by` when its run is taken back.
`claims` and the four tables under it follow from the mentions and are written anew when their
members change; a claim and its rows there count as one record. So it is with `wordings`, one row
for each current document with an amount, and `passages` under it. Every record carries random bytes
(`nonce`), and the ledger commits to it (`store.ledger`).

Money is 64-bit minor units with currency and exponent. A bound that has no exact integer (2.5 cent)
stands as decimal text beside a NULL. Days are ISO dates, instants UTC text with `Z`. Texts that may
be long are bytes. SQLite keeps types by STRICT tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    and_,
)

from records.mention import SPAN_FIELDS

NAMING = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}
METADATA_FIELDS = ("title", "publisher", "author", "published", "country", "url")
INT64 = BigInteger().with_variant(Integer(), "sqlite")
"""64 bits everywhere; STRICT tables of SQLite know only the name INTEGER, which has them."""

metadata = MetaData(naming_convention=NAMING)


def _table(name: str, *items: Column[Any] | CheckConstraint | UniqueConstraint) -> Table:
    return Table(name, metadata, *items, sqlite_strict=True)


def _id(name: str = "id") -> Column[int]:
    return Column(name, INT64, primary_key=True, autoincrement=False)


def _link(name: str, target: str, *, required: bool = True) -> Column[int]:
    return Column(name, INT64, ForeignKey(target), nullable=not required)


def _integer(name: str, *, required: bool = True) -> Column[int]:
    return Column(name, INT64, nullable=not required)


def _text(name: str, *, required: bool = True) -> Column[str]:
    return Column(name, Text, nullable=not required)


def _bytes(name: str) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=False)


def _money() -> Iterator[Column[Any] | CheckConstraint]:
    yield _text("currency")
    yield _integer("exponent", required=False)
    for bound in ("low", "high"):
        yield _integer(f"{bound}_minor", required=False)
        yield _text(f"{bound}_text", required=False)
        yield CheckConstraint(f"{bound}_minor IS NULL OR {bound}_text IS NULL", f"{bound}_once")
    yield _integer("approximate")
    yield _text("per", required=False)


def _span(name: str, *, required: bool = False) -> Iterator[Column[Any]]:
    yield _integer(f"{name}_start", required=required)
    yield _integer(f"{name}_end", required=required)
    yield _text(f"{name}_text", required=required)


stores = _table(
    "stores", _id(), _text("made_by"), _text("created_at"), _text("journal_mode"), _bytes("nonce")
)

ledger = _table(
    "ledger",
    _id("seq"),
    _text("type"),
    _text("body"),
    _bytes("prev"),
    _bytes("hash"),
    UniqueConstraint("prev"),
)

runs = _table("runs", _id(), _text("started_at"), _text("versions"), _bytes("nonce"))

run_ends = _table(
    "run_ends",
    Column("run_id", INT64, ForeignKey("runs.id"), primary_key=True, autoincrement=False),
    _text("ended_at"),
    _text("counts"),
    _bytes("nonce"),
)

contents = _table(
    "contents",
    _id(),
    _text("sha256"),
    _integer("size"),
    _bytes("nonce"),
    _bytes("body"),
    UniqueConstraint("sha256"),
)

captures = _table(
    "captures",
    _id(),
    _link("content_id", "contents.id"),
    _link("run_id", "runs.id"),
    _text("source"),
    _text("captured_at"),
    _text("given"),
    _text("fetched", required=False),
    _bytes("nonce"),
)
Index(None, captures.c.content_id)
Index(None, captures.c.source)

refusals = _table(
    "refusals",
    _id(),
    _link("capture_id", "captures.id"),
    _link("run_id", "runs.id"),
    _text("refused_at"),
    _text("code"),
    _text("message"),
    _bytes("nonce"),
)
Index(None, refusals.c.capture_id)

undos = _table(
    "undos",
    _id(),
    _link("run_id", "runs.id"),
    _text("undone_at"),
    _bytes("nonce"),
    UniqueConstraint("run_id"),
)

documents = _table(
    "documents",
    _id(),
    _integer("number"),
    _link("content_id", "contents.id"),
    _link("capture_id", "captures.id"),
    _link("run_id", "runs.id"),
    _link("superseded_by", "documents.id", required=False),
    _link("undone_by", "undos.id", required=False),
    _text("media_type"),
    _text("reader"),
    _text("reader_version"),
    _text("encoding", required=False),
    _text("encoding_how", required=False),
    _integer("damaged", required=False),
    _integer("pages", required=False),
    *(_text(f"{name}{part}", required=False) for name in METADATA_FIELDS for part in ("", "_how")),
    _text("gaps"),
    _text("warnings"),
    _text("text_sha256"),
    _bytes("nonce"),
    _bytes("body"),
    _bytes("words"),
)
Index(None, documents.c.content_id)
Index(None, documents.c.number)

IS_CURRENT = and_(documents.c.superseded_by.is_(None), documents.c.undone_by.is_(None))
"""Tells the documents that count: the last reading of their bytes, and not taken back."""

mentions = _table(
    "mentions",
    _id(),
    _integer("number"),
    _link("document_id", "documents.id"),
    *_span("amount", required=True),
    *_money(),
    _integer("vague"),
    _text("kind"),
    *_span("timeframe"),
    _text("duration", required=False),
    _text("period_start", required=False),
    _text("period_until", required=False),
    *(column for name in SPAN_FIELDS for column in _span(name)),
    _text("relation", required=False),
    *_span("relation"),
    _text("newness", required=False),
    *_span("newness"),
    _text("rules"),
    _integer("page", required=False),
    _integer("sentence_start"),
    _text("sentence"),
    _bytes("nonce"),
    UniqueConstraint("document_id", "amount_start"),
)
Index(None, mentions.c.number)

claims = _table(
    "claims",
    _id(),
    *_money(),
    _text("kind"),
    *(_text(name, required=False) for name in ("purpose", "recipient", "funder", "timeframe")),
    _text("period_start", required=False),
    _text("period_until", required=False),
    _text("first_said", required=False),
    _text("purpose_words"),
    _bytes("nonce"),
)
Index(None, claims.c.currency, claims.c.low_minor, claims.c.high_minor)

claim_mentions = _table(
    "claim_mentions",
    Column("mention_id", INT64, ForeignKey("mentions.id"), primary_key=True, autoincrement=False),
    _link("claim_id", "claims.id"),
)
Index(None, claim_mentions.c.claim_id)

pot_lists = Table(
    "pot_lists",
    metadata,
    Column("list", INT64, primary_key=True, autoincrement=False),
    Column("place", INT64, primary_key=True, autoincrement=False),
    Column("mention_id", INT64, ForeignKey("mentions.id"), primary_key=True, autoincrement=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""By the first mentions of pots of current documents: see `store.dedup.index`. It follows from the
mentions, and only says which pots are compared; so it is no record of the ledger's."""
Index(None, pot_lists.c.mention_id)

matches = _table(
    "matches",
    Column("left_id", INT64, ForeignKey("mentions.id"), primary_key=True, autoincrement=False),
    Column("right_id", INT64, ForeignKey("mentions.id"), primary_key=True, autoincrement=False),
    _link("claim_id", "claims.id"),
    _integer("score"),
    _text("reasons"),
)
Index(None, matches.c.claim_id)

claim_relations = _table(
    "claim_relations",
    Column("mention_id", INT64, ForeignKey("mentions.id"), primary_key=True, autoincrement=False),
    _link("claim_id", "claims.id"),
    _text("type"),
    _link("to_id", "claims.id"),
)
Index(None, claim_relations.c.claim_id)
Index(None, claim_relations.c.to_id)

wordings = _table(
    "wordings",
    Column("document_id", INT64, ForeignKey("documents.id"), primary_key=True, autoincrement=False),
    _text("place"),
    _link("origin_id", "documents.id", required=False),
    _text("kind", required=False),
    *(_integer(name, required=False) for name in ("words", "shared", "sums")),
    _bytes("nonce"),
)

passages = _table(
    "passages",
    Column("document_id", INT64, ForeignKey("documents.id"), primary_key=True, autoincrement=False),
    _id("key"),
    _text("place"),
)
Index(None, passages.c.key, passages.c.place)

TRIGGERS = tuple(
    f"CREATE TRIGGER ledger_no_{act.lower()} BEFORE {act} ON ledger "
    "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
    for act in ("UPDATE", "DELETE")
)
"""Against accidents, not attackers: who can write the file can drop them."""
