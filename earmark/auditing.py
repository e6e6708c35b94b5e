"""Audit a store: the checks of `store.audit`, with the program's own readers and rules."""

from __future__ import annotations

from collections.abc import Sequence

from earmark.channel import Derived
from earmark.reader import ReadWith
from earmark.versions import current_versions
from earmark.worker import Worker
from records.document import Capture, Document
from records.errors import LimitExceededError, ReadingProcessError, UnreadableDocumentError
from records.mention import Mention
from store.audit.asked import WHOLE, Asked
from store.audit.report import AuditReport
from store.store import Store

# Refusals that say something of this machine; all others are about the document.
_REFUSALS = {error.code: error for error in (LimitExceededError, ReadingProcessError)}


class Auditing:
    """What a store can be asked about itself; part of `earmark.api.EarmarkStore`."""

    _store: Store
    _reading: ReadWith
    _worker: Worker

    def audit(self, asked: Asked = WHOLE) -> AuditReport:
        """Check what the store says: bytes, texts, quotes and the ledger; changes nothing.

        Args:
            asked: Which records to look at, and whether texts, mentions, claims and origins are to
                be derived again from the kept bytes; without it all are.

        Raises:
            SettingsError: What is asked for cannot be meant.
            ClaimNotFoundError: The store has no such record.
        """
        versions = current_versions(self._reading) if asked.deep else None
        return self._store.audit(self._derive, versions, asked)

    def _derive(self, capture: Capture) -> tuple[Document, Sequence[Mention]]:
        answer = self._worker.derive(capture)
        if isinstance(answer, Derived):
            return answer.document, answer.mentions
        raise _REFUSALS.get(answer.code, UnreadableDocumentError)(answer.message)
