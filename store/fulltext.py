"""Words of mentions, looked up in the database's own index: FTS5 of SQLite, tsvector of PostgreSQL.

The index changes in the transaction that changes the mentions, and holds no text beside their rows:
FTS5 has them as external content, PostgreSQL has an index on an expression. Whole words are
compared, upper and lower case alike, and everything but letters and digits parts them. A question's
words reach neither engine as anything but words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import ClassVar, Literal, Protocol

from sqlalchemy import (
    BindParameter,
    Connection,
    Select,
    bindparam,
    column,
    func,
    literal_column,
    select,
    table,
    text,
)

from store.tables import TEXT_FIELDS, mentions
from store.word_index import POSTGRESQL_VECTOR, SQLITE_ADD

Part = Literal["any", "who", "to", "sentence"]
"""What of a mention has the words: anything, who gives or says so, who gets, the sentence alone."""
_WORD = re.compile(r"[^\W_]+")


class FullText(Protocol):
    """An index over the words of mentions."""

    def add(self, connection: Connection, document: int) -> None:
        """Take in the mentions of a document, by its row, that were just written."""

    def add_all(self, connection: Connection) -> None:
        """Take in every mention, where none was taken in yet."""

    def mentions_with(self, phrases: Sequence[str], part: Part) -> Select[int]:
        """Select the rows of mentions that have at least one of some phrases, each as one piece.

        Args:
            phrases: Not all of them without a word.
            part: Where.
        """


def words_in(phrase: str) -> list[str]:
    """Return the words that a search compares."""
    return _WORD.findall(phrase.lower())


def full_text(dialect: str) -> FullText:
    """Return the index of a kind of database, by its SQLAlchemy name."""
    return _TsVector() if dialect == "postgresql" else _Fts5()


class _Fts5:
    _WHERE: ClassVar[Mapping[Part, tuple[str, ...]]] = {
        "any": TEXT_FIELDS,
        "who": ("funder_text", "attribution_text"),
        "to": ("recipient_text",),
        "sentence": ("sentence",),
    }

    def add(self, connection: Connection, document: int) -> None:
        connection.execute(text(SQLITE_ADD), {"document": document})

    def add_all(self, connection: Connection) -> None:
        connection.execute(text("INSERT INTO mention_words (mention_words) VALUES ('rebuild')"))

    def mentions_with(self, phrases: Sequence[str], part: Part) -> Select[int]:
        quoted = " OR ".join(f'"{" ".join(words)}"' for words in map(words_in, phrases) if words)
        asked = f"{{{' '.join(self._WHERE[part])}}} : ({quoted})"
        index = table("mention_words", column("rowid"))
        matches = literal_column("mention_words").op("MATCH")(bindparam(None, asked))
        return select(index.c.rowid).where(matches)


class _TsVector:
    _WEIGHTS: ClassVar[Mapping[Part, str]] = {"any": "", "who": ":A", "to": ":B", "sentence": ":D"}

    def add(self, connection: Connection, document: int) -> None:
        """Do nothing: the index is on the rows themselves."""

    def add_all(self, connection: Connection) -> None:
        """Likewise."""

    def mentions_with(self, phrases: Sequence[str], part: Part) -> Select[int]:
        weight = self._WEIGHTS[part]
        phrased = (
            " <-> ".join(f"'{word}'{weight}" for word in words)
            for words in map(words_in, phrases)
            if words
        )
        asked: BindParameter[str] = bindparam(None, " | ".join(f"({one})" for one in phrased))
        query = func.to_tsquery(literal_column("'simple'::regconfig"), asked)
        return select(mentions.c.id).where(literal_column(f"({POSTGRESQL_VECTOR})").op("@@")(query))
