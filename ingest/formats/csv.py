"""CSV and TSV: each record a row of one table; only its name tells it from plain text."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from ingest.cells import sheet_text
from ingest.decode import decode
from ingest.errors import BrokenFileError
from ingest.formats import plain
from ingest.look import Look
from ingest.reading import Format, Reading
from ingest.transport import charset_of
from records.document import Capture, Reader

_TABBED = (".tsv", ".tab")
_SUFFIXES = (".csv", *_TABBED)
_DELIMITERS = "\t;,|"  # of two that fit alike the first: a comma may be a decimal one
_SAMPLE = 50  # records from which the delimiter is told


def read_csv(capture: Capture) -> Reading:
    """Write each record as a row; fields keep their characters, white space is collapsed.

    Raises:
        BrokenFileError: A field is longer than any cell, most likely for want of a closing quote.
    """
    decoded = decode(capture.content, charset_of(capture.fetched))
    tabbed = capture.source.lower().endswith(_TABBED)
    try:
        text = sheet_text(_records(decoded.text, "\t" if tabbed else _delimiter(decoded.text)))
    except csv.Error as error:
        raise BrokenFileError(
            f"{capture.source}: is not CSV ({error}); look for a quotation mark that is not closed"
        ) from error
    return Reading(text=text, decoding=decoded.decoding, warnings=decoded.warnings)


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _delimiter(text: str) -> str:
    """Return the delimiter by which most records have one and the same number of fields."""
    best, most = ",", 0
    for delimiter in _DELIMITERS:
        widths = Counter[int]()
        # With another delimiter a row may be one field, longer than any may be.
        with suppress(csv.Error):
            widths.update(len(record) for record in islice(_records(text, delimiter), _SAMPLE))
        agreeing = max((count for width, count in widths.items() if width > 1), default=0)
        if agreeing > most:
            best, most = delimiter, agreeing
    return best


def _is_csv(look: Look) -> bool:
    return look.named(_SUFFIXES) and plain.FORMAT.recognises(look)


FORMAT = Format("text/csv", "CSV tables", _SUFFIXES, Reader("csv", "1"), _is_csv, read_csv)
