"""A policy-costings table, generated, in every format that has tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence

from openpyxl import Workbook
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, Table

from ingest.reading import Reading
from ingest.registry import format_of
from tests.ingest import pdfs
from tests.ingest.docxs import docx, paragraph, table
from tests.ingest.tables import captured

CAPTION = "Table 2.1: Policy costings (£ million)"
YEARS = [f"{year}-{(year + 1) % 100}" for year in range(2024, 2030)]
_PROSE = "The plan sets out what each of its measures would cost in every year of the period. " * 5
Rows = Sequence[Sequence[str]]


def costings(rows: int = 40) -> list[list[str]]:
    """Return a header and rows of figures, no two alike, some with a minus or brackets."""
    table = [["Measure", *YEARS]]
    for row in range(rows):
        figures = []
        for column in range(len(YEARS)):
            tenths = 1000 + 7 * (row * len(YEARS) + column)
            text = f"{tenths // 10:,}.{tenths % 10}"
            forms = (text, f"-{text}", f"({text})")
            figures.append(forms[(row + column) % 5] if (row + column) % 5 < 3 else text)
        table.append([f"Measure of policy {row + 1} for growth", *figures])
    return table


def as_csv(rows: Rows) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file).writerows([[CAPTION], *rows])
    return file.getvalue().encode()


def as_xlsx(rows: Rows) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "Costings"
    sheet.append([CAPTION])
    for number, row in enumerate(rows):
        if not number:
            sheet.append(row)
            continue
        sheet.append([row[0], *(_value(cell) for cell in row[1:])])
        for cell, text in zip(sheet[sheet.max_row][1:], row[1:], strict=True):
            cell.number_format = "#,##0.0;(#,##0.0)" if text.startswith("(") else "#,##0.0"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _value(text: str) -> float:
    plain = float(text.strip("(-)").replace(",", ""))
    return -plain if text[0] in "(-" else plain


def as_html(rows: Rows) -> bytes:
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return (
        f"<!doctype html><html><body><article><h1>Costings of the plan</h1><p>{_PROSE}</p>"
        f"<p>{CAPTION}</p><table>{body}</table><p>{_PROSE}</p></article></body></html>"
    ).encode()


def as_docx(rows: Rows) -> bytes:
    return docx(paragraph(CAPTION), table(*(tuple(row) for row in rows)))


def as_markdown(rows: Rows) -> bytes:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    dashes = f"|{'---|' * len(rows[0])}"
    return "\n".join([f"## {CAPTION}", "", lines[0], dashes, *lines[1:], ""]).encode()


def as_pdf(rows: Rows, *style: tuple[object, ...], size: float = 8, first: float = 160) -> bytes:
    """Set the table between prose, with a running head, its header on each of its pages."""
    every = ((0, 0), (-1, -1))
    plain = (("FONTSIZE", *every, size), ("LEADING", *every, 1.2 * size))
    right = ("ALIGN", (1, 0), (-1, -1), "RIGHT")
    label = ParagraphStyle("label", fontName="Helvetica", fontSize=size, leading=1.2 * size)
    cells = [rows[0], *([Paragraph(row[0], label), *row[1:]] for row in rows[1:])]
    table = Table(
        cells, [first, *[6 * size] * len(YEARS)], repeatRows=1, style=[*plain, right, *style]
    )
    prose = pdfs.paragraphs([_PROSE.strip()], pdfs.JUSTIFIED)
    return pdfs.typeset([*prose, Paragraph(CAPTION, pdfs.RAGGED), table, *prose], running=True)


def _padded(points: float) -> list[tuple[object, ...]]:
    sides = ("TOP", "BOTTOM", "LEFT", "RIGHT")
    return [(f"{side}PADDING", (0, 0), (-1, -1), points) for side in sides]


_RULED = ("GRID", (0, 0), (-1, -1), 0.5, colors.black)
_MIDDLE = ("VALIGN", (0, 0), (-1, -1), "MIDDLE")
PDFS: dict[str, Callable[[Rows], bytes]] = {
    "unruled.pdf": as_pdf,
    "ruled.pdf": lambda rows: as_pdf(rows, _RULED),
    "dense.pdf": lambda rows: as_pdf(rows, *_padded(1), size=7, first=110),
    "dense-ruled.pdf": lambda rows: as_pdf(rows, *_padded(1), _RULED, size=7, first=110),
    "two-pages.pdf": lambda rows: as_pdf(rows, *_padded(6), size=9),
    "long-labels.pdf": lambda rows: as_pdf(rows, _MIDDLE, first=70),
}
FORMATS: dict[str, Callable[[Rows], bytes]] = {
    **PDFS,
    "a.csv": as_csv,
    "a.xlsx": as_xlsx,
    "a.html": as_html,
    "a.docx": as_docx,
    "a.md": as_markdown,
}


def reading_of(name: str, rows: Rows) -> Reading:
    """Return what a format's reader makes of a table."""
    content = FORMATS[name](rows)
    return format_of(content, name).read(captured(content, name))


def text_of(name: str, rows: Rows) -> str:
    """Return the text that a format's reader makes of a table."""
    return reading_of(name, rows).text
