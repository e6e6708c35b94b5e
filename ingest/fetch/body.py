"""The body of an answer: unpacked piece by piece, never more of it than is asked for."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable

_PACKED = {"gzip", "x-gzip", "deflate"}
_PLAIN = {"", "identity"}
_MEMBER = 0x1F  # first byte of a further gzip member; anything else after the end is no content


def read_body(pieces: Iterable[bytes], packed: str, most: int) -> tuple[bytes, bool]:
    """Return at most `most` bytes of a body, and whether that is all of it.

    Args:
        pieces: The body as it comes.
        packed: The value of `Content-Encoding`.
        most: Counted as unpacked.

    Raises:
        ValueError: It is packed in a way that was not asked for, or does not come whole.
        zlib.error: It is damaged.
    """
    packed = packed.strip().lower()
    inflater = _Inflater() if packed in _PACKED else None
    if inflater is None and packed not in _PLAIN:
        raise ValueError(f"it came packed as {packed[:40]!r}, which was not asked for")
    unpack: Callable[[bytes, int], bytes] = inflater.unpack if inflater else _as_it_is
    content = bytearray()
    for piece in pieces:
        content += unpack(piece, most + 1 - len(content))
        if len(content) > most:
            return bytes(content[:most]), False
    if inflater and not inflater.ended:
        raise ValueError("the packed page is cut off")
    return bytes(content), True


def _as_it_is(piece: bytes, most: int) -> bytes:
    return piece


class _Inflater:
    """Unpacks within a limit; the library's own decoders unpack a piece whole, be it gigabytes."""

    def __init__(self) -> None:
        self._inflate = self._new()
        self._any = False

    @property
    def ended(self) -> bool:
        """Whether the last member is whole; a body of no bytes is."""
        return self._inflate.eof or not self._any

    def unpack(self, piece: bytes, most: int) -> bytes:
        """Return what `piece` holds, cut after `most` bytes."""
        content = b""
        while piece and len(content) < most:
            if self._inflate.eof:
                if piece[0] != _MEMBER:
                    break
                self._inflate = self._new()
            self._any = True
            content += self._inflate.decompress(piece, most - len(content))
            piece = self._inflate.unused_data
        return content

    @staticmethod
    def _new() -> zlib._Decompress:
        return zlib.decompressobj(zlib.MAX_WBITS | 32)
