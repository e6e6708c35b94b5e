"""Pieces of what is to be erased, by which one can tell afterwards that it is gone.

Words in the ways in which they may be written, hashes that could be guessed, random bytes that
would open a commitment: taken from every place that a document's words stand in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Table, or_, select

from store.columns import metadata
from store.tables import (
    captures,
    contents,
    decisions,
    documents,
    mentions,
    refusals,
)

LENGTH = 32
"""Bytes of a piece of a text; shorter words are looked for as a whole, from `SHORTEST` on."""
SHORTEST = 12
WINDOWS = 12
"""Pieces of one body."""
MOST = 400
"""Pieces of all documents together; each is looked for in every file."""


def pieces_of(connection: Connection, chosen: Sequence[int]) -> list[bytes]:
    """Return pieces of all that some bytes say, by their rows.

    Args:
        connection: In a transaction, before anything is erased.
        chosen: Rows of `contents`.
    """
    share = max(WINDOWS, MOST // max(1, len(chosen)))
    found = (
        piece for content in chosen for piece in _spread([*_of_bytes(connection, content)], share)
    )
    return list(dict.fromkeys(found))


def still_said(connection: Connection, pieces: Iterable[bytes]) -> dict[bytes, str]:
    """Return the pieces that rows of the store hold, each with the table.

    Words of a document may stand in another one too, which was not redacted.
    """
    missing = set(pieces)
    held: dict[bytes, str] = {}
    for table in metadata.sorted_tables:
        rows = connection.execute(select(table)).yield_per(100)
        for row in rows if missing else ():
            cells = [_bytes(value) for value in row if isinstance(value, str | bytes)]
            there = {one for one in missing if any(one in cell for cell in cells)}
            held.update(dict.fromkeys(there, table.name))
            missing -= there
    return held


def _of_bytes(connection: Connection, content: int) -> Iterator[bytes]:
    taken = select(captures.c.id).where(captures.c.content_id == content)
    read = select(documents.c.id).where(documents.c.content_id == content)
    about = or_(decisions.c.content_id == content, decisions.c.other_content_id == content)
    for table, condition in (
        (contents, contents.c.id == content),
        (captures, captures.c.content_id == content),
        (documents, documents.c.content_id == content),
        (mentions, mentions.c.document_id.in_(read)),
        (refusals, refusals.c.capture_id.in_(taken)),
        (decisions, about),
    ):
        for row in connection.execute(select(table).where(condition)).mappings():
            yield from _of_row(table, dict(row))


def _of_row(table: Table, row: dict[str, Any]) -> Iterator[bytes]:
    for name, value in row.items():
        if name == "nonce":
            yield value
        elif name == "body":
            yield from _windows(value)
        elif name in ("sha256", "text_sha256"):
            yield value.encode()
            yield bytes.fromhex(value)
        elif name in _WORDS.get(table.name, ()) and value:
            yield from _written(value)


_WORDS = {
    "captures": ("source", "given", "fetched"),
    "documents": ("title", "publisher", "author", "url"),
    "mentions": ("sentence", "amount_text", "purpose_text", "recipient_text", "funder_text"),
    "refusals": ("message",),
    "decisions": ("reason", "value", "amount_text", "other_amount_text"),
}


def _windows(body: bytes) -> Iterator[bytes]:
    step = max(LENGTH, len(body) // WINDOWS)
    for start in range(0, len(body), step):
        piece = body[start : start + LENGTH]
        if len(piece) >= SHORTEST and len(set(piece)) > SHORTEST // 2:  # no run of one byte
            yield piece


def _written(words: str) -> Iterator[bytes]:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        whole = words.encode(encoding, "replace")
        if len(whole) >= SHORTEST:
            yield whole[: 2 * LENGTH]


def _spread(pieces: Sequence[bytes], most: int) -> Sequence[bytes]:
    """Return at most so many of some pieces, from everywhere among them."""
    step = -(-len(pieces) // most)
    return pieces[::step] if step > 1 else pieces


def _bytes(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode("utf-8", "replace")
