"""Word files: what the author let stand, in reading order, and what is left out named."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from ingest import errors
from ingest.read import read_capture
from records.document import Document, Gap, Known
from records.errors import IngestError, LimitExceededError, UnsupportedFormatError
from tests.ingest.docxs import docx, paragraph, run, table
from tests.ingest.tables import captured

DELETED = '<w:del w:id="1" w:author="A"><w:r><w:delText>£4m</w:delText></w:r></w:del>'
INSERTED = f'<w:ins w:id="2" w:author="A">{run("£5m")}</w:ins>'
NOTE = '<w:r><w:footnoteReference w:id="{}"/></w:r>'


def read(content: bytes) -> Document:
    return read_capture(captured(content, "a.docx"))


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ((paragraph("One £5m"), paragraph(" "), paragraph("Two")), "One £5m\n\nTwo"),
        ((paragraph("£2", ".1", "bn for roads"),), "£2.1bn for roads"),
        ((paragraph("The sum is ", DELETED, INSERTED, "."),), "The sum is £5m."),
        ((paragraph("a", "<w:r><w:tab/></w:r>", "b", "<w:r><w:br/></w:r>", "c"),), "a\tb\nc"),
        ((paragraph("x", about="<w:numPr/>"),), "- x"),
        ((table(("Roads", "£5m"), ("Rail", "")),), "Roads | £5m\n\nRail"),
        ((table((table(("a", "b")), "c")),), "a │ b | c"),
        ((f"<w:sdt><w:sdtContent>{paragraph('£7m')}</w:sdtContent></w:sdt>",), "£7m"),
        ((paragraph(f"<w:hyperlink>{run('£8m')}</w:hyperlink>"),), "£8m"),
        ((paragraph("£2.1bn", run("3", '<w:vertAlign w:val="superscript"/>')),), "£2.1bn³"),
        ((paragraph("plain", run("£9m", '<w:vanish w:val="0"/>')),), "plain£9m"),
        ((paragraph('<w:r><w:sym w:font="Symbol" w:char="F0A3"/></w:r>', "5m"),), "£5m"),
        ((paragraph("10", "<w:r><w:noBreakHyphen/></w:r>", "20m"),), "10\u201120m"),
        ((paragraph("in ", "<m:oMath><m:r><m:t>£3m+£2m</m:t></m:r></m:oMath>"),), "in £3m+£2m"),
        (("<m:oMathPara><m:oMath><m:r><m:t>£3m</m:t></m:r></m:oMath></m:oMathPara>",), "£3m"),
        ((f"<w:tbl><w:sdt>{table(('a', 'b'))[7:-8]}</w:sdt></w:tbl>",), "a | b"),
    ],
)
def test_the_body(body: tuple[str, ...], text: str) -> None:
    document = read(docx(*body))
    assert document.text == text


def test_text_boxes_stand_behind_the_paragraph_that_anchors_them() -> None:
    box = f"<w:txbxContent>{paragraph('Boxed £3m')}</w:txbxContent>"
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert read(docx(paragraph("Before ", both, "after"), paragraph("End"))).text == (
        "Before after\n\nBoxed £3m\n\nEnd"
    )


def test_notes_stand_at_the_end_with_the_numbers_that_the_text_shows() -> None:
    notes = (
        f'<w:footnote w:type="separator" w:id="0">{paragraph("___")}</w:footnote>'
        f'<w:footnote w:id="7">{paragraph("Of which £1m is new.")}</w:footnote>'
        f'<w:footnote w:id="3">{paragraph("First.")}</w:footnote>'
    )
    body = paragraph("£5m", NOTE.format(3), " and £2m", NOTE.format(7))
    assert read(docx(body, footnotes=notes)).text == (
        "£5m¹ and £2m²\n\n1. First.\n\n2. Of which £1m is new."
    )


def test_what_is_left_out_is_named() -> None:
    picture = (
        '<w:r><w:drawing><wp:inline><wp:extent cx="5000000" cy="3000000"/></wp:inline>'
        "</w:drawing></w:r>"
    )
    body = paragraph("x", DELETED, run("£6m", "<w:vanish/>"), run("£7m", "<w:strike/>"), picture)
    document = read(docx(body))
    assert document.text == "x"
    assert document.gaps == (
        Gap("struck-out text “£4m”", "the file shows it as no longer said"),
        Gap("struck-out text “£7m”", "the file shows it as no longer said"),
        Gap("hidden text “£6m”", "the file does not show it"),
        Gap("a large picture", "any text in them was not read; describe it in the file"),
    )


@pytest.mark.parametrize(
    "rows",
    [
        f"<w:del><w:tr><w:tc>{paragraph('£4m')}</w:tc></w:tr></w:del>",
        f"<w:tr><w:del><w:tc>{paragraph('£4m')}</w:tc></w:del></w:tr>",
        f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph('£4m')}</w:tc></w:tr>",
    ],
    ids=["rows", "cells", "row"],
)
def test_what_was_deleted_of_a_table_is_named(rows: str) -> None:
    document = read(docx(paragraph("x"), f"<w:tbl>{rows}</w:tbl>"))
    assert document.text == "x"
    assert document.gaps == (Gap("struck-out text “£4m”", "the file shows it as no longer said"),)


def test_words_that_are_not_read_are_named() -> None:
    drawing = "<w:r><w:drawing><a:t>£2m</a:t></w:drawing></w:r>"
    document = read(docx(paragraph("x", drawing), "<w:altChunk/>", core="<dc:title>x</dc:title>"))
    assert [gap.where for gap in document.gaps] == [
        "a drawing with “£2m”",
        "a file that Word takes into the text",
    ]


@pytest.mark.parametrize(
    ("name", "words", "gaps"),
    [
        ("word/header1.xml", "£5m for roads", ["header1.xml “£5m for roads”"]),
        ("word/comments.xml", "was £6m", ["comments.xml “was £6m”"]),
        ("word/charts/chart2.xml", "£7m", ["chart2.xml “£7m”"]),
        ("word/footer1.xml", "page 5", []),
        ("word/theme/theme1.xml", "£5m", []),
    ],
)
def test_parts_that_are_not_read_and_name_money_are_named(
    name: str, words: str, gaps: list[str]
) -> None:
    file = io.BytesIO(docx(paragraph("x")))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(name, f"<a><b>{words}</b></a>")
    assert [gap.where for gap in read(file.getvalue()).gaps] == gaps


def test_a_strict_file_is_read_like_any_other() -> None:
    """Word's strict form has other names for all that a document is made of."""
    body = (paragraph("x", DELETED), table(("Roads", "£5m")), paragraph("", NOTE.format(2)))
    notes = f'<w:footnote w:id="2">{paragraph("Of which £1m is new.")}</w:footnote>'
    content = docx(*body, footnotes=notes)
    strict = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(strict, "w") as new:
        for name in old.namelist():
            loose = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            part = old.read(name).replace(
                loose, b"http://purl.oclc.org/ooxml/wordprocessingml/main"
            )
            new.writestr(name, part)
    assert (read(strict.getvalue()).text, read(strict.getvalue()).gaps) == (
        read(content).text,
        read(content).gaps,
    )
    assert "Roads | £5m" in read(content).text


