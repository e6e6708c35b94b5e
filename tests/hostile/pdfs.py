"""PDFs written object by object, and their streams by any filter."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence

from tests.hostile.plant import Make, Plant

HELVETICA = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


CATALOG = "<< /Type /Catalog /Pages 2 0 R {} >>"


PAGES = "<< /Type /Pages /Kids [{}] /Count {} >>"


PAGE = (
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R"
    " /Resources << /Font << /F1 3 0 R >> {} >> {} >>"
)


Object = str | bytes


MEGABYTE = 1_000_000


def stream(content: bytes, about: str = "") -> bytes:
    """Return a stream as it stands; `about` is what its dictionary says besides its length."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), about.encode(), content)


def packed(content: bytes, times: int = 1) -> bytes:
    """Return a stream that is deflated so many times."""
    for _ in range(times):
        content = zlib.compress(content, 9)
    return stream(content, f"/Filter [{' /FlateDecode' * times}]")


def flood(piece: bytes, size: int) -> bytes:
    """Return a stream of one piece again and again, deflated twice: a gigabyte in a kilobyte."""
    inner = zlib.compressobj(6)
    block = piece * (MEGABYTE // len(piece))
    once = b"".join(inner.compress(block) for _ in range(size // MEGABYTE)) + inner.flush()
    return stream(zlib.compress(once, 9), "/Filter [/FlateDecode /FlateDecode]")


def line(text: str, x: float = 72, y: float = 700, size: float = 10) -> bytes:
    """Return content that draws one line."""
    escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /F1 {size} Tf {x} {y} Td ({escaped}) Tj ET\n".encode("cp1252")


def assembled(objects: Sequence[Object], trailer: str = "", header: bytes = b"%PDF-1.4\n") -> bytes:
    """Return a PDF of objects from 1 on, the first its catalog, with a table of their places."""
    body = bytearray(header)
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n" % number
        body += content if isinstance(content, bytes) else content.encode("cp1252")
        body += b"\nendobj\n"
    table = len(body)
    size = len(objects) + 1
    body += b"xref\n0 %d\n0000000000 65535 f \n" % size
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    body += (
        f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n".encode()
    )
    return bytes(body)


def document(
    *contents: Object,
    font: Object = HELVETICA,
    resources: str = "",
    page: str = "",
    catalog: str = "",
    more: Sequence[Object] = (),
) -> bytes:
    """Return a PDF with a page for each content stream.

    Objects: 1 catalog, 2 pages, 3 the font F1, then each page and its content, then `more`.
    """
    first = 4
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(contents)))
    objects: list[Object] = [CATALOG.format(catalog), PAGES.format(kids, len(contents)), font]
    for number, content in enumerate(contents):
        objects += [PAGE.format(first + 2 * number + 1, resources, page), content]
    return assembled([*objects, *more])


def after(number: int) -> int:
    """Return the number of the first further object in a document of so many pages."""
    return 4 + 2 * number


def beside(*contents: Object, **about: object) -> Make:
    """Put a good page before and behind hostile ones."""

    def make(plant: Plant) -> bytes:
        good = [stream(line(plant.say())) for _ in range(2)]
        return document(good[0], *contents, good[1], **about)  # type: ignore[arg-type]

    return make


def drawing(draw: Callable[[Plant], bytes], **about: object) -> Make:
    """Return the maker of one page with what `draw` returns as its content."""
    return lambda plant: document(stream(draw(plant)), **about)  # type: ignore[arg-type]


FIRST_OF_THREE = after(3)


def nested_forms(levels: int, width: int) -> Make:
    """Draw forms that draw forms, each so many times."""

    def make(plant: Plant) -> bytes:
        forms = []
        for level in range(levels):
            inner = FIRST_OF_THREE + level + 1
            last = level == levels - 1
            content = line("wall") if last else b"/X Do\n" * width
            about = "" if last else f"/Resources << /XObject << /X {inner} 0 R >> >>"
            forms.append(stream(content, f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] {about}"))
        resources = f"/XObject << /X {FIRST_OF_THREE} 0 R >>"
        return beside(stream(b"/X Do\n"), resources=resources, more=forms)(plant)

    return make


def circle(length: int) -> Make:
    """Draw forms that draw one another in a circle."""

    def make(plant: Plant) -> bytes:
        forms = [
            stream(
                b"/X Do\n" + line("wall"),
                "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject "
                f"<< /X {FIRST_OF_THREE + (n + 1) % length} 0 R >> >>",
            )
            for n in range(length)
        ]
        resources = f"/XObject << /X {FIRST_OF_THREE} 0 R >>"
        return beside(stream(b"/X Do\n"), resources=resources, more=forms)(plant)

    return make
