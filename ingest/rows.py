"""Tables that users write: lists of sources, and what is known of documents. CSV or XLSX."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.capture import capture
from ingest.numberformat import shown
from ingest.place import Place
from records.document import Capture, Metadata
from records.errors import IngestError, SettingsError

_XLSX = (".xlsx", ".xlsm")


def rows_of(
    file: Path, columns: Sequence[str], one_of: Sequence[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the line number and the cells of every row that is not blank.

    Args:
        file: CSV in UTF-8 or a workbook, of which the first sheet is read; a header line first.
        columns: The columns that are known; any order, any subset.
        one_of: Of which the header must have one.

    Raises:
        SettingsError: The file cannot be read, or a column is unknown, stands twice or is missing;
            the message names line and column.
    """
    lines = _workbook(file) if file.suffix.lower() in _XLSX else _csv(file)
    _, first = next(lines, (1, []))
    header = [column.strip().lower() for column in first]
    _check(file, header, columns, one_of)
    for line, cells in lines:
        values = [cell.strip() for cell in cells]
        while len(values) > len(header) and not values[-1]:
            values.pop()
        if len(values) > len(header):
            raise SettingsError(
                f"{file}: line {line} has {len(values)} cells under {len(header)} columns; put "
                "quotes around a cell with a comma"
            )
        if any(values):
            padded = values + [""] * (len(header) - len(values))
            yield line, dict(zip(header, padded, strict=True))


def _csv(file: Path) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(_content(file), newline=""), strict=True)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise SettingsError(
            f"{file}: line {reader.line_num} is not CSV ({error}); save the table as CSV again"
        ) from error


def _content(file: Path) -> str:
    try:
        return _captured(file).content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError(f"{file}: is not UTF-8; save the table as CSV in UTF-8") from error


def _captured(file: Path) -> Capture:
    """Return the bytes of a table, which may be no longer than a document."""
    try:
        return capture(Place(str(file), file), Metadata())
    except IngestError as error:
        raise SettingsError(str(error)) from error


def _workbook(file: Path) -> Iterator[tuple[int, list[str]]]:
    from ingest.formats.xlsx import open_book  # noqa: PLC0415 - it loads what few lists need

    try:
        _, book = open_book(_captured(file))
    except IngestError as error:
        raise SettingsError(str(error)) from error
    try:
        for line, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), 1):
            yield line, [shown(cell, None) for cell in cells]
        book.close()
    except Exception as error:  # openpyxl fails in any way on a damaged file
        raise SettingsError(
            f"{file}: cannot be read as a workbook ({type(error).__name__}); save it as CSV"
        ) from error


def _check(file: Path, header: list[str], columns: Sequence[str], one_of: Sequence[str]) -> None:
    expected = ", ".join(columns)
    for number, column in enumerate(header, 1):
        if column not in columns:
            problem = f"column {number} is {column!r}, which Earmark does not know"
        elif column in header[: number - 1]:
            problem = f"column {column!r} stands there twice"
        else:
            continue
        raise SettingsError(f"{file}: line 1: {problem}; use any of {expected}")
    if not any(column in header for column in one_of):
        needed = " or ".join(repr(column) for column in one_of)
        raise SettingsError(f"{file}: line 1: there is no column {needed}; use any of {expected}")
