"""Markdown: the raw file is the text, as with plain text; its first heading is its title."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.formats import plain
from ingest.look import Look
from ingest.metadata import merge
from ingest.reading import Format, Reading
from records.document import Capture, Known, Metadata, Reader

_SCAN = 20_000
_HEADING = re.compile(r"^[ ]{0,3}#[ \t]+(?P<title>.+?)[ \t]*#*[ \t]*\r?$", re.MULTILINE)


def read_markdown(capture: Capture) -> Reading:
    """Read as plain text; front matter outranks the first `# ` heading as the title."""
    reading = plain.read_plain(capture)
    match = _HEADING.search(reading.text, 0, _SCAN)
    heading = Known(match["title"], "text header") if match else None
    return replace(reading, metadata=merge(reading.metadata, Metadata(title=heading)))


def _is_markdown(look: Look) -> bool:
    """Nothing but its name tells Markdown from plain text."""
    return look.named(_SUFFIXES) and plain.FORMAT.recognises(look)


_SUFFIXES = (".md", ".markdown")
FORMAT = Format(
    "text/markdown", "Markdown", _SUFFIXES, Reader("markdown", "1"), _is_markdown, read_markdown
)
