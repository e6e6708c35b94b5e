"""What a store can show of itself to who trusts nobody: heads and receipts."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from records.errors import SettingsError
from store.heads import Head, find_heads
from store.log import LogEntry
from store.notes import signed_heads
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


def text_in(given: str, option: str) -> tuple[str, str]:
    """Return a text that was given as a file, as standard input (`-`) or as itself.

    Returns:
        The text, and where it is from, for people.

    Raises:
        SettingsError: The file cannot be read.
    """
    try:
        if given == "-":
            return sys.stdin.read(), "standard input"
        if "\n" not in given and Path(given).exists():
            return Path(given).read_text("utf-8", "replace"), given
    except OSError as error:
        raise SettingsError(f"{given} cannot be read: {error.strerror or error}") from error
    return given, f"the text given for {option}"


def key_in(path: Path) -> bytes:
    """Return what is in the file of a key.

    Raises:
        SettingsError: It cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}") from error


def heads_in(given: str, option: str = "--head", signed_by: Path | None = None) -> list[Head]:
    """Return the heads in a file, in standard input (`-`), or in the text itself.

    Args:
        given: Any of these.
        option: That it was given for.
        signed_by: A public key that must have signed them; None for no matter who.

    Raises:
        SettingsError: There is none, none that was signed by this key, or a file cannot be read.
    """
    text, where = text_in(given, option)
    heads = find_heads(text)
    if heads and signed_by is not None:
        heads = list(signed_heads(text, key_in(signed_by)))
        if not heads:
            raise SettingsError(f"{where}: no head in it was signed by the key in {signed_by}")
    if not heads:
        raise SettingsError(
            f"{where} holds no head of a store. A head has three lines: earmark/ and the store's "
            "origin, a number, the root; earmark head prints it."
        )
    return heads
