"""PDFs to documents."""

from __future__ import annotations

import io
from datetime import date

import pdfplumber
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import ListFlowable, ListItem, Paragraph, Table

from ingest.errors import BrokenPdfError, LockedPdfError, NoTextLayerError
from ingest.layout.glyphs import Box, Glyph, PageGlyphs, page_glyphs
from ingest.layout.words import words_of
from ingest.pdf import text as pdf_text
from ingest.pdf.fonts import clean
from ingest.read import read_capture
from records.document import Document, Gap, Known
from records.errors import UnreadableDocumentError, UnsupportedFormatError
from tests.ingest import pdfs
from tests.ingest.pdfs import both, drawn, lines, picture, runs
from tests.ingest.tables import captured

BROKEN = (
    *("The council has set up a fund-", "ing plan for the flood-", "defence works. It is a three-"),
    *("year programme worth £2.1-", "billion, part of the 2024-", "25 budget, for the re-"),
    *("generation of flood-defence", "sites; a long-", "term plan, with finan-"),
    *("cial support from North-", "Eastern towns. Its wall-", "fund is good \u2013", "but small."),
)


def read(content: bytes) -> Document:
    return read_capture(captured(content, "report.pdf"))


def text_of(content: bytes) -> list[str]:
    return read(content).text.split("\n\n")


@pytest.fixture(scope="module")
def report() -> bytes:
    return pdfs.typeset(pdfs.paragraphs(pdfs.prose(40), pdfs.JUSTIFIED), 2, running=True)


STYLES = pytest.mark.parametrize(
    "style", [pdfs.RAGGED, pdfs.JUSTIFIED, pdfs.INDENTED], ids=lambda style: style.name
)


@STYLES
def test_every_paragraph_comes_back(style: ParagraphStyle) -> None:
    wanted = ["A report on walls", *pdfs.prose(40)]
    story = [Paragraph(wanted[0], pdfs.HEADING), *pdfs.paragraphs(wanted[1:], style)]
    assert text_of(pdfs.typeset(story)) == wanted


@STYLES
@pytest.mark.parametrize("columns", [2, 3])
def test_every_sentence_comes_back_whole_from_columns(columns: int, style: ParagraphStyle) -> None:
    wanted = ["A report on walls.", *pdfs.prose(40)]
    story = [Paragraph(wanted[0], pdfs.HEADING), *pdfs.paragraphs(wanted[1:], style)]
    found = text_of(pdfs.typeset(story, columns))
    assert " ".join(found) == " ".join(wanted)
    assert [part for part in found if not part.endswith(".")] == []


def test_a_sentence_goes_on_over_the_page_and_heads_and_feet_stay_apart(report: bytes) -> None:
    document = read(report)
    found = document.text.split("\n\n")
    assert document.pages == 4
    running = [pdfs.HEAD, *(pdfs.FOOT.format(page) for page in (1, 2, 3, 4))]
    story = [part for part in found if part not in running]
    assert " ".join(story) == " ".join(pdfs.prose(40))
    assert [part for part in story if not part.endswith(".")] == []
    assert [found.count(part) for part in running] == [4, 1, 1, 1, 1]


def test_words_point_into_the_text_and_cover_it(report: bytes) -> None:
    document = read(report)
    assert all(word.start < word.end for word in document.words)
    ends = [0, *(word.end for word in document.words)]
    starts = [*(word.start for word in document.words), len(document.text)]
    between = {document.text[end:start] for end, start in zip(ends, starts, strict=True)}
    assert between == {"", " ", "\n\n"}


def test_a_box_holds_its_word(report: bytes) -> None:
    document = read(report)
    with pdfplumber.open(io.BytesIO(report)) as opened:
        for word in document.words[::97]:
            x0, top, x1, bottom = (edge / 1000 for edge in word.box)
            inside = opened.pages[word.page - 1].within_bbox((x0 - 1, top - 1, x1 + 1, bottom + 1))
            found = "".join(char["text"] for char in inside.chars).strip()
            assert found == document.text[word.start : word.end]


