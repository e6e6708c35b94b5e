"""Workbooks: bombs, entities, cells far away, formulas."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.hostile.plant import Family, Make, Plant, Variant
from tests.hostile.word import BROKEN, HEAD, LAUGHS, LIMIT, OUTSIDE, PACKAGE, RELATIONS, UNSAFE
from tests.hostile.zips import Member, archive

SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


ESCAPES = "_x001B_[31m\u009b"


def sheet(rows: str) -> str:
    return f'{HEAD}<worksheet xmlns="{SHEET}"><sheetData>{rows}</sheetData></worksheet>'


def book(rows: str, *others: Member, state: str = "", strings: str = "", prolog: str = "") -> bytes:
    """Return a workbook: a visible sheet of some rows, and further parts."""
    relation = f'<Relationship Id="rId{{}}" Type="{RELATIONS}/{{}}" Target="{{}}"/>'
    parts: Mapping[str, str] = {
        "[Content_Types].xml": (
            f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/><Override PartName='
            '"/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
            'spreadsheetml.sheet.main+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType='
            '"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
        ),
        "xl/workbook.xml": (
            f'{HEAD}{prolog}<workbook xmlns="{SHEET}" xmlns:r="{RELATIONS}"><sheets>'
            f'<sheet name="Grants" sheetId="1" r:id="rId1"/>{state}</sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'{HEAD}<Relationships xmlns="{PACKAGE}">'
            + relation.format(1, "worksheet", "worksheets/sheet1.xml")
            + relation.format(2, "sharedStrings", "sharedStrings.xml")
            + relation.format(3, "worksheet", "worksheets/sheet2.xml")
            + "</Relationships>"
        ),
        "xl/worksheets/sheet1.xml": sheet(rows),
        "xl/sharedStrings.xml": f'{HEAD}<sst xmlns="{SHEET}">{strings}</sst>',
    }
    return archive(*((name, text.encode()) for name, text in parts.items()), *others)


def cell(text: str, about: str = "") -> str:
    return f'<c t="inlineStr" {about}><is><t>{text}</t></is></c>'


def rows_of(*texts: str) -> str:
    return "".join(f"<row>{cell('Walls')}{cell(text)}</row>" for text in texts)


def numbered(number: int, cells: str) -> str:
    return f'<row r="{number}">{cells}</row>'


def at(column: str, number: int) -> str:
    return f'r="{column}{number}"'


def sheeted(rows: Callable[[Plant], str], **about: str) -> Make:
    return lambda plant: book(rows_of(plant.amount()) + rows(plant), **about)


XLSX = (
    Variant(
        "laughs.xlsx",
        "49",
        "entities in entities",
        lambda plant: book(rows_of(plant.amount(), "&j;"), prolog=LAUGHS),
        UNSAFE,
        quick=True,
    ),
    Variant(
        "external.xlsx",
        "49",
        "an entity outside",
        lambda plant: book(rows_of(plant.amount(), "&j;"), prolog=OUTSIDE),
        UNSAFE,
    ),
    Variant(
        "far-cell.xlsx",
        "53",
        "a cell in the last row and column",
        sheeted(lambda plant: numbered(1_048_576, cell(plant.amount(), at("XFD", 1_048_576)))),
        LIMIT,
    ),
    Variant(
        "far-cells.xlsx",
        "53",
        "cells in the last column of many rows",
        sheeted(
            lambda plant: "".join(numbered(n, cell("x", at("XFD", n))) for n in range(2, 20_000))
        ),
        LIMIT,
    ),
    Variant(
        "empty-cells.xlsx",
        "53",
        "a million empty cells",
        sheeted(lambda plant: ("<row>" + "<c/>" * 1000 + "</row>") * 1000),
        LIMIT,
    ),
    Variant(
        "row-number.xlsx",
        "53",
        "a row beyond all numbers",
        sheeted(lambda plant: f'<row r="99999999999">{cell(plant.amount())}</row>'),
        (*LIMIT, *BROKEN),
    ),
    Variant(
        "formulas.xlsx",
        "79",
        "formulas with values",
        sheeted(
            lambda plant: (
                f'<row><c><f>cmd|"/c calc"!A1</f><v>412</v></c>{cell(plant.amount())}</row>'
            )
        ),
    ),
    Variant(
        "formulas-open.xlsx",
        "79",
        "formulas without values",
        sheeted(lambda plant: f"<row><c><f>1+1</f></c>{cell(plant.amount())}</row>"),
    ),
    Variant(
        "formula-text.xlsx",
        "79",
        "a text like a formula",
        sheeted(
            lambda plant: (
                f"<row>{cell('=HYPERLINK(&quot;http://x/&quot;)')}{cell('@SUM(1)')}{cell(plant.amount())}</row>"
            )
        ),
    ),
    Variant(
        "string-missing.xlsx",
        "54",
        "a text that is not there",
        sheeted(lambda plant: '<row><c t="s"><v>99</v></c></row>'),
        BROKEN,
    ),
    Variant(
        "strings.xlsx",
        "78",
        "escapes in texts",
        sheeted(
            lambda plant: f'<row><c t="s"><v>0</v></c>{cell(ESCAPES)}{cell(plant.amount())}</row>',
            strings="<si><t>_x001B_]0;x_x0007_\u202e</t></si>",
        ),
    ),
    Variant(
        "sheet-hidden.xlsx",
        "48",
        "a hidden sheet",
        lambda plant: book(
            rows_of(plant.amount()),
            ("xl/worksheets/sheet2.xml", sheet(rows_of(plant.next())).encode()),
            state='<sheet name="Old" sheetId="2" state="veryHidden" r:id="rId3"/>',
        ),
    ),
    Variant(
        "row-hidden.xlsx",
        "48",
        "a hidden row, which is read",
        sheeted(lambda plant: f'<row hidden="1">{cell("Walls")}{cell(plant.amount())}</row>'),
    ),
    Variant(
        "sheet-missing.xlsx",
        "54",
        "a sheet that is not there",
        lambda plant: book(
            rows_of(plant.amount()), state='<sheet name="Gone" sheetId="2" r:id="rId3"/>'
        ),
        (*BROKEN, "gap "),
    ),
    Variant(
        "number.xlsx",
        "41",
        "numbers beyond all bounds",
        sheeted(
            lambda plant: (
                f"<row><c><v>1e309</v></c><c><v>{'9' * 5000}</v></c><c><v>NaN</v></c>"
                f"{cell(plant.amount())}</row>"
            )
        ),
        BROKEN,
    ),
    Variant(
        "bomb.xlsx",
        "53",
        "a sheet of 100 MB",
        sheeted(lambda plant: f"<row>{cell(' ' * 100_000_000)}</row>"),
        LIMIT,
    ),
    Variant(
        "rows.xlsx",
        "53",
        "two hundred thousand rows",
        sheeted(lambda plant: rows_of("x") * 200_000),
        LIMIT,
    ),
    Variant(
        "cut.xlsx",
        "54",
        "a sheet that is cut off",
        lambda plant: archive(
            ("[Content_Types].xml", b"<Types/>"),
            ("xl/workbook.xml", f'<workbook xmlns="{SHEET}"'.encode() + plant.say().encode()),
        ),
        BROKEN,
    ),
)


FAMILIES = (Family("excel", XLSX),)
