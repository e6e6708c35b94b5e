"""Heads: what a store's ledger was at some moment, in three lines that anybody can keep.

    earmark/0f5c…     the origin: this store and its copies
    34                entries
    MTJ3…=            the root of the tree over them, in base64

The store appends one to a file after each commit, and syncs it before it says that something is
done. Who holds a head can tell later whether all up to it is still there, unchanged. A crash
between commit and head leaves the file one head behind, which a whole store is consistent with.

Source: C2SP, tlog-checkpoint (the form of the lines) and signed-note (signatures after them).
"""

from __future__ import annotations

import base64
import binascii
import errno
import hashlib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Literal

import platformdirs

from records.errors import StoreError, StoreReadOnlyError
from store.folders import sync_folder
from store.place import FilePlace, Place
from store.tree import Frontier

_HEAD = re.compile(
    r"^(earmark/[0-9a-f]{32})\s+([1-9][0-9]{0,14})\s+([A-Za-z0-9+/]{43}=)\s*$", re.MULTILINE
)
"""Also on one line, as a shell or a mail may leave it."""

HeadVerdict = Literal["consistent", "other store", "rolled back", "forked"]


@dataclass(frozen=True, slots=True)
class Head:
    """What a ledger was.

    Attributes:
        origin: Of the store and its copies.
        size: How many entries it had.
        root: Of the tree over them.
    """

    origin: str
    size: int
    root: bytes

    def __str__(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


class HeadCheck:
    """Holds heads against the entries of a ledger, which come one after the other.

    Attributes:
        tree: The entries so far.
    """

    def __init__(self, heads: list[Head]) -> None:
        self.tree = Frontier()
        self._heads = list(dict.fromkeys(heads))
        self._sizes = {head.size for head in heads}
        self._roots: dict[int, bytes] = {}

    def add(self, entry: bytes) -> bytes:
        """Take the next entry's hash, and return what should stand with it as `nodes`."""
        made = self.tree.add(entry)
        if self.tree.size in self._sizes:
            self._roots[self.tree.size] = self.tree.root()
        return b"".join(made)

    def verdicts(self, origin: str) -> Iterator[tuple[Head, HeadVerdict]]:
        """Say of each head, once all entries are there, how the ledger stands to it."""
        for head in self._heads:
            if head.origin != origin:
                yield head, "other store"
            elif head.size > self.tree.size:
                yield head, "rolled back"
            else:
                right = self._roots[head.size] == head.root
                yield head, "consistent" if right else "forked"


def find_heads(text: str) -> list[Head]:
    """Return the heads in a text, signed ones too; what stands between them is passed over."""
    heads = []
    for origin, size, root in _HEAD.findall(text):
        try:
            heads.append(Head(origin, int(size), base64.b64decode(root, validate=True)))
        except binascii.Error:
            continue
    return heads


def read_heads(path: Path) -> list[Head]:
    """Return the heads in a file; none where there is no file.

    Raises:
        StoreError: It cannot be read.
    """
    try:
        return find_heads(path.read_text("utf-8", "replace"))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror}") from error


def file_of(place: Place) -> Path:
    """Return the file in which this machine keeps the heads of a store.

    That of a file lies beside it, `nhs.earmark.db.heads`; that of a server's store in the user's
    data folder, and has the heads of what this user wrote.
    """
    if isinstance(place, FilePlace):
        path = place.path.resolve()
        return path.with_name(f"{path.name}.heads")
    told = place.shown.partition("://")[2]
    name = re.sub(r"[^A-Za-z0-9.-]+", "-", told)[:60].strip("-.")
    own = hashlib.sha256(place.shown.encode()).hexdigest()[:12]
    folder = platformdirs.user_data_path("earmark", appauthor=False) / "heads"
    return folder / f"{name}-{own}.heads"


@contextmanager
def keeping(path: Path) -> Iterator[Callable[[Head], None]]:
    """Open the file of heads, and append to it what the block gives, once that has ended well.

    The file is opened first: where it cannot be written, nothing should be. After that a commit
    comes before its head, and the head before anybody is told.

    Raises:
        StoreReadOnlyError: It cannot be written.
        StoreError: It could not take the head of what was done.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    except OSError as error:
        raise StoreReadOnlyError(
            f"{path} cannot be written ({error.strerror}); nothing was changed. It keeps the heads "
            "of the store: make it and its folder writable, or point to another store with --store."
        ) from error
    try:
        given: list[Head] = []
        yield given.append
        for head in given:
            _append(file, path, head)
    finally:
        os.close(file)


def _append(file: int, path: Path, head: Head) -> None:
    """Add a head, unless it is the last one, and have the disk keep it."""
    told = str(head).encode()
    try:
        size = os.fstat(file).st_size
        if _end(file, size, len(told)) == told:
            return
        # What a crash cut off in mid-write is ended, so that this one stands by itself.
        cut = size and _end(file, size, 1) != b"\n"
        line = b"\n" + told if cut else told
        if os.write(file, line) != len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))  # noqa: TRY301 - told alike
        os.fsync(file)
        if not size:
            sync_folder(path.parent)
    except OSError as error:
        raise StoreError(
            f"{path} could not be written: {error.strerror}. The last step is in the store without "
            "its head in this file; all before it was stored with it. Make room and run the same "
            "command again."
        ) from error


def _end(file: int, size: int, length: int) -> bytes:
    os.lseek(file, max(0, size - length), os.SEEK_SET)
    return os.read(file, length)


def begin(place: Place, head: Head) -> None:
    """Keep the head of a store that was just made.

    The file of another store that stood at this place before gets another name, and stays.

    Raises:
        StoreError: The file cannot be written, or not be renamed.
    """
    path = file_of(place)
    found = read_heads(path)
    if found and found[-1].origin != head.origin:
        before = f"{path.name}.{found[-1].origin.rpartition('/')[2][:8]}"
        names = (path.with_name(f"{before}{number or ''}") for number in count())
        try:
            path.replace(next(name for name in names if not name.exists()))
        except OSError as error:
            raise StoreReadOnlyError(
                f"{path} has the heads of a store that stood here before, and cannot be renamed "
                f"({error.strerror}). Move it away."
            ) from error
    with keeping(path) as keep:
        keep(head)
