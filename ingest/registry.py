"""The formats that Earmark reads. A new one is a module in `ingest/formats` and a line here."""

from __future__ import annotations

from ingest.bundle import Bundle, Opened
from ingest.errors import EmptyDocumentError
from ingest.formats import csv, docx, feed, html, mail, markdown, pdf, plain, warc, xlsx, zips
from ingest.look import Look
from ingest.reading import Format
from records.errors import UnsupportedFormatError

FORMATS: tuple[Format, ...] = (
    pdf.FORMAT,
    docx.FORMAT,
    xlsx.FORMAT,
    mail.FORMAT,
    html.FORMAT,
    markdown.FORMAT,
    csv.FORMAT,
    plain.FORMAT,
)
"""In the order in which they are asked whether bytes are theirs."""

BUNDLES: tuple[Bundle, ...] = (zips.BUNDLE, warc.BUNDLE, feed.BUNDLE, mail.BUNDLE)


def bundle_of(opened: Opened) -> Bundle | None:
    """Return the kind of bundle that a source is; None for one that holds no documents."""
    return next((entry for entry in BUNDLES if entry.recognises(opened)), None)


def format_of(content: bytes, source: str) -> Format:
    """Return the format of some bytes.

    Args:
        content: All bytes.
        source: The name of their file, for messages, and for what bytes leave open.

    Raises:
        EmptyDocumentError: There is nothing but white space.
        UnsupportedFormatError: No reader takes it; the message says what it looks like.
    """
    if not content.strip(b"\0 \t\r\n\v\f\xef\xbb\xbf\xff\xfe"):
        raise EmptyDocumentError.of(source)
    look = Look(content, source)
    for entry in FORMATS:
        if entry.recognises(look):
            return entry
    labels = [*(entry.label for entry in FORMATS), *(entry.label for entry in BUNDLES[:-1])]
    raise UnsupportedFormatError(
        f"{source}: looks like {look.kind}; Earmark reads {', '.join(labels)}: save or export it "
        "as one of these"
    )
