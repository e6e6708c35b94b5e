#!/usr/bin/env python3
"""Compare reading, extracting and storing generated web pages with trafilatura alone, in one run.

    scripts/bench_pages.py [--pages 1000] [--text 30] [--parts]

Pages have 80 to 200 kB: navigation, an article of 7 % of it or `--text`, boxes, teasers, comments,
styles and scripts. Each is extracted by trafilatura and goes through a whole `ingest`, in turn, so
that other programs slow both alike; figures are
processor time. `--parts` adds what reading alone takes.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

# The checkout comes first, also where another copy is installed.
sys.path.insert(0, str(Path(__file__).parents[1]))

from trafilatura import extract

from earmark import open_store
from ingest.read import read_capture
from tests.ingest.tables import captured

SIZES = (80_000, 200_000)
SYLLABLES = (
    *("ar", "bel", "cor", "dun", "el", "far", "gor", "hal", "ing", "ket"),
    *("lan", "mor", "nor", "pel", "rid", "sten", "tor", "und", "wick", "yar"),
)
VERBS = (
    *("said", "told", "asked", "found", "built", "closed", "opened", "moved", "raised", "shared"),
    *("called", "passed"),
)
SMALL = (
    *("the", "a", "of", "in", "for", "and", "with", "from", "on", "at"),
    *("by", "to", "that", "which", "after", "before", "over", "under"),
)
NAMES = 0.5  # of the words
MONEY = 0.08  # of the sentences
GROUP = 10  # pages between two looks at the clock


def page(number: int, text: int = 7) -> str:
    """Return a page, the same for each number, with an article of `text` hundredths of it."""
    choose = random.Random(number)  # noqa: S311 - made-up prose, the same each time
    size = choose.randint(*SIZES)

    def word() -> str:
        return "".join(choose.choices(SYLLABLES, k=choose.randint(1, 3)))

    def sentence() -> str:
        words = [word() if choose.random() < NAMES else choose.choice(SMALL) for _ in range(18)]
        words.insert(3, choose.choice(VERBS))
        if choose.random() < MONEY:
            words.insert(9, f"£{choose.randint(2, 900)}m for {word()}")
        return " ".join(words).capitalize() + "."

    def paragraph() -> str:
        return " ".join(sentence() for _ in range(choose.randint(1, 4)))

    def teaser() -> str:
        link = f"/news/{word()}-{word()}-{number}"
        return (
            f'<div class="card card--small"><a class="card__link" href="{link}">'
            '<img class="card__image"'
            f' src="/img/{word()}.jpg" alt="{word()} {word()}" loading="lazy">'
            f'<h3 class="card__title">{sentence()[:70]}</h3></a>'
            f'<p class="card__text">{sentence()}</p></div>'
        )

    def body() -> str:
        parts = [f'<p class="story__text">{paragraph()}</p>' for _ in range(size * text // 35_000)]
        for at in range(3, len(parts), 5):
            parts[at] += f'<h2 class="story__subhead">{word().capitalize()} {word()}</h2>'
            parts[at] += f'<div class="ad-slot" id="mpu-{at}"><span>Advertisement</span></div>'
        return "".join(parts)

    menu = "".join(
        f'<li class="nav__item"><a class="nav__link" href="/{word()}">{word()}</a></li>'
        for _ in range(60)
    )
    data = ",".join(f"{word()}:{number}" for _ in range(size // 80))
    head = (
        f"<title>{word()} {number} | The Record</title>"
        '<meta property="og:site_name" content="The Record">'
        f"<script>window.data = {{{data}}}</script>"
    )
    made = (
        f"<!doctype html><html lang=en><head>{head}</head><body>"
        f"<header><nav><ul>{menu}</ul></nav></header>"
        f'<main><article class="story"><h1>{word().capitalize()} {number}</h1>'
        f'<div class="story__body">{body()}'
        "</div></article>"
    )
    comments = ""
    while len(made) + len(comments) < size:
        comments += (
            teaser()
            if len(comments) % 2
            else (f'<div class="comment"><b>{word()}</b><p>{sentence()}</p></div>')
        )
    end = f"</main><footer>{menu}</footer></body></html>"
    return f'{made}<section class="more-stories">{comments}</section>{end}'


def spent() -> float:
    """Return the processor time of this process and of those that it started, so far."""
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = path.read_text().rpartition(")")[2].split()
            ticks += sum(map(int, fields[11:13])) if int(fields[1]) == os.getpid() else 0
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


def seconds(run: Callable[[], object]) -> float:
    """Return the processor time of one call, which other programs do not lengthen."""
    begun = spent()
    run()
    return spent() - begun


def main() -> None:
    """Read the pages both ways, in turn, and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--text", type=int, default=7, help="per cent of a page in its article")
    parser.add_argument("--parts", action="store_true", help="time reading without the rest, too")
    asked = parser.parse_args()
    alone = whole = reading = 0.0
    with TemporaryDirectory() as place, open_store(Path(place) / "bench.earmark.db") as store:
        paths = []
        for number in range(asked.pages):
            paths.append(Path(place) / f"{number:05}.html")
            paths[-1].write_text(page(number, asked.text), "utf-8")
        store.ingest([str(Path(place) / "00000.html")])  # what is loaded once is no page's
        extract(paths[0].read_bytes())
        for at in range(1, len(paths), GROUP):
            group = paths[at : at + GROUP]
            alone += seconds(lambda group=group: [extract(p.read_bytes()) for p in group])  # type: ignore[misc]
            whole += seconds(lambda group=group: store.ingest([str(p) for p in group]))  # type: ignore[misc]
            if asked.parts:
                captures = [captured(path.read_bytes(), path.name) for path in group]
                reading += seconds(lambda captures=captures: [read_capture(c) for c in captures])  # type: ignore[misc]
    count = len(paths) - 1
    each = [f"{1000 * spent / count:.1f} ms" for spent in (alone, whole, reading)]
    sys.stdout.write(f"{count} pages: trafilatura {each[0]} a page, ingest {each[1]}")
    sys.stdout.write(f", reading alone {each[2]}" if asked.parts else "")
    sys.stdout.write(f"; ratio {whole / alone:.2f}\n")


if __name__ == "__main__":
    main()
