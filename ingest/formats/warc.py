"""Web archives: each page in them is a capture of its address, at the time when it was archived.

Source of the record types and fields: ISO 28500 (WARC 1.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from ingest.bundle import Bundle, Opened
from ingest.capture import MAX_BYTES
from ingest.decode import storable
from ingest.errors import BrokenFileError
from ingest.hints import WARC_SUFFIXES, is_warc
from ingest.links import without_userinfo
from ingest.transport import kept_headers
from records.document import Capture, Fetched
from records.errors import IngestError, LimitExceededError
from records.parts import Part, Unread

_HELD = WarcRecordType.response | WarcRecordType.resource
_OK = 200
_PAGE = re.compile(rb"\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_STATUS = "fetch.status"  # as for an address that is fetched
_MIB = 1024 * 1024
# What a page is made of and no reader takes: pictures, styles, programs, data for them.
_NO_DOCUMENT = ("image/", "video/", "audio/", "font/", "text/css", "text/javascript")
_NO_DATA = {"application/javascript", "application/x-javascript", "application/json"}


def _pages(opened: Opened) -> Iterator[Part]:
    """Yield the pages in the order of the archive, with their own addresses and times.

    Answers that are no page (not found, moved) are named together, behind them.
    """
    others: list[str] = []
    try:
        for record in ArchiveIterator(opened.file, record_types=_HELD, parse_http=False):
            address = _address(record, opened)
            try:
                _load(record, address)
                status = record.http_headers.status_code if record.http_headers else _OK
                if status != _OK:
                    others.append(f"{address} with {status or 'no'}")
                elif _is_page(record, content := _content(record, address)):
                    yield _page(record, address, content, opened)
            except IngestError as error:
                yield Unread.of(address, error)
            except (OSError, ValueError) as error:  # its own body; the records after it are whole
                why = f"{address}: its body is damaged ({type(error).__name__}); capture it again"
                yield Unread.of(address, BrokenFileError(why))
    except (OSError, ValueError, EOFError) as error:
        yield Unread.of(
            opened.source,
            BrokenFileError(
                f"{opened.source}: the web archive is cut off or damaged after what is named above "
                f"({type(error).__name__}); get a complete copy"
            ),
        )
    if others:
        yield Unread(opened.source, _STATUS, _said(others, opened.source))


def _said(others: list[str], source: str) -> str:
    answers = "an answer that is" if len(others) == 1 else f"{len(others)} answers that are"
    return (
        f"{source}: holds {answers} no page, by status, the first being {others[0]}; capture what "
        "you need of them again"
    )


def _is_page(record: WarcRecord, content: bytes) -> bool:
    kind = (record.http_content_type or record.headers.get("Content-Type") or "").lower()
    if kind.startswith(_NO_DOCUMENT) or kind in _NO_DATA:
        return bool(_PAGE.match(content))  # what a file is comes from its bytes
    return True


def _load(record: WarcRecord, address: str) -> None:
    """Take a whole record into memory, for the end of a cut archive reads like that of a page."""
    if record.content_length > MAX_BYTES:
        raise LimitExceededError(
            f"{address}: a document may have {MAX_BYTES // _MIB} MB, this one has more"
        )
    block = record.reader.read()
    if len(block) < record.content_length or record.headers.get("WARC-Truncated"):
        raise BrokenFileError(f"{address}: the archive holds only a part of it; capture it again")
    record.set_bytes_content(block)
    record.parse_http(auto_decode="all")


def _content(record: WarcRecord, address: str) -> bytes:
    content: bytes = record.reader.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise LimitExceededError(f"{address}: unpacks to more than {MAX_BYTES // _MIB} MB")
    return content


def _page(record: WarcRecord, address: str, content: bytes, opened: Opened) -> Capture:
    headers = kept_headers(record.http_headers or ())
    fetched = Fetched(address, _OK, headers)
    return Capture.of(address, content, _time(record) or opened.captured_at, opened.given, fetched)


def _address(record: WarcRecord, opened: Opened) -> str:
    named = str(record.headers.get("WARC-Target-URI") or "").strip("<>")
    address = without_userinfo(storable(named)[0])
    return address or f"{opened.source}/{record.record_id}"


def _time(record: WarcRecord) -> datetime | None:
    return record.record_date.astimezone(UTC) if record.record_date else None


def _is_warc(opened: Opened) -> bool:
    return is_warc(opened.head, opened.source)


BUNDLE = Bundle("application/warc", "web archives", WARC_SUFFIXES, _is_warc, _pages)
