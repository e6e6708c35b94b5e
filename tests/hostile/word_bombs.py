"""Word files that are bombs, that lie about themselves, or that no program wrote."""

from __future__ import annotations

from tests.hostile.plant import Family, Make, Plant, Variant
from tests.hostile.word import BROKEN, HEAD, LAUGHS, LIMIT, OUTSIDE, UNSAFE, W, document, said, word
from tests.ingest.docxs import paragraph, run


def between(part: str) -> Make:
    return said(lambda plant: part)


def coded(codec: str, label: str, *, mark: bytes = b"") -> Make:
    """Write the main part in an encoding and have it declare one."""

    def make(plant: Plant) -> bytes:
        text = document(paragraph(plant.say())).replace("UTF-8", label)
        return word(mark + text.encode(codec, "replace"))

    return make


def noted(plant: Plant) -> bytes:
    """Let a note refer to itself."""
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    note = f'<w:footnote w:id="2">{paragraph(plant.say(), mark)}</w:footnote>'
    notes = f'<w:footnotes xmlns:w="{W}">{note}</w:footnotes>'
    return word(document(paragraph(plant.say(), mark)), ("word/footnotes.xml", notes.encode()))


def nested(before: str, behind: str, depth: int) -> Make:
    return between(f"{before * depth}{paragraph('x')}{behind * depth}")


BOMBS = (
    Variant(
        "laughs.docx",
        "49",
        "entities in entities",
        lambda plant: word(document(paragraph(plant.say()) + paragraph("&j;"), prolog=LAUGHS)),
        UNSAFE,
        quick=True,
    ),
    Variant(
        "external.docx",
        "49",
        "an entity outside",
        lambda plant: word(document(paragraph(plant.say()) + paragraph("&j;"), prolog=OUTSIDE)),
        UNSAFE,
    ),
    Variant(
        "wide-entity.docx",
        "49",
        "an entity in UTF-16",
        lambda plant: word(
            document(paragraph(plant.say()) + paragraph("&j;"), prolog=OUTSIDE)
            .replace("UTF-8", "UTF-16")
            .encode("utf-16")
        ),
        UNSAFE,
    ),
    Variant(
        "spaces-60-mb.docx",
        "50",
        "60 MB of spaces",
        between(paragraph(" " * 60_000_000)),
        LIMIT,
        quick=True,
    ),
    Variant(
        "paragraphs.docx", "50", "580,000 paragraphs", between(paragraph("x") * 580_000), LIMIT
    ),
    Variant(
        "runs.docx",
        "50",
        "a hundred thousand runs",
        between(f"<w:p>{run('x') * 100_000}</w:p>"),
        LIMIT,
    ),
    Variant(
        "boxes-nested.docx",
        "50",
        "five hundred boxes in boxes",
        nested(
            "<w:p><w:r><w:drawing><wps:txbx><w:txbxContent>",
            "</w:txbxContent></wps:txbx></w:drawing></w:r></w:p>",
            500,
        ),
        (*LIMIT, *BROKEN),
    ),
    Variant(
        "tables-nested.docx",
        "50",
        "tables in tables",
        nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 300),
        LIMIT,
    ),
    Variant(
        "controls-nested.docx",
        "50",
        "controls in controls",
        nested("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 50_000),
        (*LIMIT, *BROKEN),
    ),
    Variant(
        "columns.docx",
        "50",
        "a cell over 10^12 columns",
        between(
            '<w:tbl><w:tr><w:trPr><w:gridBefore w:val="999999999999"/></w:trPr><w:tc><w:tcPr>'
            '<w:gridSpan w:val="999999999999"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
        ),
    ),
    Variant("notes-loop.docx", "50", "a note that refers to itself", noted),
    Variant(
        "text-20-mb.docx",
        "43",
        "a text of 20 MB",
        between(paragraph("lorem ipsum " * 1_700_000)),
        LIMIT,
    ),
    Variant("utf-16.docx", "32", "UTF-16", coded("utf-16", "UTF-16")),
    Variant("latin-1.docx", "32", "Latin-1", coded("latin-1", "ISO-8859-1")),
    Variant(
        "mislabelled.docx", "32", "cp1252 that says it is UTF-8", coded("cp1252", "UTF-8"), BROKEN
    ),
    Variant(
        "twice.docx",
        "50",
        "two main parts",
        lambda plant: word(
            document(paragraph(plant.say())),
            ("word/document.xml", document(paragraph("The council gave £1m.")).encode()),
        ),
        UNSAFE,
    ),
    Variant(
        "path.docx",
        "80",
        "a part outside",
        lambda plant: word(document(paragraph(plant.say())), ("../../canary.txt", b"x")),
        UNSAFE,
    ),
    Variant("bidi.docx", "40", "bidirectional overrides", between(paragraph("\u202e\u2066x"))),
    Variant(
        "symbols.docx",
        "35",
        "symbols that are no characters",
        between(
            '<w:p><w:r><w:sym w:char="D800"/><w:sym w:char="FFFFFFFFFF"/><w:sym w:char="0000"/>'
            "</w:r></w:p>"
        ),
    ),
    Variant(
        "title-escapes.docx",
        "78",
        "escapes in the title",
        lambda plant: word(
            document(paragraph(plant.say())),
            (
                "docProps/core.xml",
                (
                    f'{HEAD}<c xmlns:dc="http://purl.org/dc/elements/1.1/">'
                    "<dc:title>\u009b31m\u202e Walls</dc:title><dc:creator>Jane</dc:creator></c>"
                ).encode(),
            ),
        ),
    ),
)

FAMILIES = (Family("word-bombs", BOMBS),)
