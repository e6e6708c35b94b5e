"""Ctrl-C in a run: the first ends it after the current document, the second at once."""

from __future__ import annotations

import signal
import sys
from _thread import interrupt_main
from threading import Timer
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_ASKED = "\nFinishing this document. Press Ctrl-C again to stop at once.\n"
_A_MOMENT = 0.02


class Interrupt:
    """While entered, notes the first Ctrl-C instead of raising KeyboardInterrupt.

    The second one raises it, again and again while it comes where Python drops what is raised, as
    in the finalizer of an object.
    """

    def __init__(self) -> None:
        """Nobody has asked yet."""
        self.asked = False
        self._again: Timer | None = None

    def __enter__(self) -> Self:
        self._before = signal.signal(signal.SIGINT, self._note)
        self._hook, sys.unraisablehook = sys.unraisablehook, self._dropped
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        signal.signal(signal.SIGINT, self._before)
        sys.unraisablehook = self._hook
        if self._again:
            self._again.cancel()  # the run has ended meanwhile

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.asked = True
        signal.signal(signal.SIGINT, signal.default_int_handler)
        sys.stderr.write(_ASKED)

    def _dropped(self, lost: UnraisableHookArgs) -> None:
        if lost.exc_type is KeyboardInterrupt:
            self._again = Timer(_A_MOMENT, interrupt_main)  # raised here, it would be dropped too
            self._again.daemon = True
            self._again.start()
        else:
            self._hook(lost)
