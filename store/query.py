"""Find claims."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection, distinct, func, or_, select

from store.conditions import OddAmount, compile_condition
from store.mention_rows import Row, read_bound
from store.provenance import read_claims
from store.question import (
    AllOf,
    AmountTerm,
    AnyOf,
    Condition,
    CurrencyTerm,
    DayTerm,
    Not,
    Question,
    Sort,
    Term,
    parse,
)
from store.results import Answer
from store.tables import IS_CURRENT, claims, documents

DEFAULT_SORT = Sort("amount", descending=True)


@dataclass(frozen=True, slots=True)
class _Found:
    """What ordering needs of a claim."""

    id: int
    currency: str
    amount: Decimal | None
    first_said: str | None


def find_claims(
    connection: Connection, question: Question, sort: str | None, limit: int | None
) -> Answer:
    """Return the claims that a question asks for.

    Args:
        connection: In a transaction, for one snapshot.
        question: Parsed.
        sort: Outranks the question's own; None for that, or largest first.
        limit: At most so many; None for all.

    Raises:
        QueryError: `sort` is no order.
    """
    order = (parse(f"sort:{sort}").sort if sort else question.sort) or DEFAULT_SORT
    found = _ordered(_all_found(connection, question), order)
    chosen = found if limit is None else found[:limit]
    return Answer(
        claims=tuple(read_claims(connection, [one.id for one in chosen])),
        total=len(found),
        notes=tuple(_notes(connection, question.condition, found)),
    )


def claim_ids(connection: Connection, question: Question) -> list[int]:
    """Return the claims that a question asks for, in its order; by their ids where it has none."""
    found = _all_found(connection, question)
    return [one.id for one in (_ordered(found, question.sort) if question.sort else found)]


def _all_found(connection: Connection, question: Question) -> list[_Found]:
    query = select(*_NEEDED).order_by(claims.c.id)
    if question.condition is not None:
        query = query.where(compile_condition(question.condition, _odd_amounts(connection)))
    return [_found(dict(row)) for row in connection.execute(query).mappings()]


_NEEDED = tuple(
    claims.c[name]
    for name in (
        *("id", "currency", "exponent", "low_minor", "low_text", "high_minor", "high_text"),
        "first_said",
    )
)


def _found(row: Row) -> _Found:
    low, high = read_bound(row, "low"), read_bound(row, "high")
    return _Found(row["id"], row["currency"], high if low is None else low, row["first_said"])


def _ordered(found: list[_Found], order: Sort) -> list[_Found]:
    """Sort by decimals, which no database does alike; what is unknown comes last."""

    def key(one: _Found) -> Decimal | str:
        value = one.amount if order.field == "amount" else one.first_said
        assert value is not None  # noqa: S101 - only known ones are sorted
        return value

    def known(one: _Found) -> bool:
        return (one.amount if order.field == "amount" else one.first_said) is not None

    ranked = sorted(filter(known, found), key=key, reverse=order.descending)
    return [*ranked, *(one for one in found if not known(one))]


def _odd_amounts(connection: Connection) -> dict[int, OddAmount]:
    query = select(*_NEEDED).where(
        or_(claims.c.low_text.is_not(None), claims.c.high_text.is_not(None))
    )
    return {
        row["id"]: OddAmount(
            row["currency"], read_bound(dict(row), "low"), read_bound(dict(row), "high")
        )
        for row in connection.execute(query).mappings()
    }


def _notes(
    connection: Connection, condition: Condition | None, found: list[_Found]
) -> Iterable[str]:
    terms = list(_terms(condition))
    currencies = sorted({one.currency for one in found})
    chosen = any(isinstance(term, CurrencyTerm) for term in terms)
    bare = any(isinstance(term, AmountTerm) and not term.currencies for term in terms)
    if bare and not chosen and len(currencies) > 1:
        yield (
            "amounts are compared in each currency's own units, nothing is converted: "
            f"{', '.join(currencies)}; add currency:{currencies[0]} to ask for one"
        )
    if any(isinstance(term, DayTerm) and term.field == "said" for term in terms):
        query = select(func.count(distinct(documents.c.number))).where(
            IS_CURRENT, documents.c.published.is_(None)
        )
        undated = connection.execute(query).scalar_one()
        if undated:
            yield (
                f"documents without a publication day, which said: cannot find: {undated}; give "
                "one with: earmark ingest … --published 2021-10-27"
            )


def _terms(condition: Condition | None) -> Iterable[Term]:
    match condition:
        case None:
            return
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _terms(part)
        case Not(part):
            yield from _terms(part)
        case _:
            yield condition
