"""The stores behind the pages: some for readers at once, one for whoever writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, LifoQueue
from threading import Lock

from earmark.api import EarmarkStore, open_store
from records.errors import ClaimNotFoundError, NoStoreError, QueryError, StoreError

READERS = 2
"""Stores that are read from at the same time. More would take turns at one interpreter, and every
page would be late; with one, a slow question would hold up all others."""


class Stores:
    """Opens a store when it is asked for, and again when another has taken its place.

    A file that was removed can still be read through an open handle, and would be shown as if
    nothing had happened; so the file is looked at before each answer.
    """

    def __init__(self, place: str) -> None:
        """Stand in front of the store at a path or an address; nothing is opened yet."""
        self.place = place
        self._slots: LifoQueue[EarmarkStore | None] = LifoQueue()
        for _ in range(READERS):
            self._slots.put(None)
        self._writing = Lock()
        self._seen: tuple[int, int] | None = None
        self._reading_texts = Lock()
        self._worker: tuple[tuple[int, int] | None, EarmarkStore] | None = None

    @contextmanager
    def reading(self) -> Iterator[EarmarkStore]:
        """Lend a store that only one thread reads from, and that cannot write.

        Raises:
            StoreError: There is none, or none any more.
        """
        seen = self._look()
        kept = self._slots.get()
        try:
            if seen != self._seen:
                self._forget()
                self._seen = seen
                if kept:
                    kept.close()
                kept = None
            kept = kept or open_store(self.place, create=False, read_only=True)
            yield kept
        except (ClaimNotFoundError, QueryError):
            raise
        except StoreError:
            if kept:
                kept.close()
            kept = None
            raise
        finally:
            self._slots.put(kept)

    @contextmanager
    def writing(self) -> Iterator[EarmarkStore]:
        """Lend a store to write to; one at a time.

        Raises:
            StoreError: It cannot be written.
        """
        self._look()
        with self._writing, open_store(self.place, create=False) as kept:
            yield kept

    @contextmanager
    def working(self) -> Iterator[EarmarkStore]:
        """Lend the one store whose process reads texts; others wait for it.

        Raises:
            StoreError: There is none, or none any more.
        """
        seen = self._look()
        with self._reading_texts:
            if self._worker is None or self._worker[0] != seen:
                self._end_worker()
                self._worker = seen, open_store(self.place, create=False, read_only=True)
            yield self._worker[1]

    def close(self) -> None:
        """Close every store that nobody uses."""
        self._forget()
        with self._reading_texts:
            self._end_worker()

    def _end_worker(self) -> None:
        if self._worker:
            self._worker[1].close()
        self._worker = None

    def _forget(self) -> None:
        """Close the stores that nobody uses; they are opened again when they are needed."""
        idle = []
        with suppress(Empty):
            while True:
                idle.append(self._slots.get_nowait())
        for kept in idle:
            if kept:
                kept.close()
            self._slots.put(None)

    def _look(self) -> tuple[int, int] | None:
        """Return what tells a file from another at its path; None for a store on a server."""
        if "://" in self.place:
            return None
        try:
            found = Path(self.place).stat()
        except OSError:
            raise NoStoreError(
                f"{self.place} is not there any more: it was moved or removed while this server "
                "ran. Put it back, or start the server again with another --store."
            ) from None
        return found.st_dev, found.st_ino
