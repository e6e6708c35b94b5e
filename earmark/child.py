"""The reading process: takes captures on its standard input, answers with documents and mentions.

Nothing that a reader prints can reach the user's terminal: standard output is kept for answers and
then pointed at nowhere, and standard error never was connected.
"""

from __future__ import annotations

import os
import signal
import sys
from importlib import import_module
from traceback import format_exc
from typing import IO

from earmark.channel import ChannelClosedError, Derived, NotReady, Ready, Refused, receive, send
from earmark.limits import OUT_OF_MEMORY, Limits, limit_memory, limit_processor
from earmark.reader import ReadWith
from records.document import Capture
from records.errors import EarmarkError, LimitExceededError


def serve(limits: Limits, reading: ReadWith) -> None:
    """Answer one capture after another until the parent closes the pipe.

    Ctrl-C reaches every process of the terminal; the parent alone decides what it means.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, answers = _take_pipes()
    try:
        if not _start(answers, reading):
            return
        limit_memory(limits)
        while isinstance(capture := receive(requests), Capture):
            limit_processor(limits)
            send(answers, answer(capture, reading))
    except ChannelClosedError:
        return
    except MemoryError:
        # What ran out of memory is not to be trusted with another document, nor with a message.
        os._exit(OUT_OF_MEMORY)


def answer(capture: Capture, reading: ReadWith | None = None) -> Derived | Refused:
    """Read one capture; whatever goes wrong becomes a refusal, bar what ends this process.

    Raises:
        MemoryError: The document needs more than there is.
    """
    try:
        document, mentions = import_module("earmark.reading").derive(capture, reading)
    except MemoryError:
        raise
    except RecursionError:
        message = (
            f"{capture.source}: nested too deeply to be read. "
            "Save it as plain text and ingest that."
        )
        return Refused(LimitExceededError.code, message, format_exc())
    except EarmarkError as error:
        return Refused(error.code, str(error), format_exc())
    except Exception as error:  # noqa: BLE001 - one document's surprise must not end the others
        message = (
            f"{capture.source}: Earmark met an error it did not expect while reading it "
            f"({type(error).__name__}). Please report it with the output of --debug."
        )
        return Refused(EarmarkError.code, message, format_exc())
    return Derived(document, tuple(mentions))


def _take_pipes() -> tuple[IO[bytes], IO[bytes]]:
    requests = os.fdopen(os.dup(sys.stdin.fileno()), "rb")
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (sys.stdin, sys.stdout):
        os.dup2(nowhere, stream.fileno())
    return requests, answers


def _start(answers: IO[bytes], reading: ReadWith) -> bool:
    """Load everything that takes long, once; return whether that went well."""
    try:
        import_module("earmark.reading").warm_up(reading)
    except Exception as error:  # noqa: BLE001 - the parent ends the command with these words
        send(answers, NotReady(f"{type(error).__name__}: {error}"))
        return False
    send(answers, Ready())
    return True
