"""PDFs that show another thing than they say."""

from __future__ import annotations

from itertools import accumulate

from reportlab.pdfbase.pdfmetrics import stringWidth

from tests.hostile.pdfs import after, beside, document, drawing, line, stream
from tests.hostile.plant import Family, Make, Plant, Variant

HIDDEN = ("warning pdf.hidden",)
OFF = ("warning pdf.off-page",)


UNSHOWN = ("gap ", "warning pdf.")


def shown_and_hidden(before: str, behind: str = "") -> Make:
    """Draw one sentence that shows, and one that does not, set about by operators."""
    return drawing(
        lambda plant: (
            line(plant.say()) + before.encode() + line(plant.hide(), y=650) + behind.encode()
        )
    )


def placed(x: float, y: float, size: float = 10) -> Make:
    """Draw a hidden sentence at a place."""
    return drawing(lambda plant: line(plant.say()) + line(plant.hide(), x, y, size))


def lying_map(plant: Plant) -> bytes:
    """Show a 5 and say it is a 9."""
    font = (
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Type /Encoding "
        f"/BaseEncoding /WinAnsiEncoding /Differences [53 /five] >> /ToUnicode {after(1)} 0 R >>"
    )
    cmap = b"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <35> <0039> endbfchar"
    plant.either += ["£9bn"]
    content = line(plant.say("£{}m").replace("5", "6")) + line("The council gave £5bn.", y=600)
    plant.planted = [quote.replace("5", "6") for quote in plant.planted]
    return document(stream(content), font=font, more=[stream(cmap)])


def doubled(times: int, shift: float) -> Make:
    """Draw a sentence several times, a little beside itself, as some programs make bold type."""

    def draw(plant: Plant) -> bytes:
        said = plant.say()
        return b"".join(line(said, x=72 + n * shift) for n in range(times))

    return drawing(draw)


def columns(plant: Plant) -> bytes:
    """Let a sum run from one column into the next: it is none."""
    left = ("The council gave 5", "of the beds that it had", "to others in the year")
    right = ("million patients seen", "by doctors and nurses", "in the same year")
    content = line(plant.say(), y=760)
    for n, (one, other) in enumerate(zip(left, right, strict=True)):
        content += line(one, y=700 - 12 * n) + line(other, x=330, y=700 - 12 * n)
    return document(stream(content))


def letters(*, backwards: bool = False, pitch: float | None = None) -> Make:
    """Draw a sentence letter by letter, each where the one before it ends, or at one pitch."""

    def draw(plant: Plant) -> bytes:
        said = plant.say()
        ends = accumulate(pitch or stringWidth(c, "Helvetica", 10) for c in said)
        drawn = [line(c, x=72 + x) for c, x in zip(said, [0, *ends], strict=False) if c != " "]
        return b"".join(reversed(drawn) if backwards else drawn)

    return drawing(draw)


def annotated(about: str) -> Make:
    """Put a sentence into a note or a field of a form, which viewers show on the page."""

    def make(plant: Plant) -> bytes:
        good, other = stream(line(plant.say())), plant.say()
        note = f"<< /Type /Annot /Rect [72 600 500 640] {about.format(f'({other})')} >>"
        fields = f"/AcroForm << /Fields [{after(1)} 0 R] >>"
        page = f"/Annots [{after(1)} 0 R]"
        return document(good, page=page, catalog=fields, more=[note])

    return make


