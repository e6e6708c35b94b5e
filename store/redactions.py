"""What the store still knows of what was redacted: by whom, when, why, and what hung on it."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from records.document import Capture
from records.money import decimal_text
from store.instants import read_instant
from store.mention_rows import read_bound
from store.tables import contents, documents, mentions, redactions

_COST = {"n": 2**14, "r": 8, "p": 1, "dklen": 32}
"""Of one guess: sixteen megabytes, some hundredths of a second."""


@dataclass(frozen=True, slots=True)
class Redaction:
    """That some bytes, and all that was read from them, were erased.

    Attributes:
        id: Of its row.
        documents: Ids of the documents that the bytes were (`d2`); none for refused bytes, whose
            redaction goes by its own (`x1`).
        mentions: Ids of their mentions (`m7`).
        by: On whose authority.
        at: UTC.
        reason: A code, as `erasure-request`.
        figures: Whether amounts and periods were kept.
        claims: Every claim that lost its number to it, with those that its other mentions went to;
            one with none is unsupported.
    """

    id: int
    documents: tuple[str, ...]
    mentions: tuple[str, ...]
    by: str
    at: datetime
    reason: str
    figures: bool
    claims: Mapping[str, Sequence[str]]

    @property
    def names(self) -> tuple[str, ...]:
        """What it can be asked for by: the documents, or its own id."""
        return self.documents or (f"x{self.id}",)

    @property
    def told(self) -> str:
        """Who, when and why: `redacted by anna on 2026-11-28 (erasure-request)`."""
        return f"redacted by {self.by} on {self.at.date()} ({self.reason})"

    @property
    def unsupported(self) -> tuple[str, ...]:
        """The claims that nothing states any more."""
        found = (claim for claim, others in self.claims.items() if not others)
        return tuple(sorted(found, key=lambda claim: int(claim[1:])))


def read_redactions(connection: Connection, *conditions: ColumnElement[bool]) -> list[Redaction]:
    """Return redactions in order; without a condition on the table, all."""
    query = select(redactions).where(*conditions).order_by(redactions.c.id)
    return [_read(connection, dict(row)) for row in connection.execute(query).mappings().all()]


def redaction_naming(connection: Connection, name: str) -> Redaction | None:
    """Return the redaction of a document, mention or claim, by its id; None where none was."""
    for one in read_redactions(connection):
        if name in (*one.names, *one.mentions, *one.claims):
            return one
    return None


def told_of(connection: Connection, name: str) -> str | None:
    """Say what became of a document, mention or claim that was redacted; None where none was."""
    one = redaction_naming(connection, name)
    if one is None:
        return None
    if name.startswith("c"):
        return _told_of_claim(connection, name, one)
    kept = _figures(connection, name) if name.startswith("m") and one.figures else ""
    what = "its words are erased, and no claim rests on it"
    return f"{name} was {one.told}: {what}{kept}"


def _told_of_claim(connection: Connection, name: str, one: Redaction) -> str:
    others = one.claims[name]
    if others:
        return f"{name} is no more: a mention of it was {one.told}; the others are in " + (
            ", ".join(others)
        )
    number = name.replace("c", "m", 1)
    kept = _figures(connection, number) if one.figures else ""
    return f"{name} is unsupported: its last mention was {one.told}{kept}"


def guard_of(sha256: str, salt: str) -> str:
    """Return what tells the same bytes again, at a price that makes guessing dear."""
    return hashlib.scrypt(sha256.encode(), salt=bytes.fromhex(salt), **_COST).hex()


def new_guard(sha256: str) -> dict[str, str]:
    """Return a fresh salt and the guard of some bytes."""
    salt = secrets.token_hex(16)
    return {"salt": salt, "guard": guard_of(sha256, salt)}


def redaction_of(connection: Connection, capture: Capture) -> Redaction | None:
    """Return the redaction of the very bytes of a capture; None where there was none."""
    return redaction_of_bytes(connection, capture.sha256, len(capture.content))


def redaction_of_bytes(connection: Connection, sha256: str, size: int) -> Redaction | None:
    """Likewise by their SHA-256 and length; only bytes of one length are worth a comparison."""
    for row in connection.execute(_OF_SIZE.where(contents.c.size == size)).mappings().all():
        if hmac.compare_digest(guard_of(sha256, row["salt"]), row["guard"]):
            return _read(connection, dict(row))
    return None


def last_redaction(connection: Connection) -> int:
    """Return the number of the last redaction; 0 before the first."""
    return int(connection.execute(select(func.coalesce(func.max(redactions.c.id), 0))).scalar_one())


def _read(connection: Connection, row: Mapping[str, Any]) -> Redaction:
    read = select(documents.c.number).where(documents.c.redacted_by == row["id"]).distinct()
    stated = (
        select(mentions.c.number)
        .join(documents, documents.c.id == mentions.c.document_id)
        .where(documents.c.redacted_by == row["id"])
        .distinct()
    )
    return Redaction(
        id=row["id"],
        documents=_ids("d", connection, read.order_by(documents.c.number)),
        mentions=_ids("m", connection, stated.order_by(mentions.c.number)),
        by=row["redacted_by"],
        at=read_instant(row["redacted_at"]),
        reason=row["reason"],
        figures=bool(row["figures"]),
        claims=json.loads(row["claims"]),
    )


def _ids(prefix: str, connection: Connection, query: Select[int]) -> tuple[str, ...]:
    return tuple(f"{prefix}{number}" for number in connection.execute(query).scalars())


def _figures(connection: Connection, name: str) -> str:
    """Say what was kept of a mention: `; kept of it: GBP 5000000, 2021-04-01 to 2022-03-31`."""
    query = select(mentions).where(mentions.c.number == int(name[1:]), mentions.c.amount_text == "")
    row = connection.execute(query.order_by(mentions.c.id.desc()).limit(1)).mappings().one_or_none()
    if row is None:
        return ""
    read = (read_bound(dict(row), bound) for bound in ("low", "high"))
    low, high = (None if one is None else decimal_text(one) for one in read)
    bounds = low if low is not None and low == high else _range(low, high)
    days = _range(row["period_start"], row["period_until"])
    return "; kept of it: " + ", ".join(
        part for part in (f"{row['currency']} {bounds}", days) if part
    )


def _range(start: str | None, end: str | None) -> str:
    if start is None and end is None:
        return ""
    return f"{'' if start is None else f'{start} '}to{'' if end is None else f' {end}'}"


_OF_SIZE = select(redactions).join(contents, contents.c.id == redactions.c.content_id)
