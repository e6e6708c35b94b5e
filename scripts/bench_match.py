#!/usr/bin/env python3
"""Time, weigh and score matching on generated mentions with known pots, beside named references.

    scripts/bench_match.py [--sizes N,…] [--references N] [--naive N] [--store N,…] [--seed N]

Each size is matched in a process of its own: one mention in twenty states exactly £1m. Printed are
processor seconds, memory, the growth of time from one size to the next as an exponent (1 is linear)
and F1 against the pots. `--references` holds Earmark, splink and MinHash LSH (datasketch) against
each other on so many mentions, `--naive` all pairs by rapidfuzz. All are given the same prepared
records: amounts as numbers, words folded. Each reference is scored at the threshold that serves it
best. `--store` adds documents that all state £1m to a store and times the last ones, at each size.
The references are the extra `bench`.
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
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault("OMP_NUM_THREADS", "1")
# The checkout comes first, also where another copy is installed.
sys.path.insert(0, str(Path(__file__).parents[1]))

from corpus.clusters import ClusterScores, cluster_scores
from corpus.telling import single_mentions
from store.dedup.decide import matched
from store.dedup.graph import components
from store.dedup.local import local_pots
from store.dedup.profile import Profile
from store.dedup.words import Words
from tests.store.dedup.made_up import candidates

BLOCK = 20
"""One mention in so many states exactly £1m."""
LAST = 40
"""Documents over which adding one to a store is timed."""


class Record(NamedTuple):
    """One mention: its pot by gold, and what matching is given of it."""

    pot: str
    profile: Profile


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


def words(one: Record) -> list[str]:
    """Return the folded words of a mention."""
    return list(one.profile.topic.stems)


def point(one: Record) -> float:
    """Return the amount in pounds."""
    return float(one.profile.figures[0].points[0])


def pairs_to_groups(size: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return the connected parts."""
    return components(size, ((one, other, 0) for one, other in pairs))


def naive(made: Sequence[Record]) -> Iterator[tuple[float, list[list[int]]]]:
    """Compare every two by rapidfuzz; yield threshold and groups."""
    import numpy as np  # noqa: PLC0415 - of the references
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - likewise

    texts = [f"£{point(one):.0f} {' '.join(words(one))}" for one in made]
    found: list[tuple[int, int, int]] = []
    for start in range(0, len(texts), 500):
        part = texts[start : start + 500]
        table = process.cdist(part, texts, scorer=fuzz.token_sort_ratio, score_cutoff=60)
        for row, column in zip(*np.nonzero(table), strict=True):
            if start + row < column:
                found.append((start + int(row), int(column), int(table[row, column])))
    for least in (60, 65, 70, 75, 80, 85):
        chosen = ((one, other) for one, other, score in found if score >= least)
        yield least, pairs_to_groups(len(made), chosen)


def minhash(made: Sequence[Record]) -> Iterator[tuple[float, list[list[int]]]]:
    """Find pairs by MinHash LSH over words and amount; yield threshold and groups."""
    from datasketch import MinHash, MinHashLSH  # noqa: PLC0415 - of the references

    hashes = []
    for one in made:
        made_of = MinHash(num_perm=64)
        made_of.update_batch([word.encode() for word in (f"£{point(one):.0f}", *words(one))])
        hashes.append(made_of)
    for least in (0.5, 0.6, 0.7):
        index = MinHashLSH(threshold=least, num_perm=64)
        for place, each in enumerate(hashes):
            index.insert(place, each)
        near = (
            (place, other)
            for place, each in enumerate(hashes)
            for other in index.query(each)
            if place < other and point(made[place]) == point(made[other])
        )
        yield least, pairs_to_groups(len(made), near)


def splink(made: Sequence[Record]) -> Iterator[tuple[float, list[list[int]]]]:
    """Link by splink on DuckDB with one thread; yield threshold and groups."""
    import duckdb  # noqa: PLC0415 - of the references
    import splink.comparison_library as cl  # noqa: PLC0415 - likewise
    from splink import Linker, SettingsCreator, block_on  # noqa: PLC0415 - likewise
    from splink.backends.duckdb import DuckDBAPI  # noqa: PLC0415 - likewise

    def joined(parts: Sequence[Words]) -> str | None:
        return " ".join(parts[0].stems) if parts else None

    database = duckdb.connect(config={"threads": 1})
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as lines:
        for place, one in enumerate(made):
            row = {
                "unique_id": place,
                "amount": f"{point(one):.0f}",
                "purpose": joined(one.profile.purposes),
                "recipient": joined(one.profile.recipients),
                "funder": joined(one.profile.funders),
                "day": str(one.profile.published),
                "words": Words.union((*one.profile.purposes, *one.profile.recipients)).stems,
            }
            lines.write(f"{json.dumps(row)}\n")
        lines.flush()
        columns = dict.fromkeys(row, "VARCHAR") | {"unique_id": "BIGINT", "words": "VARCHAR[]"}
        database.execute(
            f"CREATE TABLE mentions AS SELECT * FROM read_json('{lines.name}', columns={columns})"  # noqa: S608 - a name of our own
        )
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.ExactMatch("amount"),
            cl.ArrayIntersectAtSizes("words", [4, 3, 2, 1]),
            cl.ExactMatch("recipient"),
            cl.ExactMatch("funder"),
            cl.AbsoluteDateDifferenceAtThresholds(
                "day", input_is_string=True, metrics=["day", "day"], thresholds=[3, 60]
            ),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("amount", "words", arrays_to_explode=["words"]),
            block_on("recipient", "purpose"),
            block_on("recipient", "day"),
        ],
    )
    linker = Linker(DuckDBAPI(connection=database).register("mentions"), settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("amount", "recipient", "purpose")], recall=0.5
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (block_on("amount", "day"), block_on("recipient"), block_on("purpose")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    predictions = linker.inference.predict(threshold_match_probability=0.001)
    query = f"SELECT unique_id_l, unique_id_r, match_probability FROM {predictions.physical_name}"  # noqa: S608 - splink's own name
    rows = database.execute(query).fetchall()
    for least in (0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999):
        chosen = ((one, other) for one, other, chance in rows if chance >= least)
        yield least, pairs_to_groups(len(made), chosen)


def held(made: Sequence[Record], names: Sequence[str]) -> None:
    """Print time and F1 of each way; a reference's at the threshold that serves it best."""
    say(f"{len(made)} mentions")
    say(f"{'':10}{'seconds':>9}{'at':>7}{'precision':>11}{'recall':>8}{'F1':>7}")
    ways: dict[str, Callable[[Sequence[Record]], Iterator[tuple[float, list[list[int]]]]]] = {
        "splink": splink,
        "minhash": minhash,
        "naive": naive,
    }
    for name in names:
        begun = time.process_time()
        first = 0.0
        best: tuple[float, float, ClusterScores] | None = None
        found = iter([(0.0, earmark(made))]) if name == "earmark" else ways[name](made)
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
