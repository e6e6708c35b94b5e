"""Questions about claims, apart from all else that a store does: who only asks loads little."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from records.closing import Closing
from store.engine import WAIT_SECONDS, Engines
from store.faults import at_the_door
from store.opening import open_store
from store.patience import Patience
from store.place import Place, place_of
from store.query import count_claims, find_claims
from store.question import Question
from store.results import Answer, ListTotals
from store.totals import totals_of


class Answering(Closing):
    """The questions about claims that a store answers, each on one snapshot.

    Attributes:
        place: What the user named: a path or an address, its password hidden.
    """

    def __init__(self, place: Place, engines: Engines, wait_seconds: float) -> None:
        """Read through `engines`; wait so long for a lock."""
        self.place = place.shown
        self._engines = engines
        self._wait_seconds = wait_seconds
        self._patience: Patience | None = None

    def close(self) -> None:
        """Close every connection; nothing is lost by not doing so."""
        self._engines.dispose()

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Break off what is asked inside and takes longer than so many seconds, all in all.

        What this process itself makes of the rows is broken off where it calls `look`.

        Raises:
            QuestionTooSlowError: Something took longer.
        """
        self._patience = self._patience or Patience(self._engines.reader)
        with self._patience.within(seconds):
            yield

    def look(self) -> None:
        """Break off what goes on for longer than `within` lets it, where that is asked.

        Raises:
            QuestionTooSlowError: It does.
        """
        if self._patience:
            self._patience.look()

    def find_claims(
        self,
        question: Question,
        *,
        sort: str | None = None,
        limit: int | None = None,
        after: str | None = None,
    ) -> Answer:
        """Find claims.

        Args:
            question: Parsed by `store.question.parse`.
            sort: `amount`, `-amount`, `said` or `-said`; None for the question's own order, else
                the largest first.
            limit: At most so many; None for all.
            after: The cursor of the page before (`Answer.next`); None for the first page.

        Raises:
            QueryError: `sort` is no order.
            CursorError: `after` is no cursor, or of another question or order.
        """
        with self._reading() as connection:
            return find_claims(connection, question, sort, limit, after)

    def count_claims(self, question: Question) -> int:
        """Return how many claims a question asks for."""
        with self._reading() as connection:
            return count_claims(connection, question)

    def totals(self, question: Question) -> list[ListTotals]:
        """Return what the claims that a question asks for add up to, by currency."""
        with self._reading() as connection:
            return totals_of(connection, question)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with (
            at_the_door(self.place, self._wait_seconds),
            self._engines.reader.begin() as connection,
        ):
            yield connection


def open_for_questions(place: str, wait_seconds: float = WAIT_SECONDS) -> Answering:
    """Open a store to ask about its claims and no more, promising not to write.

    Args:
        place: A path, or an address.
        wait_seconds: How long to wait for another process that writes.

    Raises:
        StoreError: As `Store.open` says.
        SettingsError: The address is of a kind that Earmark does not know.
    """
    where = place_of(place)
    engines = open_store(where, wait_seconds, create=False, read_only=True)
    return Answering(where, engines, wait_seconds)
