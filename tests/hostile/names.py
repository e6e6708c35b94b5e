"""Files of hostile names."""

from __future__ import annotations

from tests.hostile.plant import Family, Plant, Variant


def plain(plant: Plant) -> bytes:
    return f"{plant.say()}\n".encode()


LINUX_NAMES = (
    ("escapes", "\x1b[31m\x1b]0;x\x07.txt"),
    ("line-end", "a\nb.txt"),
    ("tab", "a\tb.txt"),
    ("bidi", "a\u202etxt.exe.txt"),
    ("bytes", "caf\udce9\udcff.txt"),
    ("zero-width", "a\u200b\ufeff.txt"),
    ("long", "a" * 251 + ".txt"),
    ("pattern", "[a-z]*?.txt"),
    ("option", "--help.txt"),
    ("list", "@list.csv.txt"),
    ("spaces", "  a  .txt"),
    ("dots", "...txt"),
    ("markup", "[bold red]x %s {0}.txt"),
    ("quotes", "'\"`$(x).txt"),
    ("backslash", "..\\..\\canary.txt"),
    ("address", "http:x.txt"),
    ("c1", "\x9b31m.txt"),
    ("separators", "a\u2028b.txt"),
    ("tags", "a\U000e0041.txt"),
)


NAMES = tuple(
    Variant(name, "80", f"a name with {what}", plain, quick=what in {"escapes", "bytes"})
    for what, name in LINUX_NAMES
)


FAMILIES = (Family("names", NAMES),)