def test_a_page_cut_down_to_a_part_counts_from_that_part() -> None:
    def crop(canvas: Canvas) -> None:
        canvas.setCropBox((50, 50, 500, 800))
        lines("Gets £5m")(canvas)

    document = read(drawn(crop))
    box = document.words[0].box
    assert document.text == "Gets £5m"
    assert (box[0], round(box[3] / 1000)) == (22_000, 102)


def test_the_same_bytes_give_the_same_document(report: bytes) -> None:
    assert read(report) == read(report)


def test_the_reader_says_whose_versions_it_uses(report: bytes) -> None:
    reader = read(report).reader
    assert reader.name == "pdf"
    assert reader.version.startswith(f"4 pdfplumber {pdfplumber.__version__} pdfminer.six 20")


def test_type_drawn_twice_is_read_once() -> None:
    bold = (lines("Bold £55m in 11,000 bills", x=72 + shift) for shift in (0, 0.3, 0.6))
    assert text_of(drawn(both(*bold))) == ["Bold £55m in 11,000 bills"]


def test_raised_digits_never_become_part_of_a_number() -> None:
    parts = (("gets £2.1", 11, 0), ("3", 6, 4), (" billion in its 1", 11, 0), ("st", 6, 4))
    assert text_of(drawn(runs(*parts))) == ["gets £2.1³ billion in its 1st"]


def test_large_and_small_type_make_one_word() -> None:
    assert text_of(drawn(runs(("£2.1", 20, 0), ("bn for all", 12, 0)))) == ["£2.1bn for all"]


def test_two_lines_beside_a_large_heading_stay_two_lines() -> None:
    small = lines("The first of two small lines", "and the second of them.", x=300, y=705)
    assert text_of(drawn(both(runs(("Heading", 19, 0)), small))) == [
        "Heading | The first of two small lines",
        "and the second of them.",
    ]


def test_spaced_letters_are_words() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Spaced out letters for £5,000 in 2024", charSpace=2)

    assert text_of(drawn(draw)) == ["Spaced out letters for £5,000 in 2024"]


def pitched(text: str, pitch: float, *, spaces: bool = True) -> bytes:
    """Draw a line letter by letter, all of them equally far apart, as on a typewriter."""

    def draw(canvas: Canvas) -> None:
        for number, letter in enumerate(text):
            if spaces or letter != " ":
                canvas.drawString(40 + pitch * number, 700, letter)

    return drawn(draw)


@pytest.mark.parametrize("pitch", [5, 6.3, 8])
@pytest.mark.parametrize("spaces", [True, False])
@pytest.mark.parametrize("text", ["In all £340.90m of 1,250, of them 3. Once more", "£340.90m"])
def test_letters_at_one_pitch_are_words(text: str, pitch: float, spaces: bool) -> None:  # noqa: FBT001 - of the table
    assert text_of(pitched(text, pitch, spaces=spaces)) == [text]


def test_figures_at_one_pitch_stay_apart() -> None:
    page = drawn(both(*(lines(figure, x=40 + 9 * n) for n, figure in enumerate("56789567"))))
    assert text_of(page) == ["5 6 7 8 9 5 6 7"]


def test_ligatures_are_letters() -> None:
    glyphs = [
        Glyph(
            clean(text), 10.0 * n, 0.0, 10.0 * n + 10, 10.0, bold=False, turn=0, space=10.0 * n + 10
        )
        for n, text in enumerate(("o", "ﬃ", "ce", "\ud800"))
    ]
    page = page_glyphs(glyphs, (0, 0, 100, 100))
    assert [word.text for word in words_of(page.frames[0])] == ["office\ufffd"]


