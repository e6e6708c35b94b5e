"""Files that are two things, are not what they are called, or are empty."""

from __future__ import annotations

import gzip

from tests.hostile.excel import book, rows_of
from tests.hostile.feeds import feed, item
from tests.hostile.mail_parts import mail
from tests.hostile.markdown import MEGABYTE
from tests.hostile.markup import page, paragraphs
from tests.hostile.names import plain
from tests.hostile.pdfs import document as pdf
from tests.hostile.pdfs import line, stream
from tests.hostile.plant import Family, Make, Plant, Variant
from tests.hostile.word import document, word
from tests.hostile.zips import archive
from tests.ingest.docxs import paragraph

FORMAT = ("failed source.format",)


EMPTY = (
    "failed source.empty",
    "failed source.no-article",
    "failed source.broken",
    "failed pdf.broken",
)


def as_pdf(plant: Plant) -> bytes:
    return pdf(stream(line(plant.say())))


def as_page(plant: Plant) -> bytes:
    return page(paragraphs(plant.say())).encode()


def as_word(plant: Plant) -> bytes:
    return word(document(paragraph(plant.say())))


def as_book(plant: Plant) -> bytes:
    return book(rows_of(plant.amount()))


def as_mail(plant: Plant) -> bytes:
    return mail(
        plant.say().encode(), "Message-ID: <1@x>\r\nContent-Type: text/plain; charset=utf-8\r\n"
    )


def as_zip(plant: Plant) -> bytes:
    return archive(("a.txt", plain(plant)))


def as_feed(plant: Plant) -> bytes:
    return feed(item(plant.say())).encode()


def both(before: bytes | Make, behind: bytes | Make) -> Make:
    """Put the bytes of two formats one behind the other."""

    def make(plant: Plant) -> bytes:
        return b"".join(
            part if isinstance(part, bytes) else part(plant) for part in (before, behind)
        )

    return make


POLYGLOTS = (
    *(
        Variant(name, "A", what, make, instead)
        for name, what, make, instead in (
            ("pdf-as.txt", "a PDF called a text", as_pdf, ()),
            ("pdf-as.html", "a PDF called a page", as_pdf, ()),
            ("pdf-as.docx", "a PDF called a Word file", as_pdf, ()),
            ("page-as.pdf", "a page called a PDF", as_page, ()),
            ("page-as.txt", "a page called a text", as_page, ()),
            ("page-as.csv", "a page called a table", as_page, ()),
            ("word-as.zip", "a Word file called an archive", as_word, ()),
            ("word-as.pdf", "a Word file called a PDF", as_word, ()),
            ("book-as.docx", "a workbook called a Word file", as_book, ()),
            ("mail-as.txt", "a mail called a text", as_mail, ()),
            ("mail-as.html", "a mail called a page", as_mail, ()),
            ("zip-as.txt", "an archive called a text", as_zip, ()),
            ("zip-as.docx", "an archive called a Word file", as_zip, ()),
            ("feed-as.html", "a feed called a page", as_feed, ()),
            ("text-as.docx", "a text called a Word file", plain, ()),
            ("text-as.pdf", "a text called a PDF", plain, ()),
            ("text-as.eml", "a text called a mail", plain, ()),
            ("text-as.zip", "a text called an archive", plain, ()),
            ("text-as.warc", "a text called a web archive", plain, ()),
            ("text-as.rss", "a text called a feed", plain, ()),
            ("text-as.exe", "a text called a program", plain, ()),
            ("text-without-a-name", "a text with no suffix", plain, ()),
        )
    ),
    Variant(
        "pdf-zip.pdf",
        "A",
        "a PDF and an archive",
        both(as_pdf, lambda plant: archive(("a.txt", b"The council gave 1m pounds."))),
        (),
        quick=True,
    ),
    Variant(
        "zip-pdf.zip",
        "A",
        "an archive and a PDF",
        both(as_zip, lambda plant: pdf(stream(line("wall")))),
    ),
    Variant(
        "page-zip.html",
        "A",
        "a page and an archive",
        both(as_page, lambda plant: archive(("a.txt", b"wall"))),
    ),
    Variant("picture-page.html", "A", "a picture and a page", both(b"GIF89a/*", as_page), FORMAT),
    Variant(
        "picture-zip.jpg",
        "A",
        "a picture and an archive",
        both(b"\xff\xd8\xff\xe0" + b"\0" * 99, as_zip),
        FORMAT,
    ),
    Variant(
        "program-text.txt",
        "A",
        "a program and a text",
        both(b"MZ\x90\0" + bytes(range(256)), plain),
        FORMAT,
    ),
    Variant(
        "page-in-text.txt", "A", "a text and a page", both(plain, b"<script>alert(1)</script>")
    ),
    Variant(
        "mail-page.eml",
        "A",
        "a page in the place of a mail",
        both(b"From: a@b\r\nX: <html>\r\n\r\n", plain),
    ),
    Variant(
        "packed.txt",
        "A",
        "a packed text",
        lambda plant: gzip.compress(plain(plant), mtime=0),
        FORMAT,
    ),
    Variant(
        "packed-bomb.gz",
        "A",
        "100 MB of a packed text",
        lambda plant: gzip.compress(plain(plant) + b"\n" * 100 * MEGABYTE, mtime=0),
        FORMAT,
    ),
    Variant(
        "old-word.doc",
        "A",
        "an old Word file",
        both(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, plain),
        FORMAT,
    ),
    Variant("rich.rtf", "A", "an RTF file", both(b"{\\rtf1 ", plain), FORMAT),
    Variant("script.ps", "A", "a PostScript file", both(b"%!PS\n", plain), FORMAT),
    Variant(
        "noise.txt",
        "A",
        "every byte",
        lambda plant: plain(plant) + bytes(range(256)) * 2000,
        FORMAT,
    ),
    Variant(
        "pickle.txt",
        "A",
        "a pickle",
        both(b"\x80\x04\x95\x10\0\0\0\0\0\0\0\x8c\x05posix\x94\x8c\x06system\x94\x93\x94", plain),
        (*FORMAT, "warning text.encoding"),
    ),
)


SUFFIXES = (
    "txt",
    "md",
    "html",
    "pdf",
    "docx",
    "xlsx",
    "csv",
    "eml",
    "zip",
    "warc",
    "rss",
    "nothing",
)


EMPTINESS = (
    *(
        Variant(f"empty.{suffix}", "A", "no bytes", lambda plant: b"", EMPTY, quick=suffix == "pdf")
        for suffix in SUFFIXES
    ),
    Variant("blank.txt", "A", "white space", lambda plant: b" \n\t\r\n" * 1000, EMPTY),
    Variant("mark-only.txt", "A", "a byte order mark", lambda plant: b"\xef\xbb\xbf", EMPTY),
    Variant("one-nul.txt", "A", "one NUL", lambda plant: b"\0", (*EMPTY, *FORMAT)),
    Variant("one-byte.txt", "A", "one byte", lambda plant: b"\xff", EMPTY),
    Variant(
        "unseen.txt",
        "A",
        "characters that nobody sees",
        lambda plant: "\u200b\u2060\ufeff".encode() * 99,
        EMPTY,
    ),
)


FAMILIES = (Family("polyglots", POLYGLOTS), Family("empty", EMPTINESS))
