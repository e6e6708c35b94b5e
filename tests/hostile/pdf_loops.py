"""PDFs that lead round in circles."""

from __future__ import annotations

from tests.hostile.pdf_bombs import BROKEN, PAGE_GAP, with_tree
from tests.hostile.pdfs import (
    FIRST_OF_THREE,
    HELVETICA,
    PAGE,
    after,
    assembled,
    beside,
    document,
    line,
    stream,
)
from tests.hostile.plant import Family, Make, Plant, Variant


def deep_tree(depth: int) -> Make:
    def make(plant: Plant) -> bytes:
        nodes = [f"<< /Type /Pages /Kids [{n + 7} 0 R] /Count 1 >>" for n in range(depth)]
        nodes[-1] = "<< /Type /Pages /Kids [4 0 R] /Count 1 >>"
        return with_tree("<< /Type /Pages /Kids [6 0 R] /Count 1 >>", *nodes)(plant)

    return make


def looped_table(plant: Plant) -> bytes:
    """Let the table of places name itself as the one before it."""
    made = document(stream(line(plant.say())))
    place = made.rindex(b"xref\n0")
    return made.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % place)


def looped(about: str) -> Make:
    """Say something circular in the catalog."""
    return lambda plant: document(
        stream(line(plant.say())),
        catalog=about,
        more=[
            f"<< /First {after(1)} 0 R /Next {after(1)} 0 R /Kids [{after(1)} 0 R] /Title (x) >>"
        ],
    )


def chained(length: int) -> Make:
    """Let the content of a page be a reference to a reference to a reference."""

    def make(plant: Plant) -> bytes:
        first = FIRST_OF_THREE
        chain: list[str | bytes] = [f"{first + n + 1} 0 R" for n in range(length)]
        return beside(f"{first} 0 R", more=[*chain, stream(line(plant.say()))])(plant)

    return make


def one_page(last: str, trailer: str) -> Make:
    """Write a page of one line, one object more, and what the trailer says of it."""
    return lambda plant: assembled(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
            HELVETICA,
            PAGE.format(5, "", ""),
            stream(line(plant.say())),
            last,
        ],
        trailer,
    )


LOOPS = (
    Variant(
        "tree-itself.pdf",
        "54",
        "a tree of pages that holds itself",
        with_tree("<< /Type /Pages /Kids [2 0 R 4 0 R] /Count 2 >>"),
        BROKEN,
        quick=True,
    ),
    Variant(
        "tree-circle.pdf",
        "54",
        "trees in a circle",
        with_tree(
            "<< /Type /Pages /Kids [6 0 R 4 0 R] /Count 2 >>",
            "<< /Type /Pages /Kids [2 0 R] /Count 1 >>",
        ),
        BROKEN,
    ),
    Variant("tree-deep.pdf", "54", "a tree five thousand deep", deep_tree(5000), BROKEN),
    Variant("table-loop.pdf", "54", "a table that comes before itself", looped_table, BROKEN),
    Variant(
        "length-itself.pdf",
        "54",
        "a stream as long as itself",
        lambda plant: document(
            stream(line(plant.say())).replace(b"/Length ", b"/Length 5 0 R /Was ")
        ),
        BROKEN,
    ),
    Variant(
        "outlines.pdf", "54", "an outline that holds itself", looped(f"/Outlines {after(1)} 0 R")
    ),
    Variant(
        "names.pdf",
        "54",
        "names that hold themselves",
        looped(f"/Names << /Dests {after(1)} 0 R >> /Dests {after(1)} 0 R"),
    ),
    Variant(
        "forms.pdf",
        "54",
        "fields that hold themselves",
        looped(f"/AcroForm << /Fields [{after(1)} 0 R] >>"),
        ("gap ", "warning pdf."),
    ),
    Variant(
        "parent-loop.pdf",
        "54",
        "a page that is its own parent",
        lambda plant: document(stream(line(plant.say()))).replace(
            b"/Parent 2 0 R", b"/Parent 4 0 R"
        ),
        BROKEN,
    ),
    Variant("chain.pdf", "54", "ten thousand references", chained(10_000), PAGE_GAP),
    Variant(
        "contents-itself.pdf",
        "54",
        "a content that is its page",
        lambda plant: beside(stream(line("x")))(plant).replace(
            b"/Contents 7 0 R", b"/Contents 6 0 R"
        ),
        PAGE_GAP,
    ),
    Variant(
        "info-itself.pdf",
        "54",
        "properties that are themselves",
        one_page("<< /Title 6 0 R /Author 6 0 R /CreationDate 6 0 R >>", "/Info 6 0 R"),
        BROKEN,
    ),
    Variant(
        "encrypt-itself.pdf",
        "54",
        "a key that is itself",
        one_page("6 0 R", "/Encrypt 6 0 R"),
        ("failed pdf.locked", *BROKEN),
    ),
)


FAMILIES = (Family("pdf-loops", LOOPS),)
