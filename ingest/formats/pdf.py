"""PDF, told by its signature; its reader is loaded with the first PDF."""

from __future__ import annotations

import re
from importlib import import_module
from importlib.metadata import version

from ingest.look import Look
from ingest.reading import Format, Reading
from records.document import Capture, Reader

_SIGNATURE = re.compile(rb"(?:\A|[\r\n])\s*%PDF-[0-9]")
_HEAD = 1024  # readers accept other bytes before the signature; source: ISO 32000, annex H


def _read(capture: Capture) -> Reading:
    reading: Reading = import_module("ingest.pdf.text").read_pdf(capture)
    return reading


def _is_pdf(look: Look) -> bool:
    return bool(_SIGNATURE.search(look.content[:_HEAD]))


_LIBRARIES = " ".join(
    f"{name} {version(name)}" for name in ("pdfplumber", "pdfminer.six", "pypdfium2")
)
FORMAT = Format(
    "application/pdf", "PDF", (".pdf",), Reader("pdf", f"4 {_LIBRARIES}"), _is_pdf, _read
)
