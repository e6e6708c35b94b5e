"""Excel workbooks: every sheet that shows, its name as a heading, its values as they are shown."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any, NamedTuple

from ingest.cells import sheet_text
from ingest.decode import storable
from ingest.errors import BrokenFileError
from ingest.look import Look
from ingest.numberformat import shown
from ingest.office import OfficeFile
from ingest.reading import Format, Reading
from records.document import Capture, Gap, Reader

_BOOK = "xl/workbook.xml"
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
# A formula whose value was never worked out: a program wrote the file and no spreadsheet saved it.
_UNWORKED = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^>]*/>)\s*(?:<v\s*/>|<v></v>)?\s*</(?:\w+:)?c>"
)

_HIDDEN = re.compile(rb"<(?:\w+:)?(?:row|col)\s[^>]*\bhidden=[\"'](?:1|true)")


def read_xlsx(capture: Capture) -> Reading:
    """Derive the text of a workbook: a heading and rows for each sheet, a blank line between.

    Raises:
        BrokenFileError: The archive or its XML is damaged.
        UnsafeArchiveError: The XML declares entities, which no workbook needs.
    """
    file, book = open_book(capture)
    seen = _look_through(file)
    gaps = list(seen.gaps())
    parts: list[str] = []
    try:
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                gaps.append(Gap(f"hidden sheet “{sheet.title}”", "the workbook does not show it"))
                continue
            rows = sheet_text(_rows(sheet))
            parts += [sheet.title, rows] if rows else []
    except Exception as error:  # openpyxl fails in any way on damaged XML
        raise _broken(capture, error) from error
    finally:
        book.close()
    text, odd = storable("\n\n".join(parts))
    warnings = list(seen.warnings())
    if odd:
        warnings.append(f"U+FFFD stands for {odd} characters that no text can hold [text.encoding]")
    return Reading(text=text, metadata=file.metadata(), gaps=tuple(gaps), warnings=tuple(warnings))


def open_book(capture: Capture) -> tuple[OfficeFile, Any]:
    """Return a workbook's parts, each within the limits and without entities, and the workbook.

    Raises:
        IngestError: See `ingest.archive.Archive` and `ingest.office.OfficeFile.part`.
    """
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to import, and few documents are XLSX

    file = OfficeFile(capture, "Excel")
    for name in file.names:
        if name.endswith((".xml", ".rels")):
            file.part(name)
    try:
        return file, load_workbook(io.BytesIO(capture.content), read_only=True, data_only=True)
    except Exception as error:  # openpyxl fails in any way on a damaged file
        raise _broken(capture, error) from error


def _broken(capture: Capture, error: Exception) -> BrokenFileError:
    return BrokenFileError(
        f"{capture.source}: cannot be read as a workbook ({type(error).__name__}); open it in a "
        "spreadsheet program and save it again"
    )


def _rows(sheet: Any) -> Iterator[list[str]]:
    sheet.reset_dimensions()  # what a file says of its own size may be wrong
    for row in sheet.iter_rows():
        yield [shown(cell.value, getattr(cell, "number_format", None)) for cell in row]


class _Seen(NamedTuple):
    """What sheets hold besides what they show: cells without a value, rows and columns hidden."""

    unworked: int
    hidden: int

    def gaps(self) -> Iterator[Gap]:
        if self.unworked:
            cells = "a cell" if self.unworked == 1 else f"{self.unworked} cells"
            why = "open it in a spreadsheet program and save it"
            yield Gap(f"{cells} with a formula and no value", why)

    def warnings(self) -> Iterator[str]:
        if self.hidden:
            yield (
                f"{self.hidden} rows or groups of columns that the sheets hide are read like the "
                "others [table.hidden]"
            )


def _look_through(file: OfficeFile) -> _Seen:
    sheets = [file.part(name) for name in file.names if _SHEET.fullmatch(name)]
    return _Seen(
        sum(len(_UNWORKED.findall(sheet)) for sheet in sheets),
        sum(len(_HIDDEN.findall(sheet)) for sheet in sheets),
    )


def _is_xlsx(look: Look) -> bool:
    return _BOOK in look.packed


FORMAT = Format(
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "Excel workbooks",
    (".xlsx", ".xlsm"),
    Reader("xlsx", f"2 openpyxl {version('openpyxl')}"),
    _is_xlsx,
    read_xlsx,
)
