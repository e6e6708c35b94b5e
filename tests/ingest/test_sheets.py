"""CSV, TSV and Excel workbooks: rows, places, values as they are shown, what is damaged."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.cells import row_text, sheet_text
from ingest.lists import places_in
from ingest.numberformat import shown
from ingest.place import Place
from ingest.reading import Reading
from ingest.registry import format_of
from records.document import Known, Metadata
from records.errors import IngestError, SettingsError
from tests.ingest.tables import captured
from tests.ingest.xlsxs import Value, xlsx


def read(content: bytes | str, name: str) -> Reading:
    capture = captured(content, name)
    return format_of(capture.content, name).read(capture)


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        (["Roads", "", "12.5"], "Roads |  | 12.5"),
        (["Roads", "12", ""], "Roads | 12 |"),
        (["", "2024-25"], " | 2024-25"),
        (["Transport", "", ""], "Transport"),
        (["", ""], ""),
        (["a|b", "c\nd  e"], "a│b | c d e"),
    ],
)
def test_a_row_keeps_its_places(cells: list[str], line: str) -> None:
    assert row_text(cells) == line


@given(st.lists(st.lists(st.text(alphabet="ab |\n\t", max_size=4), max_size=5), max_size=6))
def test_no_cell_is_lost(rows: list[list[str]]) -> None:
    kept = sheet_text(rows).replace(" | ", " ").replace(" |", " ").replace("│", "|")
    assert "".join(kept.split()) == "".join("".join("".join(row).split()) for row in rows)


@pytest.mark.parametrize(
    ("content", "name", "text"),
    [
        ("Roads,12\nRail,13\n", "a.csv", "Roads | 12\nRail | 13"),
        ('"Roads, new",12\r\n"a ""b""",13\r\n', "a.csv", 'Roads, new | 12\na "b" | 13'),
        ("Roads;12,5\nRail;13,5\n", "a.csv", "Roads | 12,5\nRail | 13,5"),
        ("Roads\t12,5\nRail\t13\n", "a.tsv", "Roads | 12,5\nRail | 13"),
        ("Table 1,,\n,2024,2025\nRoads,,5\n,,\n,,\nend,,\n", "a.csv",
         "Table 1\n | 2024 | 2025\nRoads |  | 5\n\nend"),
        ("\ufeffRoads,£12m\n", "a.CSV", "Roads | £12m"),
    ],
)  # fmt: skip
def test_records_are_rows(content: str, name: str, text: str) -> None:
    assert read(content, name).text == text


def test_only_its_name_tells_csv() -> None:
    assert read("Roads,12\n", "a.txt").text == "Roads,12\n"


def test_a_row_of_any_length_is_read() -> None:
    assert read("Roads,12\n" + "x," * 70_000 + "x\n", "a.csv").text.startswith("Roads | 12\nx | x")


def test_a_quotation_mark_that_is_not_closed_is_said() -> None:
    with pytest.raises(IngestError, match="not closed"):
        read('a,"' + "b" * 200_000, "a.csv")


def test_sheets_stand_under_their_names_and_hidden_ones_are_gaps() -> None:
    rows: list[list[Value]] = [["Roads", None, 12.5], [None, None, None], ["Rail", 1, 2]]
    reading = read(xlsx({"Costs": rows, "Old": [["x", 1]]}, hidden="Old"), "a.xlsx")
    assert reading.text == "Costs\n\nRoads |  | 12.5\n\nRail | 1 | 2"
    assert [gap.where for gap in reading.gaps] == ["hidden sheet “Old”"]


def test_a_formula_without_a_value_is_a_gap() -> None:
    reading = read(xlsx({"Costs": [["Roads", "=1+2"], ["Rail", 3]]}), "a.xlsx")
    assert reading.text == "Costs\n\nRoads\nRail | 3"
    assert [gap.where for gap in reading.gaps] == ["a cell with a formula and no value"]