def test_properties() -> None:
    core = (
        "<dc:title>Cash for roads</dc:title><dc:creator>Jane Doe</dc:creator>"
        '<dcterms:created xsi:type="dcterms:W3CDTF">2024-03-06T09:00:00Z</dcterms:created>'
    )
    document = read(docx(paragraph("x"), core=core))
    assert document.metadata.title == Known("Cash for roads", "document properties")
    assert document.metadata.author == Known("Jane Doe", "document properties")
    assert document.metadata.published == Known(date(2024, 3, 6), "document properties")


def test_a_program_is_no_author() -> None:
    core = "<dc:title>Document1</dc:title><dc:creator>python-docx</dc:creator>"
    metadata = read(docx(paragraph("x"), core=core)).metadata
    assert (metadata.title, metadata.author) == (None, None)


def bomb() -> bytes:
    return docx(paragraph("£5m" + " " * 60_000_000))


def twice() -> bytes:
    file = io.BytesIO(docx(paragraph("£5m")))
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", "<x/>")
    return file.getvalue()


def utf_16(content: bytes) -> bytes:
    """Write the main part in UTF-16."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        text = old.read("word/document.xml").decode().replace("UTF-8", "UTF-16")
        new.writestr("word/document.xml", text.encode("utf-16"))
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        (
            docx(paragraph("£5m"), prolog="<!DOCTYPE w [<!ENTITY a 'b'>]>"),
            errors.UnsafeArchiveError,
            "entities",
        ),
        (
            utf_16(docx(paragraph("£5m"), prolog="<!DOCTYPE w>")),
            errors.UnsafeArchiveError,
            "entities",
        ),
        (docx("<w:p>"), errors.BrokenFileError, "is damaged"),
        (docx(paragraph(" ")), errors.EmptyDocumentError, "is empty"),
        (docx(paragraph("£5m"))[:-40], UnsupportedFormatError, "looks like a ZIP"),
    ],
    ids=["entities", "entities-utf-16", "damaged", "empty", "cut"],
)
def test_bad_files_have_one_clear_reason(
    content: bytes, kind: type[IngestError], words: str
) -> None:
    with pytest.raises(kind, match=words):
        read(content)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(LimitExceededError, match="more than 200 times its size"):
        read(bomb())


def test_two_files_of_one_name_are_refused() -> None:
    with pytest.raises(errors.UnsafeArchiveError, match="twice"):
        read(twice())
