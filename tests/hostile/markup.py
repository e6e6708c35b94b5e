"""Web pages by hand, and pages that are deep."""

from __future__ import annotations

from collections.abc import Callable

from tests.hostile.plant import Family, Make, Plant, Variant

LIMIT = ("failed source.limit",)


CUT = ("gap ", "failed source.limit")


FILLER = (
    "The harbour wall has stood since before the war, and most people in the town remember the "
    "night on which the water came over it and into the cellars of the old market. "
)


MEGABYTE = 1_000_000


def page(inner: str, head: str = "", article: str = "article") -> str:
    """Return a page with an article in it."""
    return (
        f"<!DOCTYPE html><html><head><title>Walls</title>{head}</head><body><{article}>"
        f"<h1>Walls</h1><p>{FILLER}</p>{inner}</{article}></body></html>"
    )


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def written(write: Callable[[Plant], str], head: str = "") -> Make:
    """Return the maker of a page whose article holds what `write` returns."""
    return lambda plant: page(write(plant), head).encode()


def nested(open_tag: str, depth: int, *, closed: bool = True) -> Make:
    """Nest an element; sentences before it, at its depth and behind it."""
    name, *_ = open_tag.split()
    close = f"</{name}>" if closed else ""

    def write(plant: Plant) -> str:
        before, inside, behind = (plant.say() for _ in range(3))
        deep = f"<{open_tag}>" * depth + f"<p>{inside} {FILLER}</p>" + close * depth
        return f"{paragraphs(before)}{deep}{paragraphs(behind)}"

    return written(write)


def between(part: str) -> Make:
    """Put something between two paragraphs."""
    return written(lambda plant: paragraphs(plant.say()) + part + paragraphs(plant.say()))


def raw(before: str, behind: str = "") -> Make:
    """Write a page by hand around one sentence, which no tag surrounds."""
    return lambda plant: f"{before}{plant.say()} {FILLER}{behind}".encode()


DEPTH = (
    *(
        Variant(
            f"divs-{depth}.html",
            "42",
            f"{depth} nested divs",
            nested("div", depth),
            CUT,
            quick=depth == 5000,
        )
        for depth in (100, 200, 260, 1000, 5000, 100_000)
    ),
    *(
        Variant(
            f"{tag}-{depth}.html",
            "42",
            f"{depth} nested {tag}",
            nested(tag, depth, closed=closed),
            CUT,
        )
        for tag, depth, closed in (
            ("span", 5000, True),
            ("b", 100_000, False),
            ("blockquote", 3000, True),
            ("font", 3000, False),
            ("ul><li", 2000, False),
            ("table><tr><td", 1000, False),
            ("section", 3000, True),
            ("i", 30_000, True),
            ("a href=x", 10_000, False),
            ("x-y", 20_000, True),
        )
    ),
)


FAMILIES = (Family("deep-pages", DEPTH),)
