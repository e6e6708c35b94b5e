"""What reaching a store takes, whatever database lies under it."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Engine

WAIT_SECONDS = 30.0
"""How long a program waits for another that writes, unless it is told otherwise."""


class Engines(NamedTuple):
    """How to reach one store; `writer` is None where it was opened for reading only.

    A transaction of `reader` sees one snapshot and cannot write. One of `writer` holds the store's
    write lock from its first moment, so nothing comes between what it reads and what it writes.
    """

    reader: Engine
    writer: Engine | None

    def dispose(self) -> None:
        """Close every connection."""
        self.reader.dispose()
        if self.writer:
            self.writer.dispose()
