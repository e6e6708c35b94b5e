"""PDFs that are small and take much work."""

from __future__ import annotations

from random import Random

from tests.hostile.pdfs import (
    FIRST_OF_THREE,
    HELVETICA,
    MEGABYTE,
    PAGE,
    after,
    assembled,
    beside,
    circle,
    document,
    drawing,
    flood,
    line,
    nested_forms,
    packed,
    stream,
)
from tests.hostile.plant import Family, Make, Plant, Variant

LIMIT = ("failed source.limit",)


CRASH = ("failed source.limit", "failed source.crash")


PAGE_GAP = ("gap page", *LIMIT)


BROKEN = ("failed pdf.broken", "failed source.limit", "failed pdf.no-text", "gap page")


def mapped(cmap: str) -> Make:
    """Give the font a map to characters."""
    font = f"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode {after(1)} 0 R >>"
    return lambda plant: document(
        stream(line(plant.say())), font=font, more=[stream(cmap.encode())]
    )


def with_tree(pages: str, *more: str) -> Make:
    """Replace the tree of pages; object 4 is a good page, 6 and on are `more`."""

    def make(plant: Plant) -> bytes:
        page = PAGE.format(5, "", "")
        content = stream(line(plant.say()))
        return assembled(
            ["<< /Type /Catalog /Pages 2 0 R >>", pages, HELVETICA, page, content, *more]
        )

    return make


