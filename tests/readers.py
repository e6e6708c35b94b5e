"""Reading processes that tests leave whole, for other tests to read with.

To start one takes a second of processor time, and hundreds of tests read a text or two.
"""

# ruff: noqa: SLF001 - no user of a worker needs to hand its process on

from __future__ import annotations

from collections import defaultdict

import pytest

from earmark.channel import Derived
from earmark.limits import Limits
from earmark.process import ProcessHolder, ReadingProcess
from earmark.reader import ReadWith
from earmark.worker import Worker
from records.closing import Closing
from records.document import Capture
from records.parts import Unread


class SpareReaders(Closing):
    """Processes that read by Earmark's own rules and lived to the end of a test."""

    def __init__(self) -> None:
        self._spare: defaultdict[Limits, list[ReadingProcess]] = defaultdict(list)

    def lend(self, patch: pytest.MonkeyPatch) -> None:
        """Have workers begin with a spare process, and leave theirs when they are closed."""
        ready, derive, close = ProcessHolder._ready, Worker.derive, Worker.close
        busy: set[Worker] = set()

        def begin(worker: ProcessHolder) -> ReadingProcess:
            if worker._child is None and worker._reading == ReadWith():
                spare = self._spare[worker._limits]
                worker._child = spare.pop() if spare else None
            return ready(worker)

        def read(worker: Worker, capture: Capture) -> Derived | Unread:
            busy.add(worker)  # a process that is ended now must not be read with again
            answer = derive(worker, capture)
            busy.discard(worker)
            return answer

        def leave(worker: Worker) -> None:
            child = worker._child
            if child and worker not in busy and worker._reading == ReadWith():
                self._spare[worker._limits].append(child)
                worker._child = None
            close(worker)

        patch.setattr(ProcessHolder, "_ready", begin)
        patch.setattr(Worker, "derive", read)
        patch.setattr(Worker, "close", leave)

    def close(self) -> None:
        """End them all."""
        for spare in self._spare.values():
            for process in spare:
                process.end()
