"""The most memory that any process below this one has held, told from /proc; Linux alone."""

from __future__ import annotations

import re
import threading
from contextlib import suppress
from pathlib import Path
from typing import Self

from records.closing import Closing

_PEAK = re.compile(r"^VmHWM:\s*(\d+) kB", re.MULTILINE)
_EVERY = 0.1  # seconds; a process that is killed is seen as it was shortly before
_RESET = "5"  # what clears the peak; source: proc(5), clear_refs


class Memory(Closing):
    """Watches processes that this one started, as long as it is entered."""

    def __init__(self) -> None:
        """Nothing is seen yet."""
        self._most = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def close(self) -> None:
        """Watch no longer."""
        self._ended.set()
        self._thread.join()

    def reset(self) -> None:
        """Begin anew: what processes have held so far no longer counts."""
        for process in _children():
            with suppress(OSError):
                (process / "clear_refs").write_text(_RESET)
        self._most = 0

    def peak(self) -> int:
        """Return the most that one process has held since the last reset, bytes."""
        self._look()
        return self._most

    def _watch(self) -> None:
        while not self._ended.wait(_EVERY):
            self._look()

    def _look(self) -> None:
        own = Path("/proc/self/cmdline").read_bytes()
        for process in _children():
            with suppress(OSError):
                # Until a child runs its own program, its memory is this process's.
                if (process / "cmdline").read_bytes() != own:
                    self._most = max(self._most, peak_of(process))


def peak_of(process: Path) -> int:
    """Return the most memory that a process has held, bytes."""
    match = _PEAK.search((process / "status").read_text())
    return int(match[1]) * 1024 if match else 0


def _children() -> list[Path]:
    """Return the processes that each thread of this one has started."""
    found = []
    for thread in Path("/proc/self/task").iterdir():
        with suppress(OSError):
            numbers = (thread / "children").read_text().split()
            found += [Path("/proc") / number for number in numbers]
    return found
