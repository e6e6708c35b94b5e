"""What a store can show of itself to who trusts nobody: heads and receipts."""

from __future__ import annotations

from collections.abc import Iterator

from store.heads import Head
from store.log import LogEntry
from store.store import Store


class Attesting:
    """The part of `EarmarkStore` that attests what the store holds."""

    _store: Store

    def head(self) -> Head:
        """Return what the ledger is now. Kept elsewhere, `audit` can hold the store against it."""
        return self._store.head()

    def head_since(self, before: Head) -> Head:
        """Return what the ledger is now, which a consistency proof shows to go on from a head.

        This takes a handful of hashes, however long the ledger; `audit` looks at all of it.

        Raises:
            StoreError: It does not: another store, an older copy, or another history.
        """
        return self._store.head_since(before)

    def log(
        self, record: str | None = None, first: int | None = None, last: int | None = None
    ) -> Iterator[LogEntry]:
        """Yield what the ledger says, in words, the newest first, on one snapshot.

        Do not write before the last one, as for `claims`.

        Args:
            record: Only what wrote it or is about it: `m7`, `c3`, `d2`, `r1`, `w3`.
            first: Only entries from this number on.
            last: Only entries up to this number.

        Raises:
            ClaimNotFoundError: The store never had such a record.
        """
        return self._store.log(record, first, last)

    def receipt(self, mention_id: str, head: Head | None = None) -> str:
        """Return the receipt of a mention (`m7`): JSON that `store.verify` checks by itself.

        Args:
            mention_id: Of a mention.
            head: That it is to lead to, taken before; None for that of now.

        Raises:
            ClaimNotFoundError: The store has no such mention.
            SettingsError: The store does not bear the head out, or the mention came after it.
            StoreError: The rows are not what the ledger commits to.
        """
        return self._store.receipt(mention_id, head)
