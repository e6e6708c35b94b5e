"""How long questions to a store may take where somebody waits: what takes longer is broken off."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TypeVar

from sqlalchemy import Connection, Engine, event

from records.errors import QuestionTooSlowError

T = TypeVar("T")
Look = Callable[[], None]
"""Looks at the clock; raises `QuestionTooSlowError` where it is over."""
STEPS = 20_000
"""Steps of SQLite's machine, a millisecond or so, after which it asks whether to go on."""


class Patience:
    """A limit on what is read through an engine, by the one thread that reads through it.

    The database is told to stop in the middle of a statement; between two it is looked at the
    clock, since a question can be many small ones.
    """

    def __init__(self, reader: Engine) -> None:
        """Watch an engine; nothing is limited yet."""
        self._until: float | None = None
        event.listen(reader, "begin", self._begin)
        event.listen(reader, "before_cursor_execute", lambda *_: self.look())

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Break off what reads for longer than so many seconds.

        Raises:
            QuestionTooSlowError: Something did.
        """
        self._until = monotonic() + seconds
        try:
            yield
        finally:
            self._until = None

    def _begin(self, connection: Connection) -> None:
        raw = connection.connection.driver_connection
        if isinstance(raw, sqlite3.Connection):
            raw.set_progress_handler(self._is_over if self._until else None, STEPS)
        elif self._until is not None:
            left = max(1, round(1000 * (self._until - monotonic())))
            connection.exec_driver_sql(f"SET LOCAL statement_timeout = {left}")

    def look(self) -> None:
        """Break off what goes on for too long.

        Raises:
            QuestionTooSlowError: It does.
        """
        if self._is_over():
            raise too_slow()

    def _is_over(self) -> bool:
        return self._until is not None and monotonic() > self._until


def no_limit() -> None:
    """Look at no clock: what goes on may take as long as it needs."""


def paced(items: Iterable[T], look: Look) -> Iterator[T]:
    """Yield items, looking at the clock before each.

    Raises:
        QuestionTooSlowError: It is over.
    """
    for item in items:
        look()
        yield item


def too_slow() -> QuestionTooSlowError:
    """Return what is said of a question that was broken off."""
    return QuestionTooSlowError(
        "This question takes longer than it may here, so it was broken off; the store is as it "
        "was. Ask for less: add an amount, a year or a source. In the terminal, earmark query and "
        "earmark pots take as long as they need."
    )
