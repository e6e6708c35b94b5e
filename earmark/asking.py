"""What a store is asked about money: the questioning half of `earmark.api.EarmarkStore`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from earmark.drafts import read_draft
from earmark.reader import ReadWith
from earmark.sources import check_arguments
from earmark.worker import Worker
from ingest.metadata import parse_given
from records.check import Check
from records.why import Judgement, Trace
from store.store import Store


class Asking:
    """Questions that are answered with reasons."""

    _store: Store
    _worker: Worker
    _reading: ReadWith

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
