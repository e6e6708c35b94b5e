"""What the claims of a list are, counted: years, currencies, kinds, promisers, newness, sources.

Each count is that of the question with one more term, so whoever follows it finds as many.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, func, select

from store.query import count_claims, held_by
from store.question import parse
from store.question_terms import WORDS, AllOf, Question
from store.question_text import condition_text
from store.results import Facet
from store.tables import claims

MOST_PROMISERS = 6
STATUSES = ("new", "restated", "partof", "ontop")
"""Those that SQL alone can tell; the others take the timelines of a whole store."""
_YEAR = func.substr(claims.c.first_said, 1, 4)
_OPEN: tuple[tuple[str, ColumnElement[str], int | None], ...] = (
    ("first", _YEAR, None),
    ("currency", claims.c.currency, None),
    ("kind", claims.c.kind, None),
    ("who", claims.c.funder, MOST_PROMISERS),
)
"""Terms whose values a list has of its own, and how many of them are counted."""


def facets_of(connection: Connection, question: Question) -> list[Facet]:
    """Return how many claims of a list each term leaves, those that leave none not among them."""
    found = []
    for name, column, most in _OPEN:
        found += _counted(connection, question, name, _values(connection, question, column, most))
    found += _counted(connection, question, "status", STATUSES)
    found += _counted(connection, question, "type", WORDS["type"])
    return found


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


def _values(
    connection: Connection, question: Question, column: ColumnElement[str], most: int | None
) -> list[str]:
    held = held_by(connection, question)
    query = select(column, func.count()).where(column.is_not(None), *held).group_by(column)
    rows = connection.execute(query.order_by(func.count().desc(), column).limit(most))
    return [str(row[0]) for row in rows]


def _counted(
    connection: Connection, question: Question, name: str, values: Sequence[str]
) -> list[Facet]:
    found = []
    for value in values:
        words = " ".join(value.replace('"', " ").split())
        if not any(letter.isalnum() for letter in words):
            continue  # a promiser without a letter is no word to ask for
        term = f"{name}:{words}" if words.isalnum() else f'{name}:"{words}"'
        claims_left = count_claims(connection, narrowed(question, term))
        if claims_left:
            found.append(Facet(name, value, term, claims_left))
    return found
