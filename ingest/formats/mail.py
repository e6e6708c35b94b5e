"""Mails: subject and body as text; what is attached is a document of its own.

Most mails carry their body twice, as plain text and as HTML. What both say is read once; what only
the HTML says follows. Source of the forms: RFC 5322, RFC 2045 to 2049.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from email import message_from_binary_file, message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import PurePosixPath
from typing import NamedTuple, cast

from ingest.bundle import Bundle, Opened
from ingest.decode import decode, storable
from ingest.hints import MAIL_SUFFIXES, head_of, is_mail
from ingest.look import Look
from ingest.reading import Format, Reading
from ingest.web.blocks import blocks_of
from ingest.web.markup import parse
from records.document import Capture, Gap, Known, Metadata, Reader
from records.parts import Part

_CUT = "the mail is cut off or damaged there; export it again"
_DEFECTS = {
    "StartBoundaryNotFoundDefect": Gap("a part that is announced", _CUT),
    "CloseBoundaryNotFoundDefect": Gap("the end of the mail", _CUT),
    "InvalidBase64LengthDefect": Gap("the end of a part", _CUT),
    "InvalidBase64PaddingDefect": Gap("the end of a part", _CUT),
    "InvalidBase64CharactersDefect": Gap("a part", _CUT),
}


class _Taken(NamedTuple):
    """A mail taken apart: bodies of either sort, and all other parts."""

    plain: list[EmailMessage]
    markup: list[EmailMessage]
    attached: list[EmailMessage]


def read_mail(capture: Capture) -> Reading:
    """Derive the text of a mail: its subject, then what its bodies say."""
    message = message_from_bytes(capture.content, policy=policy.default)
    taken = _take_apart(message)
    subject = _header(message, "Subject")
    said = [text for text in (subject, *map(_plain_text, taken.plain)) if text.strip()]
    known = _words("\n".join(said))
    gaps = list(_gaps(message))
    for body in taken.markup:
        lines, missing = _lines(body)
        said += [line for line in lines if _words(line) not in known]
        gaps += missing
    text, _ = storable("\n\n".join(said))
    return Reading(text, _metadata(message, subject), gaps=tuple(gaps))


def attached(opened: Opened) -> Iterator[Part]:
    """Yield what is attached to a mail, forwarded mails included, each as a capture of its own."""
    message = message_from_binary_file(opened.file, policy=policy.default)
    for number, part in enumerate(_take_apart(message).attached, 1):
        name = PurePosixPath((part.get_filename() or "").replace("\\", "/")).name
        yield opened.member(name or f"part {number}", _bytes(part))


def _take_apart(message: EmailMessage) -> _Taken:
    taken = _Taken([], [], [])
    _sort(message, taken)
    return taken


def _sort(part: EmailMessage, taken: _Taken) -> None:
    kind = part.get_content_type()
    if kind != "message/rfc822" and part.is_multipart():
        for inner in part.iter_parts():
            _sort(cast("EmailMessage", inner), taken)
    elif part.get_content_disposition() == "attachment" or part.get_filename():
        if not (kind.startswith("image/") and part["Content-ID"]):  # drawn inside of the HTML
            taken.attached.append(part)
    elif kind == "text/plain":
        taken.plain.append(part)
    elif kind == "text/html":
        taken.markup.append(part)
    else:
        taken.attached.append(part)


def _bytes(part: EmailMessage) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = next(part.iter_parts(), None)
        return inner.as_bytes() if inner else b""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _plain_text(body: EmailMessage) -> str:
    return decode(_bytes(body), body.get_content_charset()).text.strip("\r\n")


def _lines(body: EmailMessage) -> tuple[list[str], tuple[Gap, ...]]:
    """Return the blocks of an HTML body, whose declared encoding the mail's header outranks.

    With them comes what is missing of it.
    """
    text = decode(_bytes(body), body.get_content_charset()).text
    markup = parse(text.encode())
    return ([block.line for block in blocks_of(markup.tree)], markup.gaps) if markup else ([], ())


def _words(text: str) -> str:
    """Return the letters and digits alone: the two bodies differ in marks and in line ends."""
    return re.sub(r"\W+", "", text).casefold()


def _header(message: EmailMessage, name: str) -> str:
    try:
        value = str(message[name] or "")
    except (ValueError, IndexError, AttributeError):  # the library's own on malformed fields
        return ""
    return " ".join(storable(value)[0].split())


def _metadata(message: EmailMessage, subject: str) -> Metadata:
    name, address = parseaddr(_header(message, "From"))
    day = _day(_header(message, "Date"))
    return Metadata(
        title=Known(subject, "mail header") if subject else None,
        author=Known(name or address, "mail header") if name or address else None,
        published=Known(day, "mail header") if day else None,
    )


def _day(value: str) -> date | None:
    """Return the day on which a mail was sent, in the sender's zone."""
    try:
        return parsedate_to_datetime(value).date()
    except (ValueError, TypeError, OverflowError):
        return None


def _gaps(message: EmailMessage) -> Iterator[Gap]:
    names = {type(defect).__name__ for part in message.walk() for defect in part.defects}
    yield from dict.fromkeys(gap for name, gap in _DEFECTS.items() if name in names)


def _is_mail(look: Look) -> bool:
    return is_mail(head_of(look.content), look.source)


FORMAT = Format("message/rfc822", "mails", MAIL_SUFFIXES, Reader("mail", "2"), _is_mail, read_mail)
BUNDLE = Bundle(
    FORMAT.media_type,
    FORMAT.label,
    FORMAT.suffixes,
    lambda opened: is_mail(opened.head, opened.source),
    attached,
)
