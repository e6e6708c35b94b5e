"""Web pages that are long, wide, or full of what parsers are slow on."""

from __future__ import annotations

from tests.hostile.markup import CUT, LIMIT, MEGABYTE, between, paragraphs, written
from tests.hostile.plant import Family, Make, Plant, Variant


def repeated(count: int) -> Make:
    """Say the same sentence again and again: each is a mention."""

    def write(plant: Plant) -> str:
        said = plant.say()
        plant.planted += plant.planted * (count - 1)
        return paragraphs(*[said] * count)

    return written(write)


SIZE = (
    Variant(
        "text-11-mb.html",
        "43",
        "a text of 11 MB",
        between(f"<p>{'lorem ipsum ' * (11 * MEGABYTE // 12)}</p>"),
        (*CUT, *LIMIT),
    ),
    Variant(
        "word-11-mb.html",
        "43",
        "a word of 11 MB",
        between(f"<p>{'a' * (11 * MEGABYTE)}</p>"),
        (*CUT, *LIMIT),
    ),
    Variant(
        "attribute-11-mb.html",
        "43",
        "an attribute of 11 MB",
        between(f"<p title='{'a' * 11 * MEGABYTE}'>x</p>"),
        (*CUT, *LIMIT),
    ),
    Variant(
        "comment-11-mb.html",
        "43",
        "a comment of 11 MB",
        between(f"<!--{'a' * 11 * MEGABYTE}-->"),
        (*CUT, *LIMIT),
    ),
    Variant(
        "script-11-mb.html",
        "43",
        "a script of 11 MB",
        between(f"<script>{'a();' * (11 * MEGABYTE // 4)}</script>"),
        (*CUT, *LIMIT),
    ),
    Variant(
        "picture-11-mb.html",
        "43",
        "a picture in an attribute",
        between(f"<img src='data:image/png;base64,{'A' * 11 * MEGABYTE}'>"),
        (*CUT, *LIMIT),
    ),
    *(
        Variant(
            f"attributes-{count}.html",
            "44",
            f"a tag with {count} attributes",
            between(f"<p {' '.join(f'a{n}=1' for n in range(count))}>x</p>"),
            (*CUT, *LIMIT),
        )
        for count in (5000, 100_000, 200_000)
    ),
    Variant(
        "classes.html",
        "44",
        "a hundred thousand classes",
        between(f"<p class='{'ad ' * 100_000}'>x</p>"),
    ),
    *(
        Variant(
            f"{name}.html",
            "45",
            f"{count} times {part}",
            between(part * count),
            (*CUT, *LIMIT),
            quick=name == "open-tags",
        )
        for name, part, count in (
            ("open-tags", "<a ", 100_000),
            ("open-comments", "<!--", 100_000),
            ("angles", "<", 500_000),
            ("cdata", "<![CDATA[", 50_000),
            ("closing-tags", "</div>", 200_000),
            ("references", "&amp;", 500_000),
            ("broken-references", "&#x", 200_000),
            ("quotes", "<p a='\">", 50_000),
            ("doctypes", "<!DOCTYPE html>", 20_000),
            ("bodies", "<body>", 50_000),
        )
    ),
    Variant(
        "paragraphs.html",
        "47",
        "a hundred thousand paragraphs",
        between("<p>The wall stands.</p>" * 100_000),
        LIMIT,
    ),
    Variant(
        "links.html",
        "47",
        "fifty thousand links",
        between("<a href='/a'>More</a> " * 50_000),
        LIMIT,
    ),
    Variant(
        "items.html",
        "47",
        "fifty thousand items",
        between(f"<ul>{'<li>A wall.</li>' * 50_000}</ul>"),
        LIMIT,
    ),
    Variant(
        "colspan.html",
        "47",
        "cells over a thousand columns",
        between(f"<table>{'<tr><td colspan=1000>x<td>y' * 3000}</table>"),
        LIMIT,
    ),
    Variant(
        "rowspan.html",
        "47",
        "cells over 65,534 rows",
        between(f"<table>{'<tr><td rowspan=65534>x<td>y' * 500}</table>"),
        LIMIT,
    ),
    Variant(
        "span-overflow.html",
        "47",
        "a span beyond all numbers",
        between("<table><tr><td colspan=99999999999999999999>x<td>y</table>"),
    ),
    Variant(
        "cells.html",
        "47",
        "a hundred thousand cells",
        between(f"<table>{('<tr>' + '<td>x' * 100) * 1000}</table>"),
        LIMIT,
    ),
    Variant(
        "breaks.html",
        "47",
        "a hundred thousand line breaks",
        between(f"<p>{'x<br>' * 100_000}</p>"),
        LIMIT,
    ),
    Variant("repeated-100.html", "46", "one paragraph a hundred times", repeated(100)),
    Variant("repeated-3.html", "46", "one paragraph three times", repeated(3), quick=True),
)


FAMILIES = (Family("large-pages", SIZE),)
