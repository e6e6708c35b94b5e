"""Take sources apart in a process of their own, so that a hostile archive costs one line."""

from __future__ import annotations

from collections.abc import Iterator
from types import TracebackType
from typing import Self

from earmark.channel import End, Holds, Open
from earmark.limits import Limits
from earmark.process import ReadingProcess
from records.document import Capture
from records.parts import Link, Part, Unread


class Unpacker:
    """A process that starts when a source may hold documents, and is replaced when it dies."""

    def __init__(self, limits: Limits | None = None) -> None:
        """Hold every part to `limits`, or to the usual ones."""
        self._limits = limits or Limits()
        self._child: ReadingProcess | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def unpack(self, request: Open) -> Iterator[Holds | Part]:
        """Yield what kind of source it is, then its parts, each when it is asked for.

        A source that kills the process, or takes too long over one part, ends with an `Unread`.
        Ask for all parts before the next source.

        Raises:
            ReadingProcessError: No process can be started at all.
        """
        child = self._ready()
        answer: object = None
        try:
            answer = child.ask(request, self._limits.seconds)
            while isinstance(answer, Holds | Capture | Link | Unread):
                yield answer
                answer = child.listen(self._limits.seconds)
        finally:
            if not isinstance(answer, End):
                self.close()  # what it still has to say must not answer for the next source
        if not isinstance(answer, End):
            yield child.refusal(request.source, self._limits)

    def close(self) -> None:
        """End the process; a later call starts another."""
        if self._child:
            self._child.end()
        self._child = None

    def _ready(self) -> ReadingProcess:
        if self._child is None or self._child.process.poll() is not None:
            self.close()
            self._child = ReadingProcess.start(self._limits, None)
        return self._child
