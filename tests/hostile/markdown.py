"""Markdown and tables."""

from __future__ import annotations

from collections.abc import Callable

from tests.hostile.plant import Family, Make, Plant, Variant

LIMIT = ("failed source.limit",)


MEGABYTE = 1_000_000


def around(filler: str) -> Make:
    return lambda plant: f"# Walls\n\n{plant.say()}\n\n{filler}\n\n{plant.say()}\n".encode()


def quoted(prefix: str) -> Make:
    return lambda plant: f"{plant.say()}\n\n{prefix}{plant.say()}\n\n{plant.say()}\n".encode()


MARKDOWN = (
    Variant("quotes-1000.md", "51", "a thousand nested quotes", quoted("> " * 1000), quick=True),
    Variant("lists-1000.md", "51", "a thousand nested lists", quoted("- " * 1000)),
    Variant("indents.md", "51", "deep indents", quoted("  " * 1000)),
    Variant("brackets.md", "51", "fifty thousand open links", around("[" * 50_000)),
    Variant("emphasis.md", "51", "fifty thousand stars", around("**a_b*" * 10_000)),
    Variant("ticks.md", "51", "ticks without an end", around("`" * 50_001)),
    Variant("markup.md", "51", "markup inside", around("<div>" * 10_000)),
    Variant("references.md", "51", "references in references", around("[a]: b\n" * 20_000)),
    Variant(
        "front-matter.md",
        "51",
        "front matter without an end",
        lambda plant: f"---\n{'a: b' * 50_000}\ntitle: \x1b[31m\n\n{plant.say()}\n".encode(),
    ),
    Variant(
        "table.md",
        "51",
        "a table of a thousand columns",
        around("|a" * 1000 + "|\n" + "|-" * 1000 + "|\n" + "|x" * 1000 + "|"),
    ),
)


def rows(*lines: Callable[[Plant], str]) -> Make:
    return lambda plant: "".join(f"{line(plant)}\n" for line in lines).encode()


def grant(plant: Plant) -> str:
    return f"Walls,{plant.amount()}"


def fixed(text: str) -> Callable[[Plant], str]:
    return lambda plant: text


TABLES = (
    Variant(
        "formulas.csv",
        "79",
        "cells with formulas",
        rows(
            grant,
            fixed("=cmd|'/c calc'!A1,+1+1"),
            fixed("@SUM(A1),-2+3"),
            fixed("\t=1,\r=2"),
            grant,
        ),
        quick=True,
    ),
    Variant(
        "empty-cells.csv",
        "53",
        "a million empty cells",
        rows(grant, fixed(("," * 1000 + "\n") * 1000), grant),
        LIMIT,
    ),
    Variant(
        "columns.csv",
        "53",
        "a hundred thousand columns",
        rows(grant, fixed("x," * 100_000), grant),
        LIMIT,
    ),
    Variant(
        "rows.csv",
        "53",
        "three hundred thousand rows",
        rows(grant, fixed("x,y\n" * 300_000), grant),
        LIMIT,
    ),
    Variant(
        "quote-open.csv",
        "52",
        "a quotation mark without an end",
        rows(grant, fixed('"x,y'), grant),
        ("failed source.broken",),
    ),
    Variant(
        "quote-open-long.csv",
        "52",
        "the same, before 20 MB",
        rows(grant, fixed('"' + "x,y\n" * 5_000_000)),
        ("failed source.broken",),
    ),
    Variant(
        "quotes.csv",
        "52",
        "a hundred thousand quotation marks",
        rows(grant, fixed('"' * 100_000), grant),
        ("failed source.broken",),
    ),
    Variant(
        "field-20-mb.csv",
        "43",
        "a field of 20 MB",
        rows(grant, fixed("x" * 20 * MEGABYTE), grant),
        ("failed source.broken",),
    ),
    Variant("nul.csv", "34", "NUL in cells", rows(grant, fixed("a\0,\0b"), grant)),
    Variant(
        "ragged.csv",
        "52",
        "rows of every length",
        rows(grant, *(fixed("x," * n) for n in range(200)), grant),
    ),
    Variant(
        "delimiters.csv",
        "52",
        "four delimiters",
        rows(grant, fixed("a;b\tc|d"), fixed("a\tb;c"), grant),
    ),
    Variant(
        "escapes.csv", "78", "escapes in cells", rows(grant, fixed("\x1b[31mx,\u202ey\x07"), grant)
    ),
    Variant("bars.csv", "52", "bars in cells", rows(grant, fixed("a | b,c || d"), grant)),
    Variant(
        "cp1252.csv", "31", "cp1252", lambda plant: f"Walls,{plant.amount()}\n".encode("cp1252")
    ),
    Variant(
        "returns.csv",
        "52",
        "nothing but carriage returns",
        lambda plant: f"Walls,{plant.amount()}\rRoads,{plant.amount()}\r".encode(),
    ),
)


FAMILIES = (Family("markdown", MARKDOWN), Family("tables", TABLES))
