"""Markdown: the raw file is the text, as with plain text; its first heading is its title."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.formats.plain import read_plain
from ingest.metadata import merge
from ingest.reading import Format, Reading
from ingest.sniff import MARKDOWN
from records.document import Capture, Known, Metadata, Reader

_SCAN = 20_000
_HEADING = re.compile(r"^[ ]{0,3}#[ \t]+(?P<title>.+?)[ \t]*#*[ \t]*\r?$", re.MULTILINE)


def read_markdown(capture: Capture) -> Reading:
    """Read as plain text; front matter outranks the first `# ` heading as the title."""
    reading = read_plain(capture)
    match = _HEADING.search(reading.text, 0, _SCAN)
    heading = Known(match["title"], "text header") if match else None
    return replace(reading, metadata=merge(reading.metadata, Metadata(title=heading)))


FORMAT = Format(MARKDOWN, Reader("markdown", "1"), read_markdown)
