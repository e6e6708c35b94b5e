"""Find claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from sqlalchemy import Connection, Select, bindparam, distinct, func, select

from store.conditions import Ground, compile_condition
from store.fulltext import full_text
from store.mention_conditions import Sql
from store.paging import cursor_of, page_of, read_cursor
from store.provenance import read_claims
from store.question import DEFAULT_SORT, read_sort
from store.question_sets import asks_python, ground_of, terms_of
from store.question_terms import AmountTerm, Condition, CurrencyTerm, DayTerm, Question, Sort
from store.results import Answer
from store.tables import IS_CURRENT, claims, documents


def find_claims(
    connection: Connection,
    question: Question,
    sort: str | None,
    limit: int | None,
    after: str | None,
) -> Answer:
    """Return the claims that a question asks for.

    Args:
        connection: In a transaction, for one snapshot.
        question: Parsed.
        sort: Outranks the question's own; None for that, or largest first.
        limit: At most so many; None for all.
        after: The cursor of the page before; None for the first page.

    Raises:
        QueryError: `sort` is no order.
        CursorError: `after` is no cursor, or of another question or order.
    """
    order = order_of(question, sort)
    place = None if after is None else read_cursor(after, question.condition, order)
    held = held_by(connection, question)
    found = page_of(connection, held, order, place, None if limit is None else limit + 1)
    page = found[:limit]
    return Answer(
        claims=tuple(read_claims(connection, [one.claim for one in page])),
        next=cursor_of(page[-1], question.condition, order) if len(found) > len(page) else None,
        notes=tuple(_notes(connection, question, held)),
    )


def count_claims(connection: Connection, question: Question) -> int:
    """Return how many claims a question asks for."""
    query = select(func.count()).select_from(claims).where(*held_by(connection, question))
    return int(connection.execute(query).scalar_one())


def claim_ids(connection: Connection, question: Question) -> list[int]:
    """Return the claims that a question asks for, in its order; by their ids where it has none."""
    held = held_by(connection, question)
    if question.sort is not None:
        return [one.claim for one in page_of(connection, held, question.sort, None, None)]
    query = select(claims.c.id).where(*held).order_by(claims.c.id)
    return list(connection.execute(query).scalars())


def select_claims(connection: Connection, question: Question) -> Select[int]:
    """Return a query for the claims that a question asks for, in no order."""
    return select(claims.c.id).where(*held_by(connection, question))


def order_of(question: Question, sort: str | None) -> Sort:
    """Return the order of an answer: as given apart, else as asked for, else the largest first.

    Raises:
        QueryError: `sort` is no order.
    """
    return read_sort(sort) if sort else question.sort or DEFAULT_SORT


def held_by(connection: Connection, question: Question) -> list[Sql]:
    """Return what a question holds a row of `claims` to; nothing where it asks for every claim."""
    condition = question.condition
    if condition is None:
        return []
    if asks_python(condition):
        return [compile_condition(condition, ground_of(connection, condition))]
    return [_held_by_tables(condition, connection.dialect.name)]


@lru_cache(maxsize=256)
def _held_by_tables(condition: Condition, dialect: str) -> Sql:
    """Compile a condition once: putting a query together takes as long as asking it."""
    return compile_condition(condition, Ground(full_text(dialect)))


def _notes(connection: Connection, question: Question, held: Sequence[Sql]) -> Iterable[str]:
    terms = list(terms_of(question.condition))
    chosen = any(isinstance(term, CurrencyTerm) for term in terms)
    bare = any(isinstance(term, AmountTerm) and not term.currencies for term in terms)
    if bare and not chosen:
        currencies = _currencies(connection, held)
        if len(currencies) > 1:
            yield (
                "amounts are compared in each currency's own units, nothing is converted: "
                f"{', '.join(currencies)}; add currency:{currencies[0]} to ask for one"
            )
    if any(isinstance(term, DayTerm) and term.field in ("said", "first") for term in terms):
        query = select(func.count(distinct(documents.c.number))).where(
            IS_CURRENT, documents.c.published.is_(None)
        )
        undated = connection.execute(query).scalar_one()
        if undated:
            yield (
                f"documents without a publication day, which said: cannot find: {undated}; give "
                "one with: earmark ingest … --published 2021-10-27"
            )


def _currencies(connection: Connection, held: Sequence[Sql]) -> Sequence[str]:
    """Return the currencies of what was found, asked for one by one: a store has few."""
    found, last = [], ""
    while code := connection.execute(_NEXT_CURRENCY, {"last": last}).scalar_one():
        of_it = select(claims.c.id).where(claims.c.currency == code, *held).limit(1)
        if connection.execute(of_it).first():
            found.append(code)
        last = code
    return found


# The index finds each next one at once; DISTINCT would read all of it.
_NEXT_CURRENCY = select(func.min(claims.c.currency)).where(claims.c.currency > bindparam("last"))
