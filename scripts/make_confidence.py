#!/usr/bin/env python3
"""Count how often each rule is right on corpus/tune, and draw how confidence holds on corpus/score.

    scripts/make_confidence.py [--check]

Writes `extract/rules/confidence.toml` from corpus/tune, then reads corpus/score with it and writes
`docs/reliability.svg` and the table of `docs/confidence.md`. `--check` writes nothing; it fails
where of the mentions of corpus/score at confidence 0.9 or more fewer than 95 % are right.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

# The checkout comes first, also where another copy is installed.
sys.path.insert(0, str(Path(__file__).parents[1]))

from corpus.bundle import articles, parts, root
from corpus.reliability import Judged, judged
from earmark import open_store
from extract.confidence import STATED, confidences

COUNTS = root().parent / "extract" / "rules" / "confidence.toml"
DOCS = root().parent / "docs"
BINS = (0.0, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 1.01)
SURE, OWED = 0.9, 0.95
Row = tuple[float, float, int, int, int]


def read(part: str) -> list[Judged]:
    """Read one part of the corpus and hold it against its gold."""
    folder = parts()[part]
    with TemporaryDirectory() as place, open_store(Path(place) / "x.earmark.db") as store:
        store.ingest(articles(folder), metadata=folder / "metadata.csv")
        store.export("gold", predictions := Path(place) / "predictions")
        return list(judged(folder, predictions))


def write_counts() -> None:
    """Count right and all by field and by rule."""
    fields: dict[str, Counter[bool]] = {}
    rules: dict[str, Counter[bool]] = {}
    for one in read("tune"):
        for name, right in one.right.items():
            rule = one.mention["rules"][name]
            fields.setdefault(name, Counter())[right] += 1
            for key in {f"{name} {rule}", f"{name} {rule.split('+')[0]}"}:
                rules.setdefault(key, Counter())[right] += 1
    lines = ["# How often each rule was right, of how many times, on corpus/tune."]
    lines += [
        "# Made by scripts/make_confidence.py; extract/confidence.py reads it.",
        "",
        "[fields]",
    ]
    lines += [f"{name} = [{c[True]}, {c.total()}]" for name, c in sorted(fields.items())]
    lines += ["", "[rules]"]
    lines += [f'"{name}" = [{c[True]}, {c.total()}]' for name, c in sorted(rules.items())]
    COUNTS.write_text("\n".join(lines) + "\n", "utf-8")


def rows(found: Sequence[Judged]) -> list[Row]:
    """Return, for each bin of confidence, its bounds, and how many are there, right, and whole."""
    table = []
    for low, high in pairwise(BINS):
        inside = [one for one in found if low <= sure(one) < high]
        right = sum(stated_right(one) for one in inside)
        table.append((low, min(high, 1.0), len(inside), right, sum(one.whole for one in inside)))
    return table


def sure(one: Judged) -> float:
    """Return the confidence of a mention."""
    return confidences(one.mention["rules"])["mention"]


def stated_right(one: Judged) -> bool:
    """Tell whether all is right that the mention states of amount, timeframe and purpose."""
    return all(one.right.get(name, True) for name in STATED)


def draw(table: Sequence[Row]) -> str:
    """Return a reliability plot: confidence to the right, the share that is right upwards."""
    parts_ = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 460 440" font-family="sans-serif"',
        ' font-size="12"><rect width="460" height="440" fill="#fff"/>',
        '<path d="M60 380L420 20" stroke="#999" stroke-dasharray="4 4"/>',
        '<path d="M60 20V380H420" fill="none" stroke="#333"/>',
        '<text x="240" y="425" text-anchor="middle">confidence of a mention</text>',
        '<text transform="translate(18 200) rotate(-90)" text-anchor="middle">share right</text>',
    ]
    for tick in range(0, 11, 2):
        x, y = 60 + 36 * tick, 380 - 36 * tick
        parts_.append(f'<text x="{x}" y="398" text-anchor="middle">{tick / 10}</text>')
        parts_.append(f'<text x="52" y="{y + 4}" text-anchor="end">{tick / 10}</text>')
    for low, high, number, right, _whole in table:
        if not number:
            continue
        x, y = 60 + 360 * (low + high) / 2, 380 - 360 * right / number
        size = 3 + (number**0.5) / 2
        parts_.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" fill="#2a6f97"/>')
        parts_.append(
            f'<text x="{x:.1f}" y="{y + size + 14:.1f}" text-anchor="middle">{number}</text>'
        )
    return "".join(parts_) + "</svg>\n"


def write_table(table: Sequence[Row]) -> None:
    """Put the table into docs/confidence.md, between its marks."""
    lines = [
        "| confidence | mentions | all stated is right | also what is not stated |",
        "|---|---|---|---|",
    ]
    for low, high, number, right, whole in table:
        if number:
            shares = f"{right / number:.3f} | {whole / number:.3f}"
            lines.append(f"| {low:.2f} to {high:.2f} | {number} | {shares} |")
    page = DOCS / "confidence.md"
    text = page.read_text("utf-8")
    marked = re.compile(r"(<!-- table -->\n).*?(<!-- end -->)", re.DOTALL)
    page.write_text(marked.sub(lambda m: m[1] + "\n".join(lines) + "\n" + m[2], text), "utf-8")


def main() -> int:
    """Count, read with the counts in a process of its own, and draw; or check."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, hold the share")
    parser.add_argument("--draw", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if not asked.check and not asked.draw:
        write_counts()
        return subprocess.run([sys.executable, __file__, "--draw"], check=False).returncode  # noqa: S603 - this script
    found = read("score")
    if asked.draw:
        table = rows(found)
        (DOCS / "reliability.svg").write_text(draw(table), "utf-8")
        write_table(table)
    certain = [one for one in found if sure(one) >= SURE]
    right = sum(map(stated_right, certain))
    share = right / len(certain) if certain else 0.0
    sys.stdout.write(
        f"{right} of {len(certain)} mentions at {SURE} or more are right: {share:.3f}; "
        f"{len(found)} mentions in all\n"
    )
    return 0 if share >= OWED else 1


if __name__ == "__main__":
    sys.exit(main())
