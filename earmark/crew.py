"""Who reads documents: processes of this machine, or those of a cluster, behind one executor."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from typing import Protocol

from earmark.channel import Derived
from earmark.worker import Worker
from records.document import Capture
from records.errors import ReadingProcessError
from records.parts import Unread

Answers = list[Derived | Unread]


class BatchLostError(ReadingProcessError):
    """Every reader of a batch died over it: one of its documents may be why."""


class Crew(Protocol):
    """Several readers who take batches of captures and answer each with its records, in order.

    Attributes:
        slots: How many batches they read at the same time.
        documents: How many documents a batch may hold.
        content: How many bytes of documents a batch may hold, unless one alone is larger.
    """

    @property
    def slots(self) -> int: ...  # noqa: D102 - above
    @property
    def documents(self) -> int: ...  # noqa: D102 - above
    @property
    def content(self) -> int: ...  # noqa: D102 - above
    def submit(self, batch: Sequence[Capture]) -> Future[Answers]:
        """Hand a batch over; its future raises BatchLostError when all who tried it died."""

    def close(self, *, broken: bool) -> None:
        """Let the readers go; `broken` where their work is no longer wanted."""


class LocalCrew:
    """Reading processes of this machine, each with a thread that waits for it.

    A process answers for each document whatever that document does to it, so a batch is one
    document and none is ever lost.
    """

    documents = 1
    content = 0

    def __init__(self, workers: Sequence[Worker]) -> None:
        """Use these workers, whose processes start when they are first needed."""
        self._workers = workers
        self._free: SimpleQueue[Worker] = SimpleQueue()
        for worker in workers:
            self._free.put(worker)
        self._threads = ThreadPoolExecutor(len(workers), thread_name_prefix="reader")

    @property
    def slots(self) -> int:
        """One for each process."""
        return len(self._workers)

    def submit(self, batch: Sequence[Capture]) -> Future[Answers]:
        """Read a batch as soon as a process is free; see `Worker.derive`."""
        return self._threads.submit(self._read, batch)

    def close(self, *, broken: bool) -> None:
        """End all processes but the first, which is kept for the next run.

        When a run breaks off, what is being read ends with the process that reads it.
        """
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers if broken else self._workers[1:]:
            worker.close()
        self._threads.shutdown()

    def _read(self, batch: Sequence[Capture]) -> Answers:
        worker = self._free.get()
        try:
            return [worker.derive(capture) for capture in batch]
        finally:
            self._free.put(worker)
