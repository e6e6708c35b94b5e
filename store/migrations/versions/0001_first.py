"""The first schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

INT64 = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
Item: TypeAlias = sa.Column[object] | sa.Constraint


def _table(name: str, *items: Item, key: tuple[str, ...] = ("id",)) -> None:
    op.create_table(
        name, *items, sa.PrimaryKeyConstraint(*key, name=f"pk_{name}"), sqlite_strict=True
    )


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def _integers(*names: str, null: bool = False) -> Iterator[Item]:
    return (sa.Column(name, INT64, nullable=null) for name in names)


def _texts(*names: str, null: bool = False) -> Iterator[Item]:
    return (sa.Column(name, TEXT, nullable=null) for name in names)


def _bytes(*names: str) -> Iterator[Item]:
    return (sa.Column(name, sa.LargeBinary(), nullable=False) for name in names)


def _unique(table: str, *columns: str) -> Item:
    return sa.UniqueConstraint(*columns, name=f"uq_{table}_{'_'.join(columns)}")


def _links(table: str, **targets: str) -> Iterator[Item]:
    for column, target in targets.items():
        yield sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}")


def _money(table: str) -> Iterator[Item]:
    yield from _texts("currency")
    yield from _integers("exponent", null=True)
    for bound in ("low", "high"):
        yield from _integers(f"{bound}_minor", null=True)
        yield from _texts(f"{bound}_text", null=True)
        yield sa.CheckConstraint(
            f"{bound}_minor IS NULL OR {bound}_text IS NULL", name=f"ck_{table}_{bound}_once"
        )
    yield from _integers("approximate")
    yield from _texts("per", null=True)


def _span(name: str, *, null: bool = True) -> Iterator[Item]:
    yield from _integers(f"{name}_start", f"{name}_end", null=null)
    yield from _texts(f"{name}_text", null=null)


def upgrade() -> None:
    """Create everything."""
    _create_history()
    _create_captures()
    _create_undos()
    _create_documents()
    _create_mentions()
    _create_decisions()
    _create_claims()
    _create_claim_parts()
    _create_wordings()
    _index_words()
    if op.get_bind().dialect.name == "sqlite":
        _guard_ledger(
            ("UPDATE", "DELETE"), "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
        )
    else:
        op.execute(
            "CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$"
        )
        _guard_ledger(
            ("UPDATE", "DELETE", "TRUNCATE"),
            "FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only()",
        )


def _guard_ledger(acts: tuple[str, ...], then: str) -> None:
    for act in acts:
        op.execute(f"CREATE TRIGGER ledger_no_{act.lower()} BEFORE {act} ON ledger {then}")


def _create_history() -> None:
    _table(
        "stores",
        *_integers("id"),
        *_texts("made_by", "created_at"),
        *_bytes("nonce"),
    )
    _table(
        "ledger",
        *_integers("seq"),
        *_texts("type", "body"),
        *_bytes("prev", "hash", "nodes"),
        _unique("ledger", "prev"),
        key=("seq",),
    )
    _table("runs", *_integers("id"), *_texts("started_at", "versions"), *_bytes("nonce"))
    _table(
        "run_ends",
        *_integers("run_id"),
        *_texts("ended_at", "counts"),
        *_bytes("nonce"),
        *_links("run_ends", run_id="runs.id"),
        key=("run_id",),
    )


def _create_undos() -> None:
    _table(
        "undos",
        *_integers("id", "run_id"),
        *_texts("undone_at"),
        *_bytes("nonce"),
        _unique("undos", "run_id"),
        *_links("undos", run_id="runs.id"),
    )


def _create_captures() -> None:
    _table(
        "contents",
        *_integers("id"),
        *_texts("sha256"),
        *_integers("size"),
        *_bytes("nonce", "body"),
        _unique("contents", "sha256"),
    )
    _table(
        "redactions",
        *_integers("id", "content_id"),
        *_texts("reason", "redacted_by", "redacted_at", "claims", "salt", "guard"),
        *_integers("figures"),
        *_bytes("nonce"),
        _unique("redactions", "content_id"),
        *_links("redactions", content_id="contents.id"),
    )
    _table(
        "captures",
        *_integers("id", "content_id", "run_id"),
        *_texts("source", "captured_at", "given"),
        *_texts("fetched", null=True),
        *_bytes("nonce"),
        *_links("captures", content_id="contents.id", run_id="runs.id"),
    )
    _index("captures", "content_id")
    _index("captures", "source")
    _table(
        "refusals",
        *_integers("id", "capture_id", "run_id"),
        *_texts("refused_at", "code", "message"),
        *_bytes("nonce"),
        *_links("refusals", capture_id="captures.id", run_id="runs.id"),
    )
    _index("refusals", "capture_id")


def _create_documents() -> None:
    facts = ("title", "publisher", "author", "published", "country", "url")
    _table(
        "documents",
        *_integers("id", "number", "content_id", "capture_id", "run_id"),
        *_integers("superseded_by", "undone_by", "redacted_by", null=True),
        *_texts("media_type", "reader", "reader_version"),
        *_texts("encoding", "encoding_how", null=True),
        *_integers("damaged", "pages", null=True),
        *_texts(*(f"{fact}{part}" for fact in facts for part in ("", "_how")), null=True),
        *_texts("gaps", "warnings", "text_sha256"),
        *_bytes("nonce", "body", "words"),
        *_links("documents", content_id="contents.id", capture_id="captures.id"),
        *_links("documents", run_id="runs.id", superseded_by="documents.id", undone_by="undos.id"),
        *_links("documents", redacted_by="redactions.id"),
    )
    _index("documents", "content_id")
    _index("documents", "number")
    _index("documents", "published")
    _table(
        "sightings",
        *_integers("id", "run_id", "document_id", "capture_id"),
        *_bytes("nonce"),
        *_links("sightings", run_id="runs.id", document_id="documents.id"),
        *_links("sightings", capture_id="captures.id"),
    )
    _index("sightings", "run_id")
    _index("sightings", "document_id")
    _index("sightings", "capture_id")


def _create_mentions() -> None:
    fields = ("purpose", "excludes", "recipient", "funder", "attribution")
    _table(
        "mentions",
        *_integers("id", "number", "document_id"),
        *_span("amount", null=False),
        *_money("mentions"),
        *_integers("vague"),
        *_texts("kind"),
        *_span("timeframe"),
        *_texts("duration", "period_start", "period_until", null=True),
        *(column for field in fields for column in _span(field)),
        *_texts("relation", null=True),
        *_span("relation"),
        *_texts("newness", null=True),
        *_span("newness"),
        *_texts("rules"),
        *_integers("page", null=True),
        *_integers("sentence_start"),
        *_texts("sentence"),
        *_bytes("nonce"),
        _unique("mentions", "document_id", "amount_start"),
        *_links("mentions", document_id="documents.id"),
    )
    _index("mentions", "number")


def _create_decisions() -> None:
    _table(
        "decisions",
        *_integers("id"),
        *_texts("word", "decided_by", "decided_at"),
        *_texts("reason", null=True),
        *_integers("content_id"),
        *_span("amount", null=False),
        *_integers("other_content_id", null=True),
        *_span("other_amount"),
        *_texts("field", "value", "read_as", null=True),
        *_bytes("nonce"),
        *_links("decisions", content_id="contents.id", other_content_id="contents.id"),
    )
    _index("decisions", "content_id")
    _index("decisions", "other_content_id")
    _table(
        "decision_undos",
        *_integers("decision_id"),
        *_texts("undone_by", "undone_at"),
        *_texts("reason", null=True),
        *_bytes("nonce"),
        *_links("decision_undos", decision_id="decisions.id"),
        key=("decision_id",),
    )


def _create_claims() -> None:
    _table(
        "claims",
        *_integers("id"),
        *_money("claims"),
        *_texts("worth", "low_order", "high_order", "year_low_order", "year_high_order", null=True),
        *_integers("sum_minor", "headlines_minor", null=True),
        *_texts("newness", null=True),
        *_texts("kind"),
        *_texts("purpose", "recipient", "funder", "timeframe", null=True),
        *_texts("period_start", "period_until", "first_said", null=True),
        *_texts("purpose_words"),
        *_bytes("nonce"),
    )
    worth = sa.text("worth DESC")
    summed = ("low_order", "high_order", "kind", "newness", "sum_minor", "headlines_minor")
    op.create_index("ix_claims_currency_worth", "claims", ["currency", worth, "id", *summed])
    op.create_index("ix_claims_worth", "claims", [worth, "id"])
    _index("claims", "high_order")
    _index("claims", "first_said", "id")


def _create_claim_parts() -> None:
    _table(
        "claim_mentions",
        *_integers("mention_id", "claim_id"),
        *_links("claim_mentions", mention_id="mentions.id", claim_id="claims.id"),
        key=("mention_id",),
    )
    _index("claim_mentions", "claim_id")
    op.create_table(
        "pot_lists",
        *_integers("list", "place", "mention_id"),
        *_links("pot_lists", mention_id="mentions.id"),
        sa.PrimaryKeyConstraint("list", "place", "mention_id", name="pk_pot_lists"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    _index("pot_lists", "mention_id")
    _table(
        "matches",
        *_integers("left_id", "right_id", "claim_id", "score"),
        *_texts("reasons"),
        *_links("matches", left_id="mentions.id", right_id="mentions.id", claim_id="claims.id"),
        key=("left_id", "right_id"),
    )
    _index("matches", "claim_id")
    _table(
        "claim_relations",
        *_integers("mention_id", "claim_id"),
        *_texts("type"),
        *_integers("to_id"),
        *_integers("decision_id", null=True),
        *_links("claim_relations", mention_id="mentions.id", claim_id="claims.id"),
        *_links("claim_relations", to_id="claims.id", decision_id="decisions.id"),
        key=("mention_id",),
    )
    _index("claim_relations", "claim_id")
    _index("claim_relations", "to_id", "type", "claim_id")


def _create_wordings() -> None:
    _table(
        "wordings",
        *_integers("document_id"),
        *_texts("place"),
        *_integers("origin_id", null=True),
        *_texts("kind", null=True),
        *_integers("words", "shared", "sums", null=True),
        *_bytes("nonce"),
        *_links("wordings", document_id="documents.id", origin_id="documents.id"),
        key=("document_id",),
    )
    _table(
        "passages",
        *_integers("document_id", "key"),
        *_texts("place"),
        *_links("passages", document_id="documents.id"),
        key=("document_id", "key"),
    )
    _index("passages", "key", "place")


def _index_words() -> None:
    fields = ("timeframe", "purpose", "excludes", "recipient", "funder", "attribution")
    names = ("sentence", *(f"{field}_text" for field in fields))
    if op.get_bind().dialect.name == "sqlite":
        _index_words_by_fts5(names)
    else:
        _index_words_by_tsvector(names)


def _index_words_by_fts5(names: tuple[str, ...]) -> None:
    listed = ", ".join(names)
    op.execute(
        f"CREATE VIRTUAL TABLE mention_words USING fts5 ({listed}, content='mentions', "
        "content_rowid='id', tokenize='unicode61 remove_diacritics 0')"
    )


def _index_words_by_tsvector(names: tuple[str, ...]) -> None:
    weights = {"sentence": "D", "funder_text": "A", "attribution_text": "A", "recipient_text": "B"}
    vector = " || '''|'':1'::tsvector || ".join(
        f"setweight(to_tsvector('simple'::regconfig, regexp_replace(lower(coalesce({name}, '') "
        f"COLLATE \"und-x-icu\"), '[^[:alnum:]]+', ' ', 'g')), '{weights.get(name, 'C')}')"
        for name in names
    )
    index = f"CREATE INDEX ix_mentions_words ON mentions USING gin (({vector}))"
    op.get_bind().exec_driver_sql(index)
