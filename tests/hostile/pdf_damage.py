"""PDFs that are cut, spoiled or locked."""

from __future__ import annotations

import io
from collections.abc import Callable

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tests.hostile.pdfs import document, line, stream
from tests.hostile.plant import Family, Make, Plant, Variant

BROKEN = ("failed pdf.broken",)


GONE = ("gap page", "failed pdf.broken", "failed pdf.no-text")


def cut(share: float, end: bytes = b"") -> Make:
    """Cut a PDF short, and put an end to it as some servers do."""

    def make(plant: Plant) -> bytes:
        made = document(*(stream(line(plant.say())) for _ in range(20)))
        return made[: int(len(made) * share)] + end

    return make


def changed(change: Callable[[bytes], bytes]) -> Make:
    """Write a good PDF of three pages and spoil it."""
    return lambda plant: change(document(*(stream(line(plant.say())) for _ in range(3))))


def locked(user: str, owner: str) -> Make:
    """Protect a PDF by passwords."""

    def make(plant: Plant) -> bytes:
        out = io.BytesIO()
        lock = StandardEncryption(user, owner, strength=128)
        canvas = Canvas(out, invariant=1, encrypt=lock)
        canvas.drawString(72, 700, plant.say())
        canvas.save()
        return out.getvalue()

    return make


def sized(box: str) -> Make:
    """Give all pages another size."""
    return changed(lambda made: made.replace(b"[0 0 595 842]", box.encode()))


def superseded(plant: Plant) -> bytes:
    """Append a second version of the one page's content; the first is out of date."""
    old, new = stream(line("The council gave £1m for walls.")), stream(line(plant.say()))
    made = document(old)
    table = made.rindex(b"xref\n0")
    place = len(made)
    update = b"5 0 obj\n" + new + b"\nendobj\n"
    end = len(made) + len(update)
    return (
        made
        + update
        + (
            b"xref\n5 1\n%010d 00000 n \ntrailer\n<< /Size 6 /Root 1 0 R /Prev %d >>\n"
            b"startxref\n%d\n"
            b"%%%%EOF\n" % (place, table, end)
        )
    )


def contentless(plant: Plant) -> bytes:
    """Let one page name no content: it is blank, whatever stands in the file."""
    made = changed(lambda made: made.replace(b"/Contents", b"/Nothings", 1))(plant)
    plant.either.append(plant.planted.pop(0))
    return made


DAMAGE = (
    *(
        Variant(
            f"cut-{int(share * 100)}.pdf",
            "54",
            f"{share:.0%} of a PDF",
            cut(share),
            BROKEN,
            quick=share == 0.5,
        )
        for share in (0.1, 0.5, 0.9, 0.99)
    ),
    *(
        Variant(
            f"cut-ended-{int(share * 100)}.pdf",
            "54",
            f"{share:.0%} of a PDF, and an end",
            cut(share, b"\n%%EOF\n"),
            GONE,
        )
        for share in (0.1, 0.5, 0.9)
    ),
    Variant(
        "no-table.pdf",
        "54",
        "no table of places",
        changed(lambda made: made[: made.rindex(b"xref\n0")] + b"trailer << /Root 1 0 R >>\n%%EOF"),
        GONE,
    ),
    Variant(
        "table-shifted.pdf",
        "54",
        "a table of wrong places",
        changed(lambda made: made.replace(b"%PDF-1.4\n", b"%PDF-1.4\n%" + b"x" * 99 + b"\n")),
        GONE,
    ),
    Variant(
        "table-huge.pdf",
        "54",
        "a table of 10^9 places",
        changed(lambda made: made.replace(b"xref\n0 10", b"xref\n0 999999999")),
        GONE,
    ),
    Variant(
        "no-ends.pdf",
        "54",
        "objects without an end",
        changed(lambda made: made.replace(b"endobj", b"      ")),
        GONE,
    ),
    Variant(
        "junk-before.pdf",
        "54",
        "other bytes before it",
        changed(lambda made: b"junk\r\n" * 100 + made),
        GONE,
    ),
    Variant(
        "junk-behind.pdf",
        "54",
        "other bytes behind it",
        changed(lambda made: made + b"junk\r\n" * 500),
        GONE,
    ),
    Variant(
        "version.pdf",
        "54",
        "a version that does not exist",
        changed(lambda made: made.replace(b"%PDF-1.4", b"%PDF-9.9")),
    ),
    Variant("no-contents.pdf", "54", "a page that does not name its content", contentless),
    Variant(
        "filter-unknown.pdf",
        "54",
        "a filter that does not exist",
        changed(lambda made: made.replace(b"/Length", b"/Filter /XDecode /Length", 1)),
        GONE,
    ),
    Variant(
        "box-empty.pdf", "54", "pages without size", sized("[0 0 0 0]"), (*GONE, "warning pdf.")
    ),
    Variant("box-negative.pdf", "54", "pages inside out", sized("[595 842 0 0]"), GONE),
    Variant("box-nonsense.pdf", "54", "sizes that are no numbers", sized("[/A (b) null]"), GONE),
    Variant("box-huge.pdf", "54", "pages of 10^30 points", sized("[0 0 1e30 1e30]"), GONE),
    Variant(
        "turned.pdf",
        "54",
        "pages turned by 45 degrees",
        changed(lambda made: made.replace(b"/MediaBox", b"/Rotate 45 /MediaBox")),
        (*GONE, "warning pdf."),
    ),
    Variant(
        "locked.pdf",
        "54",
        "a password",
        locked("secret", "owner"),
        ("failed pdf.locked",),
        quick=True,
    ),
    Variant(
        "locked-owner.pdf",
        "54",
        "a password for changes alone",
        locked("", "owner"),
        ("failed pdf.locked",),
    ),
    Variant(
        "superseded.pdf",
        "54",
        "a page that a later version replaces",
        superseded,
    ),
)


FAMILIES = (Family("broken-pdfs", DAMAGE),)
