"""Documents out in batches, records back in the order of the questions."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from types import TracebackType
from typing import Self

from earmark.channel import Derived
from earmark.crew import Answers, BatchLostError, Crew
from records.document import Capture
from records.errors import ReadingProcessError
from records.parts import Unread

AHEAD = 16
"""Small documents that one process may have read before the first of them is stored."""
SMALL = 4 * 1024 * 1024
"""Bytes of documents under way up to which they are small."""


class Readers:
    """Hands captures to a crew; a context manager.

    Attributes:
        under_way: Batches with an answer that nobody took yet.
    """

    def __init__(self, crew: Crew) -> None:
        """Let this crew read, and let it go at the end."""
        self._crew = crew
        self._slots = crew.slots
        self._open = _Batch(crew)
        self._content = 0  # bytes of documents under way
        self.under_way = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._crew.close(broken=error is not None)

    def ahead(self, *, followed: bool) -> int:
        """Return how many batches may be under way when the first of them is waited for.

        One process reads sources while those before them are stored, but not where the next is
        still to come; of several, none waits for work.
        """
        one_by_one = self._crew.documents == 1
        if one_by_one and self._slots == 1 and not followed:
            return 0
        least = 1 if one_by_one and self._slots == 1 else 2 * self._slots
        return max(least, AHEAD) if one_by_one and self._content < SMALL else least

    def derive(self, capture: Capture) -> Callable[[], Derived | Unread]:
        """Have one capture read; the answer is what waits for the document or the reason."""
        if not self._open.takes(capture):
            self._open.send()
            self._open = _Batch(self._crew)
        batch = self._open
        place = batch.add(capture)
        self._content += len(capture.content)
        if place == 0:
            self.under_way += 1
            self._slots = self._crew.slots  # a cluster is asked over the network, so once a batch
        if batch.full:
            batch.send()

        def answer() -> Derived | Unread:
            found = batch.answer(place)
            self._content -= len(capture.content)
            if batch.left == 0:
                self.under_way -= 1
            return found

        return answer


class _Batch:
    """Captures that are read together."""

    def __init__(self, crew: Crew) -> None:
        self.left = 0  # answers that nobody took yet
        self._crew = crew
        self._captures: list[Capture] = []
        self._content = 0
        self._future: Future[Answers] | None = None
        self._answers: Answers | None = None

    @property
    def full(self) -> bool:
        return len(self._captures) >= self._crew.documents

    def takes(self, capture: Capture) -> bool:
        """Tell whether it is still open, and this capture is not too much for it."""
        if self._future or not self._captures:
            return self._future is None
        return self._content + len(capture.content) <= self._crew.content

    def add(self, capture: Capture) -> int:
        """Take a capture in; return its place."""
        self._captures.append(capture)
        self._content += len(capture.content)
        self.left += 1
        return len(self._captures) - 1

    def send(self) -> None:
        """Hand it over, once."""
        if self._future is None:
            self._future = self._crew.submit(self._captures)

    def answer(self, place: int) -> Derived | Unread:
        """Wait for the answer to the capture at a place."""
        self.send()
        if self._answers is None:
            assert self._future is not None  # noqa: S101 - it was just sent
            try:
                self._answers = self._future.result()
            except BatchLostError as death:
                self._answers = self._one_by_one(death)
            self._captures = []
        self.left -= 1
        return self._answers[place]

    def _one_by_one(self, death: BatchLostError) -> Answers:
        """Find out which of several captures kills its readers; the others are read."""
        if len(self._captures) == 1:
            return [_deadly(self._captures[0].source, death)]
        answers: Answers = []
        for capture in self._captures:
            alone = _Batch(self._crew)
            alone.add(capture)
            answers.append(alone.answer(0))
        return answers


def _deadly(source: str, death: BatchLostError) -> Unread:
    message = (
        f"{source}: every process of the cluster that read it died. "
        "Save it as plain text and ingest that."
    )
    return Unread(source, ReadingProcessError.code, message, str(death))
