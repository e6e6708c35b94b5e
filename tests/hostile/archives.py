"""ZIP archives: bombs, archives in archives, names that lead elsewhere, directories that lie."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable

from tests.hostile.plant import Family, Make, Plant, Variant
from tests.hostile.zips import Member, archive

LIMIT = ("failed source.limit",)


UNSAFE = ("failed archive.unsafe",)


BROKEN = ("failed source.broken",)


LOCKED = ("failed source.locked",)


MEGABYTE = 1_000_000


LINK = 0o120777 << 16


def holding(*members: Callable[[Plant], Member]) -> Make:
    """Return the maker of an archive of a good text and some members."""
    return lambda plant: archive(_text(plant), *(member(plant) for member in members))


def named(name: str) -> Make:
    """Name a good text in a hostile way."""
    return holding(lambda plant: (name, plant.say().encode()))


def _text(plant: Plant, name: str = "a.txt") -> Member:
    return name, plant.say().encode()


def nested(depth: int) -> Make:
    """Put archives into archives, each with a text beside it."""

    def make(plant: Plant) -> bytes:
        content = archive(_text(plant))
        for _ in range(depth):
            content = archive(_text(plant), ("in.zip", content))
        return content

    return make


def wide(depth: int, width: int) -> Make:
    """Put as many copies of an archive into each archive, so that it holds width^depth texts."""

    def make(plant: Plant) -> bytes:
        content = archive(_text(plant))
        for _ in range(depth):
            content = archive(*((f"{n}.zip", content) for n in range(width)))
        return content

    return make


def changed(change: Callable[[bytes], bytes]) -> Make:
    return lambda plant: change(archive(_text(plant), _text(plant, "b.txt")))


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
    made = archive(_text(plant), kind=zipfile.ZIP_STORED)
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
    made = archive(_text(plant), _text(plant, "b.txt"), kind=zipfile.ZIP_STORED)
    place = made.index(b"b.txt") + 10
    return made[:place] + b"?" + made[place + 1 :]


def slow(plant: Plant) -> bytes:
    """Return an archive of three pages with a tag of 200,000 attributes each."""
    pages = []
    for number in range(3):
        tag = " ".join(f"a{number}{n}=1" for n in range(200_000))
        text = f"<html><body><article><p>{plant.say()}</p><p {tag}></article>"
        pages.append((f"{number}.html", text.encode()))
    return archive(_text(plant), *pages)


ZIP = (
    Variant(
        "bomb-100-mb.zip",
        "A",
        "a file of 100 MB of nothing",
        holding(lambda plant: ("b.txt", b"\0" * 100 * MEGABYTE)),
        LIMIT,
        quick=True,
    ),
    Variant(
        "bomb-ratio.zip",
        "A",
        "a file of 40 MB, packed to nothing",
        holding(lambda plant: ("b.txt", b" " * 40 * MEGABYTE)),
        LIMIT,
    ),
    Variant(
        "bomb-many.zip",
        "A",
        "sixty files of 10 MB",
        holding(*(lambda plant, n=n: (f"{n}.txt", _noise(n)) for n in range(60))),
        LIMIT,
    ),
    Variant(
        "bomb-overlapping.zip",
        "A",
        "a thousand names for one file of 20 MB",
        overlapping,
        (*LIMIT, *UNSAFE),
    ),
    Variant("shared.zip", "A", "two names for one text", shared, UNSAFE),
    Variant("nested-3.zip", "A", "three deep", nested(3)),
    Variant("nested-40.zip", "A", "forty deep", nested(40), UNSAFE, quick=True),
    Variant(
        "nested-wide.zip",
        "A",
        "ten archives in each of ten, four deep",
        wide(4, 10),
        (*LIMIT, *UNSAFE),
    ),
    Variant(
        "files-10001.zip",
        "A",
        "more than ten thousand files",
        holding(*(lambda plant, n=n: (f"{n}.jpg", b"x") for n in range(10_001))),
        LIMIT,
    ),
    Variant(
        "folders.zip",
        "A",
        "ten thousand folders",
        holding(*(lambda plant, n=n: (f"{n}/", b"") for n in range(10_000))),
    ),
    *(
        Variant(
            f"name-{what.replace(' ', '-')}.zip",
            "80",
            f"a name with {what}",
            named(name),
            instead,
            quick=what == "a path up",
        )
        for what, name, instead in (
            ("a path up", "../../../canary.txt", UNSAFE),
            ("a path up in the middle", "a/../../canary.txt", UNSAFE),
            ("a root", "/canary.txt", UNSAFE),
            ("backslashes", "..\\..\\canary.txt", UNSAFE),
            ("a drive", "C:\\canary.txt", UNSAFE),
            ("a network share", "\\\\host\\canary.txt", UNSAFE),
            ("escapes", "\x1b[31m\x1b]0;x\x07.txt", ()),
            ("line ends", "a\r\nb\n.txt", ()),
            ("bidi", "a\u202etxt.exe.txt", ()),
            ("zero width", "a\u200b.txt", ()),
            ("markup", "[bold]a[/bold] %s.txt", ()),
            ("spaces", "  .txt", ()),
            ("a device", "CON.txt", ()),
            ("many characters", "a" * 60_000 + ".txt", ()),
            ("many folders", "a/" * 30_000 + "a.txt", ()),
            ("another case", "A.TXT", ()),
            ("a drive relative", "C:canary.txt", UNSAFE),
        )
    ),
    Variant(
        "name-nul.zip",
        "80",
        "a name with NUL",
        changed(lambda made: made.replace(b"b.txt", b"b\0txt")),
        (*UNSAFE, *BROKEN, "failed source.format"),
    ),
    Variant(
        "name-bytes.zip",
        "80",
        "a name in no known encoding",
        changed(lambda made: made.replace(b"b.txt", b"\xe9.tx\xff")),
    ),
    Variant(
        "name-twice.zip",
        "50",
        "two files of one name",
        holding(lambda plant: ("a.txt", plant.say().encode())),
        UNSAFE,
    ),
    Variant("link.zip", "80", "a link to a file outside", holding(link)),
    Variant("locked.zip", "A", "a password", flagged(1), LOCKED, quick=True),
    Variant("locked-strongly.zip", "A", "strong encryption", flagged(0x41), LOCKED),
    Variant("method-99.zip", "A", "a way of packing that does not exist", method(99), BROKEN),
    Variant("method-9.zip", "A", "a way of packing that Python does not know", method(9), BROKEN),
    Variant("size-small.zip", "A", "a directory that says 10 bytes", sized(10), (*LIMIT, *BROKEN)),
    Variant("size-large.zip", "A", "a directory that says 4 GB", sized(0xFFFFFFFE), LIMIT),
    Variant("spoiled.zip", "A", "a wrong checksum", spoiled, BROKEN),
    Variant(
        "cut.zip",
        "A",
        "half an archive",
        changed(lambda made: made[: len(made) // 2]),
        (*BROKEN, "failed source.format"),
    ),
    Variant(
        "end-only.zip",
        "A",
        "nothing but an end",
        lambda plant: b"PK\x05\x06" + b"\0" * 18,
        ("failed source.empty",),
    ),
    Variant(
        "junk-before.zip",
        "A",
        "other bytes before it",
        changed(lambda made: b"PK\x03\x04junk" + made),
        BROKEN,
    ),
    Variant(
        "junk-behind.zip", "A", "other bytes behind it", changed(lambda made: made + b"junk" * 1000)
    ),
    Variant(
        "comment.zip",
        "A",
        "a comment of 65,535 bytes",
        changed(lambda made: made[:-2] + b"\xff\xff" + b"PK\x05\x06" + b"x" * 65_531),
        BROKEN,
    ),
    Variant(
        "packed-bzip2.zip",
        "A",
        "packed by bzip2",
        lambda plant: archive(_text(plant), kind=zipfile.ZIP_BZIP2),
    ),
    Variant(
        "packed-lzma.zip",
        "A",
        "packed by LZMA",
        lambda plant: archive(_text(plant), kind=zipfile.ZIP_LZMA),
    ),
    Variant("slow-inside.zip", "A", "three pages that take long", slow, LIMIT),
    Variant(
        "others.zip",
        "A",
        "a text among what is no document",
        holding(
            lambda plant: ("a.exe", b"MZ\x90\0"),
            lambda plant: ("b.gif", b"GIF89a"),
            lambda plant: (".hidden", b"x"),
            lambda plant: ("c.txt", b""),
        ),
    ),
)


def _noise(number: int) -> bytes:
    """Return 10 MB that pack to a twentieth: a ratio that honest text has."""
    return (
        f"{number} lorem ipsum dolor sit amet consectetur ".encode() + bytes(range(32, 127))
    ) * 75_000


FAMILIES = (Family("archives", ZIP),)
