"""ZIP archives by hand."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from tests.hostile.plant import Make, Plant

Member = tuple[str | zipfile.ZipInfo, bytes]


def archive(*members: Member, kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive, its times all 1980; names may stand twice."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", kind) as made:
        for name, content in members:
            info = name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name)
            info.compress_type = kind
            made.NameToInfo.pop(info.filename, None)  # or a name that stands twice warns
            made.writestr(info, content)
    return file.getvalue()


MEGABYTE = 1_000_000


LINK = 0o120777 << 16


def holding(*members: Callable[[Plant], Member]) -> Make:
    """Return the maker of an archive of a good text and some members."""
    return lambda plant: archive(text_member(plant), *(member(plant) for member in members))


def named(name: str) -> Make:
    """Name a good text in a hostile way."""
    return holding(lambda plant: (name, plant.say().encode()))


def text_member(plant: Plant, name: str = "a.txt") -> Member:
    return name, plant.say().encode()


def nested(depth: int) -> Make:
    """Put archives into archives, each with a text beside it."""

    def make(plant: Plant) -> bytes:
        content = archive(text_member(plant))
        for _ in range(depth):
            content = archive(text_member(plant), ("in.zip", content))
        return content

    return make


def wide(depth: int, width: int) -> Make:
    """Put as many copies of an archive into each archive, so that it holds width^depth texts."""

    def make(plant: Plant) -> bytes:
        content = archive(text_member(plant))
        for _ in range(depth):
            content = archive(*((f"{n}.zip", content) for n in range(width)))
        return content

    return make


def changed(change: Callable[[bytes], bytes]) -> Make:
    return lambda plant: change(archive(text_member(plant), text_member(plant, "b.txt")))


def link(plant: Plant) -> Member:
    info = zipfile.ZipInfo("link.txt")
    info.external_attr = LINK
    info.create_system = 3
    return info, b"/etc/passwd"


def flagged(flag: int) -> Make:
    """Set a flag of the first file, in its own header and in the directory."""

    def change(made: bytes) -> bytes:
        whole = bytearray(made)
        whole[6] |= flag
        whole[made.index(b"PK\x01\x02") + 8] |= flag
        return bytes(whole)

    return changed(change)


def method(number: int) -> Make:
    """Say that the first file is packed in another way."""

    def change(made: bytes) -> bytes:
        whole = bytearray(made)
        struct.pack_into("<H", whole, 8, number)
        struct.pack_into("<H", whole, made.index(b"PK\x01\x02") + 10, number)
        return bytes(whole)

    return changed(change)


def sized(size: int) -> Make:
    """Have the directory say another size of the first file."""

    def change(made: bytes) -> bytes:
        whole = bytearray(made)
        struct.pack_into("<I", whole, made.index(b"PK\x01\x02") + 24, size)
        return bytes(whole)

    return changed(change)


def overlapping(plant: Plant) -> bytes:
    """Let a thousand names of the directory share one packed file of 20 MB."""
    text = plant.say().encode() + b"\n" * 20 * MEGABYTE
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(text) + packer.flush()
    about = struct.pack("<IIIHH", zlib.crc32(text), len(packed), len(text), 8, 0)
    made = b"PK\x03\x04" + struct.pack("<HHHHH", 20, 0, 8, 0, 33) + about + b"kernel.x" + packed
    names = [f"{n:04}.txt".encode() for n in range(1000)]
    directory = b"".join(
        b"PK\x01\x02"
        + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 33)
        + about[:14]
        + struct.pack("<HHHHII", 0, 0, 0, 0, 0, 0)
        + name
        for name in names
    )
    end = struct.pack("<HHHHIIH", 0, 0, len(names), len(names), len(directory), len(made), 0)
    return made + directory + b"PK\x05\x06" + end


def shared(plant: Plant) -> bytes:
    """Let two names share one stored text."""
    made = archive(text_member(plant), kind=zipfile.ZIP_STORED)
    place = made.index(b"PK\x01\x02")
    entry = made[place : made.index(b"PK\x05\x06")]
    both = entry + entry.replace(b"a.txt", b"b.txt")
    return (
        made[:place]
        + both
        + b"PK\x05\x06"
        + struct.pack("<HHHHIIH", 0, 0, 2, 2, len(both), place, 0)
    )


def spoiled(plant: Plant) -> bytes:
    """Change a byte of the second file: its checksum no longer fits."""
    made = archive(text_member(plant), text_member(plant, "b.txt"), kind=zipfile.ZIP_STORED)
    place = made.index(b"b.txt") + 10
    return made[:place] + b"?" + made[place + 1 :]


def slow(plant: Plant) -> bytes:
    """Return an archive of three pages with a tag of 200,000 attributes each."""
    pages = []
    for number in range(3):
        tag = " ".join(f"a{number}{n}=1" for n in range(200_000))
        text = f"<html><body><article><p>{plant.say()}</p><p {tag}></article>"
        pages.append((f"{number}.html", text.encode()))
    return archive(text_member(plant), *pages)


def noise(number: int) -> bytes:
    """Return 10 MB that pack to a twentieth: a ratio that honest text has."""
    return (
        f"{number} lorem ipsum dolor sit amet consectetur ".encode() + bytes(range(32, 127))
    ) * 75_000
