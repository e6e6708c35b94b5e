"""Tell what bytes are from the bytes themselves; a file's name only tells Markdown from plain text.

Source of the HTML signatures: WHATWG MIME Sniffing, widened by tags that saved articles begin with.
A name decides only what bytes leave open: Markdown may begin with a fragment of HTML, so a file
that is named as Markdown is HTML only if it begins as a whole page does.
"""

from __future__ import annotations

import re

from ingest.decode import bom_of, is_utf8, unmarked_utf16
from ingest.errors import EmptyDocumentError
from records.errors import UnsupportedFormatError

PLAIN, MARKDOWN, HTML, PDF = "text/plain", "text/markdown", "text/html", "application/pdf"

_MARKDOWN_SUFFIXES = (".md", ".markdown")
_HEAD = 4096
_PDF_HEAD = 1024  # readers accept other bytes before the signature; source: ISO 32000, annex H

_SIGNATURES = (
    (rb"PK(\x03\x04|\x05\x06|\x07\x08)", "a ZIP or Office file"),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file"),
    (rb"\{\\rtf", "an RTF file"),
    (rb"%!PS", "a PostScript file"),
    (rb"\x1f\x8b|BZh[1-9]1AY&SY|\xfd7zXZ\0|7z\xbc\xaf|Rar!\x1a|\x28\xb5\x2f\xfd", "a packed file"),
    (rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|RIFF....WEBP|II\*\0|MM\0\*|BM....\0\0\0\0", "a picture"),
    (rb"ID3[\x02-\x04]|RIFF....(WAVE|AVI )|OggS\0|fLaC|....ftyp|\x1aE\xdf\xa3", "sound or film"),
    (rb"SQLite format 3\0", "a database"),
    (rb"\x7fELF|MZ.\0|\xca\xfe\xba\xbe|\xcf\xfa\xed\xfe", "a program"),
)
_MAGIC = tuple((re.compile(pattern, re.DOTALL), kind) for pattern, kind in _SIGNATURES)
_PDF_SIGNATURE = re.compile(rb"(?:\A|[\r\n])\s*%PDF-[0-9]")

_SKIPPED = r"(?:\s|<!--.*?-->|<\?xml[^>]*\?>)*"
_PAGE = re.compile(
    _SKIPPED + r"<(?:!doctype\s+html|html|head|body|title|meta|link|article|main)\b",
    re.IGNORECASE | re.DOTALL,
)
_FRAGMENT = re.compile(
    _SKIPPED + r"<(?:script|style|section|header|nav|div|table|iframe|font|center|h[1-6]|p|b|a|br|"
    r"ul|ol|blockquote|img|span)(?:\s[^<]*>|/?>)",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(r"\s*<\?xml\s")

_CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\v\f\r\x1b"))
_SAMPLE = 65536
_GARBLED = 0.02  # share of control bytes beyond which single bytes are no text; random bytes: 0.1
_GARBLED_UTF8 = 0.3  # the same for bytes that are valid UTF-8, where only NULs and such are odd


def sniff(content: bytes, source: str) -> str:
    """Return the media type of `content`: text/plain, text/markdown, text/html, application/pdf.

    Args:
        content: All bytes.
        source: The name of their file, for messages and for `.md`.

    Raises:
        EmptyDocumentError: There is nothing but white space.
        UnsupportedFormatError: No reader takes it; the message says what it looks like.
    """
    if not content.strip(b"\0 \t\r\n\v\f\xef\xbb\xbf\xff\xfe"):
        raise EmptyDocumentError.of(source)
    if _PDF_SIGNATURE.search(content[:_PDF_HEAD]):
        return PDF
    for pattern, kind in _MAGIC:
        if pattern.match(content):
            raise _unsupported(source, f"looks like {kind}")
    head = _head(content)
    named_markdown = source.lower().endswith(_MARKDOWN_SUFFIXES)
    if _PAGE.match(head) or (_FRAGMENT.match(head) and not named_markdown):
        return HTML
    if _XML.match(head):
        raise _unsupported(source, "looks like XML, and is no web page")
    if _is_binary(content):
        raise _unsupported(source, "looks like binary data, not text")
    return MARKDOWN if named_markdown else PLAIN


def _head(content: bytes) -> str:
    """Return the beginning as text that is good enough to recognise tags."""
    encoding = bom_of(content) or unmarked_utf16(content) or "latin-1"
    return content[:_HEAD].decode(encoding, "replace").lstrip("\ufeff")


def _is_binary(content: bytes) -> bool:
    if bom_of(content) or unmarked_utf16(content):
        return False
    sample = content[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    allowed = _GARBLED_UTF8 if is_utf8(content) else _GARBLED
    return controls > max(1, allowed * len(sample))


def _unsupported(source: str, problem: str) -> UnsupportedFormatError:
    return UnsupportedFormatError(
        f"{source}: {problem}; Earmark reads plain text, Markdown, HTML and PDF: "
        "save or export it as one of these"
    )
