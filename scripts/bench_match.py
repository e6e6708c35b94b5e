#!/usr/bin/env python3
"""Time, weigh and score matching on generated mentions with known pots, beside named references.

    scripts/bench_match.py [--sizes N,…] [--references N] [--naive N] [--store N,…] [--seed N]

Each size is matched in a process of its own: one mention in twenty states exactly £1m. Printed are
processor seconds, memory, the growth of time from one size to the next as an exponent (1 is linear)
and F1 against the pots. `--references` holds Earmark, splink and MinHash LSH (datasketch) against
each other on so many mentions, `--naive` all pairs by rapidfuzz. All are given the same prepared
records: amounts as numbers, words folded. Each reference is scored at the threshold that serves it
best. `--store` adds documents that all state £1m to a store and times the last ones, at each size.
The references (`scripts/match_references.py`) are the extra `bench`.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
# The checkout comes first, also where another copy is installed.
sys.path.insert(0, str(Path(__file__).parents[1]))

from corpus.clusters import ClusterScores, cluster_scores
from corpus.telling import single_mentions
from scripts.match_references import WAYS, Record
from store.dedup.decide import matched
from store.dedup.local import local_pots
from tests.store.dedup.made_up import candidates

BLOCK = 20
"""One mention in so many states exactly £1m."""
LAST = 40
"""Documents over which adding one to a store is timed."""


def records(seed: int, size: int) -> list[Record]:
    """Generate and prepare mentions, in key order."""
    found = []
    for number, told in enumerate(single_mentions(seed, size, size // BLOCK)):
        ((one, pot),) = candidates(number, told)
        found.append(Record(pot, local_pots([one])[0].profile))
    return sorted(found, key=lambda one: one.profile.key)


def scored(made: Sequence[Record], groups: Iterable[Iterable[int]]) -> ClusterScores:
    """Score groups of places against the pots."""
    labels = [(made[one].pot, str(number)) for number, part in enumerate(groups) for one in part]
    return cluster_scores(labels)


def earmark(made: Sequence[Record]) -> list[Sequence[int]]:
    """Match as the store does."""
    return [group.members for group in matched([one.profile for one in made])]


def one_size(seed: int, size: int) -> dict[str, float]:
    """Match mentions of one size; return the figures."""
    begun = time.process_time()
    made = records(seed, size)
    prepared = time.process_time()
    groups = earmark(made)
    ended = time.process_time()
    found = scored(made, groups)
    return {
        "size": size,
        "prepare": prepared - begun,
        "match": ended - prepared,
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "pairwise": found.pairwise.f1,
        "b_cubed": found.b_cubed.f1,
    }


def sizes(seed: int, wanted: Sequence[int]) -> None:
    """Print a line for each size, matched in a process of its own."""
    say(f"{'mentions':>9}{'made s':>9}{'match s':>9}{'growth':>8}{'MB':>7}{'F1':>8}{'B3':>8}")
    before: dict[str, float] = {}
    for size in wanted:
        command = [sys.executable, __file__, "--seed", str(seed), "--one", str(size)]
        ran = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - this very script
        found: dict[str, float] = json.loads(ran.stdout)
        growth = ""
        if before:
            ratio = found["match"] / before["match"], found["size"] / before["size"]
            growth = f"{math.log(ratio[0]) / math.log(ratio[1]):.2f}"
        say(
            f"{size:>9}{found['prepare']:>9.1f}{found['match']:>9.1f}{growth:>8}{found['mb']:>7.0f}"
            f"{found['pairwise']:>8.3f}{found['b_cubed']:>8.3f}"
        )
        before = found


def held(made: Sequence[Record], names: Sequence[str]) -> None:
    """Print time and F1 of each way; a reference's at the threshold that serves it best."""
    say(f"{len(made)} mentions")
    say(f"{'':10}{'seconds':>9}{'at':>7}{'precision':>11}{'recall':>8}{'F1':>7}")
    for name in names:
        begun = time.process_time()
        first = 0.0
        best: tuple[float, float, ClusterScores] | None = None
        found = iter([(0.0, earmark(made))]) if name == "earmark" else WAYS[name](made)
        for least, groups in found:
            first = first or time.process_time() - begun  # one threshold is what a user waits for
            score = scored(made, groups)
            if best is None or score.pairwise.f1 > best[2].pairwise.f1:
                best = first, least, score
        if best:
            seconds, least, score = best
            pair = score.pairwise
            at = f"{least:g}" if least else ""
            figures = f"{pair.precision:>11.3f}{pair.recall:>8.3f}{pair.f1:>7.3f}"
            say(f"{name:10}{seconds:>9.1f}{at:>7}{figures}")


def store(seed: int, wanted: Sequence[int]) -> None:
    """Add documents that all state £1m, and time the last ones before each size."""
    from store.store import Store  # noqa: PLC0415 - the rest of this script needs none
    from tests.store.factory import VERSIONS, capture, document, given  # noqa: PLC0415 - likewise

    say(f"{'documents':>10}{'ms to add one':>15}")
    with (
        tempfile.TemporaryDirectory() as folder,
        Store.open(str(Path(folder) / "bench.earmark.db"), create=True) as made,
    ):
        run = made.start_run(VERSIONS)
        begun = 0.0
        for number, told in enumerate(single_mentions(seed, max(wanted), max(wanted)), 1):
            if number + LAST in {size + 1 for size in wanted}:
                begun = time.process_time()
            taken = capture(
                f"{told.text} {number}", f"{number}.txt", given(published=told.published)
            )
            one = document(taken)
            made.add_document(run, made.add_capture(run, taken), one, [told.mentions[0][0]])
            if number in wanted:
                say(f"{number:>10}{(time.process_time() - begun) / LAST * 1000:>15.1f}")


def say(line: str) -> None:
    """Print at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def numbers(text: str) -> list[int]:
    """Read sizes with commas between them."""
    return [int(part) for part in text.split(",")]


def main(arguments: list[str]) -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--sizes", type=numbers, default=[])
    parser.add_argument("--references", type=int)
    parser.add_argument("--naive", type=int)
    parser.add_argument("--store", type=numbers, default=[])
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.one:
        return say(json.dumps(one_size(asked.seed, asked.one)))
    sizes(asked.seed, asked.sizes) if asked.sizes else None
    if asked.references:
        held(records(asked.seed, asked.references), ["earmark", "splink", "minhash"])
    if asked.naive:
        held(records(asked.seed, asked.naive), ["earmark", "splink", "minhash", "naive"])
    if asked.store:
        store(asked.seed, asked.store)
    return None


if __name__ == "__main__":
    main(sys.argv[1:])
