"""The stores behind the pages: some for readers at once, one for whoever writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TypeVar

from earmark.api import EarmarkStore, open_store
from earmark.web.lanes import QUICK, SLOW, Lane, Pace, Seen
from records.errors import NoStoreError, QuestionTooSlowError

T = TypeVar("T")


class Stores:
    """Opens a store when it is asked for, and again when another has taken its place.

    A file that was removed can still be read through an open handle, and would be shown as if
    nothing had happened; so the file is looked at before each answer.
    """

    def __init__(self, place: str, quick: Pace = QUICK, slow: Pace = SLOW) -> None:
        """Stand in front of the store at a path or an address; nothing is opened yet."""
        self.place = place
        self._quick, self._slow = Lane(place, quick), Lane(place, slow)
        self._writing = Lock()
        self._reading_texts = Lock()
        self._worker: tuple[Seen, EarmarkStore] | None = None

    def answer(self, act: Callable[[EarmarkStore], T]) -> T:
        """Answer a question: quickly where that is possible, else among those that take long.

        Args:
            act: Asks a store that cannot write; it may be called twice.

        Raises:
            QuestionTooSlowError: It takes too long for a page.
            TooManyQuestionsError: It takes long, and so do others that came before.
            StoreError: There is no store, or none any more.
        """
        seen = self._look()
        try:
            with self._quick.lend(seen) as store:
                return act(store)
        except QuestionTooSlowError:
            with self._slow.lend(seen) as store:
                return act(store)

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
    def auditing(self) -> Iterator[EarmarkStore]:
        """Lend a store of its own, which may be read for hours.

        Raises:
            StoreError: There is none, or none any more.
        """
        self._look()
        with open_store(self.place, create=False, read_only=True) as kept:
            yield kept

    @contextmanager
    def working(self) -> Iterator[EarmarkStore]:
        """Lend the one store whose process reads texts, for a limited time; others wait for it.

        Raises:
            QuestionTooSlowError: It took longer than a page may.
            StoreError: There is none, or none any more.
        """
        seen = self._look()
        with self._reading_texts:
            if self._worker is None or self._worker[0] != seen:
                self._end_worker()
                self._worker = seen, open_store(self.place, create=False, read_only=True)
            with self._worker[1].within(SLOW.seconds):
                yield self._worker[1]

    def close(self) -> None:
        """Close every store that nobody uses."""
        self._quick.close()
        self._slow.close()
        with self._reading_texts:
            self._end_worker()

    def _end_worker(self) -> None:
        if self._worker:
            self._worker[1].close()
        self._worker = None

    def _look(self) -> Seen:
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
