"""Documents as origins and echoes are told by: their words, their place in time, their sources."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, select

from store.echoes.grouping import Text, place_of
from store.echoes.wording import Sum, Wording, wording
from store.live import IS_LIVE
from store.tables import captures, contents, documents, mentions

KEPT_WORDS = 500_000
"""Words of texts that stay in memory."""
LONGEST = 500_000
"""Code points of a text that are compared: a book is no reprint, and each word costs time."""
NAMELESS = "-"
"""Standard input: a name that says nothing of where bytes come from."""


@dataclass(frozen=True)
class _Kept:
    """What never changes of a document."""

    wording: Wording
    content: int
    sha256: str
    published: str | None


class Texts:
    """Texts of stored documents. Their words never change, so what was read stays right."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._kept: OrderedDict[int, _Kept] = OrderedDict()
        self._words = 0

    def read(self, connection: Connection, document: int) -> Text:
        """Return the text of a document, by its row."""
        kept = self._kept.get(document)
        if kept is None:
            kept = self._kept[document] = _read(connection, document)
            self._words += len(kept.wording.words)
            while self._words > KEPT_WORDS and len(self._kept) > 1:
                _, gone = self._kept.popitem(last=False)
                self._words -= len(gone.wording.words)
        self._kept.move_to_end(document)
        names = connection.execute(_NAMES, {"content": kept.content}).all()
        day = kept.published or min(name.captured_at for name in names)[: len("2021-10-25")]
        return Text(
            id=document,
            place=place_of(date.fromisoformat(day), len(kept.wording.words), kept.sha256),
            wording=kept.wording,
            sources=frozenset(name.source for name in names) - {NAMELESS},
        )

    def forget(self) -> None:
        """Know nothing again: after a transaction that did not go through."""
        self._kept.clear()
        self._words = 0


def _read(connection: Connection, document: int) -> _Kept:
    row = connection.execute(_DOCUMENT, {"document": document}).one()
    amounts = connection.execute(_AMOUNTS, {"document": document})
    sums = [Sum(one.amount_start, one.amount_end, _value(one)) for one in amounts]
    head = row.body.decode()[:LONGEST]
    words = wording(head, [one for one in sums if one.end <= len(head)])
    return _Kept(words, row.content_id, row.sha256, row.published)


def _value(row: Any) -> str | None:
    bounds = [
        row.low_text if row.low_minor is None else row.low_minor,
        row.high_text if row.high_minor is None else row.high_minor,
    ]
    if bounds == [None, None]:
        return None
    return f"{row.currency} {' '.join('' if one is None else str(one) for one in bounds)}"


_DOCUMENT = (
    select(documents.c.body, documents.c.published, documents.c.content_id, contents.c.sha256)
    .join(contents, contents.c.id == documents.c.content_id)
    .where(documents.c.id == bindparam("document"))
)
_NAMES = select(captures.c.source, captures.c.captured_at).where(
    captures.c.content_id == bindparam("content"), IS_LIVE
)
_AMOUNTS = (
    select(
        *(mentions.c[name] for name in ("amount_start", "amount_end", "currency")),
        *(mentions.c[f"{bound}_{form}"] for bound in ("low", "high") for form in ("minor", "text")),
    )
    .where(mentions.c.document_id == bindparam("document"))
    .order_by(mentions.c.amount_start)
)
