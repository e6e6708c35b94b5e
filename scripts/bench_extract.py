"""Time extraction against spaCy's tokenizer alone, in one process and one run.

Usage: python scripts/bench_extract.py [--rounds N]

`sparse` is made-up prose with money in one sentence of twelve, `dense` the bundled articles. Each
round times the tokenizer and the extraction of the same text, one after the other; the ratio of a
round is tokenizer time over extraction time, so 0.5 is half the tokenizer's speed.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date

import spacy

from corpus.bundle import articles, parts
from extract.pipeline import extract
from ingest.read import read

PLAIN = (
    "The council said local people want better roads, schools and parks, while members met in"
    " public to hear plans for housing near the river before any vote on trees or libraries"
)
MONEY = "Ministers will give the region a further £{}m for road repairs over the next three years."


def sparse(sentences: int = 6_000) -> str:
    """Return prose in paragraphs with money in every twelfth sentence."""
    choose = random.Random(7)  # noqa: S311 - made-up prose, the same each time
    lines = []
    for number in range(sentences):
        words = choose.choices(PLAIN.lower().split(), k=choose.randint(9, 24))
        plain = " ".join(words).capitalize() + "."
        lines.append(MONEY.format(number % 90 + 1) if number % 12 == 0 else plain)
    return "\n\n".join(" ".join(lines[at : at + 4]) for at in range(0, len(lines), 4))


def dense() -> str:
    """Return the text of every bundled article, one after the other, three times."""
    texts = [
        d.text for part in parts().values() for path in articles(part) for d in read(str(path))
    ]
    return "\n\n".join(texts * 3)


def seconds(run: Callable[[], object]) -> float:
    """Return how long one call takes, by the clock."""
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


def main() -> None:
    """Print words a second and the ratio for both texts."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    nlp = spacy.blank("en")
    nlp.max_length = 10**9
    out = sys.stdout.write
    out(f"{'text':8}{'words':>9}{'tokenizer w/s':>15}{'extract w/s':>13}{'ratio':>8}\n")
    for name, text in (("sparse", sparse()), ("dense", dense())):
        words = len(text.split())
        extract(text[:2_000])
        pairs = [
            (
                seconds(lambda text=text: nlp.make_doc(text)),  # type: ignore[misc]
                seconds(lambda text=text: extract(text, published=date(2025, 9, 12))),  # type: ignore[misc]
            )
            for _ in range(rounds)
        ]
        alone = statistics.median(a for a, _ in pairs)
        whole = statistics.median(b for _, b in pairs)
        ratio = statistics.median(a / b for a, b in pairs)
        out(f"{name:8}{words:9}{words / alone:15.0f}{words / whole:13.0f}{ratio:8.3f}\n")


if __name__ == "__main__":
    main()
