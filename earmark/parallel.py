"""Extraction over several processes: the same mentions, in the same order.

Extraction is a function of a text alone, so texts are handed out in batches and nothing is shared.
Only so many batches are under way at a time: a stream of any length takes the memory of a few.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import date
from multiprocessing.context import BaseContext

from earmark.reader import ReadWith
from extract import pipeline
from extract.rulefiles import rulebook
from extract.syntax import trained
from records.mention import Mention

Request = tuple[str, date | None, str]
Batch = list[Request]
# Large enough that handing a batch over costs little beside reading it, small enough to share out.
_BATCH_CHARACTERS = 100_000
_BATCH_TEXTS = 500
_BATCHES_PER_JOB = 3


def extract_in_processes(
    requests: Iterable[Request], jobs: int, reading: ReadWith
) -> Iterator[list[Mention]]:
    """Yield the mentions of each request, in order; close the stream to end the processes.

    An error of the stream of requests is raised behind the mentions of all that came before it.
    """
    pool = ProcessPoolExecutor(jobs, mp_context=_context(), initializer=_start)
    batches = _Batches(requests)
    running: deque[Future[list[list[Mention]]]] = deque()
    try:
        for batch in batches:
            running.append(pool.submit(_extract, batch, reading))
            if len(running) >= jobs * _BATCHES_PER_JOB:
                yield from running.popleft().result()
        while running:
            yield from running.popleft().result()
        if batches.error:
            raise batches.error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


class _Batches:
    """Requests in batches; an error of their stream ends them and is kept."""

    def __init__(self, requests: Iterable[Request]) -> None:
        self.error: Exception | None = None
        self._requests = iter(requests)

    def __iter__(self) -> Iterator[Batch]:
        batch: Batch = []
        size = 0
        try:
            for request in self._requests:
                batch.append(request)
                size += len(request[0])
                if size >= _BATCH_CHARACTERS or len(batch) >= _BATCH_TEXTS:
                    yield batch
                    batch, size = [], 0
        except Exception as error:  # noqa: BLE001 - raised once what came before it is answered
            self.error = error
        if batch:
            yield batch


def _context() -> BaseContext:
    """Return how processes are started: copies of this one where that is safe, else new ones.

    A copy has the rules loaded. It is unsafe where other threads may hold locks.
    """
    copies = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if copies else "spawn")


def _start() -> None:
    """Leave Ctrl-C to the parent, which closes the stream."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _extract(batch: Batch, reading: ReadWith) -> list[list[Mention]]:
    asked = None if reading.pipeline is None else trained(reading.pipeline)
    return list(pipeline.extract_many(batch, rulebook(reading.rules), asked))
