"""A question that takes too long is broken off, in the middle of a statement and between two."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection

from records.errors import QuestionTooSlowError
from store.engine import Engines
from store.faults import at_the_door
from store.opening import open_store
from store.patience import Patience
from store.place import place_of
from store.pots.build import build_pots
from store.store import Store
from tests.store.pots.told import Told, told

LONG = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000000) "
    "SELECT count(*) FROM n"
)


def one_long(connection: Connection) -> None:
    connection.exec_driver_sql(LONG).all()


def many_short(connection: Connection) -> None:
    while True:
        connection.exec_driver_sql("SELECT 1").all()


def in_turns(engines: Engines, act: Callable[[Connection], None]) -> None:
    with at_the_door("here", 1), engines.reader.begin() as connection:
        act(connection)


@pytest.mark.parametrize("act", [one_long, many_short])
def test_what_takes_too_long_is_broken_off_and_the_next_question_is_answered(
    store: Store, place: str, act: Callable[[Connection], None]
) -> None:
    engines = open_store(place_of(place), 1, create=False, read_only=True)
    patience = Patience(engines.reader)
    for _ in range(2):
        with pytest.raises(QuestionTooSlowError, match="longer than it may"), patience.within(0.1):
            in_turns(engines, act)
    in_turns(engines, lambda connection: connection.exec_driver_sql("SELECT 1").close())
    engines.dispose()


def test_alarms_are_broken_off_between_two_claims(place: str, store: Store) -> None:
    engines = open_store(place_of(place), 1, create=False, read_only=True)
    patience = Patience(engines.reader)
    claims = [told(n, f"{n}m", Told("d1", "2025-03-03"), purpose="buses") for n in (1, 2)]
    with patience.within(9):
        assert build_pots(claims, look=patience.look) == build_pots(claims)
    with pytest.raises(QuestionTooSlowError), patience.within(-1):
        build_pots(claims, look=patience.look)
    engines.dispose()