def test_no_amount_crosses_from_one_column_to_the_next() -> None:
    left, right = "The council gave 5", "million patients seen"
    side_by_side = both(lines(left), lines(right, x=300))
    assert text_of(drawn(side_by_side)) == [f"{left} | {right}"]
    columns = both(
        lines("The town of Wenbury has", "a wall for which the", "council gave 5"),
        lines("million patients seen in", "the year that ended when", "the money ran out", x=300),
    )
    assert text_of(drawn(columns)) == [
        "The town of Wenbury has a wall for which the council gave 5",
        "million patients seen in the year that ended when the money ran out",
    ]


def test_columns_of_unlike_lines_are_read_one_after_the_other() -> None:
    left = ("The town of Wenbury has", "a wall for which the", "council gave £5m.")
    right = ("More than a million saw", "it in the year that has", "just come to its end.")
    page = drawn(both(lines(*left), lines(*right, x=300, y=706)))
    assert text_of(page) == [" ".join(left), " ".join(right)]


def test_a_last_column_of_one_line_is_a_column_where_other_pages_have_one() -> None:
    left = ("The town of Wenbury has", "a wall for which the", "council gave £5m to")
    right = ("all who asked for it and", "more than a million saw", "it in the end.")
    rest = ("The wall of the town was", "built in a year that has", "come to its")
    last = "end in the spring."
    pages = both(lines(*left), lines(*right, x=300)), both(lines(*rest), lines(last, x=300))
    assert text_of(drawn(*pages)) == [" ".join((*left, *right)), " ".join((*rest, last))]


def test_rows_of_a_table_are_lines_with_cells_apart() -> None:
    rows = [
        ["Area", "2024-25", "2025-26"],
        ["Roads", "£5.2m", "£6.0m"],
        ["Rail and buses", "£15.2m", "£16.0m"],
        ["Harbours and their walls", "£1.2m", "£1.0m"],
    ]
    prose = pdfs.prose(2)
    story = [*pdfs.paragraphs(prose[:1]), Table(rows, colWidths=[200, 100, 100])]
    assert text_of(pdfs.typeset([*story, *pdfs.paragraphs(prose[1:])])) == [
        prose[0],
        *(" | ".join(row) for row in rows),
        prose[1],
    ]


def test_lines_with_dot_leaders_are_rows() -> None:
    rows = ("Roads to the harbour .......... £5m", "Rail . . . . . . . . . . . . . . . . . . £6m")
    assert text_of(drawn(lines(*rows))) == list(rows)


@pytest.mark.parametrize("bullet", ["bullet", "1", "a"])
def test_items_of_a_list_are_paragraphs(bullet: str) -> None:
    items = ("£95 million " + "to pay for walls " * 10).strip(), "£78.5 million", "up to £38m"
    story = [ListFlowable([ListItem(Paragraph(item, pdfs.RAGGED)) for item in items], bullet)]
    found = text_of(pdfs.typeset([*pdfs.paragraphs(pdfs.prose(1)), *story]))[1:]
    assert [part.partition(" ")[2] for part in found] == list(items)


def test_headings_are_paragraphs() -> None:
    prose = pdfs.prose(2)
    bold = ParagraphStyle("bold", pdfs.RAGGED, fontName="Helvetica-Bold", spaceAfter=0)
    tight = ParagraphStyle("tight", pdfs.RAGGED, spaceAfter=0)
    story = [
        Paragraph(prose[0], tight),
        Paragraph("What it covers", bold),
        Paragraph(prose[1], tight),
    ]
    assert text_of(pdfs.typeset(story)) == [prose[0], "What it covers", prose[1]]


