"""How databases index the words of mentions; `store.fulltext` asks them.

Not tables of SQLAlchemy's: what stands here is each database's own. The first migration makes the
same, and `store.schema` holds a file to it.
"""

from __future__ import annotations

from store.tables import TEXT_FIELDS

_COLUMNS = ", ".join(TEXT_FIELDS)
_UNDER_IT = {
    "data": "(id INTEGER PRIMARY KEY, block BLOB)",
    "docsize": "(id INTEGER PRIMARY KEY, sz BLOB)",
    "idx": "(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID",
    "config": "(k PRIMARY KEY, v) WITHOUT ROWID",
}
"""What FTS5 makes for itself under an index, in its own words."""

SQLITE = {
    ("table", "mention_words"): (
        f"CREATE VIRTUAL TABLE mention_words USING fts5 ({_COLUMNS}, content='mentions', "
        "content_rowid='id', tokenize='unicode61 remove_diacritics 0')"
    ),
    **{
        ("table", f"mention_words_{name}"): f"CREATE TABLE 'mention_words_{name}'{columns}"
        for name, columns in _UNDER_IT.items()
    },
}
"""Kind and name of each part to its definition."""
SQLITE_ADD = (
    f"INSERT INTO mention_words (rowid, {_COLUMNS}) "  # noqa: S608 - names of ours
    f"SELECT id, {_COLUMNS} FROM mentions WHERE document_id = :document"
)
"""Takes a document's mentions in. No trigger does: a schema's triggers may not write to FTS5 where
the schema is not trusted, and Earmark trusts none."""

WEIGHTS = {"sentence": "D", "funder_text": "A", "attribution_text": "A", "recipient_text": "B"}
"""The mark of PostgreSQL's that words of a column bear; C for every other column."""

# A bar, which is no word, stands between columns, so that no phrase reaches over two of them.
POSTGRESQL_VECTOR = " || '''|'':1'::tsvector || ".join(
    f"setweight(to_tsvector('simple'::regconfig, regexp_replace(lower(coalesce({name}, '') "
    f"COLLATE \"und-x-icu\"), '[^[:alnum:]]+', ' ', 'g')), '{WEIGHTS.get(name, 'C')}')"
    for name in TEXT_FIELDS
)
"""The expression that `ix_mentions_words` is an index on; a query finds it by these very words."""
