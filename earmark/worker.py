"""Read documents in a process of their own, so that a hostile file costs one line and no more."""

from __future__ import annotations

from earmark.channel import Cross, Crossed, Derived
from earmark.limits import Limits
from earmark.process import ProcessHolder, ReadingProcess
from earmark.reader import ReadWith
from records.document import Capture
from records.errors import LimitExceededError
from records.parts import Unread


class Worker(ProcessHolder):
    """Reads documents; its process is replaced when it dies, and after so many bytes of them."""

    def __init__(self, limits: Limits | None = None, reading: ReadWith | None = None) -> None:
        """Hold every document to `limits`, or to the usual ones; read it with what a user adds."""
        super().__init__(limits, reading or ReadWith())
        self._content = 0

    @property
    def pid(self) -> int | None:
        """Id of the reading process; None while there is none."""
        return self._child.process.pid if self._child else None

    def derive(self, capture: Capture) -> Derived | Unread:
        """Read one capture under the limits: whatever it does, the answer is one of two records.

        Raises:
            ReadingProcessError: No reading process can be started at all.
        """
        answer = self._ask(capture, capture.source, len(capture.content))
        assert not isinstance(answer, Crossed)  # noqa: S101 - to no such request
        return answer

    def cross(self, request: Cross) -> Crossed | Unread:
        """Have a second reader look at a PDF under the limits.

        Raises:
            ReadingProcessError: No reading process can be started at all.
        """
        answer = self._ask(request, request.source, len(request.content))
        assert not isinstance(answer, Derived)  # noqa: S101 - to no such request
        return answer

    def _ask(self, message: object, source: str, size: int) -> Derived | Crossed | Unread:
        child = self._ready()
        self._content += size
        answer = child.ask(message, self._limits.seconds)
        if isinstance(answer, Derived | Crossed):
            return answer
        if isinstance(answer, Unread) and answer.code != LimitExceededError.code:
            return answer
        self.close()  # dead, or not to be trusted with another document
        return answer if isinstance(answer, Unread) else child.refusal(source, self._limits)

    def close(self) -> None:
        """End the reading process; a later call starts another."""
        super().close()
        self._content = 0

    def _ready(self) -> ReadingProcess:
        if self._content >= self._limits.content:
            self.close()
        return super()._ready()
