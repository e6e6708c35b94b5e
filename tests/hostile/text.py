"""Plain text in encodings that nobody declared, and text that was damaged on its way."""

from __future__ import annotations

from collections.abc import Callable

from tests.hostile.plant import Family, Make, Plant, Variant

ASSUMED = ("warning text.encoding",)


LIMIT = ("failed source.limit",)


BINARY = ("failed source.format",)


MEGABYTE = 1_000_000


def encoded(codec: str, form: str = "£{}m", mark: bytes = b"") -> Make:
    """Write three sentences in an encoding that nothing declares."""

    def make(plant: Plant) -> bytes:
        text = "\n".join(f"{plant.say(form)} Café naïve." for _ in range(3))
        return mark + text.encode(codec)

    return make


def around(*parts: bytes) -> Make:
    """Put bytes before, between and behind sentences."""

    def make(plant: Plant) -> bytes:
        return b"".join(part + b" " + plant.say().encode() + b"\n" for part in parts)

    return make


def mojibake(*codecs: str, form: str = "£{}m") -> Make:
    """Read UTF-8 as another encoding, as often as codecs are named, and save what came of it."""

    def make(plant: Plant) -> bytes:
        text = plant.say(form)
        for codec in codecs:
            text = text.encode().decode(codec)
            # What a reader tells to be the sign all the same, with a warning, is quoted as it is.
            plant.either.append(plant.planted[0].encode().decode(codec))
        return text.encode()

    return make


def said(write: Callable[[Plant], str]) -> Make:
    """Write a text as UTF-8, lone surrogates as the bytes that some programs make of them."""
    return lambda plant: write(plant).encode("utf-8", "surrogatepass")


ENCODINGS = tuple(
    Variant(f"{name}.txt", "31", f"undeclared {what}", make, instead, quick=quick)
    for name, what, make, instead, quick in (
        ("cp1252", "cp1252", encoded("cp1252"), (), True),
        ("cp1252-euro", "cp1252 with the euro", encoded("cp1252", "€{}m"), (), False),
        ("utf-8", "UTF-8", encoded("utf-8"), (), False),
        ("utf-8-euro", "UTF-8 with the euro", encoded("utf-8", "€{}m"), (), False),
        ("utf-8-bom", "UTF-8 with a mark", encoded("utf-8-sig"), (), False),
        ("utf-16-bom", "UTF-16 with a mark", encoded("utf-16"), (), False),
        (
            "utf-16-be-bom",
            "UTF-16BE with a mark",
            encoded("utf-16-be", mark=b"\xfe\xff"),
            (),
            False,
        ),
        ("utf-16-le", "UTF-16LE", encoded("utf-16-le"), (), False),
        ("utf-16-be", "UTF-16BE", encoded("utf-16-be"), (), False),
        ("utf-32-bom", "UTF-32 with a mark", encoded("utf-32"), (), False),
        ("utf-32-le", "UTF-32LE", encoded("utf-32-le"), BINARY, False),
        ("latin-1", "ISO 8859-1", encoded("latin-1"), (), False),
        ("latin-9", "ISO 8859-15 with the euro", encoded("iso8859-15", "€{}m"), ASSUMED, False),
        ("mac-roman", "Mac Roman", encoded("mac-roman"), (), False),
        ("mac-euro", "Mac Roman with the euro", encoded("mac-roman", "€{}m"), ASSUMED, False),
        ("cp850", "cp850", encoded("cp850"), ASSUMED, False),
        ("ebcdic", "EBCDIC", encoded("cp500"), (*BINARY, *ASSUMED), False),
        (
            "words-cp850",
            "cp850, the amount in words",
            encoded("cp850", "{} million pounds"),
            (),
            False,
        ),
    )
)


DAMAGED = (
    Variant("bad-byte.txt", "33", "bytes that are no UTF-8", around(b"\xff", b"\xc3", b"\xfe\xff")),
    Variant("bad-bytes-many.txt", "33", "many of them", around(b"\xe2\x82" * 40, b"\xff" * 20)),
    Variant("overlong.txt", "33", "overlong UTF-8", around(b"\xc0\xaf\xc0\xae", b"\xe0\x80\xaf")),
    Variant("mojibake.txt", "32", "UTF-8 read as cp1252", mojibake("cp1252"), ASSUMED),
    Variant("mojibake-latin.txt", "32", "UTF-8 read as Latin-1", mojibake("latin-1"), ASSUMED),
    Variant("mojibake-twice.txt", "32", "the same, twice", mojibake("latin-1", "cp1252"), ASSUMED),
    Variant("mojibake-euro.txt", "32", "the euro", mojibake("cp1252", form="€{}m"), ASSUMED),
    Variant("nul.txt", "34", "NUL among text", around(b"\0", b"A\0B", b"\0\0\0"), quick=True),
    Variant("nul-flood.txt", "34", "a megabyte of NUL", around(b"", b"\0" * MEGABYTE), BINARY),
    Variant("controls.txt", "36", "control characters", around(b"\v", b"\f\x1a", b"\x01\x02")),
    Variant(
        "c1.txt", "36", "C1 controls", around("\x85\x9b31m\x90".encode(), "\x9d0;x\x9c".encode())
    ),
    Variant(
        "surrogates.txt",
        "35",
        "UTF-8 of lone surrogates",
        around(b"\xed\xa0\x80", b"\xed\xbf\xbf"),
        quick=True,
    ),
    Variant("cesu.txt", "35", "surrogate pairs as UTF-8", around(b"\xed\xa0\xbd\xed\xb2\xb0", b"")),
    Variant(
        "noncharacters.txt", "36", "noncharacters", around("\ufffe\uffff\U0010ffff".encode(), b"")
    ),
    Variant(
        "escapes.txt",
        "78",
        "terminal escapes",
        around(b"\x1b[31m\x1b[2J", b"\x1b]0;x\x07", b"\x1bP+q\x1b\\"),
        quick=True,
    ),
    Variant(
        "clipboard.txt",
        "78",
        "links and clipboard",
        around(b"\x1b]52;c;eA==\x07", b"\x1b]8;;http://x/\x07y\x1b]8;;\x07"),
    ),
)


FAMILIES = (Family("encodings", ENCODINGS), Family("damaged-text", DAMAGED))
