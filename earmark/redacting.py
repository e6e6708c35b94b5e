"""Erasing documents: the redacting part of `earmark.api.EarmarkStore`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.store import Store

if TYPE_CHECKING:
    from store.redact_plan import RedactionPlan
    from store.redacting import Redacted


class Redacting:
    """Erases what documents say for good; the history of the store stays provable."""

    _store: Store

    def plan_redaction(self, documents: Sequence[str]) -> RedactionPlan:
        """Say what redacting some documents (`d2`) would erase and leave; nothing is changed.

        Raises:
            ClaimNotFoundError: The store has no such document.
        """
        return self._store.plan_redaction(documents)

    def redact(
        self, documents: Sequence[str], *, reason: str, by: str, keep_figures: bool = False
    ) -> Redacted:
        """Erase documents for good: bytes, texts, quotes, names, and what people wrote about them.

        The ledger keeps that it was done, by whom, when and why; claims that lose their last
        mention are unsupported, and say so. The same bytes are not read again. Cannot be undone.

        Args:
            documents: Their ids.
            reason: A code that may stay for good: small letters, digits and hyphens.
            by: On whose authority.
            keep_figures: Keep amounts, kinds and periods, without words.

        Raises:
            SettingsError: The reason or the name cannot be used.
            ClaimNotFoundError: The store has no such document.
            StoreLockedError: They are erased, but other programs held the store's files, which
                still have the words; call again.
            StoreError: Pieces of what was erased are still in the files.
        """
        return self._store.redact(documents, reason, by, keep_figures=keep_figures)
