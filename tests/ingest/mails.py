"""Mails, feeds, archives and web archives for tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage


def mail(
    plain: str | None = "Dear editor",
    html: str | None = None,
    attached: Mapping[str, bytes] | None = None,
    **fields: str,
) -> EmailMessage:
    """Return a mail; `fields` are header fields, `_` for `-`."""
    message = EmailMessage()
    known = {"From": "Jane Doe <jane@example.org>", "MIME-Version": "1.0", **fields}
    for name, value in known.items():
        if name not in message:
            message[name.replace("_", "-")] = value
    if plain is not None:
        message.set_content(plain)
    if html is not None and plain is not None:
        message.add_alternative(html, subtype="html")
    elif html is not None:
        message.set_content(html, subtype="html")
    for name, content in (attached or {}).items():
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name
        )
    return message


def packed(files: Mapping[str, bytes | str]) -> bytes:
    """Return a ZIP archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def warc(pages: Sequence[tuple[str, str, bytes]], status: str = "200 OK", extra: str = "") -> bytes:
    """Return a web archive of addresses, media types and bodies."""
    return b"".join(_record(*page, status, extra) for page in pages)


def _record(url: str, media_type: str, body: bytes, status: str, extra: str) -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    block = head.encode() + body
    fields = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
        "WARC-Date: 2024-03-06T10:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-123456789abc>\r\n"
        f"Content-Type: application/http; msgtype=response\r\n{extra}"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return fields.encode() + block + b"\r\n\r\n"


ITEM = (
    "<item><title>{title}</title><link>{link}</link><description>{text}</description>"
    "<pubDate>Wed, 06 Mar 2024 10:00:00 GMT</pubDate></item>"
)


def feed(*items: str) -> bytes:
    """Return an RSS feed."""
    inner = "".join(items)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>'
        f"<title>The Gazette</title>{inner}</channel></rss>"
    ).encode()
