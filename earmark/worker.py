"""Read documents in a process of their own, so that a hostile file costs one line and no more."""

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
from types import TracebackType
from typing import IO, Self

from earmark.channel import Derived, NotReady, Ready, Refused, receive, send
from earmark.limits import MIB, OUT_OF_MEMORY, Limits
from earmark.reader import ReadWith
from records.document import Capture
from records.errors import LimitExceededError, ReadingProcessError

START_SECONDS = 120.0
# The child finds the same modules as this process, wherever they were loaded from; `-P` keeps the
# folder it is started in, which may be a folder of untrusted documents, from offering any.
_START = (
    "import json, sys; sys.path[:], limits, reading = json.loads(sys.argv[1]); "
    "from earmark import child; child.serve(child.Limits(**limits), child.ReadWith(**reading))"
)


class Worker:
    """A reading process that starts when it is first needed and is replaced when it dies."""

    def __init__(self, limits: Limits | None = None, reading: ReadWith | None = None) -> None:
        """Hold every document to `limits`, or to the usual ones; read it with what a user adds."""
        self._limits = limits or Limits()
        self._reading = reading or ReadWith()
        self._child: _Child | None = None
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

    def derive(self, capture: Capture) -> Derived | Refused:
        """Read one capture under the limits: whatever it does, the answer is one of two records.

        Raises:
            ReadingProcessError: No reading process can be started at all.
        """
        child = self._ready()
        self._documents += 1
        answer = child.ask(capture, self._limits.seconds)
        if isinstance(answer, Derived):
            return answer
        if isinstance(answer, Refused) and answer.code != LimitExceededError.code:
            return answer
        self.close()  # dead, or not to be trusted with another document
        return answer if isinstance(answer, Refused) else self._refusal(capture.source, child)

    def close(self) -> None:
        """End the reading process; a later call starts another."""
        if self._child:
            self._child.end()
        self._child = None

    def _ready(self) -> _Child:
        worn_out = self._documents >= self._limits.documents
        if self._child and not worn_out and self._child.process.poll() is None:
            return self._child
        self.close()
        child = _Child(self._limits, self._reading)
        answer = child.listen(START_SECONDS)
        if not isinstance(answer, Ready):
            child.end()
            why = answer.why if isinstance(answer, NotReady) else child.ending
            raise ReadingProcessError(
                f"The process that reads documents did not start ({why}). "
                "Nothing was read. Reinstall Earmark, then try again."
            )
        self._child, self._documents = child, 0
        return child

    def _refusal(self, source: str, child: _Child) -> Refused:
        if child.out_of_time:
            message = (
                f"{source}: took longer than {self._limits.seconds:g} s to be read, and was "
                "stopped. Split it, or save it as plain text, and ingest that."
            )
            return Refused(LimitExceededError.code, message)
        if child.process.returncode == OUT_OF_MEMORY:
            message = (
                f"{source}: needed more than {self._limits.memory // MIB} MB of memory to be read, "
                "and was stopped. Split it, or save it as plain text, and ingest that."
            )
            return Refused(LimitExceededError.code, message)
        message = (
            f"{source}: the process that read it died ({child.ending}). "
            "Save it as plain text and ingest that."
        )
        return Refused(ReadingProcessError.code, message)


class _Child:
    """One reading process, its two pipes, and the clock that kills it."""

    def __init__(self, limits: Limits, reading: ReadWith) -> None:
        # CMAP_PATH would let pdfminer read files that a document names. One thread of linear
        # algebra is enough, and each more reserves address space that the memory limit counts.
        kept = {name: value for name, value in os.environ.items() if name != "CMAP_PATH"}
        given = json.dumps([sys.path, asdict(limits), asdict(reading)])
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and code, no shell
            [sys.executable, "-P", "-c", _START, given],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**kept, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
            start_new_session=True,
        )
        self._expired = False

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

    @property
    def out_of_time(self) -> bool:
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
