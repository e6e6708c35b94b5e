"""ZIP archives from strangers: what is in them, and each file's bytes, within limits.

An archive can unpack to a million times its size, hold the same name twice, or name files outside
of itself. The directory is judged before a byte is unpacked, and unpacking counts along, for a
directory may lie. Source of the limits: the largest honest Office files and press packs, doubled.
"""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections import Counter
from pathlib import PurePosixPath
from typing import BinaryIO

from ingest.errors import BrokenFileError, LockedFileError, UnsafeArchiveError
from records.errors import LimitExceededError

MIB = 1024 * 1024
MAX_FILES = 10_000
MAX_FILE = 50 * MIB  # of one file, unpacked
MAX_TOTAL = 500 * MIB  # of all files, unpacked
MAX_RATIO = 200  # of a file's size to its packed size; text packs to a tenth
_SMALL = 1 * MIB  # below that a ratio proves nothing: a page of spaces
_ENCRYPTED = 0x1
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError),
    *(NotImplementedError, ValueError),
)
_NAMES = 512


def names_in(file: BinaryIO) -> frozenset[str]:
    """Return names of an archive's files, enough to tell what it is; empty for a broken one."""
    try:
        with zipfile.ZipFile(file) as archive:
            return frozenset(archive.namelist()[:_NAMES])
    except _BROKEN:
        return frozenset()
    finally:
        file.seek(0)


class Archive:
    """An opened ZIP archive whose directory is within the limits."""

    def __init__(self, file: BinaryIO, source: str) -> None:
        """Read the directory.

        Raises:
            BrokenFileError: It is no ZIP archive, or its directory is damaged.
            LockedFileError: A file in it is encrypted.
            UnsafeArchiveError: Two files have one name, or a name leads out of the archive.
            LimitExceededError: It holds more, or unpacks to more, than the limits allow.
        """
        self._source = source
        try:
            self._zip = zipfile.ZipFile(file)
        except _BROKEN as error:
            raise self._broken(error) from error
        self._files = [info for info in self._zip.infolist() if not info.is_dir()]
        self._check()

    @property
    def names(self) -> list[str]:
        """Names of the files, in the order of the directory."""
        return [info.filename for info in self._files]

    def read(self, name: str) -> bytes:
        """Return the bytes of one file.

        Raises:
            BrokenFileError: They are damaged, or packed in a way that Python cannot unpack.
            LimitExceededError: There are more of them than the directory says or the limits allow.
        """
        info = self._zip.getinfo(name)
        limit = min(info.file_size, MAX_FILE)
        try:
            with self._zip.open(info) as file:
                content = file.read(limit + 1)
        except _BROKEN as error:
            raise self._broken(error, name) from error
        if len(content) > limit:
            raise self._too_large(name)
        return content

    def _check(self) -> None:
        if len(self._files) > MAX_FILES:
            raise LimitExceededError(
                f"{self._source}: holds {len(self._files)} files, and {MAX_FILES} are allowed; "
                "split it"
            )
        if sum(info.file_size for info in self._files) > MAX_TOTAL:
            raise LimitExceededError(
                f"{self._source}: unpacks to more than {MAX_TOTAL // MIB} MB; split it"
            )
        twice = [name for name, count in Counter(self.names).items() if count > 1]
        if twice:
            raise UnsafeArchiveError(
                f"{self._source}: holds {twice[0]!r} twice, so what it says depends on who reads "
                "it; pack it again"
            )
        for info in self._files:
            self._check_file(info)

    def _check_file(self, info: zipfile.ZipInfo) -> None:
        name = info.filename
        if name.startswith(("/", "\\")) or ".." in PurePosixPath(name.replace("\\", "/")).parts:
            raise UnsafeArchiveError(
                f"{self._source}: {name!r} in it leads out of the archive; pack it again"
            )
        if info.flag_bits & _ENCRYPTED:
            raise LockedFileError(
                f"{self._source}: is protected by a password; save an unprotected copy and ingest "
                "that"
            )
        packed = max(info.compress_size, 1)
        if info.file_size > max(_SMALL, MAX_RATIO * packed):
            raise self._too_large(name)

    def _broken(self, error: BaseException, name: str = "") -> BrokenFileError:
        what = f"{name!r} in it" if name else "the archive"
        return BrokenFileError(
            f"{self._source}: {what} is damaged ({type(error).__name__}); get a fresh copy"
        )

    def _too_large(self, name: str) -> LimitExceededError:
        return LimitExceededError(
            f"{self._source}: {name!r} in it unpacks to more than {MAX_FILE // MIB} MB, or to "
            f"more than {MAX_RATIO} times its size; unpack and check it yourself"
        )
