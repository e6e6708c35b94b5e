"""What a store is asked about its claims, for a program that asks no more: it loads little."""

from __future__ import annotations

from records.closing import Closing
from store.answering import Answering, open_for_questions
from store.question import parse
from store.results import Answer, ListTotals


class Questions:
    """Questions in the question language."""

    _store: Answering

    def query(
        self,
        question: str = "",
        *,
        sort: str | None = None,
        limit: int | None = None,
        after: str | None = None,
    ) -> Answer:
        """Find claims.

        Args:
            question: In the question language (`amount:>=1bn for:"NHS IT"`); empty for all.
            sort: `amount`, `said`, with `-` in front for the largest or latest first; None for
                what the question says, else the largest first.
            limit: At most so many; None for all.
            after: `next` of the answer before, to go on behind it; None to begin.

        Raises:
            QueryError: The question cannot be read; the message points at the place.
            CursorError: `after` is no cursor, or of another question or order.
        """
        return self._store.find_claims(parse(question), sort=sort, limit=limit, after=after)

    def count(self, question: str = "") -> int:
        """Return how many claims a question asks for.

        Raises:
            QueryError: The question cannot be read; the message points at the place.
        """
        return self._store.count_claims(parse(question))

    def totals(self, question: str = "") -> list[ListTotals]:
        """Return what the claims that a question asks for add up to, by currency.

        Raises:
            QueryError: The question cannot be read; the message points at the place.
        """
        return self._store.totals(parse(question))


class OpenQuestions(Questions, Closing):
    """A store that was opened for questions alone."""

    def __init__(self, place: str) -> None:
        """Open the store at a place; see `store.answering.open_for_questions`."""
        self._store = open_for_questions(place)

    def close(self) -> None:
        """Release the store."""
        self._store.close()