LIES = (
    Variant(
        "map-lies.pdf", "56", "a map that says another figure than the glyph", lying_map, quick=True
    ),
    Variant(
        "inkless.pdf",
        "56",
        "text without ink",
        shown_and_hidden("3 Tr\n", "0 Tr\n"),
        HIDDEN,
        quick=True,
    ),
    Variant(
        "clip-mode.pdf", "56", "text that only clips", shown_and_hidden("7 Tr\n", "0 Tr\n"), HIDDEN
    ),
    Variant("white.pdf", "56", "white on white", shown_and_hidden("1 1 1 rg\n", "0 g\n"), HIDDEN),
    Variant(
        "nearly-white.pdf",
        "56",
        "nearly white on white",
        shown_and_hidden("0.999 0.999 0.999 rg\n", "0 g\n"),
        HIDDEN,
    ),
    Variant(
        "clipped.pdf",
        "56",
        "text outside of what is clipped",
        shown_and_hidden("q 0 0 10 10 re W n\n", "Q\n"),
        HIDDEN,
    ),
    Variant(
        "covered.pdf",
        "56",
        "text under a white box",
        drawing(
            lambda plant: (
                line(plant.hide(), y=650) + b"1 1 1 rg 60 600 500 80 re f 0 g\n" + line(plant.say())
            )
        ),
        HIDDEN,
    ),
    Variant("off-left.pdf", "56", "text left of the page", placed(-2000, 600), OFF),
    Variant("off-top.pdf", "56", "text above the page", placed(72, 2000), OFF),
    Variant("off-far.pdf", "56", "text very far away", placed(1e9, -1e9), OFF),
    Variant("tiny.pdf", "56", "type too small to be seen", placed(72, 600, 0.01), HIDDEN),
    Variant(
        "layer-off.pdf",
        "56",
        "a layer that does not show",
        drawing(
            lambda plant: (
                line(plant.say()) + b"/OC /L BDC\n" + line(plant.hide(), y=650) + b"EMC\n"
            ),
            resources=f"/Properties << /L {after(1)} 0 R >>",
            catalog=f"/OCProperties << /OCGs [{after(1)} 0 R] /D << /OFF [{after(1)} 0 R] >> >>",
            more=["<< /Type /OCG /Name (x) >>"],
        ),
        HIDDEN,
    ),
    Variant("bold-2.pdf", "57", "type drawn twice", doubled(2, 0.3), quick=True),
    Variant("bold-4.pdf", "57", "type drawn four times", doubled(4, 0.2)),
    Variant("bold-exact.pdf", "57", "type drawn three times at one place", doubled(3, 0)),
    Variant("columns.pdf", "58", "a sum over two columns", columns, quick=True),
    Variant("letters.pdf", "58", "letter by letter", letters()),
    Variant("letters-pitched.pdf", "58", "letters at one pitch", letters(pitch=6)),
    Variant(
        "letters-backwards.pdf", "58", "letter by letter from the end", letters(backwards=True)
    ),
    Variant(
        "note.pdf",
        "56",
        "a note that shows on the page",
        annotated("/Subtype /FreeText /Contents {} /DA (/F1 10 Tf)"),
        UNSHOWN,
    ),
    Variant(
        "field.pdf",
        "56",
        "a field of a form",
        annotated("/Subtype /Widget /FT /Tx /T (a) /V {} /DA (/F1 10 Tf)"),
        UNSHOWN,
    ),
    Variant(
        "script.pdf",
        "60",
        "scripts and programs to start",
        lambda plant: document(
            stream(line(plant.say())),
            catalog="/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> "
            "/AA << /WC << /S /Launch /F (calc.exe) >> >>",
        ),
    ),
    Variant(
        "map-path.pdf",
        "60",
        "a map named by a path",
        beside(
            stream(line("wall")),
            font="<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /#2e#2e#2f#2e#2e#2ftmp#2fx "
            "/DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Arial >>] >>",
        ),
        ("gap page", "failed pdf.", "warning pdf.unmapped"),
    ),
    Variant(
        "title-escapes.pdf",
        "78",
        "escapes in the title",
        lambda plant: document(stream(line(plant.say()))).replace(
            b"/Root 1 0 R",
            b"/Root 1 0 R /Info << /Title (\x1b[31m\\033]0;x\\007) /Author <FEFF202E0041> >>",
        ),
    ),
)


FAMILIES = (Family("lying-pdfs", LIES),)
