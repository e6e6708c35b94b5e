"""How far a run is, on standard error: a bar on a terminal, a line every few seconds elsewhere."""

from __future__ import annotations

import math
import shutil
import sys
import time
from collections.abc import Callable
from threading import Event, Lock, Thread
from typing import Self

from records.closing import Closing

_WIDTH = 20
_CLEAR = "\r\x1b[K"
_TICK = 1.0  # seconds between two looks at the clock, while one source takes long
_EVERY = 5.0  # seconds between two lines where no terminal is
_FRAME = 0.1  # seconds that a bar stands at least: an audit has a hundred thousand steps
_SURE = 3  # sources before which a remaining time would be a guess


class ProgressBar(Closing):
    """`reading  3 of 9  ██████▋░░░  12 s · 0.3/s · 24 s left`, redrawn around the output.

    While entered, it also goes on when no source comes to its end for long.
    """

    def __init__(
        self,
        *,
        shown: bool,
        doing: str = "reading",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Start the clock.

        Args:
            shown: Whether standard error is a terminal.
            doing: What is being done.
            clock: In seconds.
        """
        self._shown = shown
        self._doing = doing
        self._clock = clock
        self._began = self._said = clock()
        self._drawn = -math.inf
        self._at: tuple[int, int] | None = (0, 0)
        self._lock = Lock()
        self._ended = Event()
        self._ticking = Thread(target=self._tick_on, daemon=True)

    def __enter__(self) -> Self:
        self._ticking.start()
        return self

    def close(self) -> None:
        """Stop the clock and leave an empty line."""
        self._ended.set()
        self._ticking.join()
        self.clear()

    def draw(self, done: int, total: int) -> None:
        """Show how many of the sources are done, how fast, and how long the rest will take."""
        self._at = done, total
        self.tick()

    def tick(self) -> None:
        """Show what was shown last, as the clock has it now; nothing while lines are written."""
        with self._lock:
            if self._at is None:
                return
            (done, total), now = self._at, self._clock()
            if self._shown:
                if now - self._drawn < _FRAME:
                    return
                self._drawn = now
                full = _WIDTH * done // max(total, 1)
                bar = "█" * full + "░" * (_WIDTH - full)
                place = f"{done:,} of {total:,}  {bar}  " if total else ""
                text = f"{self._doing}  {place}{self._pace(done, total, now)}"
                sys.stderr.write(_CLEAR + text[: shutil.get_terminal_size().columns - 1])
            elif now - self._said >= _EVERY:
                self._said = now
                place = f"{done:,} of {total:,}, " if total else ""
                sys.stderr.write(f"{self._doing}: {place}{self._pace(done, total, now)}\n")
            sys.stderr.flush()

    def _tick_on(self) -> None:
        while not self._ended.wait(_TICK):
            self.tick()

    def _pace(self, done: int, total: int, now: float) -> str:
        seconds = now - self._began
        parts = [_time(seconds)]
        if done >= _SURE and seconds > 0:
            rate = done / seconds
            parts += [f"{rate:.1f}/s", f"{_time((total - done) / rate)} left"]
        return " · ".join(parts)

    def clear(self) -> None:
        """Make room for lines, until `draw` is called again."""
        with self._lock:
            self._at = None
            self._drawn = -math.inf
            if self._shown:
                sys.stderr.write(_CLEAR)
                sys.stderr.flush()


def _time(seconds: float) -> str:
    """Return a length of time as people read it: `12 s`, `3 min 20 s`, `1 h 5 min`."""
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return f"{rest} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s"
