"""What speaks against the text of a PDF: nobody can see it, or something contradicts it."""

from __future__ import annotations

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.pdf import text as pdf_text
from ingest.pdf.second import SecondReader
from ingest.read import read_capture
from records.document import Document
from tests.ingest.pdfs import assembled, both, colour, drawn, inkless, lines, picture, runs, stream
from tests.ingest.tables import captured

SEEN = "The council gave £5m to the harbour."
WHITE, BLACK, BLUE = (1, 1, 1), (0, 0, 0), (0.1, 0.2, 0.6)
CONTENT = "BT /F1 12 Tf 72 700 Td (Gets \\2435bn) Tj ET"
MAP = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
1 begincodespacerange <00> <FF> endcodespacerange
1 beginbfchar <35> <0039> endbfchar
endcmap end end"""


def read(content: bytes) -> Document:
    return read_capture(captured(content, "report.pdf"))


def bar(canvas: Canvas) -> None:
    canvas.rect(60, 680, 400, 40, stroke=0, fill=1)


def white(text: str) -> tuple[object, ...]:
    return colour(*WHITE), lines(text), colour(*BLACK)


def test_text_without_ink_is_left_out_and_said() -> None:
    document = read(drawn(both(lines(SEEN, y=500), inkless("A hidden £9bn"))))
    assert document.text == SEEN
    assert document.warnings == (
        "left out: text that nobody can see on page 1, the first being “A hidden £9bn” "
        "[pdf.hidden]",
    )


def test_recognised_text_over_a_picture_is_read_and_said() -> None:
    document = read(drawn(both(picture, inkless(SEEN))))
    assert document.text == SEEN
    assert document.gaps == ()
    assert document.warnings == (
        "the text of page 1 was recognised in a picture; compare figures with the page "
        "[pdf.recognised]",
    )


def test_white_text_on_paper_is_left_out_and_said() -> None:
    document = read(drawn(both(lines(SEEN, y=500), *white("A hidden £9bn"))))  # type: ignore[arg-type]
    assert document.text == SEEN
    assert "“A hidden £9bn” [pdf.hidden]" in document.warnings[0]


def test_white_text_on_white_on_a_dark_bar_is_left_out() -> None:
    page = both(colour(*BLUE), bar, colour(*WHITE), bar, *white("Hidden £9bn"), lines(SEEN, y=500))  # type: ignore[arg-type]
    assert read(drawn(page)).text == SEEN


def clipped(canvas: Canvas) -> None:
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(60, 690, 200, 30)
    canvas.clipPath(path, stroke=0, fill=0)
    lines("Shown £5m")(canvas)
    lines("A hidden £9bn", y=600)(canvas)
    canvas.restoreState()


HIDDEN = lines("A hidden £9bn")
UNSEEN = {
    "clipped": (clipped, lines("And £6m", y=500)),
    "under-paint": (both(HIDDEN, colour(*WHITE), bar, colour(*BLACK)), lines("Shown £5m And £6m")),
    "too-small": (lines("Shown £5m And £6m", y=500), runs(("A hidden £9bn", 0.5, 0))),
}


@pytest.mark.parametrize("case", UNSEEN)
def test_text_that_does_not_show_where_it_is_drawn_is_left_out_and_said(case: str) -> None:
    document = read(drawn(both(*UNSEEN[case])))
    assert document.text.replace("\n\n", " ") == "Shown £5m And £6m"
    assert "“A hidden £9bn” [pdf.hidden]" in document.warnings[0]


@pytest.mark.parametrize("off", ["6 0 R", ""], ids=["off", "on"])
@pytest.mark.parametrize("layer", ["6 0 R", "<< /Type /OCMD /OCGs [6 0 R] >>"], ids=["one", "set"])
def test_a_layer_that_is_off_is_left_out_and_said(layer: str, off: str) -> None:
    content = "BT /F1 9 Tf 72 700 Td (Gets \\2435m) Tj ET /OC /L BDC BT /F1 9 Tf 72 500 Td (or "
    made = assembled(
        content + "\\2439bn) Tj ET EMC",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        "<< /Type /OCG /Name (x) >>",
        resources=f"/Properties << /L {layer} >>",
        catalog=f"/OCProperties << /OCGs [6 0 R] /D << /OFF [{off}] >> >>",
    )
    document = read(made)
    assert ("£9bn" in document.text) == (not off)
    assert ("[pdf.hidden]" in " ".join(document.warnings)) == bool(off)


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ("/Subtype /FreeText /Contents (\\2439m here)", "£9m here"),
        ("/Subtype /Widget /FT /Tx /V (\\2439m here)", "£9m here"),
        ("/Subtype /Widget /Parent << /V <FEFF00A30039006D> >>", "£9m"),
        ("/Subtype /FreeText /F 2 /Contents (hidden)", ""),
        ("/Subtype /Text /Contents (a comment)", ""),
        ("/Subtype /Widget /FT /Btn /V /Yes", ""),
    ],
)
def test_notes_and_fields_of_forms_are_gaps(about: str, words: str) -> None:
    made = assembled(
        CONTENT,
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< /Type /Annot /Rect [1 1 9 9] {about} >>",
        page="/Annots [6 0 R]",
    )
    gaps = [gap.where for gap in read(made).gaps]
    assert gaps == ([f"notes or fields of a form on page 1 “{words}”"] if words else [])


@pytest.mark.parametrize("under", [both(colour(*BLUE), bar), picture], ids=["a bar", "a picture"])
def test_white_text_that_can_be_seen_is_read(under: object) -> None:
    document = read(drawn(both(under, *white("Plain to see £9bn"), lines(SEEN, y=500))))  # type: ignore[arg-type]
    assert document.text.startswith("Plain to see £9bn")
    assert document.warnings == ()


@pytest.mark.parametrize(
    "encoding",
    [
        "/Encoding /WinAnsiEncoding",
        "/Encoding << /Differences [53 /five /g21 163 /sterling] >>",
        "",
    ],
    ids=["encoding", "names", "standard font"],
)
def test_a_text_layer_that_contradicts_the_glyphs_is_doubtful(encoding: str) -> None:
    font = f"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica {encoding} /ToUnicode 6 0 R >>"
    document = read(assembled(CONTENT, font, stream(MAP)))
    assert document.text == "Gets £9bn"
    assert document.warnings == (
        "the text of page 1 is doubtful: it says “9” where the font draws “5”; compare figures "
        "with the page [pdf.doubtful]",
    )


def test_names_that_say_nothing_contradict_nothing() -> None:
    encoding = "/Encoding << /Differences [53 /g21 163 /sterling] >>"
    font = f"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica {encoding} /ToUnicode 6 0 R >>"
    assert read(assembled(CONTENT, font, stream(MAP))).warnings == ()


def test_other_figures_of_the_second_reader_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    class Other(SecondReader):
        def contradicts(self, number: int, text: str) -> bool | None:
            return super().contradicts(number, text.replace("2", "3") if number != 3 else text)

    monkeypatch.setattr(pdf_text, "SecondReader", Other)
    pages = (lines(f"Page gets £{n}2m") for n in range(1, 6))
    assert read(drawn(*pages)).warnings == (
        "a second reader finds other figures on pages 1-2, 4-5; compare them with the page "
        "[pdf.disputed]",
    )


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Gets £5.2m in 2025", False),
        ("in 2025 Gets £5.2m Gets £5.2m", False),
        ("Gets £5.² in 2 025", False),
        ("Gets £5.3m in 2025", True),
        ("Gets 5.2m in 2025", True),
        ("Gets £5.2m", True),
    ],
)
def test_figures_are_compared_whatever_their_order(text: str, answer: bool) -> None:  # noqa: FBT001 - a case
    with SecondReader(drawn(lines("Gets £5.2m in 2025"))) as second:
        assert second.contradicts(1, text) is answer


def test_there_is_no_opinion_on_what_pdfium_cannot_read() -> None:
    with SecondReader(b"%PDF-1.4\n%%EOF") as second:
        assert second.contradicts(1, "£5m") is None
    with SecondReader(drawn(lines("£5m"))) as second:
        assert second.contradicts(2, "£5m") is None
