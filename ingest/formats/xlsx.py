"""Excel workbooks: every sheet that shows, its name as a heading, its values as they are shown."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

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


def read_xlsx(capture: Capture) -> Reading:
    """Derive the text of a workbook: a heading and rows for each sheet, a blank line between.

    Raises:
        BrokenFileError: The archive or its XML is damaged.
        UnsafeArchiveError: The XML declares entities, which no workbook needs.
    """
    file = OfficeFile(capture, "Excel")
    gaps = list(_unworked(file))
    book = _load(capture)
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
    warnings = (f"U+FFFD stands for {odd} characters that no text can hold [text.encoding]",)
    return Reading(
        text=text,
        metadata=file.metadata(),
        gaps=tuple(gaps),
        warnings=warnings if odd else (),
    )


def _load(capture: Capture) -> Any:
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to import, and few documents are XLSX

    try:
        return load_workbook(io.BytesIO(capture.content), read_only=True, data_only=True)
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


def _unworked(file: OfficeFile) -> Iterator[Gap]:
    """Look through every part, for entities too, and declare formulas without a value."""
    count = 0
    for name in file.names:
        if name.endswith((".xml", ".rels")):
            content = file.part(name)
            count += len(_UNWORKED.findall(content)) if _SHEET.fullmatch(name) else 0
    if count:
        cells = "a cell" if count == 1 else f"{count} cells"
        yield Gap(
            f"{cells} with a formula and no value", "open it in a spreadsheet program and save it"
        )


def _is_xlsx(look: Look) -> bool:
    return _BOOK in look.packed


FORMAT = Format(
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "Excel workbooks",
    (".xlsx", ".xlsm"),
    Reader("xlsx", f"1 openpyxl {version('openpyxl')}"),
    _is_xlsx,
    read_xlsx,
)
