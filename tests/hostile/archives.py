"""ZIP archives: bombs, archives in archives, names that lead elsewhere, directories that lie."""

from __future__ import annotations

import zipfile

from tests.hostile.plant import Family, Variant
from tests.hostile.quine import quine
from tests.hostile.zips import (
    MEGABYTE,
    archive,
    changed,
    flagged,
    holding,
    link,
    method,
    named,
    nested,
    noise,
    overlapping,
    shared,
    sized,
    slow,
    spoiled,
    text_member,
    wide,
)

LIMIT = ("failed source.limit",)


UNSAFE = ("failed archive.unsafe",)


BROKEN = ("failed source.broken",)


LOCKED = ("failed source.locked",)


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
        holding(*(lambda plant, n=n: (f"{n}.txt", noise(n)) for n in range(60))),
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
        "eight archives in each of eight, three deep",
        wide(3, 8),
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
        lambda plant: archive(text_member(plant), kind=zipfile.ZIP_BZIP2),
    ),
    Variant(
        "packed-lzma.zip",
        "A",
        "packed by LZMA",
        lambda plant: archive(text_member(plant), kind=zipfile.ZIP_LZMA),
    ),
    Variant("itself.zip", "A", "an archive that holds itself", lambda plant: quine()),
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


FAMILIES = (Family("archives", ZIP),)
