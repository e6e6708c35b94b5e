"""What a store can show of itself to who trusts nobody: its head."""

from __future__ import annotations

import sys
from pathlib import Path

from records.errors import SettingsError
from store.heads import Head, find_heads
from store.store import Store


class Attesting:
    """The part of `EarmarkStore` that attests what the store holds."""

    _store: Store

    def head(self) -> Head:
        """Return what the ledger is now. Kept elsewhere, `audit` can hold the store against it."""
        return self._store.head()


def heads_in(given: str) -> list[Head]:
    """Return the heads in a file, in standard input (`-`), or in the text itself.

    Raises:
        SettingsError: There is none, or the file cannot be read.
    """
    text, where = given, "the text given for --head"
    try:
        if given == "-":
            text, where = sys.stdin.read(), "standard input"
        elif "\n" not in given and Path(given).exists():
            text, where = Path(given).read_text("utf-8", "replace"), given
    except OSError as error:
        raise SettingsError(f"{given} cannot be read: {error.strerror or error}") from error
    heads = find_heads(text)
    if not heads:
        raise SettingsError(
            f"{where} holds no head of a store. A head has three lines: earmark/ and the store's "
            "origin, a number, the root; earmark head prints it."
        )
    return heads
