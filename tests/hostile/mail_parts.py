"""Mails by hand."""

from __future__ import annotations

import base64
from collections.abc import Callable

from tests.hostile.feeds import text
from tests.hostile.plant import Make, Plant


def mail(
    body: bytes, head: str = "", start: str = "From: jane@example.org\r\nMIME-Version: 1.0\r\n"
) -> bytes:
    return f"{start}{head}\r\n".encode("utf-8", "surrogateescape") + body


def multipart(
    parts: list[bytes], boundary: str = "B", *, end: bool = True, kind: str = "mixed"
) -> bytes:
    body = b"".join(f"--{boundary}\r\n".encode() + part + b"\r\n" for part in parts)
    close = f"--{boundary}--\r\n".encode() if end else b""
    return mail(body + close, f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n')


def sent(head: str) -> Make:
    """Write a mail with hostile fields."""
    return lambda plant: mail(
        plant.say().encode(), f"{head}\r\nContent-Type: text/plain; charset=utf-8\r\n"
    )


def attached(name: str, content: Callable[[Plant], bytes] | None = None) -> Make:
    """Attach a text, or something else, under a name."""

    def make(plant: Plant) -> bytes:
        inner = content(plant) if content else plant.say().encode()
        head = (
            "Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n"
            f'Content-Disposition: attachment; filename="{name}"\r\n'
        )
        return multipart([text(plant.say().encode()), text(base64.encodebytes(inner), head)])

    return make


def within(depth: int, *, forwarded: bool) -> Make:
    """Nest mails, or parts of one."""

    def make(plant: Plant) -> bytes:
        made = text(plant.say().encode())
        for n in range(depth):
            if forwarded:
                made = (
                    mail(made, "Content-Type: message/rfc822\r\n")
                    if n
                    else mail(
                        made.partition(b"\r\n\r\n")[2],
                        "Content-Type: text/plain; charset=utf-8\r\n",
                    )
                )
            else:
                made = multipart([made], f"B{n}").partition(b"MIME-Version: 1.0\r\n")[2]
        return (
            made
            if forwarded
            else mail(
                made.partition(b"\r\n\r\n")[2], made.partition(b"\r\n\r\n")[0].decode() + "\r\n"
            )
        )

    return make


def coded(encoding: str, content: Callable[[bytes], bytes], charset: str = "utf-8") -> Make:
    return lambda plant: mail(
        content(plant.say().encode()),
        f"Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: {encoding}\r\n",
    )