def test_words_broken_at_line_ends_are_whole_and_compounds_keep_their_hyphen() -> None:
    assert text_of(drawn(lines(*BROKEN))) == [
        "The council has set up a funding plan for the flood-defence works. It is a three-year "
        "programme worth £2.1-billion, part of the 2024-25 budget, for the regeneration of "
        "flood-defence sites; a long-term plan, with financial support from North-Eastern towns. "
        "Its wallfund is good \u2013 but small."
    ]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_read_as_it_is_looked_at(turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        lines("Turned page gets £5m and", "a second line of words.", y=400)(canvas)

    assert text_of(drawn(draw)) == ["Turned page gets £5m and a second line of words."]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_text_is_read_after_the_rest(turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        lines("Upright words come first here.")(canvas)
        canvas.translate(300, 400)
        canvas.rotate(turn)
        lines("Turned £5m for", "all of it.", x=0, y=0)(canvas)

    assert text_of(drawn(draw)) == ["Upright words come first here.", "Turned £5m for all of it."]


def test_what_is_not_on_the_page_is_left_out_and_said() -> None:
    def stamp(canvas: Canvas) -> None:
        lines("Gets £5m", x=72)(canvas)
        lines("£99m", x=-60)(canvas)
        canvas.translate(200, 300)
        canvas.rotate(45)
        canvas.drawString(0, 0, "DRAFT")

    document = read(drawn(stamp))
    assert document.text == "Gets £5m"
    assert document.warnings == (
        "slanted text on 1 page is left out, the first being “DRAFT” [pdf.slanted]",
        "left out: 4 characters outside the page [pdf.off-page]",
    )


def test_a_password_is_said() -> None:
    locked = drawn(lines("£5m"), encrypt=StandardEncryption("secret", "owner"))
    with pytest.raises(
        LockedPdfError, match=r"^report\.pdf: is protected by a password; save an un"
    ):
        read(locked)


def test_a_pdf_that_opens_without_a_password_is_read() -> None:
    assert text_of(drawn(lines("£5m"), encrypt=StandardEncryption("", "owner"))) == ["£5m"]


@pytest.mark.parametrize("share", [0.01, 0.3, 0.6, 0.9, 0.99])
def test_a_pdf_that_is_cut_off_is_said(share: float, report: bytes) -> None:
    with pytest.raises(BrokenPdfError, match=r"^report\.pdf: the PDF is cut off at its end"):
        read(report[: int(len(report) * share)])


def test_a_damaged_pdf_is_said(report: bytes) -> None:
    with pytest.raises(BrokenPdfError, match=r"^report\.pdf: the PDF is damaged"):
        read(report[:200] + b"\n%%EOF\n")


def test_a_scan_is_said() -> None:
    with pytest.raises(NoTextLayerError) as caught:
        read(drawn(picture, picture))
    assert str(caught.value) == (
        "report.pdf: pages 1-2: images without text; recognise the text first, then ingest again"
    )


def test_pages_without_text_are_gaps() -> None:
    text = lines("Running text of this page", "with an amount of £5m.")
    stamped = both(picture, lines("Page 5", y=20))
    document = read(drawn(text, picture, picture, lambda _: None, stamped, text, picture))
    why = "images without text; recognise the text first, then ingest again"
    assert document.gaps == (Gap("pages 2-3, 5, 7", why),)
    assert document.pages == 7
    assert "Page 5" in document.text


def test_a_pdf_of_white_pages_is_said() -> None:
    with pytest.raises(NoTextLayerError, match="none of its pages holds text"):
        read(drawn(lambda _: None))


def test_a_page_whose_text_is_damaged_is_a_gap() -> None:
    content = drawn(lines("One £1m"), lines("Two £2m"), pageCompression=0)
    document = read(content.replace(b"BT 1 0 0 1 72 700 Tm (Two", b"[(BT 1 0 0 1 72 700 m (Two"))
    assert document.text == "One £1m"
    assert document.gaps == (Gap("page 2", "damaged; get a fresh copy, or print it to a new PDF"),)


def test_a_page_that_breaks_the_reader_loses_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def glyphs(found: list[Glyph], visible: Box) -> PageGlyphs:
        if any("2" in glyph.text for glyph in found):
            raise ValueError("broken")
        return page_glyphs(found, visible)

    monkeypatch.setattr(pdf_text, "page_glyphs", glyphs)
    document = read(drawn(lines("One £1m"), lines("Two £2m"), lines("Three £3m")))
    assert document.text == "One £1m\n\nThree £3m"
    assert [(gap.where, gap.why[:7]) for gap in document.gaps] == [("page 2", "damaged")]


def test_a_page_whose_fonts_do_not_say_their_characters_is_a_gap() -> None:
    document = read(drawn(lines("Readable words"), lines(*["•"] * 9, "£5m")))
    assert document.text == "Readable words"
    (gap,) = document.gaps
    assert gap.where == "page 2"
    assert gap.why.startswith("its fonts do not say which characters they show")


def test_a_few_unknown_characters_are_counted() -> None:
    document = read(drawn(lines("• A list of words that can be read")))
    assert document.text == "\ufffd A list of words that can be read"
    assert document.warnings[0].startswith("U+FFFD stands for 1 character")


def test_pages_that_are_listed_and_lost_are_gaps() -> None:
    content = drawn(lines("One £1m"), lines("Two £2m")).replace(b"/Count 2", b"/Count 4")
    assert read(content).gaps == (
        Gap("pages 3-4", "listed in the PDF and not in it; get a complete copy"),
    )


def test_the_pdf_says_its_title_author_and_day() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setTitle("Walls for all")
        canvas.setAuthor("Jane Doe")
        lines("£5m")(canvas)

    metadata = read(drawn(draw)).metadata
    assert metadata.title == Known("Walls for all", "PDF metadata")
    assert metadata.author == Known("Jane Doe", "PDF metadata")
    assert metadata.published == Known(date(2000, 1, 1), "PDF metadata")


@pytest.mark.parametrize(
    "title", ["Microsoft Word - plan.doc", "untitled", "plan-v2.pdf", "Slide 1"]
)
def test_titles_by_default_are_none(title: str) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setTitle(title)
        canvas.setAuthor("admin")
        lines("£5m")(canvas)

    metadata = read(drawn(draw)).metadata
    assert (metadata.title, metadata.author) == (None, None)


def test_the_text_header_outranks_the_metadata() -> None:
    metadata = read(drawn(lines("Published 4 May 2024", "", "", "By Jane Doe"))).metadata
    assert metadata.published == Known(date(2024, 5, 4), "text header")
    assert metadata.author == Known("Jane Doe", "text header")


@settings(max_examples=60)
@given(st.data())
def test_any_damage_gives_a_document_or_one_clear_error(data: st.DataObject) -> None:
    content = bytearray(drawn(lines("One £1m", "for all"), lines("Two £2m"), pageCompression=0))
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(content) - 20))
        content[place : place + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    try:
        document = read(bytes(content))
    except (UnreadableDocumentError, UnsupportedFormatError) as error:
        event(type(error).__name__)  # any other error fails the test
        return
    places = [(word.start, word.end) for word in document.words]
    assert places == sorted(places)
    assert all(document.text[start:end].strip() for start, end in places)


STYLE = st.sampled_from([pdfs.RAGGED, pdfs.JUSTIFIED, pdfs.INDENTED])
_WORD = st.text("abcdefgh£.,0123456789", min_size=1, max_size=12)


@settings(max_examples=25)
@given(st.lists(st.lists(_WORD, min_size=1, max_size=60), min_size=1, max_size=6), STYLE)
def test_no_word_is_lost_or_changed(texts: list[list[str]], style: ParagraphStyle) -> None:
    story = pdfs.paragraphs([" ".join(words) for words in texts], style)
    document = read(pdfs.typeset(story))
    assert document.text.replace(" | ", " ").split() == [word for text in texts for word in text]
    assert [document.text[word.start : word.end] for word in document.words] == [
        word for text in texts for word in text
    ]
