"""The Merkle tree over the ledger's entries: its root, and short proofs of what stands in it.

A tree of n leaves is split after the largest power of two below n. A perfect part of it (2**level
leaves, the index-th of that size) never changes again once its last leaf is there; so it is kept
with that leaf, and a root or a proof takes a handful of hashes however long the ledger is. `At`
finds such a part.

Source: RFC 6962, section 2.1; RFC 9162, section 2.1, for checking proofs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

At: TypeAlias = Callable[[int, int], bytes]
"""From level and index of a perfect part to its hash; level 0 are the leaves."""
WIDTH = 32
"""Bytes of a hash."""


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of a leaf."""
    return hashlib.sha256(b"\0" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash over two parts that stand side by side."""
    return hashlib.sha256(b"\1" + left + right).digest()


def completed(index: int, leaf: bytes, at: At) -> list[bytes]:
    """Return the perfect parts of two leaves and more that a new leaf ends, the smallest first."""
    made: list[bytes] = []
    last = leaf
    while index >> len(made) & 1:
        last = node_hash(at(len(made), (index >> len(made)) - 1), last)
        made.append(last)
    return made


def peaks(size: int) -> Iterator[tuple[int, int]]:
    """Yield level and index of the perfect parts that a tree is made of, the largest first."""
    for level in range(size.bit_length() - 1, -1, -1):
        if size >> level & 1:
            yield level, (size >> level) - 1


def root(size: int, at: At) -> bytes:
    """Return the root of a tree of at least one leaf."""
    return _part(0, size, at)


def inclusion(index: int, size: int, at: At) -> list[bytes]:
    """Return what proves that a leaf stands at a place (from 0) of a tree: the path to its root."""
    path: list[bytes] = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            path.append(_part(middle, high, at))
            high = middle
        else:
            path.append(_part(low, middle, at))
            low = middle
    return path[::-1]


def consistency(old: int, size: int, at: At) -> list[bytes]:
    """Return what proves that a tree begins with an older one of at least one leaf."""
    path: list[bytes] = []
    low, high = 0, size
    while high > old:
        middle = low + _split(high - low)
        if old <= middle:
            path.append(_part(middle, high, at))
            high = middle
        else:
            path.append(_part(low, middle, at))
            low = middle
    if low:
        path.append(_part(low, high, at))
    return path[::-1]


def root_of_inclusion(index: int, size: int, leaf: bytes, path: Sequence[bytes]) -> bytes | None:
    """Return the root that a path leads to; None where it is none for this place and size."""
    if not 0 <= index < size:
        return None
    at, last, found = index, size - 1, leaf
    for part in path:
        if not last:
            return None
        if at & 1 or at == last:
            found = node_hash(part, found)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, part)
        at, last = at >> 1, last >> 1
    return None if last else found


def is_consistent(old: int, new: int, roots: tuple[bytes, bytes], path: Sequence[bytes]) -> bool:
    """Tell whether a proof shows that a tree begins with an older one.

    Args:
        old: Size of the older, at least 1.
        new: Of the newer.
        roots: Of both, the older first.
        path: As `consistency` returns it.
    """
    if old == new:
        return not path and roots[0] == roots[1]
    if not 0 < old < new:
        return False
    parts = list(path) if old & (old - 1) else [roots[0], *path]
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    if not parts:
        return False
    before = after = parts[0]
    for part in parts[1:]:
        if not last:
            return False
        if at & 1 or at == last:
            before, after = node_hash(part, before), node_hash(part, after)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            after = node_hash(after, part)
        at, last = at >> 1, last >> 1
    return not last and (before, after) == roots


class Frontier:
    """A tree that grows by a leaf at a time, of which only the peaks are held.

    Attributes:
        size: How many leaves it has.
    """

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def add(self, leaf: bytes) -> list[bytes]:
        """Add a leaf, and return the perfect parts that it ends, as `completed` does."""
        made = completed(self.size, leaf, lambda level, index: self._peaks[-1 - level])
        del self._peaks[len(self._peaks) - len(made) :]
        self._peaks.append(made[-1] if made else leaf)
        self.size += 1
        return made

    def root(self) -> bytes:
        """Return the root of what was added, at least one leaf."""
        *others, found = self._peaks
        for peak in reversed(others):
            found = node_hash(peak, found)
        return found


def _part(low: int, high: int, at: At) -> bytes:
    """Return the hash over leaves from `low` up to before `high`, as the tree splits them."""
    size = high - low
    if not size & (size - 1):
        level = size.bit_length() - 1
        return at(level, low >> level)
    middle = low + _split(size)
    return node_hash(_part(low, middle, at), _part(middle, high, at))


def _split(size: int) -> int:
    """Return the largest power of two below a size."""
    return 1 << (size - 1).bit_length() - 1
