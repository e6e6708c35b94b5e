"""What a store is asked about money: the questioning half of `earmark.api.EarmarkStore`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from earmark.drafts import read_draft
from earmark.sources import check_arguments
from earmark.worker import Worker
from ingest.metadata import parse_given
from records.check import Check
from store.store import Store


class Asking:
    """Questions that are answered with reasons."""

    _store: Store
    _worker: Worker

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
