"""Plain text: kept exactly as decoded, so offsets in the file and in the store are the same."""

from __future__ import annotations

from ingest.decode import decode
from ingest.header import read_header
from ingest.look import Look
from ingest.reading import Format, Reading
from ingest.transport import charset_of
from records.document import Capture, Reader


def read_plain(capture: Capture) -> Reading:
    """Decode the bytes; line ends and all other characters stay, the byte order mark does not."""
    decoded = decode(capture.content, charset_of(capture.fetched))
    return Reading(
        text=decoded.text,
        metadata=read_header(decoded.text),
        decoding=decoded.decoding,
        warnings=decoded.warnings,
    )


def _is_plain(look: Look) -> bool:
    return look.is_text


FORMAT = Format(
    "text/plain", "plain text", (".txt", ".text"), Reader("plain", "1"), _is_plain, read_plain
)
