"""Workbooks for tests."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook

Value = str | float | date | None


def xlsx(sheets: dict[str, Sequence[Sequence[Value]]], *, hidden: str = "") -> bytes:
    """Return a workbook of some sheets, by name; one of them may be hidden."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if name == hidden else "visible"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
