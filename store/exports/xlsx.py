"""A workbook: a sheet for each table, and one that says what their columns hold.

Texts are texts, whatever they begin with. Figures are numbers where the program keeps every digit
of them, 15, and texts beyond.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from records.errors import SettingsError
from store.exports.kinds import FileExport, Written
from store.exports.tables import Row, Table, read_tables

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

    from store.exports.selection import Selection

MAX_ROWS = 1_048_576
MAX_TEXT = 32_767
"""Characters that a cell holds, in UTF-16 units; longer texts are cut, and it is said."""
MAX_DIGITS = 15
FIRST_YEAR = 1901
"""Programs disagree on days before; they stay texts."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_WHY = {
    "digits": "with more than 15 digits, which a spreadsheet would round, are texts",
    "cut": "longer than a cell holds are cut at their end, which is marked with …",
    "control": "hold control characters, which a workbook cannot; � stands for each",
}


def write(chosen: Selection, place: Path) -> Written:
    """Write the workbook; rows go to disk as they come.

    Raises:
        SettingsError: A table has more rows than a sheet.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - slow to import, and few exports are XLSX

    book = Workbook(write_only=True)
    made = _Sheets(book)
    tables = read_tables()
    for table in tables:
        made.add(table, chosen)
    made.describe(tables)
    book.save(place)
    notes = tuple(f"{number} cells {_WHY[why]}" for why, number in sorted((+made.odd).items()))
    return Written(made.rows, "row", notes)


class _Sheets:
    """Writes sheets, and counts what could not be written as it is."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self.rows = 0
        self.odd: Counter[str] = Counter()

    def add(self, table: Table, chosen: Selection) -> None:
        sheet = self._sheet(table.name, table.columns)
        for number, row in enumerate(table.rows(chosen), 2):
            if number > MAX_ROWS:
                raise SettingsError(
                    f"a sheet holds {MAX_ROWS:,} rows, and there are more {table.name}; choose "
                    "fewer claims with --query, or export with --format csv or parquet"
                )
            sheet.append(list(self._cells(sheet, table, row)))
            self.rows += 1

    def describe(self, tables: Iterable[Table]) -> None:
        """Add the sheet that says what the columns hold."""
        sheet = self._sheet("columns", ("table", "column", "type", "unit", "about"))
        for table in tables:
            for name, facts in table.columns.items():
                cells = (table.name, name, facts["type"], facts.get("unit", ""), facts["about"])
                sheet.append([self._text(sheet, text) for text in cells])

    def _sheet(self, name: str, heading: Iterable[str]) -> WriteOnlyWorksheet:
        sheet = self._book.create_sheet(name)
        sheet.freeze_panes = "A2"
        sheet.append(list(heading))
        return sheet

    def _cells(self, sheet: WriteOnlyWorksheet, table: Table, row: Row) -> Iterator[Any]:
        for name, facts in table.columns.items():
            yield self._cell(sheet, facts, row[name])

    def _cell(self, sheet: WriteOnlyWorksheet, facts: Mapping[str, str], text: str) -> Any:
        kind = facts["type"]
        if not text:
            return None
        if kind == "boolean":
            return text == "true"
        if kind in {"number", "integer"}:
            if len(Decimal(text).normalize().as_tuple().digits) <= MAX_DIGITS:
                return Decimal(text)
            self.odd["digits"] += 1
        elif kind == "date" and int(text[:4]) >= FIRST_YEAR:
            return date.fromisoformat(text)
        return self._text(sheet, text)

    def _text(self, sheet: WriteOnlyWorksheet, text: str) -> Any:
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - as above

        shown = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)
        self.odd["control"] += shown != text
        if len(shown.encode("utf-16-le")) // 2 > MAX_TEXT:
            self.odd["cut"] += 1
            half = shown.encode("utf-16-le")[: 2 * (MAX_TEXT - 1)]
            shown = half.decode("utf-16-le", "ignore") + "…"
        cell = WriteOnlyCell(sheet, value=shown)
        cell.data_type = "s"  # also where it begins like a formula
        return cell


XLSX = FileExport("xlsx", write)
