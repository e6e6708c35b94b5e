"""Open stores that questions take turns at: a lane for quick ones, and one for the others.

Whoever asks for a page should not wait for somebody else's long question. So each is tried in the
quick lane first; what takes longer begins again in the slow one, where only its like waits for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty, LifoQueue
from threading import Semaphore
from typing import NamedTuple

from earmark.api import EarmarkStore, open_store
from records.errors import ClaimNotFoundError, QueryError, QuestionTooSlowError, StoreError

Seen = tuple[int, int] | None
"""What tells a file from another at its path; None for a store on a server."""


class Pace(NamedTuple):
    """How a lane goes.

    Attributes:
        readers: Stores that are read from at the same time. More than cores would take turns at
            one interpreter, and every page would be late.
        seconds: How long a question may take.
        waiting: How many questions may wait besides; more are refused at once.
        patience: Seconds that each of them waits.
    """

    readers: int
    seconds: float
    waiting: int
    patience: float


QUICK = Pace(readers=2, seconds=0.5, waiting=1000, patience=60.0)
SLOW = Pace(readers=2, seconds=20.0, waiting=6, patience=20.0)


class TooManyQuestionsError(StoreError):
    """Others ask questions that take long, and no more of these can wait."""

    code = "question.busy"


class Lane:
    """Some stores, each opened when it is first needed, and again when the file is another one."""

    def __init__(self, place: str, pace: Pace) -> None:
        """Stand in front of the store at a path or an address; nothing is opened yet."""
        self._place, self._pace = place, pace
        self._room = Semaphore(pace.readers + pace.waiting)
        self._slots: LifoQueue[tuple[Seen, EarmarkStore] | None] = LifoQueue()
        for _ in range(pace.readers):
            self._slots.put(None)

    @contextmanager
    def lend(self, seen: Seen) -> Iterator[EarmarkStore]:
        """Lend a store that only one thread reads from, that cannot write, for a limited time.

        Raises:
            TooManyQuestionsError: Too many wait already, or it took too long until it was this
                one's turn.
            QuestionTooSlowError: It took longer than this lane allows.
            StoreError: There is no store.
        """
        if not self._room.acquire(blocking=False):
            raise _busy()
        try:
            kept = self._slots.get(timeout=self._pace.patience)
        except Empty:
            self._room.release()
            raise _busy() from None
        try:
            if kept is None or kept[0] != seen:
                _close(kept)
                kept = None
                kept = seen, open_store(self._place, create=False, read_only=True)
            with kept[1].within(self._pace.seconds):
                yield kept[1]
        except (ClaimNotFoundError, QueryError, QuestionTooSlowError):
            raise
        except StoreError:
            _close(kept)
            kept = None
            raise
        finally:
            self._slots.put(kept)
            self._room.release()

    def close(self) -> None:
        """Close every store that nobody uses."""
        for _ in range(self._slots.qsize()):
            _close(self._slots.get_nowait())


def _close(kept: tuple[Seen, EarmarkStore] | None) -> None:
    if kept:
        kept[1].close()


def _busy() -> TooManyQuestionsError:
    return TooManyQuestionsError(
        "Others are asking questions that take long, and this one is of that kind. Try again in a "
        "moment, or ask for less."
    )
