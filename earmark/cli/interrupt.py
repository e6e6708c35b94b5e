"""Ctrl-C in a run: the first ends it after the current document, the second at once."""

from __future__ import annotations

import signal
import sys
from types import FrameType, TracebackType
from typing import Self

_ASKED = "\nFinishing this document. Press Ctrl-C again to stop at once.\n"


class Interrupt:
    """While entered, notes the first Ctrl-C instead of raising KeyboardInterrupt."""

    def __init__(self) -> None:
        """Nobody has asked yet."""
        self.asked = False

    def __enter__(self) -> Self:
        self._before = signal.signal(signal.SIGINT, self._note)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        signal.signal(signal.SIGINT, self._before)

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.asked = True
        signal.signal(signal.SIGINT, signal.default_int_handler)
        sys.stderr.write(_ASKED)
