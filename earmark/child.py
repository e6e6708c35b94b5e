"""The reading process: answers captures with documents and mentions, and takes bundles apart.

Nothing that a reader prints can reach the user's terminal: standard output is kept for answers and
then pointed at nowhere, and standard error never was connected.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from importlib import import_module
from traceback import format_exc
from typing import IO

from earmark.channel import (
    ChannelClosedError,
    Cross,
    Crossed,
    Derived,
    End,
    Holds,
    NotReady,
    Open,
    Ready,
    receive,
    send,
)
from earmark.limits import OUT_OF_MEMORY, Limits, limit_memory, limit_processor
from earmark.reader import ReadWith
from records.document import Capture
from records.errors import EarmarkError, LimitExceededError
from records.parts import Part, Unread


def serve(limits: Limits, reading: ReadWith | None) -> None:
    """Answer one request after another until the parent closes the pipe.

    Ctrl-C reaches every process of the terminal; the parent alone decides what it means.

    Args:
        limits: For every document.
        reading: How documents are read; None for a process that only takes bundles apart, and
            need not load the rules for it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, answers = _take_pipes()
    try:
        if not _start(answers, reading):
            return
        limit_memory(limits)
        while isinstance(request := receive(requests), Capture | Open | Cross):
            limit_processor(limits)
            if isinstance(request, Capture):
                send(answers, answer(request, reading))
                continue
            if isinstance(request, Cross):
                send(answers, cross(request))
                continue
            for part in take_apart(request):
                send(answers, part)
                limit_processor(limits)
    except ChannelClosedError:
        return
    except MemoryError:
        # What ran out of memory is not to be trusted with another document, nor with a message.
        os._exit(OUT_OF_MEMORY)


def answer(capture: Capture, reading: ReadWith | None = None) -> Derived | Unread:
    """Read one capture; whatever goes wrong becomes a reason, bar what ends this process.

    Raises:
        MemoryError: The document needs more than there is.
    """
    try:
        document, mentions = import_module("earmark.reading").derive(capture, reading)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - one document's surprise must not end the others
        return _reason(capture.source, error)
    return Derived(document, tuple(mentions))


def cross(request: Cross) -> Crossed | Unread:
    """Read the pages of a PDF by the second reader; whatever goes wrong becomes a reason.

    Raises:
        MemoryError: The document needs more than there is.
    """
    try:
        pages = import_module("ingest.pdf.second").differing_pages(request.content, request.pages)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - one document's surprise must not end the others
        return _reason(request.source, error)
    return Crossed(tuple(pages))


def take_apart(request: Open) -> Iterator[Holds | Part | End]:
    """Hand out what a source holds, part by part; whatever goes wrong is the last part.

    Raises:
        MemoryError: It needs more than there is.
    """
    try:
        yield from import_module("earmark.unpacking").unpack(request)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - one source's surprise must not end the others
        yield _reason(request.source, error)
    yield End()


def _reason(source: str, error: Exception) -> Unread:
    if isinstance(error, EarmarkError):
        return Unread(source, error.code, str(error), format_exc())
    if isinstance(error, RecursionError):
        message = f"{source}: nested too deeply to be read. Save it as plain text and ingest that."
        return Unread(source, LimitExceededError.code, message, format_exc())
    message = (
        f"{source}: Earmark met an error it did not expect while reading it "
        f"({type(error).__name__}). Please report it with the output of --debug."
    )
    return Unread(source, EarmarkError.code, message, format_exc())


def _take_pipes() -> tuple[IO[bytes], IO[bytes]]:
    requests = os.fdopen(os.dup(sys.stdin.fileno()), "rb")
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (sys.stdin, sys.stdout):
        os.dup2(nowhere, stream.fileno())
    return requests, answers


def _start(answers: IO[bytes], reading: ReadWith | None) -> bool:
    """Load everything that takes long, once; return whether that went well."""
    try:
        if reading is not None:
            import_module("earmark.reading").warm_up(reading)
    except Exception as error:  # noqa: BLE001 - the parent ends the command with these words
        send(answers, NotReady(f"{type(error).__name__}: {error}"))
        return False
    send(answers, Ready())
    return True
