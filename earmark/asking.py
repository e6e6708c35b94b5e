"""What a store is asked about money: the questioning half of `earmark.api.EarmarkStore`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from earmark.drafts import read_draft
from earmark.questions import Questions
from earmark.reader import ReadWith
from earmark.sources import check_arguments
from earmark.worker import Worker
from ingest.metadata import parse_given
from records.check import Check
from records.why import Judgement, Trace
from store.facets import narrowed
from store.query import order_of
from store.question import parse
from store.question_text import question_text
from store.question_words import explain
from store.results import ListedDocument, Summary
from store.store import Store
from store.write import number_of


def explain_question(question: str = "", sort: str | None = None) -> list[str]:
    """Say in plain words what a question asks for; indented lines belong to the one above them.

    Args:
        question: In the question language; empty for every claim.
        sort: As for `EarmarkStore.query`.

    Raises:
        QueryError: The question cannot be read; the message points at the place.
    """
    asked = parse(question)
    return explain(asked.condition, order_of(asked, sort))


def narrow_question(question: str, term: str) -> str:
    """Return a question with one more term that must hold, in the question language.

    Raises:
        QueryError: One of them cannot be read.
    """
    return question_text(narrowed(parse(question), term))


class Asking(Questions):
    """Questions that are answered with reasons."""

    _store: Store
    _worker: Worker
    _reading: ReadWith

    def summary(self, question: str = "", *, most: int | None = None) -> Summary | None:
        """Return what a list comes to, and how many of its claims each of some terms leaves.

        Counted are years, currencies, kinds, newness and types of source; promisers in a store of
        up to 20,000 claims.

        Args:
            question: Which claims.
            most: Give up, with None, on a list of more; None for a list of any length.

        Raises:
            QueryError: The question cannot be read; the message points at the place.
        """
        return self._store.summary(parse(question), most)

    def has_more_than(self, number: int, question: str = "") -> bool:
        """Tell whether a question asks for more claims than a number, without counting them all.

        Raises:
            QueryError: The question cannot be read; the message points at the place.
        """
        return self._store.has_more_than(number, parse(question))

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Break off what is asked inside and takes longer than so many seconds, all in all.

        Raises:
            QuestionTooSlowError: Something took longer.
        """
        with self._store.within(seconds):
            yield

    def known_terms(self) -> list[str]:
        """Return terms of the question language with values that the store knows.

        Those of currencies and years; of people, bodies and purposes in a store of up to 20,000
        claims.
        """
        return self._store.known_terms()

    def edition(self) -> str:
        """Return a word that is another one after every change to the store."""
        return self._store.edition()

    def list_documents(self, *, limit: int, after: str | None = None) -> list[ListedDocument]:
        """Return documents without their texts, in the order in which they came.

        Args:
            limit: At most so many.
            after: Id of the last one before (`d2`); None to begin.

        Raises:
            ClaimNotFoundError: `after` is no id of a document.
        """
        return self._store.list_documents(limit, number_of("d", after) if after else 0)

    def check(
        self, draft: str | Path, *, published: str | None = None, country: str | None = None
    ) -> Check:
        """Say of each sum of money in a draft whether it was heard before; keeps nothing.

        Args:
            draft: A text; the `Path` of a file of any format that `ingest` reads; or `-` for
                standard input.
            published: Its day, `2021-10-27`: what was said later is left out. None for what the
                draft itself says, else today.
            country: ISO 3166 alpha-2; decides a bare `$` and financial years. None for GB.

        Raises:
            SettingsError: An argument cannot be used.
            IngestError: The file cannot be had, or no text comes out of it.
        """
        check_arguments(published=published, country=country)
        given = parse_given(published, None, country)
        today = datetime.now().astimezone().date()
        read, day = read_draft(self._worker, draft, given, today)
        return self._store.check(read.document, read.mentions, day)

    def why(self, name: str) -> Trace:
        """Say which rule made each field of a mention or a claim, and on which words.

        Rules of one's own are named by their sources where the store was opened with them.

        Args:
            name: Id of a mention (`m3`) or a claim (`c7`).

        Raises:
            ClaimNotFoundError: The store has no such id.
        """
        # Imported here: rules take longer to load than a store to open, and only this asks them.
        from earmark.tracing import trace_of  # noqa: PLC0415

        return trace_of(self._store.claim(name), name, self._reading)

    def compare(self, left: str, right: str) -> Judgement:
        """Say why two sums are held to be the same money or not, and what would change it.

        Args:
            left: Id of a mention (`m3`) or a claim (`c7`).
            right: Another.

        Raises:
            ClaimNotFoundError: The store has no such id.
            SettingsError: Both are the same id.
        """
        return self._store.compare(left, right)
