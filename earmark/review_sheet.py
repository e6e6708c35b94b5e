"""The review queue as a table in a spreadsheet: written, and read back whatever was done to it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time
from pathlib import Path
from typing import Any, NamedTuple

from earmark.files import write_bytes
from records.errors import SettingsError

COLUMNS = (
    *("id", "question", "at_stake", "field", "machine_says", "machine_view"),
    *("mention_1", "quote_1", "source_1", "mention_2", "quote_2", "source_2"),
    *("decision", "value", "reason", "by"),
)
FILLED_IN = ("decision", "value", "reason", "by")
NEEDED = ("id", "mention_1", "mention_2", "field", "decision")
"""Columns that an import cannot do without."""
Cells = dict[str, str]
_XLSX = (".xlsx", ".xlsm")
_DELIMITERS = (",", ";", "\t")
_FORMULA = re.compile(r"[=+\-@\t\r]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_MANGLED = re.compile(
    r"\d{1,2}-(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*-\d{2}"
    r"|\d+(?:[.,]\d+)?e[+-]?\d+|#+|#[a-z/0?!]+",
    re.IGNORECASE,
)
"""What a spreadsheet program makes of `3/5`, `2025-26` or a long number, and its own errors."""


class Line(NamedTuple):
    """One row of a table.

    Attributes:
        number: Of its line, the header being line 1.
        cells: Column name to text; columns that are not known are left out.
        problem: Why the row cannot be used; None where it can.
    """

    number: int
    cells: Cells
    problem: str | None = None


def write_sheet(target: Path, rows: Iterable[Cells]) -> int:
    """Write rows under a header, as CSV with a byte order mark or as a workbook, by the name's end.

    A text that begins like a formula gets an apostrophe in front, so that it is none.

    Returns:
        How many rows were written.

    Raises:
        SettingsError: The file cannot be written, or its name ends otherwise.
    """
    table = [[_safe(row.get(column, "")) for column in COLUMNS] for row in rows]
    if target.suffix.lower() == ".xlsx":
        write_bytes(target, _workbook([list(COLUMNS), *table]))
    elif target.suffix.lower() == ".csv":
        out = io.StringIO()
        csv.writer(out).writerows([list(COLUMNS), *table])
        write_bytes(target, out.getvalue().encode("utf-8-sig"))
    else:
        raise SettingsError(f"{target}: the name of a table ends in .csv or .xlsx")
    return len(table)


def read_sheet(file: Path) -> list[Line]:
    """Read a table back: any order of columns, any of the usual delimiters and encodings.

    Raises:
        SettingsError: It cannot be read, or a needed column is missing or stands twice.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise SettingsError(f"{file}: cannot be read ({error.strerror}); check the path") from error
    xlsx = file.suffix.lower() in _XLSX or content.startswith(b"PK\x03\x04")
    rows = list(_sheet_rows(file, content) if xlsx else _csv_rows(file, content))
    header = [_name(cell) for cell in rows[0][1]] if rows else []
    for column in COLUMNS:
        if header.count(column) > 1:
            raise SettingsError(f"{file}: column {column!r} stands there twice; keep one of them")
    missing = [column for column in NEEDED if column not in header]
    if missing:
        raise SettingsError(
            f"{file}: there is no column {', '.join(missing)}; import what `earmark review "
            "--export` wrote, with its header"
        )
    return [_line(header, number, row) for number, row in rows[1:] if any(map(_text, row))]


def _line(header: Sequence[str], number: int, row: Sequence[Any]) -> Line:
    cells: Cells = {}
    problem = None
    for column, cell in zip(header, row, strict=False):
        if column in COLUMNS:
            cells[column] = _text(cell)
            made = isinstance(cell, date | time) or bool(_MANGLED.fullmatch(cells[column]))
            if column == "value" and made:
                problem = (
                    f"the value {cells[column]!r} looks like what a spreadsheet program makes of "
                    "something else; format the cell as text and write it again, in words"
                )
    return Line(number, cells, problem)


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = " ".join(str(cell).split())
    return text[1:] if re.match(r"'[=+\-@]", text) else text


def _name(cell: Any) -> str:
    return re.sub(r"[\s-]+", "_", _text(cell).strip("'\"\ufeff").lower())


def _csv_rows(file: Path, content: bytes) -> Iterator[tuple[int, list[Any]]]:
    text = _decoded(content)
    first, _, rest = text.partition("\n")
    skipped = int(first.strip().lower().startswith("sep="))
    text = rest if skipped else text
    try:
        tables = [_table(text, delimiter) for delimiter in _DELIMITERS]
    except csv.Error as error:
        raise SettingsError(f"{file}: is not CSV ({error}); save the table as CSV again") from error
    best = max(tables, key=lambda rows: len({_name(cell) for cell in rows[0][1]} & set(COLUMNS)))
    return ((number + skipped, row) for number, row in best)


def _table(text: str, delimiter: str) -> list[tuple[int, list[Any]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    found: list[tuple[int, list[Any]]] = []
    line = 1
    for row in reader:
        found.append((line, row))
        line = reader.line_num + 1
    return found or [(1, [])]


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")  # what spreadsheet programs save as plain CSV


def _sheet_rows(file: Path, content: bytes) -> Iterator[tuple[int, list[Any]]]:
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to import, and few tables are XLSX

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = list(enumerate(book.worksheets[0].iter_rows(values_only=True), 1))
        book.close()
    except Exception as error:  # openpyxl fails in any way on a damaged file
        raise SettingsError(
            f"{file}: cannot be read as a workbook ({type(error).__name__}); save it as CSV"
        ) from error
    return ((number, list(row)) for number, row in rows)


def _workbook(table: Sequence[Sequence[str]]) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - as above
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - as above

    book = Workbook(write_only=True)
    sheet = book.create_sheet("review")
    sheet.freeze_panes = "A2"
    for row in table:
        cells = [WriteOnlyCell(sheet, value=value) for value in row]
        for cell in cells:
            cell.number_format = "@"  # text: what people write stays as they write it
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _safe(text: str) -> str:
    shown = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)
    return f"'{shown}" if _FORMULA.match(shown) else shown
