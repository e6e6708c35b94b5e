"""Write files so that a half one never stands under its name."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from records.errors import SettingsError

T = TypeVar("T")


def write_file(target: Path, lines: Iterable[str]) -> int:
    """Write lines to a file, which takes its name only when it is whole; return their number.

    What a link points at is written, and the link stays. A device or a pipe (`/dev/stdout`) is
    never replaced: lines go into it as they come.

    Raises:
        SettingsError: It cannot be written.
    """
    return _write_parts(target, (line.encode() for line in lines))


def write_bytes(target: Path, content: bytes) -> None:
    """Write a file as `write_file` does, from its bytes.

    Raises:
        SettingsError: It cannot be written.
    """
    _write_parts(target, [content])


def write_whole(target: Path, write: Callable[[Path], T]) -> T:
    """Have a file written beside its place; it takes its name only when it is whole.

    Args:
        target: What a link points at is replaced, and the link stays.
        write: Writes a file at the path that it is given.

    Raises:
        SettingsError: It cannot be written, or is a device or a pipe.
    """
    with _told(target):
        if _is_special(target):
            raise SettingsError(f"{target}: is no file, and this format needs one; name a file")
        whole = target.resolve()
        part = whole.with_name(f".{whole.name}.part")
        part.unlink(missing_ok=True)
        try:
            result = write(part)
            part.replace(whole)
        finally:
            part.unlink(missing_ok=True)
    return result


def write_folder(folder: Path, files: Iterable[tuple[str, Iterable[str]]]) -> int:
    """Write named files to a folder, which is made where there is none; return their number.

    Raises:
        SettingsError: One cannot be written.
    """
    with _told(folder):
        folder.mkdir(parents=True, exist_ok=True)
    number = 0
    for name, lines in files:
        write_file(folder / name, lines)
        number += 1
    return number


def _write_parts(target: Path, parts: Iterable[bytes]) -> int:
    with _told(target):
        if _is_special(target):
            return _write(target, parts)
    return write_whole(target, lambda part: _write(part, parts))


def _is_special(target: Path) -> bool:
    try:
        return not stat.S_ISREG(target.stat().st_mode)
    except FileNotFoundError:
        return False


def _write(place: Path, parts: Iterable[bytes]) -> int:
    number = 0
    with place.open("wb") as file:
        for part in parts:
            file.write(part)
            number += 1
    return number


@contextmanager
def _told(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else str(error)
        raise SettingsError(f"{target}: cannot be written ({why}); name another place") from error
