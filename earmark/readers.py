"""Several reading processes side by side, their answers in the order of the questions."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from types import TracebackType
from typing import Self

from earmark.channel import Derived
from earmark.worker import Worker
from records.document import Capture
from records.parts import Unread


class Readers:
    """So many workers, each with a thread that waits for it; a context manager."""

    def __init__(self, workers: Sequence[Worker]) -> None:
        """Use these workers, whose processes start when they are first needed."""
        self._workers = workers
        self._free: SimpleQueue[Worker] = SimpleQueue()
        for worker in workers:
            self._free.put(worker)
        self._threads = ThreadPoolExecutor(len(workers), thread_name_prefix="reader")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # The first is kept for the next run. When a run breaks off, what is being read ends with
        # the process that reads it.
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers if error else self._workers[1:]:
            worker.close()
        self._threads.shutdown()

    def derive(self, capture: Capture) -> Future[Derived | Unread]:
        """Read one capture as soon as a process is free; see `Worker.derive`."""
        return self._threads.submit(self._derive, capture)

    def _derive(self, capture: Capture) -> Derived | Unread:
        worker = self._free.get()
        try:
            return worker.derive(capture)
        finally:
            self._free.put(worker)
