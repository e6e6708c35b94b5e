"""The tables, and nothing else.

Rows of most tables are written once and never changed; `documents.superseded_by` is set when a
newer reading of the same bytes replaces one, `documents.undone_by` when its runs are taken back,
`documents.capture_id` when another capture of its bytes is all that is left. A redaction empties
rows of everything that was read and marks the documents (`store.redact`); no row goes away.
`claims` and the four tables under it follow from the mentions and are written anew when their
members change; a claim and its rows there count as one record. So it is with `wordings`, a row for
each current document with an amount, and `passages`. The ledger commits to records with a `nonce`.

Money is 64-bit minor units with currency and exponent. A bound that has no exact integer (2.5 cent)
stands as decimal text beside a NULL. Days are ISO dates, instants UTC text with `Z`. Texts that may
be long are bytes. SQLite keeps types by STRICT tables; on both databases texts sort by code point.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table, UniqueConstraint, and_

from records.mention import SPAN_FIELDS
from store.columns import (
    INT64,
    bytes_,
    id_,
    integer_,
    link_,
    metadata,
    money_,
    span_,
    table_,
    text_,
)

ORDER_FIELDS = ("worth", "low_order", "high_order", "year_low_order", "year_high_order")
TEXT_FIELDS = ("sentence", *(f"{name}_text" for name in ("timeframe", *SPAN_FIELDS)))
"""Columns of mentions whose words are searched: see `store.word_index`."""
METADATA_FIELDS = ("title", "publisher", "author", "published", "country", "url")

stores = table_("stores", id_(), text_("made_by"), text_("created_at"), bytes_("nonce"))

ledger = table_(
    "ledger",
    id_("seq"),
    text_("type"),
    text_("body"),
    *(bytes_(name) for name in ("prev", "hash", "nodes")),
    UniqueConstraint("prev"),
)

runs = table_("runs", id_(), text_("started_at"), text_("versions"), bytes_("nonce"))

run_ends = table_(
    "run_ends",
    Column("run_id", INT64, ForeignKey("runs.id"), primary_key=True, autoincrement=False),
    text_("ended_at"),
    text_("counts"),
    bytes_("nonce"),
)

contents = table_(
    "contents",
    id_(),
    text_("sha256"),
    integer_("size"),
    bytes_("nonce"),
    bytes_("body"),
    UniqueConstraint("sha256"),
)

redactions = table_(
    "redactions",
    id_(),
    link_("content_id", "contents.id"),
    *(text_(name) for name in ("reason", "redacted_by", "redacted_at", "claims", "salt", "guard")),
    integer_("figures"),
    bytes_("nonce"),
    UniqueConstraint("content_id"),
)
"""Bytes whose words were erased: see `store.redact`. `guard`, with `salt`, tells the same bytes."""

captures = table_(
    "captures",
    id_(),
    link_("content_id", "contents.id"),
    link_("run_id", "runs.id"),
    text_("source"),
    text_("captured_at"),
    text_("given"),
    text_("fetched", required=False),
    bytes_("nonce"),
)
Index(None, captures.c.content_id)
Index(None, captures.c.source)

refusals = table_(
    "refusals",
    id_(),
    link_("capture_id", "captures.id"),
    link_("run_id", "runs.id"),
    text_("refused_at"),
    text_("code"),
    text_("message"),
    bytes_("nonce"),
)
Index(None, refusals.c.capture_id)

undos = table_(
    "undos",
    id_(),
    link_("run_id", "runs.id"),
    text_("undone_at"),
    bytes_("nonce"),
    UniqueConstraint("run_id"),
)

documents = table_(
    "documents",
    id_(),
    integer_("number"),
    link_("content_id", "contents.id"),
    link_("capture_id", "captures.id"),
    link_("run_id", "runs.id"),
    link_("superseded_by", "documents.id", required=False),
    link_("undone_by", "undos.id", required=False),
    link_("redacted_by", "redactions.id", required=False),
    text_("media_type"),
    text_("reader"),
    text_("reader_version"),
    text_("encoding", required=False),
    text_("encoding_how", required=False),
    integer_("damaged", required=False),
    integer_("pages", required=False),
    *(text_(f"{name}{part}", required=False) for name in METADATA_FIELDS for part in ("", "_how")),
    text_("gaps"),
    text_("warnings"),
    text_("text_sha256"),
    bytes_("nonce"),
    bytes_("body"),
    bytes_("words"),
)
Index(None, documents.c.content_id)
Index(None, documents.c.number)
Index(None, documents.c.published)

sightings = table_(
    "sightings",
    id_(),
    link_("run_id", "runs.id"),
    link_("document_id", "documents.id"),
    link_("capture_id", "captures.id"),
    bytes_("nonce"),
)
"""Runs that found bytes under a name to be a document already, which another run had read."""
Index(None, sightings.c.run_id)
Index(None, sightings.c.document_id)
Index(None, sightings.c.capture_id)

decisions = table_(
    "decisions",
    id_(),
    text_("word"),
    text_("decided_by"),
    text_("decided_at"),
    text_("reason", required=False),
    link_("content_id", "contents.id"),
    *span_("amount", required=True),
    link_("other_content_id", "contents.id", required=False),
    *span_("other_amount"),
    text_("field", required=False),
    text_("value", required=False),
    text_("read_as", required=False),
    bytes_("nonce"),
)
Index(None, decisions.c.content_id)
Index(None, decisions.c.other_content_id)

decision_undos = table_(
    "decision_undos",
    Column("decision_id", INT64, ForeignKey("decisions.id"), primary_key=True, autoincrement=False),
    text_("undone_by"),
    text_("undone_at"),
    text_("reason", required=False),
    bytes_("nonce"),
)

IS_CURRENT = and_(
    *(documents.c[name].is_(None) for name in ("superseded_by", "undone_by", "redacted_by"))
)
"""Tells the documents that count: the last reading of their bytes, not taken back, not redacted."""

mentions = table_(
    "mentions",
    id_(),
    integer_("number"),
    link_("document_id", "documents.id"),
    *span_("amount", required=True),
    *money_(),
    integer_("vague"),
    text_("kind"),
    *span_("timeframe"),
    text_("duration", required=False),
    text_("period_start", required=False),
    text_("period_until", required=False),
    *(column for name in SPAN_FIELDS for column in span_(name)),
    text_("relation", required=False),
    *span_("relation"),
    text_("newness", required=False),
    *span_("newness"),
    text_("rules"),
    integer_("page", required=False),
    integer_("sentence_start"),
    text_("sentence"),
    bytes_("nonce"),
    UniqueConstraint("document_id", "amount_start"),
)
Index(None, mentions.c.number)

claims = table_(
    "claims",
    id_(),
    *money_(),
    *(text_(name, required=False) for name in ORDER_FIELDS),
    integer_("sum_minor", required=False),
    integer_("headlines_minor", required=False),
    text_("newness", required=False),
    text_("kind"),
    *(text_(name, required=False) for name in ("purpose", "recipient", "funder", "timeframe")),
    text_("period_start", required=False),
    text_("period_until", required=False),
    text_("first_said", required=False),
    text_("purpose_words"),
    bytes_("nonce"),
)
_by_worth = (claims.c.currency, claims.c.worth.desc(), claims.c.id)
_summed = ("low_order", "high_order", "kind", "newness", "sum_minor", "headlines_minor")
Index("ix_claims_currency_worth", *_by_worth, *(claims.c[name] for name in _summed))  # for totals
Index("ix_claims_worth", claims.c.worth.desc(), claims.c.id)
Index(None, claims.c.high_order)
Index(None, claims.c.first_said, claims.c.id)

claim_mentions = table_(
    "claim_mentions",
    Column("mention_id", INT64, ForeignKey("mentions.id"), primary_key=True, autoincrement=False),
    link_("claim_id", "claims.id"),
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

matches = table_(
    "matches",
    Column("left_id", INT64, ForeignKey("mentions.id"), primary_key=True, autoincrement=False),
    Column("right_id", INT64, ForeignKey("mentions.id"), primary_key=True, autoincrement=False),
    link_("claim_id", "claims.id"),
    integer_("score"),
    text_("reasons"),
)
Index(None, matches.c.claim_id)

claim_relations = table_(
    "claim_relations",
    Column("mention_id", INT64, ForeignKey("mentions.id"), primary_key=True, autoincrement=False),
    link_("claim_id", "claims.id"),
    text_("type"),
    link_("to_id", "claims.id"),
    link_("decision_id", "decisions.id", required=False),
)
Index(None, claim_relations.c.claim_id)
Index(None, claim_relations.c.to_id, claim_relations.c.type, claim_relations.c.claim_id)

wordings = table_(
    "wordings",
    Column("document_id", INT64, ForeignKey("documents.id"), primary_key=True, autoincrement=False),
    text_("place"),
    link_("origin_id", "documents.id", required=False),
    text_("kind", required=False),
    *(integer_(name, required=False) for name in ("words", "shared", "sums")),
    bytes_("nonce"),
)

passages = table_(
    "passages",
    Column("document_id", INT64, ForeignKey("documents.id"), primary_key=True, autoincrement=False),
    id_("key"),
    text_("place"),
)
Index(None, passages.c.key, passages.c.place)
