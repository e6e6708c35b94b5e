"""A process that reads for us, its two pipes, and the clock that kills it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from typing import IO

from earmark.channel import NotReady, Ready, receive, send
from earmark.limits import MIB, OUT_OF_MEMORY, SECONDS, Limits, usual_limits
from earmark.reader import ReadWith
from records.closing import Closing
from records.errors import LimitExceededError, ReadingProcessError
from records.parts import Unread

START_SECONDS = 120.0
# The child finds the same modules as this process, wherever they were loaded from; `-P` keeps the
# folder it is started in, which may be a folder of untrusted documents, from offering any.
_START = (
    "import json, sys; sys.path[:], limits, reading = json.loads(sys.argv[1]); "
    "from earmark import child; child.serve(child.Limits(**limits), "
    "reading and child.ReadWith(**reading))"
)


class ReadingProcess:
    """One reading process, its two pipes, and the clock that kills it."""

    def __init__(self, limits: Limits, reading: ReadWith | None) -> None:
        """Start one; without `reading` it takes bundles apart, and reads no document."""
        # CMAP_PATH would let pdfminer read files that a document names. One thread of linear
        # algebra is enough, and each more reserves address space that the memory limit counts.
        kept = {name: value for name, value in os.environ.items() if name != "CMAP_PATH"}
        given = json.dumps([sys.path, asdict(limits), reading and asdict(reading)])
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and code, no shell
            [sys.executable, "-P", "-c", _START, given],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**kept, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
            start_new_session=True,
        )
        self._expired = False

    @classmethod
    def start(cls, limits: Limits, reading: ReadWith | None) -> ReadingProcess:
        """Start one and wait until it is ready.

        Raises:
            ReadingProcessError: It does not start.
        """
        process = cls(limits, reading)
        answer = process.listen(START_SECONDS)
        if isinstance(answer, Ready):
            return process
        process.end()
        why = answer.why if isinstance(answer, NotReady) else process.ending
        raise ReadingProcessError(
            f"The process that reads documents did not start ({why}). "
            "Nothing was read. Reinstall Earmark, then try again."
        )

    def ask(self, message: object, seconds: float) -> object:
        """Send a message and wait for its answer; None when the process died instead."""
        return self._timed(lambda: self._exchange(message), seconds)

    def listen(self, seconds: float) -> object:
        """Wait for a message; None when the process died instead."""
        return self._timed(lambda: receive(self._pipe(self.process.stdout)), seconds)

    def end(self) -> None:
        """Kill the process and release its pipes."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError):  # a dead process's pipe may still hold what it never read
                self._pipe(pipe).close()

    def refusal(self, source: str, limits: Limits) -> Unread:
        """Say of a source how this process died of it."""
        advice = "Split it, or save it as plain text, and ingest that."
        if self._out_of_time:
            message = (
                f"{source}: took longer than {limits.seconds:g} s to be read, and was stopped. "
                f"{advice} If you trust it, give it more time with {SECONDS}."
            )
            return Unread(source, LimitExceededError.code, message)
        if self.process.returncode == OUT_OF_MEMORY:
            message = (
                f"{source}: needed more than {limits.memory // MIB} MB of memory to be read, and "
                f"was stopped. {advice}"
            )
            return Unread(source, LimitExceededError.code, message)
        message = (
            f"{source}: the process that read it died ({self.ending}). "
            "Save it as plain text and ingest that."
        )
        return Unread(source, ReadingProcessError.code, message)

    @property
    def _out_of_time(self) -> bool:
        """Whether it was stopped for its time, by our clock or by the operating system's."""
        return self._expired or self.process.returncode == -getattr(signal, "SIGXCPU", 0)

    @property
    def ending(self) -> str:
        """How the process ended, for people."""
        try:
            return signal.Signals(-self.process.returncode).name
        except ValueError:
            return f"exit status {self.process.returncode}"

    def _exchange(self, message: object) -> object:
        send(self._pipe(self.process.stdin), message)
        return receive(self._pipe(self.process.stdout))

    def _timed(self, work: Callable[[], object], seconds: float) -> object:
        clock = threading.Timer(seconds, self._expire)
        clock.daemon = True
        clock.start()
        try:
            answer = work()
        except ReadingProcessError:
            return None
        finally:
            clock.cancel()
            clock.join()
        return None if self._expired else answer

    def _expire(self) -> None:
        self._expired = True
        self.process.kill()

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        assert pipe is not None  # noqa: S101 - both were asked for when the process was started
        return pipe


class ProcessHolder(Closing):
    """A reading process that starts when it is first needed and is replaced when it dies."""

    def __init__(self, limits: Limits | None, reading: ReadWith | None) -> None:
        """Hold it to `limits`, or to the usual ones; `reading` as for `ReadingProcess`."""
        self._limits = limits or usual_limits(os.environ)
        self._reading = reading
        self._child: ReadingProcess | None = None

    def close(self) -> None:
        """End the process; a later call starts another."""
        if self._child:
            self._child.end()
        self._child = None

    def _ready(self) -> ReadingProcess:
        if self._child is None or self._child.process.poll() is not None:
            self.close()
            self._child = ReadingProcess.start(self._limits, self._reading)
        return self._child
