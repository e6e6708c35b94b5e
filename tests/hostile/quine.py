"""A ZIP archive that holds nothing but itself.

Its packed bytes are a program of two instructions: write what follows here, and write once more
what was written last. The program writes its own text, piece by piece, with the archive's head
before it and its directory behind. The checksum is solved for: it is linear in its own bits.
"""

from __future__ import annotations

import struct
import zlib

NAME = b"this-holds-only-this-again.zip"  # 30 bytes, so that the head has 60
_STEP = 5  # bytes of an instruction
_LENGTHS = (  # first length, code, number of extra bits; source: RFC 1951, 3.2.5
    *((n, 254 + n, 0) for n in range(3, 11)),
    *((67, 277, 4), (83, 278, 4), (99, 279, 4), (35, 273, 3), (43, 274, 3), (51, 275, 3)),
    (59, 276, 3),
)
_DISTANCES = ((17, 8, 3), (65, 12, 5), (97, 13, 5))


def quine() -> bytes:
    """Return the archive."""
    size = len(_written(0, 0))
    base = zlib.crc32(_written(0, size))
    columns = [zlib.crc32(_written(1 << bit, size)) ^ base ^ (1 << bit) for bit in range(32)]
    return _written(_solved(columns, base), size)


def _written(checksum: int, size: int) -> bytes:
    """Return the archive as it were with a checksum and a size."""
    about = struct.pack("<HHHIII", 8, 0, 33, checksum, _packed_size(), size)
    head = b"PK\x03\x04" + struct.pack("<HH", 20, 0) + about
    head += struct.pack("<HH", len(NAME), 0) + NAME
    entry = b"PK\x01\x02" + struct.pack("<HHH", 20, 20, 0) + about
    entry += struct.pack("<HHHHHII", len(NAME), 0, 0, 0, 0, 0, 0) + NAME
    place = len(head) + _packed_size()
    end = entry + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(entry), place, 0)
    return head + _program(head, end) + end


def _packed_size() -> int:
    return len(_program(b" " * (30 + len(NAME)), b" " * (46 + len(NAME) + 22)))


def _program(head: bytes, end: bytes) -> bytes:
    """Return the instructions; behind each step what is written is that much nearer to the text."""
    here, again = _here, _again
    behind, four = again(len(head) + _STEP), again(4 * _STEP)
    last = again(len(end) + 4, final=True)
    tail = here(len(last) + len(end))
    one, all_four, none = here(_STEP), here(4 * _STEP), here(0)
    first = here(len(head) + _STEP)
    steps = (
        *(first, head, first, behind, one, behind, one, one, all_four, behind, one, one, all_four),
        *(four, all_four, four, all_four, four, all_four, four),
        *(all_four, four, none, none, tail, four, none, none, tail, last, end, last),
    )
    return b"".join(steps)


def _here(count: int) -> bytes:
    """Return the instruction to write the bytes that follow: a stored block."""
    return b"\0" + struct.pack("<HH", count, count ^ 0xFFFF)


def _again(count: int, *, final: bool = False) -> bytes:
    """Return the instruction to write the last bytes again: a block of copies, and an empty one."""
    halves = (count,) if count > 20 else (count // 2, count - count // 2)
    bits = f"{int(final)}10" + "".join(_copy(half, count) for half in halves) + "0" * 7
    if not final and len(bits) < 8 * _STEP:
        bits += "010" + "0" * 7
    assert final or len(bits) == 8 * _STEP, len(bits)
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[at : at + 8][::-1], 2) for at in range(0, len(bits), 8))


def _copy(length: int, distance: int) -> str:
    """Return the bits of one copy, in the order of the stream."""
    base, code, extra = max(each for each in _LENGTHS if each[0] <= length)
    far, distance_code, distance_extra = max(each for each in _DISTANCES if each[0] <= distance)
    return (
        f"{code - 256:07b}"
        + f"{length - base:0{extra}b}"[::-1] * bool(extra)
        + f"{distance_code:05b}"
        + f"{distance - far:0{distance_extra}b}"[::-1]
    )


def _solved(columns: list[int], wanted: int) -> int:
    """Return the bits whose columns add up to `wanted`, by elimination."""
    rows = [(column, 1 << bit) for bit, column in enumerate(columns)]
    found = 0
    for bit in range(32):
        pivot = next((row for row in rows if row[0] >> bit & 1), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows = [(a ^ pivot[0], b ^ pivot[1]) if a >> bit & 1 else (a, b) for a, b in rows]
        if wanted >> bit & 1:
            wanted, found = wanted ^ pivot[0], found ^ pivot[1]
    assert wanted == 0
    return found
