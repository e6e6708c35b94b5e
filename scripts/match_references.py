"""Other ways to match the records of `scripts/bench_match.py`; they are the extra `bench`.

Each yields thresholds, and with each the groups of places that it finds.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from store.dedup.graph import components
from store.dedup.profile import Profile
from store.dedup.words import Words

Ways = Iterator[tuple[float, list[list[int]]]]


class Record(NamedTuple):
    """One mention: its pot by gold, and what matching is given of it."""

    pot: str
    profile: Profile


def words(one: Record) -> list[str]:
    """Return the folded words of a mention."""
    return list(one.profile.topic.stems)


def point(one: Record) -> float:
    """Return the amount in pounds."""
    return float(one.profile.figures[0].points[0])


def pairs_to_groups(size: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return the connected parts."""
    return components(size, ((one, other, 0) for one, other in pairs))


def naive(made: Sequence[Record]) -> Ways:
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


def minhash(made: Sequence[Record]) -> Ways:
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


def splink(made: Sequence[Record]) -> Ways:
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


WAYS: dict[str, Callable[[Sequence[Record]], Ways]] = {
    "splink": splink,
    "minhash": minhash,
    "naive": naive,
}
