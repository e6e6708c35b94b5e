"""What the claims of a list are, counted: years, currencies, kinds, promisers, newness, sources.

Each count is that of the question with one more term, so whoever follows it finds as many.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, func, select

from store.conditions import compile_condition
from store.mention_conditions import Sql
from store.query import held_by
from store.question import parse
from store.question_sets import ground_of
from store.question_terms import WORDS, AllOf, Question
from store.question_text import condition_text
from store.results import Facet, Summary
from store.tables import claims
from store.totals import totals_among

MOST_PROMISERS = 6
FEW_CLAIMS = 20_000
"""Claims of a store up to which promisers are counted: their words are looked for in all of it."""
STATUSES = ("new", "restated", "partof", "ontop")
"""Those that SQL alone can tell; the others take the timelines of a whole store."""
_YEAR = func.substr(claims.c.first_said, 1, 4)
_OPEN: tuple[tuple[str, ColumnElement[str]], ...] = (
    ("first", _YEAR),
    ("currency", claims.c.currency),
    ("kind", claims.c.kind),
)
"""Terms whose values a list has of its own."""


def summary_of(connection: Connection, question: Question, most: int | None) -> Summary | None:
    """Return what a list comes to, and how many of its claims each of some terms leaves.

    Args:
        connection: In a transaction.
        question: What the list holds.
        most: None for a list with more claims than this; no more of them are looked at.
    """
    held = held_by(connection, question)
    if most is not None:
        some = select(claims.c.id).where(*held).limit(most + 1)
        ids = list(connection.execute(some).scalars())
        if len(ids) > most:
            return None
        held = [claims.c.id.in_(ids)]  # asked once, however many terms are counted
    return Summary(totals_among(connection, held), _facets(connection, held))


def narrowed(question: Question, term: str) -> Question:
    """Return a question with one more term that must hold."""
    (more,) = (parse(term).condition,)
    assert more is not None  # noqa: S101 - a term is a condition
    if question.condition is None:
        return Question(term, more, question.sort)
    parts = question.condition.parts if isinstance(question.condition, AllOf) else None
    both = AllOf((*(parts or (question.condition,)), more))
    return Question(condition_text(both), both, question.sort)


def has_more_than(connection: Connection, number: int, question: Question) -> bool:
    """Tell whether a question asks for more claims than a number, looking at no more than that."""
    beyond = select(claims.c.id).where(*held_by(connection, question)).offset(number).limit(1)
    return connection.execute(beyond).first() is not None


def _facets(connection: Connection, held: Sequence[Sql]) -> list[Facet]:
    found = []
    for name, column in _OPEN:
        for value, number in _values(connection, held, column):
            found.append(Facet(name, value, f"{name}:{value}", number))
    if not has_more_than(connection, FEW_CLAIMS, parse("")):
        named = _values(connection, held, claims.c.funder)[:MOST_PROMISERS]
        found += _counted(connection, held, "who", [value for value, _ in named])
    found += _counted(connection, held, "status", STATUSES)
    found += _counted(connection, held, "type", WORDS["type"])
    return found


def _values(
    connection: Connection, held: Sequence[Sql], column: ColumnElement[str]
) -> list[tuple[str, int]]:
    number = func.count()
    query = select(column, number).where(column.is_not(None), *held).group_by(column)
    rows = connection.execute(query.order_by(number.desc(), column))
    return [(str(value), int(count)) for value, count in rows]


def _counted(
    connection: Connection, held: Sequence[Sql], name: str, values: Sequence[str]
) -> list[Facet]:
    found = []
    for value in values:
        words = " ".join(value.replace('"', " ").split())
        if not any(letter.isalnum() for letter in words):
            continue  # a promiser without a letter is no word to ask for
        term = f"{name}:{words}" if words.isalnum() else f'{name}:"{words}"'
        condition = parse(term).condition
        assert condition is not None  # noqa: S101 - a term is a condition
        meant = compile_condition(condition, ground_of(connection, condition))
        query = select(func.count()).select_from(claims).where(meant, *held)
        if number := connection.execute(query).scalar_one():
            found.append(Facet(name, value, term, int(number)))
    return found