def changed(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """Return an archive with words of one of its files replaced."""
    source, file = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for item in source.namelist():
            inside = source.read(item)
            archive.writestr(item, inside.replace(old, new) if item == name else inside)
    return file.getvalue()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet', "entities"),
        (b"</sheetData>", b"</sheet", "cannot be read as a workbook"),
    ],
)
def test_a_damaged_or_unsafe_workbook_is_said(old: bytes, new: bytes, message: str) -> None:
    content = changed(xlsx({"a": [["x", 1]]}), "xl/worksheets/sheet1.xml", old, new)
    with pytest.raises(IngestError, match=message):
        read(content, "a.xlsx")


ACCOUNTS = '_-"£"* #,##0.00_-;-"£"* #,##0.00_-;_-"£"* "-"??_-;_-@_-'


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (12.5, "General", "12.5"),
        (2024, "General", "2024"),
        (0.1 + 0.2, "General", "0.3"),
        (1e15, "General", "1000000000000000"),
        (1250, "#,##0.0", "1,250.0"),
        (-1250, "#,##0;(#,##0)", "(1,250)"),
        (-1250, "#,##0;[Red]-#,##0", "-1,250"),
        (0.125, "0.0%", "12.5%"),
        (12_500_000, "#,##0.0,,", "12.5"),
        (12.5, '"£"0.0"m"', "£12.5m"),
        (1234.5, ACCOUNTS, "£ 1,234.50"),
        (0, ACCOUNTS, "£ -"),
        (5, "[$£-809]#,##0", "£5"),
        (2.345, "0.00", "2.35"),
        (-0.001, "0.0", "0.0"),
        (1.5, "0.0##", "1.5"),
        (True, "General", "TRUE"),
        (None, "General", ""),
        ("n/a", "0.0", "n/a"),
        (datetime(2025, 4, 1), "yyyy", "2025"),  # noqa: DTZ001 - cells have no zone
        (datetime(2025, 4, 1), "mmm-yy", "April 2025"),  # noqa: DTZ001
        (date(2025, 4, 1), "dd/mm/yyyy", "2025-04-01"),
    ],
)
def test_a_value_is_written_as_it_is_shown(value: object, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text


@given(st.floats(), st.text(alphabet='0#,.;()%[]"-_*\\@£m?', max_size=12))
def test_any_number_format_ends(value: float, number_format: str) -> None:
    assert isinstance(shown(value, number_format), str)


def without(content: bytes, name: str) -> bytes:
    """Return an archive without one of its files."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
    return file.getvalue()


def test_a_workbook_without_properties_has_no_day_and_no_author() -> None:
    """The library would say that itself wrote it today."""
    content = without(xlsx({"A": [["Roads", "£5m"]]}), "docProps/core.xml")
    assert read(content, "a.xlsx").metadata == Metadata()


def test_a_list_may_be_a_workbook(tmp_path: Path) -> None:
    file = tmp_path / "list.xlsx"
    days: list[Value] = [date(2024, 3, 6), datetime(2024, 3, 7, 9, 30)]  # noqa: DTZ001 - as Excel
    rows: list[list[Value]] = [["source", "published"], ["a.txt", days[0]], ["b.txt", days[1]]]
    file.write_bytes(xlsx({"A": rows}))
    places = [place for place in places_in(file) if isinstance(place, Place)]
    assert [place.name for place in places] == [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]
    known = [place.given.published for place in places if place.given]
    assert known == [Known(date(2024, 3, 6), "given"), Known(date(2024, 3, 7), "given")]


def test_a_list_may_not_unpack_to_more_than_a_document(tmp_path: Path) -> None:
    file = tmp_path / "list.xlsx"
    file.write_bytes(xlsx({"A": [["source"], ["a" + " " * 30_000]] * 3000}))
    with pytest.raises(SettingsError, match="more than 200 times its size"):
        list(places_in(file))


def test_hidden_rows_and_columns_are_read_and_said() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx({"A": [["Roads", "£5m"], ["Rail", "£6m"]]})))
    book["A"].row_dimensions[2].hidden = True
    book["A"].column_dimensions["C"].hidden = True
    file = io.BytesIO()
    book.save(file)
    reading = read(file.getvalue(), "a.xlsx")
    assert "£6m" in reading.text
    (warning,) = reading.warnings
    assert warning.startswith("2 rows or groups of columns that the sheets hide are read")