def cut_stream(plant: Plant) -> bytes:
    """Cut a deflated page of noise short: libraries then read it byte by byte."""
    noise = Random(7).randbytes(1_100_000)  # noqa: S311 - repeatable, not secret
    made = packed(b"% " + noise.replace(b"\n", b" "))
    return beside(made[: -len(made) // 3] + b"\nendstream")(plant)


RANGE = "1 begincodespacerange <00> <FF> endcodespacerange "


FILL = "<00> <FF> "


BOMBS = (
    Variant(
        "flate-1-gb.pdf",
        "53",
        "a page of a gigabyte",
        beside(flood(b"0 0 m\n", 1000 * MEGABYTE)),
        PAGE_GAP,
    ),
    Variant(
        "flate-twice.pdf",
        "53",
        "a page of 2 GB of spaces",
        beside(flood(b" ", 2000 * MEGABYTE)),
        PAGE_GAP,
    ),
    Variant(
        "flate-many.pdf",
        "53",
        "a page deflated a thousand times",
        beside(packed(line("wall"), 1000)),
        PAGE_GAP,
    ),
    Variant(
        "flate-64-mb.pdf",
        "53",
        "a page of 64 MB of spaces",
        beside(packed(b" " * 64 * MEGABYTE)),
        PAGE_GAP,
    ),
    Variant(
        "lzw.pdf",
        "53",
        "a page by ten filters",
        beside(
            stream(b"x" * 1000, f"/Filter [{'/ASCIIHexDecode /LZWDecode /RunLengthDecode ' * 10}]")
        ),
        PAGE_GAP,
    ),
    Variant(
        "predictor.pdf",
        "53",
        "rows of a billion columns",
        beside(
            stream(
                b"x" * 99,
                "/Filter /FlateDecode /DecodeParms "
                "<< /Predictor 12 /Columns 999999999 /Colors 32 >>",
            )
        ),
        PAGE_GAP,
    ),
    Variant("flate-cut.pdf", "53", "a deflated page cut short", cut_stream, PAGE_GAP),
    Variant("forms-nested.pdf", "53", "forms in forms", nested_forms(12, 10), CRASH),
    Variant(
        "forms-deep.pdf", "54", "three thousand forms, one in another", nested_forms(3000, 1), CRASH
    ),
    Variant(
        "form-itself.pdf", "54", "a form that draws itself", circle(1), ("gap page",), quick=True
    ),
    Variant("forms-circle.pdf", "54", "forms in a circle", circle(7), ("gap page",)),
    Variant(
        "rectangles.pdf",
        "53",
        "a hundred thousand rectangles",
        beside(packed(b"1 2 3 4 re f\n" * 100_000)),
        PAGE_GAP,
    ),
    Variant(
        "lines.pdf",
        "53",
        "a line of a million points",
        beside(packed(b"0 0 m " + b"1 1 l " * MEGABYTE + b"S\n")),
        PAGE_GAP,
    ),
    Variant(
        "states.pdf", "53", "a million saved states", beside(packed(b"q " * MEGABYTE)), PAGE_GAP
    ),
    Variant(
        "operands.pdf",
        "53",
        "a million operands",
        beside(packed(b"1 " * MEGABYTE + b"m\n")),
        PAGE_GAP,
    ),
    Variant(
        "brackets.pdf",
        "54",
        "arrays nested a hundred thousand times",
        beside(packed(b"[" * 100_000)),
        PAGE_GAP,
    ),
    Variant(
        "dictionaries.pdf", "54", "dictionaries nested", beside(packed(b"<</A " * 50_000)), PAGE_GAP
    ),
    Variant("strings.pdf", "54", "brackets in strings", beside(packed(b"(" * 500_000)), PAGE_GAP),
    Variant(
        "inline-picture.pdf",
        "53",
        "a picture without an end",
        beside(packed(b"BI /W 9 /H 9 ID " + b"x" * 5 * MEGABYTE)),
        PAGE_GAP,
    ),
    Variant(
        "picture-huge.pdf",
        "53",
        "a picture of 10^10 points",
        beside(
            stream(b"/I Do\n"),
            resources=f"/XObject << /I {FIRST_OF_THREE} 0 R >>",
            more=[
                stream(
                    b"x",
                    "/Type /XObject /Subtype /Image /Width 100000 /Height 100000 "
                    "/BitsPerComponent 8 /ColorSpace /DeviceRGB",
                )
            ],
        ),
        PAGE_GAP,
    ),
    Variant(
        "text-long.pdf",
        "53",
        "two hundred thousand characters in one line",
        drawing(lambda plant: line(plant.say()) + line("wall " * 40_000, y=600)),
        PAGE_GAP,
    ),
    Variant(
        "text-many.pdf",
        "53",
        "a hundred thousand pieces of text",
        drawing(lambda plant: line(plant.say()) + line("wall", y=300) * 100_000),
        LIMIT,
    ),
    Variant(
        "page-of-figures.pdf",
        "53",
        "a page of a thousand amounts",
        drawing(
            lambda plant: b"".join(
                line(plant.amount(), 20 + n % 9 * 64, 830 - n // 9 * 7, 6) for n in range(1000)
            )
        ),
        (*LIMIT, "warning pdf."),
    ),
    Variant(
        "map-flood.pdf",
        "53",
        "a map of one character to 100,000",
        mapped(f"{RANGE}1 beginbfchar <54> <{'0041' * 100_000}> endbfchar"),
        LIMIT,
    ),
    Variant(
        "map-range.pdf",
        "53",
        "a map over four thousand million codes",
        mapped(f"{RANGE}1 beginbfrange <00000000> <FFFFFFFF> <0000> endbfrange"),
        LIMIT,
    ),
    Variant(
        "map-ranges.pdf",
        "53",
        "fifty thousand ranges",
        mapped(RANGE + ("1 beginbfrange <0000> <FFFF> <0000> endbfrange " * 300)),
        LIMIT,
    ),
    Variant(
        "widths.pdf",
        "53",
        "a font of ten million widths",
        beside(
            stream(line("wall")),
            font="<< /Type /Font /Subtype /TrueType /BaseFont /Arial /FirstChar 0 "
            f"/LastChar 99999999 /Widths [{'1 ' * 200_000}] /Encoding /WinAnsiEncoding >>",
        ),
        PAGE_GAP,
    ),
    Variant(
        "pages-many.pdf",
        "53",
        "one page listed ten thousand times",
        with_tree(f"<< /Type /Pages /Kids [{'4 0 R ' * 10_000}] /Count 10000 >>"),
        (*LIMIT,),
    ),
    Variant(
        "pages-claimed.pdf",
        "55",
        "a count of a thousand million pages",
        with_tree("<< /Type /Pages /Kids [4 0 R] /Count 999999999 >>"),
        BROKEN,
    ),
    Variant(
        "pages-claimed-few.pdf",
        "55",
        "a count of five pages where one is",
        with_tree("<< /Type /Pages /Kids [4 0 R] /Count 5 >>"),
        ("gap page",),
    ),
)


FAMILIES = (Family("pdf-bombs", BOMBS),)
