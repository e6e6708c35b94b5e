#!/usr/bin/env python3
"""Make stories about made-up pots of money, and score matching on them.

    scripts/make_pots.py [--documents N] [--seed N] [--write FOLDER]

Prints pairwise and B-cubed precision, recall and F1 of the claims that matching finds against the
pots that the stories tell of. With `--write` every story is written as a text with its gold file
beside it, as `scripts/score` reads them; its claims are the pots.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path

# The checkout comes first, also where another copy is installed.
sys.path.insert(0, str(Path(__file__).parents[1]))

from corpus.clusters import Score
from corpus.telling import Told, stories
from tests.store.dedup.made_up import scores_of


def write(folder: Path, told: list[Told]) -> None:
    """Write texts and gold files."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, one in enumerate(told):
        name = f"story-{number:05}"
        (folder / f"{name}.txt").write_text(one.text, "utf-8", newline="")
        document = {
            "published": one.published.isoformat(),
            "text_sha256": hashlib.sha256(one.text.encode()).hexdigest(),
        }
        mentions = [{**mention.to_dict(), "claim": pot} for mention, pot in one.mentions]
        data = {"document": document, "mentions": mentions}
        text = json.dumps(data, ensure_ascii=False, indent=2)
        (folder / f"{name}.json").write_text(f"{text}\n", "utf-8")


def row(name: str, score: Score) -> str:
    """Return one line of figures."""
    return f"{name:10}{score.precision:>10.4f}{score.recall:>10.4f}{score.f1:>10.4f}\n"


def main(arguments: list[str]) -> int:
    """Make, write, score and print; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", type=Path, metavar="FOLDER")
    asked = parser.parse_args(arguments)
    told = stories(asked.seed, asked.documents)
    if asked.write:
        write(asked.write, told)
    found = scores_of(told)
    counts = f"{found.mentions} mentions of {found.gold_claims} pots"
    sys.stdout.write(f"{len(told)} documents, {counts}\n")
    sys.stdout.write(f"{'':10}{'precision':>10}{'recall':>10}{'F1':>10}\n")
    sys.stdout.write(row("pairwise", found.pairwise) + row("B-cubed", found.b_cubed))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
