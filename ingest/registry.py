"""The formats that Earmark reads. A new one is a module in `ingest/formats` and a line here."""

from __future__ import annotations

from ingest.formats import html, markdown, pdf, plain
from ingest.reading import Format

FORMATS: tuple[Format, ...] = (
    plain.FORMAT,
    markdown.FORMAT,
    html.FORMAT,
    pdf.FORMAT,
)


def format_of(media_type: str) -> Format:
    """Return the one format of a media type that `ingest.sniff` knows."""
    return next(entry for entry in FORMATS if entry.media_type == media_type)
