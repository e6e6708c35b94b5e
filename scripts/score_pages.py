#!/usr/bin/env python3
"""Print how many amounts of the pages with known article text are read, lost and let in.

    scripts/score_pages.py [--all]

For the reader, and for trafilatura alone beside it; `--all` names every page that is not perfect
with what was lost and let in.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

# The checkout comes first, also where another copy is installed.
sys.path.insert(0, str(Path(__file__).parents[1]))

from trafilatura import extract

from ingest.read import read_capture
from records.errors import IngestError
from tests.ingest.pages import Page, pages
from tests.ingest.score import Score, held, score
from tests.ingest.tables import captured


def read(page: Page) -> str:
    """Return the page's text as Earmark reads it."""
    try:
        return read_capture(captured(page.html, f"{page.name}.html")).text
    except IngestError as error:
        return str(error)


def row(name: str, found: Score) -> str:
    """Return a line of the table."""
    return (
        f"{name:12}{found.amounts:8}{found.kept:8}{found.others:8}{found.let_in:8}"
        f"{found.recall:10.3f}{found.precision:11.3f}\n"
    )


def main() -> None:
    """Read every page twice and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--all", action="store_true", help="name what was lost and let in by page")
    asked = parser.parse_args()
    made = pages()
    texts = [read(page) for page in made]
    alone = [extract(page.html, include_comments=False) or "" for page in made]
    sys.stdout.write(f"{len(made)} pages   amounts    kept  others  let in    recall  precision\n")
    for name, each in (("Earmark", texts), ("trafilatura", alone)):
        found = sum((score(p, text) for p, text in zip(made, each, strict=True)), Score())
        sys.stdout.write(row(name, found))
    for page, text in zip(made, texts, strict=True):
        lost = [amount for amount in page.amounts if not held(text, amount)]
        lost += [words for words in page.paragraphs if words not in text]
        let_in = [amount for amount in page.others if held(text, amount)]
        if asked.all and (lost or let_in):
            sys.stdout.write(f"{page.name}: lost {lost}, let in {let_in}\n")


if __name__ == "__main__":
    main()
