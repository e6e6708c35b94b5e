"""Read the bytes of one place, whole or not at all."""

from __future__ import annotations

import os
import select
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, cast

from ingest.place import Place
from records.document import Capture, Metadata
from records.errors import FetchError, LimitExceededError

MAX_BYTES = 50 * 1024 * 1024
MAX_BUNDLE = 1024 * 1024 * 1024  # of an archive, whose parts are read one by one
_MIB = 1024 * 1024
_WAIT = 0.2  # seconds


def capture(place: Place, given: Metadata) -> Capture:
    """Read, hash and time-stamp the bytes at a place.

    Args:
        place: A file, or standard input.
        given: What the user says about it.

    Raises:
        FetchError: There is no file, it is no ordinary file, or it cannot be read.
        LimitExceededError: It has more than MAX_BYTES bytes.
    """
    if place.path is None:
        content = _read_to_end(place.name, iter(_from_standard_input, b""))
        return Capture.of(place.name, content, _now(), given)
    with _opened(place.name, place.path, MAX_BYTES) as file:
        content = _read_to_end(place.name, iter(lambda: file.read(_MIB), b""))
    return Capture.of(place.name, content, _now(), given)


@contextmanager
def _opened(name: str, path: Path, most: int) -> Iterator[BinaryIO]:
    try:
        _check(name, path, most)
        with path.open("rb") as file:
            yield file
    except FileNotFoundError as error:
        raise FetchError(f"{name}: there is no such file; check the path") from error
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise FetchError(f"{name}: cannot be read ({why}); check its permissions") from error


def beginning(place: Place, size: int) -> bytes:
    """Return the first bytes of a file, to tell whether it may hold documents; see `capture`."""
    assert place.path is not None  # noqa: S101 - standard input is read whole
    with _opened(place.name, place.path, MAX_BUNDLE) as file:
        return file.read(size)


def _check(name: str, path: Path, most: int) -> None:
    """Refuse what is no ordinary file or too long, before a byte is read."""
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise FetchError(f"{name}: is a folder; name the files in it")
    if not stat.S_ISREG(status.st_mode):
        raise FetchError(
            f"{name}: is no ordinary file but a device or a pipe; save it to a file, or give it "
            "to standard input as -"
        )
    if status.st_size > most:
        raise _too_long(name, f"{status.st_size / _MIB:.0f} MB", most)


def _read_to_end(name: str, pieces: Iterator[bytes]) -> bytes:
    """Join pieces; a file may be longer than it said, and standard input says nothing."""
    content = bytearray()
    for piece in pieces:
        content += piece
        if len(content) > MAX_BYTES:
            raise _too_long(name, "more", MAX_BYTES)
    return bytes(content)


def _from_standard_input() -> bytes:
    """Wait for the next bytes; none at the end.

    A Ctrl-C that comes just before a wait begins is noted only when the wait is over, so each wait
    is short, where the operating system can wait for a file at all.
    """
    file = cast(BufferedReader, sys.stdin.buffer)
    while _can_wait_for(file) and not select.select([file], [], [], _WAIT)[0]:
        pass
    return file.read1(_MIB)


def _can_wait_for(file: BinaryIO) -> bool:
    try:
        return os.name == "posix" and file.fileno() >= 0
    except OSError:  # standard input that a program put in place of the real one
        return False


def _too_long(name: str, size: str, most: int) -> LimitExceededError:
    return LimitExceededError(
        f"{name}: a document may have {most // _MIB} MB, this one has {size}; split it"
    )


def _now() -> datetime:
    return datetime.now(UTC)
