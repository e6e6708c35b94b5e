"""PDFs made for the tests, all of them by reportlab and all repeatable."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from random import Random

from PIL import Image
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

RAGGED = ParagraphStyle("ragged", fontName="Helvetica", fontSize=10, leading=12.5, spaceAfter=6)
JUSTIFIED = ParagraphStyle("justified", RAGGED, alignment=TA_JUSTIFY)
INDENTED = ParagraphStyle("indented", JUSTIFIED, firstLineIndent=14, spaceAfter=0)
HEADING = ParagraphStyle("heading", RAGGED, fontName="Helvetica-Bold", fontSize=18, leading=22)
HEAD, FOOT = "Annual report 2024", "Page {} of 9"
_WORDS = re.findall(
    r"\w+",
    """the council will spend money on harbour walls and roads that lead to county towns where
    flooding has cost households very much since records began long ago""",
)


def prose(paragraphs: int, seed: int = 3) -> list[str]:
    """Return paragraphs of sentences, each with an amount of its own."""
    dice = Random(seed)  # noqa: S311 - repeatable, not secret
    return [
        " ".join(
            " ".join(dice.choices(_WORDS, k=dice.randint(8, 25))).capitalize()
            + f" £{number}.{sentence}m."
            for sentence in range(dice.randint(2, 5))
        )
        for number in range(paragraphs)
    ]


def typeset(story: Sequence[Flowable], columns: int = 1, *, running: bool = False) -> bytes:
    """Set a story in columns, with a running head and page numbers if wanted."""

    def decorate(canvas: Canvas, template: BaseDocTemplate) -> None:
        if running:
            canvas.setFont("Helvetica", 8)
            canvas.drawString(72, 810, HEAD)
            canvas.drawCentredString(300, 30, FOOT.format(template.page))

    breadth = (A4[0] - 144 - (columns - 1) * 18) / columns
    frames = [
        Frame(72 + n * (breadth + 18), 60, breadth, A4[1] - 130, leftPadding=0, rightPadding=0)
        for n in range(columns)
    ]
    out = io.BytesIO()
    template = BaseDocTemplate(out, pagesize=A4, invariant=1, title="A report on walls")
    template.addPageTemplates(PageTemplate(frames=frames, onPage=decorate))
    template.build(list(story))
    return out.getvalue()


def paragraphs(texts: Sequence[str], style: ParagraphStyle = RAGGED) -> list[Flowable]:
    return [Paragraph(text, style) for text in texts]


def drawn(*pages: Callable[[Canvas], None], **options: object) -> bytes:
    """Draw pages by hand."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, **options)
    for page in pages:
        canvas.setFont("Helvetica", 10)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def lines(*texts: str, x: float = 72, y: float = 700) -> Callable[[Canvas], None]:
    """Draw lines below one another."""

    def draw(canvas: Canvas) -> None:
        for number, text in enumerate(texts):
            canvas.drawString(x, y - 12 * number, text)

    return draw


def both(*draws: Callable[[Canvas], None]) -> Callable[[Canvas], None]:
    """Draw several things on one page."""

    def draw(canvas: Canvas) -> None:
        for part in draws:
            part(canvas)

    return draw


def picture(canvas: Canvas) -> None:
    """Draw what a scanner makes of a page: a picture."""
    canvas.drawImage(ImageReader(Image.new("L", (60, 84), 200)), 20, 20, 550, 800)


def runs(
    *parts: tuple[str, float, float], x: float = 72, y: float = 700
) -> Callable[[Canvas], None]:
    """Draw one line of parts, each with its type size and its rise."""

    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(x, y)
        for words, size, rise in parts:
            text.setFont("Helvetica", size)
            text.setRise(rise)
            text.textOut(words)
        canvas.drawText(text)

    return draw


def colour(*rgb: float) -> Callable[[Canvas], None]:
    """Set the colour of what follows."""
    return lambda canvas: canvas.setFillColorRGB(*rgb)


def inkless(*texts: str, y: float = 700) -> Callable[[Canvas], None]:
    """Write lines that cannot be seen, as text recognition lays them over a picture."""

    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(72, y)
        text.setTextRenderMode(3)
        for line in texts:
            text.textLine(line)
        text.setTextRenderMode(0)  # the mode outlasts the text
        canvas.drawText(text)

    return draw


def assembled(
    content: str, font: str, *more: str, resources: str = "", page: str = "", catalog: str = ""
) -> bytes:
    """Make a PDF of one page from its content, its font F1 (object 5) and objects from 6 on."""
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        f" /Resources << /Font << /F1 5 0 R >> {resources} >> {page} >>",
        stream(content),
        font,
        *more,
    ]
    body = "%PDF-1.4\n"
    places = []
    for number, text in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
    return (body + end + f"startxref\n{len(body)}\n%%EOF\n").encode("latin-1")


def stream(text: str) -> str:
    return f"<< /Length {len(text)} >>\nstream\n{text}\nendstream"
