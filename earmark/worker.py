"""Read documents in a process of their own, so that a hostile file costs one line and no more."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from earmark.channel import Derived
from earmark.limits import Limits
from earmark.process import ReadingProcess
from earmark.reader import ReadWith
from records.document import Capture
from records.errors import LimitExceededError
from records.parts import Unread


class Worker:
    """A reading process that starts when it is first needed and is replaced when it dies."""

    def __init__(self, limits: Limits | None = None, reading: ReadWith | None = None) -> None:
        """Hold every document to `limits`, or to the usual ones; read it with what a user adds."""
        self._limits = limits or Limits()
        self._reading = reading or ReadWith()
        self._child: ReadingProcess | None = None
        self._documents = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """Id of the reading process; None while there is none."""
        return self._child.process.pid if self._child else None

    def derive(self, capture: Capture) -> Derived | Unread:
        """Read one capture under the limits: whatever it does, the answer is one of two records.

        Raises:
            ReadingProcessError: No reading process can be started at all.
        """
        child = self._ready()
        self._documents += 1
        answer = child.ask(capture, self._limits.seconds)
        if isinstance(answer, Derived):
            return answer
        if isinstance(answer, Unread) and answer.code != LimitExceededError.code:
            return answer
        self.close()  # dead, or not to be trusted with another document
        return answer if isinstance(answer, Unread) else child.refusal(capture.source, self._limits)

    def close(self) -> None:
        """End the reading process; a later call starts another."""
        if self._child:
            self._child.end()
        self._child = None

    def _ready(self) -> ReadingProcess:
        worn_out = self._documents >= self._limits.documents
        if self._child and not worn_out and self._child.process.poll() is None:
            return self._child
        self.close()
        child = ReadingProcess.start(self._limits, self._reading)
        self._child, self._documents = child, 0
        return child
