"""Pages of claims by key: where one ended, as a word that the next begins with.

A cursor names the last claim of a page by the value that it was sorted by and its number, so claims
that come in between move no page. It also names the question and the order, and fits no other.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, or_, select

from records.errors import CursorError
from records.money import MAX_MINOR
from store.question_terms import Condition, Question, Sort
from store.question_text import question_text
from store.tables import claims

Sql = ColumnElement[bool]
_VALUES = {"amount": claims.c.worth, "said": claims.c.first_said}


@dataclass(frozen=True, slots=True)
class Place:
    """A claim in an order.

    Attributes:
        value: What it is sorted by, as stored; None where it has none, which is behind all others.
        claim: Its row.
    """

    value: str | None
    claim: int


def cursor_of(place: Place, condition: Condition | None, sort: Sort) -> str:
    """Return the word that the page behind a place begins with."""
    parts = [_asked(condition, sort), place.value, place.claim]
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def read_cursor(cursor: str, condition: Condition | None, sort: Sort) -> Place:
    """Return where the last page ended.

    Raises:
        CursorError: It is none, or of another question or order.
    """
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        parts = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        asked, value, claim = parts
        place = Place(None if value is None else str(value), min(int(claim), MAX_MINOR))
    except (binascii.Error, ValueError, TypeError):
        raise CursorError(
            f'"{cursor[:40]}" is no cursor. Copy it whole from the page before, or leave it out to '
            "begin at the first page."
        ) from None
    if asked != _asked(condition, sort):
        raise CursorError(
            "This cursor is of another question or another order. Ask as for the page before, or "
            "leave it out to begin at the first page."
        )
    return place


def page_of(
    connection: Connection, held: Sequence[Sql], sort: Sort, after: Place | None, limit: int | None
) -> list[Place]:
    """Return claims in order: those with the value that is sorted by, then those without it.

    Args:
        connection: In a transaction.
        held: What must hold of a claim.
        sort: The order; of equal ones come first those that came into the store first.
        after: Where the last page ended; None for the first.
        limit: At most so many; None for all.
    """
    value = _VALUES[sort.field]
    found: list[Place] = []
    if after is None or after.value is not None:
        known = _known(tuple(held), sort, limit)
        if after is not None:
            beyond = value < after.value if sort.descending else value > after.value
            reached = value <= after.value if sort.descending else value >= after.value
            known = known.where(reached, or_(beyond, claims.c.id > after.claim))
        found += [Place(stored, claim) for stored, claim in connection.execute(known)]
        after = None
    if limit is None or len(found) < limit:
        unknown = select(value, claims.c.id).where(value.is_(None), *held).order_by(claims.c.id)
        if after is not None:
            unknown = unknown.where(claims.c.id > after.claim)
        left = None if limit is None else limit - len(found)
        found += [Place(*row) for row in connection.execute(unknown.limit(left))]
    return found


# Few: a condition on revised figures holds the number of each claim.
@lru_cache(maxsize=32)
def _known(held: tuple[Sql, ...], sort: Sort, limit: int | None) -> Select[Any]:
    """Return a query for claims that have the value; made once for what is compiled once."""
    value = _VALUES[sort.field]
    query = select(value, claims.c.id).where(value.is_not(None), *held)
    return query.order_by(value.desc() if sort.descending else value, claims.c.id).limit(limit)


def _asked(condition: Condition | None, sort: Sort) -> str:
    text = question_text(Question("", condition, sort))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
