"""What a page draws: the same words and boxes as by pdfplumber, character by character."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pytest
from pdfplumber.page import Page
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, Table

from ingest.layout.flow import PageWords, flow
from ingest.layout.glyphs import page_glyphs
from ingest.layout.words import words_of
from ingest.pdf.fonts import Fonts
from ingest.pdf.page import Drawn, by_pdfplumber, draw, visible_part
from records.layout import Layout
from tests.corpus.places import ARTICLES, label
from tests.ingest import pdfs
from tests.ingest.pdfs import both, drawn, lines, runs

Source = Callable[[Page, Fonts], Drawn]
registerFont(TTFont("Vera", "Vera.ttf"))
registerFont(TTFont("VeraBd", "VeraBd.ttf"))


def laid_out(content: bytes, source: Source) -> tuple[str, Layout, list[list[object]]]:
    pages: list[PageWords] = []
    left_out: list[list[object]] = []
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        fonts = pdf.rsrcmgr = Fonts()
        for page in pdf.pages:
            found = page_glyphs(source(page, fonts).glyphs, visible_part(page))
            pages.append(PageWords(page.height, tuple(tuple(words_of(f)) for f in found.frames)))
            left_out.append([found.slanted, found.off_page, found.unmapped, found.characters])
            page.close()
    text, words, _ = flow(pages)
    return text, words, left_out


def by_characters(page: Page, _: Fonts) -> Drawn:
    return by_pdfplumber(page)


def assert_same(content: bytes) -> None:
    fast, slow = laid_out(content, draw), laid_out(content, by_characters)
    assert fast[0] == slow[0]
    assert fast[1] == slow[1]
    assert fast[2] == slow[2]


def in_font(name: str, size: float = 11.5) -> Callable[[Canvas], None]:
    def draw_it(canvas: Canvas) -> None:
        canvas.setFont(name, size)
        lines("Office for £5.2m and “½” the €3bn", "and a second line of words")(canvas)

    return draw_it


def kerned(canvas: Canvas) -> None:
    """Show a line as typesetters do: in parts that are moved towards one another."""
    canvas.setFont("Helvetica", 11)
    canvas._code.append(  # noqa: SLF001 - reportlab writes no such operator
        "BT /F1 11 Tf 1 0 0 1 72 600 Tm 0.1 Tc 1.5 Tw 90 Tz "
        "[(W) 80 (all) -20 (s for £2.) 15 (1) -250 (bn) -600 ( in) -3000 (2025)] TJ "
        "0 -14 Td (next \\(line\\) \\050a\\051) Tj T* <486578> ' ET"
    )


def turned(angle: float) -> Callable[[Canvas], None]:
    def draw_it(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(300, 400)
        canvas.rotate(angle)
        canvas.drawString(0, 0, "Turned £5m for all")
        canvas.restoreState()

    return both(lines("Upright words come first here."), draw_it)


def form(canvas: Canvas) -> None:
    canvas.beginForm("stamp")
    canvas.setFont("Helvetica-Bold", 9)
    canvas.drawString(10, 10, "In a form £7m")
    canvas.endForm()
    canvas.saveState()
    canvas.scale(1.2, 1.3)
    canvas.translate(60, 200)
    canvas.doForm("stamp")
    canvas.restoreState()


def page_turned(turn: int, crop: tuple[int, ...]) -> Callable[[Canvas], None]:
    def draw_it(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        canvas.setCropBox(crop)
        lines("Turned page gets £5m and", "a second line of words.", y=400)(canvas)

    return draw_it


PAGES = {
    "a true type font": in_font("Vera"),
    "a bold true type font": in_font("VeraBd", 9.3),
    "kerning, spacing, scaling": kerned,
    "raised digits": runs(("gets £2.1", 11, 0), ("3", 6, 4), (" billion in its 1", 11, 0)),
    "fake bold": both(*(lines("Bold £55m in 11,000 bills", x=72 + s) for s in (0, 0.3, 0.6))),
    "spaced letters": lambda c: c.drawString(72, 700, "Spaced out for £5,000", charSpace=2),
    "narrow letters": lambda c: c.drawString(72, 700, "Tight set for £5,000", charSpace=-0.4),
    "turned left": turned(90),
    "turned right": turned(270),
    "upside down": turned(180),
    "slanted": turned(45),
    "partly off the page": lines("A line that runs off the page " * 5),
    "a form": form,
    "unknown characters": lines("• A list of words that can be read"),
    "two overlapping lines": both(lines("One line of words"), lines("Another £5m", x=80, y=703)),
    "crop box": page_turned(0, (50, 50, 500, 800)),
    "turned page": page_turned(90, (40, 300, 500, 500)),
    "page upside down": page_turned(180, (20, 20, 500, 800)),
    "page turned back": page_turned(270, (40, 300, 500, 500)),
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_page_has_the_words_that_pdfplumber_finds(page: Callable[[Canvas], None]) -> None:
    content = drawn(page)
    assert laid_out(content, draw)[0]
    assert_same(content)


def test_letters_that_run_into_one_another_stay_one_word() -> None:
    def draw_it(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 11.3)
        canvas._code.append(  # noqa: SLF001 - reportlab writes no such operator
            "BT /F1 11.3 Tf 1 0 0 1 71.7 600.3 Tm "
            "[(Nik) 60 (os) -300 (Mav) 83 (rogian) 55 (nop) 30 (oulos) -333 (2.) 71 (1bn)] TJ ET"
        )

    content = drawn(draw_it)
    assert laid_out(content, draw)[0] == "Nikos Mavrogiannopoulos 2.1bn"
    assert_same(content)


@pytest.mark.parametrize("columns", [1, 2, 3])
@pytest.mark.parametrize(
    "style", [pdfs.RAGGED, pdfs.JUSTIFIED, pdfs.INDENTED], ids=lambda style: style.name
)
def test_a_report_has_the_text_and_boxes_that_pdfplumber_gives(
    columns: int, style: ParagraphStyle
) -> None:
    rows = [["Area", "2024-25"], ["Roads", "£5.2m"], ["Rail and buses", "£15.2m"]]
    story = [Paragraph("A report on walls", pdfs.HEADING), *pdfs.paragraphs(pdfs.prose(30), style)]
    assert_same(pdfs.typeset([*story, Table(rows)], columns, running=True))


def test_money_over_a_page_in_a_head_and_in_cells_without_signs_is_where_pdfplumber_has_it() -> (
    None
):
    def head(canvas: Canvas) -> None:
        lines("A plan worth £9m in all", y=810)(canvas)

    end = both(head, lines("The council of Wenbury has promised", "that it will spend £2.1", y=80))
    rest = lines("billion on its harbour walls by 2030.", y=780)
    rows = ("£ million 2024-25 2025-26", "Roads and bridges 12.5 (13.5)", "Rail 1,300.0 -")
    cells = [
        lines(word, x=72 + 90 * place, y=700 - 14 * number)
        for number, row in enumerate(rows)
        for place, word in enumerate(row.rsplit(" ", 2))
    ]
    content = drawn(end, both(head, rest, *cells))
    assert_same(content)
    text = laid_out(content, draw)[0]
    assert "it will spend £2.1 billion on its harbour walls by 2030." in text
    assert "Roads and bridges | 12.5 | (13.5)" in text
    assert text.count("A plan worth £9m in all") == 2


@pytest.mark.parametrize("path", [path for path in ARTICLES if path.suffix == ".pdf"], ids=label)
def test_a_report_of_the_corpus_has_them_too(path: Path) -> None:
    assert_same(path.read_bytes())
