"""What the user says about documents."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ingest.countries import COUNTRIES
from ingest.metadata import NOTHING_KNOWN, MetadataTable, merge, parse_given
from ingest.place import Place
from records.document import Known, Metadata
from records.errors import SettingsError

DAY = Known(date(2025, 9, 12), "given")


def table(folder: Path, content: str | bytes) -> MetadataTable:
    file = folder / "metadata.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return MetadataTable.load(file)


def test_a_row_says_what_its_cells_say(tmp_path: Path) -> None:
    rows = table(
        tmp_path,
        "path,published,publisher,country,title,url\r\n"
        'a.txt,2025-09-12,The Gazette,gb,"Cash, and more",https://example.org/a\r\n'
        "b.txt,,,,,\r\n",
    )
    assert rows.given_for(Place("a.txt", tmp_path / "a.txt")) == Metadata(
        title=Known("Cash, and more", "given"),
        publisher=Known("The Gazette", "given"),
        published=DAY,
        country=Known("GB", "given"),
        url=Known("https://example.org/a", "given"),
    )
    assert rows.given_for(Place("b.txt", tmp_path / "b.txt")) == NOTHING_KNOWN
    assert rows.given_for(Place("c.txt", tmp_path / "c.txt")) == NOTHING_KNOWN


def test_a_table_from_a_spreadsheet_is_read(tmp_path: Path) -> None:
    rows = table(tmp_path, "\ufeffPath, Published\r\na.txt,12 September 2025\r\n\r\n,\r\n")
    assert rows.given_for(Place("a.txt", tmp_path / "a.txt")).published == DAY


def test_paths_count_from_the_folder_of_the_table(tmp_path: Path) -> None:
    rows = table(tmp_path, "path,title\nsub/a.txt,Right\na.txt,Wrong\n")
    place = Place("x/../sub/a.txt", tmp_path / "x" / ".." / "sub" / "a.txt")
    assert rows.given_for(place).title == Known("Right", "given")


def test_an_absolute_path_is_itself(tmp_path: Path) -> None:
    rows = table(tmp_path, "path,title\n/press/a.txt,Right\n")
    assert rows.given_for(Place("../a.txt", Path("/press/a.txt"))).title == Known("Right", "given")


def test_a_path_may_be_spelled_as_the_source_was(tmp_path: Path) -> None:
    rows = table(tmp_path, "path,title\npress/a.txt,Right\n-,Piped\n")
    place = Place("press/a.txt", Path("/elsewhere/press/a.txt"))
    assert rows.given_for(place).title == Known("Right", "given")
    assert rows.given_for(Place("-", None)).title == Known("Piped", "given")


def test_a_bare_name_serves_any_folder_unless_the_table_has_that_file(tmp_path: Path) -> None:
    rows = table(tmp_path, "path,title\na.txt,Right\n")
    elsewhere = Place("press/a.txt", Path("/elsewhere/press/a.txt"))
    assert rows.given_for(elsewhere).title == Known("Right", "given")
    (tmp_path / "a.txt").write_text("cash")
    assert rows.given_for(elsewhere) == NOTHING_KNOWN


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("path,date\n", "line 1: column 2 is 'date', which Earmark does not know"),
        ("path,title,title\n", "line 1: column 'title' stands there twice"),
        ("title\n", "line 1: there is no column 'path'"),
        ("", "line 1: there is no column 'path'"),
        ("path,published\na,2025-13-01\n", "line 2, column published: '2025-13-01' is no day"),
        ("path,published\na,12/09/2025\n", "line 2, column published: '12/09/2025' is no day"),
        ("path,country\na,GB\nb,UK\n", "line 3, column country: 'UK' is no country code"),
        ("path,title\na,x\na,y\n", "line 3, column path: 'a' stands there twice"),
        ("path,title\na,x\n./a,y\n", "line 3, column path: './a' stands there twice"),
        ("path,title\n,x\n", "line 2, column path: the path is missing"),
        ("path,title\na,x,y\n", "line 2 has 3 cells under 2 columns"),
        ('path,title\na,"x"y\n', "line 2 is not CSV"),
        (b"path,title\na,\xa35m\n", "is not UTF-8"),
    ],
)
def test_a_wrong_table_says_where(content: str | bytes, problem: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        table(tmp_path, content)
    assert str(caught.value).startswith(f"{tmp_path / 'metadata.csv'}: {problem}")


def test_a_table_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="there is no such file"):
        MetadataTable.load(tmp_path / "gone.csv")


def test_options_are_given() -> None:
    assert parse_given("12 September 2025", "The Gazette", "gb") == Metadata(
        published=DAY, publisher=Known("The Gazette", "given"), country=Known("GB", "given")
    )
    assert parse_given(None, None, None) == NOTHING_KNOWN


@pytest.mark.parametrize(
    ("published", "country", "problem"),
    [
        ("31 June 2025", None, "--published: '31 June 2025' is no day that can be read for sure"),
        ("12/09/2025", None, "--published: '12/09/2025' is no day"),
        (None, "UK", "--country: 'UK' is no country code; use two letters"),
    ],
)
def test_a_wrong_option_is_named(published: str | None, country: str | None, problem: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_given(published, None, country)
    assert str(caught.value).startswith(problem)
    assert caught.value.exit_status == 2


def test_the_user_outranks_the_document_and_the_first_the_second() -> None:
    given = Metadata(title=Known("Given", "given"))
    header = Metadata(title=Known("Header", "text header"), author=Known("Jane Doe", "text header"))
    page = Metadata(author=Known("Page", "page metadata"), country=Known("GB", "page metadata"))
    assert merge(given, header, page) == Metadata(
        title=given.title, author=header.author, country=page.country
    )


def test_country_codes_are_the_assigned_ones() -> None:
    assert len(COUNTRIES) == 249
    assert "UK" not in COUNTRIES
