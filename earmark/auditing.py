"""Audit a store: the checks of `store.audit`, with the program's own readers and rules."""

from __future__ import annotations

from collections.abc import Sequence

from earmark.channel import Cross, Crossed, Derived
from earmark.gather import Fetch, Network
from earmark.reader import ReadWith
from earmark.versions import current_versions
from earmark.worker import Worker
from records.document import Capture, Document
from records.errors import (
    FetchError,
    LimitExceededError,
    ReadingProcessError,
    SettingsError,
    UnreadableDocumentError,
)
from records.mention import Mention
from records.parts import Unread
from store.audit.asked import WHOLE, Asked
from store.audit.cross import Outside
from store.audit.report import AuditReport
from store.store import Store

# Refusals that say something of this machine; all others are about the document.
_REFUSALS = {error.code: error for error in (LimitExceededError, ReadingProcessError)}


class Auditing:
    """What a store can be asked about itself; part of `earmark.api.EarmarkStore`."""

    _store: Store
    _reading: ReadWith
    _worker: Worker
    _fetch: Fetch

    def audit(
        self, asked: Asked = WHOLE, *, live: bool = False, cross: bool = False
    ) -> AuditReport:
        """Check what the store says: bytes, texts, quotes and the ledger; changes nothing.

        Args:
            asked: Which records to look at, and whether texts, mentions, claims and origins are to
                be derived again from the kept bytes; without it all are.
            live: Also fetch each document's address again, by the rules of `ingest`, and look its
                sentences up in what it says today; nothing of it is kept.
            cross: Also list the pages of PDFs on which another reader finds other figures.

        Raises:
            SettingsError: What is asked for cannot be meant, or the network is forbidden.
            ClaimNotFoundError: The store has no such record.
        """
        versions = current_versions(self._reading) if asked.deep else None
        second = self._cross if cross else None
        if not live:
            return self._store.audit(self._derive, versions, asked, Outside(cross=second))
        network = Network.of(self._fetch)
        if network is None:
            raise SettingsError("live: an audit of what sources say today needs the network")

        def again(capture: Capture) -> Document:
            taken = network.take(capture.source, capture.given)
            if isinstance(taken, Unread):
                raise FetchError(taken.message)
            return self._derive(taken)[0]

        with network:
            return self._store.audit(self._derive, versions, asked, Outside(again, second))

    def _cross(
        self, source: str, content: bytes, pages: Sequence[str]
    ) -> Sequence[tuple[int, str, str]]:
        answer = self._worker.cross(Cross(source, content, tuple(pages)))
        if isinstance(answer, Crossed):
            return answer.pages
        raise UnreadableDocumentError(answer.message)

    def _derive(self, capture: Capture) -> tuple[Document, Sequence[Mention]]:
        answer = self._worker.derive(capture)
        if isinstance(answer, Derived):
            return answer.document, answer.mentions
        raise _REFUSALS.get(answer.code, UnreadableDocumentError)(answer.message)
