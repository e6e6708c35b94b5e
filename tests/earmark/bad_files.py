"""Sources that no reader can take, and sources that only look so: each made as it is met."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from reportlab.lib.pdfencrypt import StandardEncryption

from tests.ingest.pdfs import drawn, lines, picture

SENTENCE = "The council gave £5m for flood defences."
REPORT = lines("The council gave 5 million pounds for flood defences.")
MENU = (
    "<html><head><title>Shop</title></head><body><nav><a href='/'>Home</a> <a href='/a'>About"
    "</a></nav><footer>© 2024 · Cookies · Terms</footer></body></html>"
)
MEGABYTE = 1024 * 1024

Make = Callable[[Path], None]


def holding(content: bytes) -> Make:
    def make(path: Path) -> None:
        path.write_bytes(content)

    return make


def folder_of_pictures(path: Path) -> None:
    path.mkdir()
    (path / "photo.jpeg").write_bytes(b"\xff\xd8\xff\xe0")


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(60 * MEGABYTE)


def unreadable(path: Path) -> None:
    path.write_text(SENTENCE)
    path.chmod(0)


def pipe(path: Path) -> None:
    os.mkfifo(path)


# What cannot be read: name, how it is made, the code and a word of the one line that says so.
REFUSED: dict[str, tuple[str, Make, str, str]] = {
    "empty": ("empty.txt", holding(b""), "source.", "empty"),
    "blank": ("blank.txt", holding(b" \n\t\r\n "), "source.", "empty"),
    "missing": ("missing.txt", lambda path: None, "source.missing", "no such file"),
    "folder-without-documents": ("pictures", folder_of_pictures, "source.missing", "no documents"),
    "binary-garbage": ("junk.txt", holding(bytes(range(256)) * 64), "source.format", ""),
    "zip": (
        "letter.docx",
        holding(b"PK\x03\x04" + bytes(200)),
        "source.broken",
        "archive is damaged",
    ),
    "truncated-pdf": ("cut.pdf", holding(drawn(REPORT)[:300]), "pdf.broken", "cut off"),
    "locked-pdf": (
        "locked.pdf",
        holding(drawn(REPORT, encrypt=StandardEncryption("secret", "owner"))),
        "pdf.locked",
        "password",
    ),
    "scanned-pdf": ("scan.pdf", holding(drawn(picture, picture)), "pdf.no-text", "text"),
    "html-without-article": ("menu.html", holding(MENU.encode()), "source.no-article", "article"),
    "sixty-megabytes": ("long.txt", sparse, "source.limit", "50 MB"),
    "named-pipe": ("pipe.txt", pipe, "source.missing", "pipe"),
}

# What looks odd and is read, with a warning where a sign may be wrong: name, bytes, the amount.
READ: dict[str, tuple[str, bytes, str]] = {
    "cp1252": ("old.txt", SENTENCE.encode("cp1252"), "£5m"),
    "utf-16-bom": ("wide.txt", SENTENCE.encode("utf-16"), "£5m"),
    "utf-8-bom": ("bom.txt", SENTENCE.encode("utf-8-sig"), "£5m"),
    "nul-bytes": ("nul.txt", b"A\0B. " + SENTENCE.encode(), "£5m"),
    "lone-surrogate-bytes": ("half.txt", SENTENCE.encode() + b" \xed\xa0\x80 and more", "£5m"),
    "one-bad-byte": ("bad.txt", SENTENCE.encode() + " £1m".encode() + b" \xff here", "£5m"),
    "escape-sequences": ("esc.txt", b"\x1b[31m\x1b]0;x\x07" + SENTENCE.encode(), "£5m"),
}
