"""A progress bar on standard error, redrawn around the lines that go to standard output."""

from __future__ import annotations

import shutil
import sys
import time

_WIDTH = 20
_CLEAR = "\r\x1b[K"


class ProgressBar:
    """`reading   3 of 9  ██████▋░░░  12 s`; draws nothing where no terminal is."""

    def __init__(self, *, shown: bool) -> None:
        """Start the clock."""
        self._shown = shown
        self._began = time.monotonic()

    def draw(self, done: int, total: int) -> None:
        """Show how many of the sources are done."""
        if not self._shown:
            return
        full = _WIDTH * done // max(total, 1)
        bar = "█" * full + "░" * (_WIDTH - full)
        seconds = time.monotonic() - self._began
        text = f"reading  {done} of {total}  {bar}  {seconds:.0f} s"
        sys.stderr.write(_CLEAR + text[: shutil.get_terminal_size().columns - 1])
        sys.stderr.flush()

    def clear(self) -> None:
        """Make room for a line."""
        if self._shown:
            sys.stderr.write(_CLEAR)
            sys.stderr.flush()
