"""A page of a PDF as a picture, with the boxes of a quote drawn on it.

PDFium can end its process on a hostile file, so it draws in one of its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from io import BytesIO

from earmark.limits import Limits, limit_memory, limit_processor
from records.document import Document
from records.errors import SettingsError
from records.layout import Word

_DOTS = 150  # an inch
_POINTS = 72  # an inch
_MILLI = 1000  # thousandths of a point
_MOST = 4000  # dots along a side: a PDF may say that its page is a mile wide
_ROOM = 2.0  # points around a word
_FILL, _EDGE = (255, 214, 0, 90), (214, 40, 40, 255)
# The search path is handed over, for this is also run from a checkout that is not installed; `-P`
# keeps modules in the user's folder out.
_START = (
    "import sys, json; path, limits = json.loads(sys.argv[1]); sys.path[:] = path;"
    "from earmark.picture import serve; serve(limits)"
)


def picture_of(content: bytes, page: int, words: Sequence[Word]) -> bytes:
    """Return a page as a PNG of 150 dots an inch, with a box around each of the words.

    Args:
        content: The bytes of the PDF.
        page: From 1.
        words: Of that page.

    Raises:
        SettingsError: PDFium cannot draw it, or takes too long.
    """
    limits = Limits()
    given = json.dumps([sys.path, asdict(limits)])
    head = json.dumps([page, [word.box for word in words]]).encode()
    try:
        ended = subprocess.run(  # noqa: S603 - our own interpreter and code, no shell
            [sys.executable, "-P", "-c", _START, given],
            input=head + b"\n" + content,
            capture_output=True,
            timeout=limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        ended = None
    if ended is None or ended.returncode or not ended.stdout:
        raise SettingsError(f"page {page} cannot be drawn; open the PDF itself to look at it")
    return ended.stdout


def size_of(picture: bytes) -> tuple[int, int]:
    """Return width and height of a drawn page, in thousandths of a point as boxes of words are."""
    from PIL import Image  # noqa: PLC0415 - most of what imports this draws nothing

    with Image.open(BytesIO(picture)) as drawn:
        (across, down), (width, height) = drawn.info["dpi"], drawn.size
    return round(width / across * _POINTS * _MILLI), round(height / down * _POINTS * _MILLI)


def quote_of(document: Document, start: int, end: int) -> list[Word]:
    """Return the words of a quote on the page where it begins; empty without pages.

    Args:
        document: That the quote stands in.
        start: First code point of the quote.
        end: One past the last.
    """
    words = [word for word in document.words if word.start < end and start < word.end]
    return [word for word in words if word.page == words[0].page]


def serve(limits: dict[str, float]) -> None:
    """Draw the page that standard input asks for, on standard output."""
    limit_memory(Limits(**limits))  # type: ignore[arg-type] # JSON keeps whole numbers whole
    limit_processor(Limits(**limits))  # type: ignore[arg-type] # as above
    head = sys.stdin.buffer.readline()
    page, boxes = json.loads(head)
    sys.stdout.buffer.write(_drawn(sys.stdin.buffer.read(), page, boxes))


def _drawn(content: bytes, number: int, boxes: Sequence[Sequence[int]]) -> bytes:
    import pypdfium2  # noqa: PLC0415 - only the process that draws needs it
    from PIL import Image, ImageDraw  # noqa: PLC0415 - as above

    with pypdfium2.PdfDocument(content) as pdf:
        page = pdf[number - 1]
        scale = min(_DOTS / _POINTS, _MOST / max(page.get_size()))
        picture = page.render(scale=scale).to_pil().convert("RGBA")
    marks = Image.new("RGBA", picture.size)
    pen = ImageDraw.Draw(marks)
    for box in boxes:
        x0, top, x1, bottom = (edge / _MILLI for edge in box)
        room = (x0 - _ROOM, top - _ROOM, x1 + _ROOM, bottom + _ROOM)
        pen.rectangle([edge * scale for edge in room], fill=_FILL, outline=_EDGE, width=2)
    out = BytesIO()
    dots = (scale * _POINTS, scale * _POINTS)
    Image.alpha_composite(picture, marks).convert("RGB").save(out, "PNG", dpi=dots)
    return out.getvalue()
