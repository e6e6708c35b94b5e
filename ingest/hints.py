"""Tell from the first characters whether a source may hold documents, without reading it.

Asked in the user's own process, so there is nothing here but a few patterns.
"""

from __future__ import annotations

import re

from ingest.decode import bom_of, unmarked_utf16

HEAD = 65_536
"""How many bytes are looked at: mails have come to carry thousands before they name the sender."""
MAIL_SUFFIXES = (".eml",)
WARC_SUFFIXES = (".warc", ".warc.gz", ".warc.zst")

_FIELD = re.compile(r"(?P<name>[A-Za-z][A-Za-z0-9-]*):")
_MACHINE = {"message-id", "mime-version", "received", "return-path", "content-type"}
# Atomic groups, for a page of nothing but comments must not be tried in every way.
_FEED = re.compile(
    r"\s*+(?>(?><\?xml[^>]*+>|<!--(?>.*?-->)|<!DOCTYPE[^>\[]*+(?>\[[^\]]*+\][^>]*+)?>)\s*+)*+"
    r"<(?:rss|rdf:RDF|(?:\w+:)?feed)\b",
    re.DOTALL,
)


def declares_entities(content: bytes) -> bool:
    """Tell XML that declares entities: they can unpack to anything, and lead outside of it."""
    return b"<!ENTITY" in _wide(content)


def has_doctype(content: bytes) -> bool:
    """Tell XML with a document type, which may declare entities elsewhere."""
    return b"<!DOCTYPE" in _wide(content)


def _wide(content: bytes) -> bytes:
    """Return the bytes without NUL, of which UTF-16 has one in each character of markup."""
    return content.replace(b"\0", b"") if b"\0" in content else content


def head_of(content: bytes) -> str:
    """Return the beginning as text that is good enough to recognise labels."""
    encoding = bom_of(content) or unmarked_utf16(content) or "latin-1"
    return content[:HEAD].decode(encoding, "replace").lstrip("\ufeff")


def may_hold_documents(start: bytes, source: str) -> bool:
    """Tell whether it is worth a process to look for documents in a source.

    Args:
        start: Its first bytes, `HEAD` of them or all.
        source: Its name.
    """
    head = head_of(start)
    return is_zip(head) or is_warc(head, source) or is_feed(head) or is_mail(head, source)


def is_zip(head: str) -> bool:
    """Tell a ZIP archive, Office files included."""
    return head.startswith(("PK\x03\x04", "PK\x05\x06", "PK\x07\x08"))


def is_warc(head: str, source: str) -> bool:
    """Tell a web archive; one that is packed also by its name."""
    packed = head.startswith(("\x1f\x8b", "(\xb5/\xfd"))  # gzip, Zstandard
    return head.startswith("WARC/") or (packed and source.lower().endswith(WARC_SUFFIXES))


def is_feed(head: str) -> bool:
    """Tell RSS and Atom by their root element."""
    return bool(_FEED.match(head))


def is_mail(head: str, source: str) -> bool:
    """Tell a mail by its first lines: a sender, and a field that only machines write.

    A text that somebody typed (`From: …`, `Date: …`) is none, unless its file is named as a mail.
    """
    block = re.split(r"\r?\n\r?\n", head, maxsplit=1)[0]
    lines = [line for line in block.splitlines() if not line[:1].isspace()]
    if block == head:
        lines = lines[:-1] or lines  # the last may be cut
    fields = [_FIELD.match(line) for line in lines]
    names = {field["name"].lower() for field in fields if field}
    named = source.lower().endswith(MAIL_SUFFIXES)
    return all(fields) and "from" in names and (named or bool(names & _MACHINE))
