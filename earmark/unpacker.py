"""Take sources apart in a process of their own, so that a hostile archive costs one line."""

from __future__ import annotations

from collections.abc import Iterator

from earmark.channel import End, Holds, Open
from earmark.limits import Limits
from earmark.process import ProcessHolder
from records.document import Capture
from records.parts import Link, Part, Unread


class Unpacker(ProcessHolder):
    """Takes apart what may hold documents; its process is replaced when it dies."""

    def __init__(self, limits: Limits | None = None) -> None:
        """Hold every part to `limits`, or to the usual ones."""
        super().__init__(limits, None)

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
