#!/usr/bin/env python3
"""Time a Dask cluster of two processes against one process, on the same texts, in turn.

    scripts/bench_workers.py [--texts N] [--words N] [--rounds N]

`reading` hands batches of texts to a reader and takes their records back, which is the work that a
cluster shares out; `ingest` keeps them in a store too, which one writer does whoever reads.
`batch` is what handing a batch over costs beside reading it: the time of a batch whose documents
are known to be empty. Each figure is a ratio of times by the clock; run it on a machine with two
cores and nothing else to do.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

# The checkout comes first, also where another copy is installed.
sys.path.insert(0, str(Path(__file__).parents[1]))

from distributed import LocalCluster

from earmark import IngestOptions, open_store
from earmark.cluster import SCHEME, DaskCrew
from earmark.crew import Crew, LocalCrew
from earmark.limits import Limits
from earmark.reader import ReadWith
from earmark.readers import Readers
from earmark.worker import Worker
from records.document import Capture

WORDS = "the council said local people want better roads and parks while members met to hear plans"
MONEY = "Ministers will give Place {n} a further £{n}m for road repairs by 2030."


def made_texts(number: int, words: int) -> list[str]:
    """Return made-up articles, with money in one sentence of twelve."""
    dice = random.Random(3)  # noqa: S311 - the same texts each time
    vocabulary = WORDS.split()
    texts = []
    for article in range(number):
        sentences = []
        while sum(map(len, sentences)) < 6 * words:
            plain = " ".join(dice.choice(vocabulary) for _ in range(17))
            money = dice.random() < 1 / 12
            sentences.append(MONEY.format(n=article * 7 + 1) if money else f"{plain}.".capitalize())
        texts.append(" ".join(sentences))
    return texts


@contextmanager
def cluster() -> Iterator[str]:
    """Start two processes; yield their scheduler's address."""
    with LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=":0", host="127.0.0.1"
    ) as started:
        yield str(started.scheduler_address).replace("tcp://", SCHEME)


def read_all(crew: Crew, captures: Sequence[Capture]) -> float:
    """Return the seconds that a crew takes for all captures, in the order of a run."""
    with Readers(crew) as readers:
        for _ in "every process has started", "and is timed":
            began = time.perf_counter()
            waiting: deque[Callable[[], object]] = deque()
            for one in captures:
                waiting.append(readers.derive(one))
                while readers.under_way > readers.ahead(followed=True):
                    waiting.popleft()()
            while waiting:
                waiting.popleft()()
            seconds = time.perf_counter() - began
    return seconds


def ingest_all(texts: Sequence[str], options: IngestOptions) -> float:
    """Return the seconds that a run into a fresh store takes, readers started before."""
    with tempfile.TemporaryDirectory() as folder:
        news = Path(folder) / "news"
        news.mkdir()
        for number, text in enumerate(texts):
            (news / f"{number:05}.txt").write_text(text, "utf-8")
        with open_store(Path(folder) / "s.db") as kept:
            kept.ingest(sorted(news.iterdir())[:2], options=options)
            began = time.perf_counter()
            kept.ingest(news, options=options)
            return time.perf_counter() - began


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--texts", type=int, default=1000)
    parser.add_argument("--words", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    texts = made_texts(asked.texts, asked.words)
    now = datetime.now(UTC)
    captures = [Capture.of(f"{n}.txt", text.encode(), now) for n, text in enumerate(texts)]
    nothing = [Capture.of(f"{n}.txt", b"", now) for n in range(40 * DaskCrew.documents)]
    with cluster() as address:
        rows = []
        for _ in range(asked.rounds):
            one = read_all(LocalCrew([Worker(Limits(), ReadWith())]), captures)
            two = read_all(DaskCrew(address, ReadWith(), Limits()), captures)
            empty = read_all(DaskCrew(address, ReadWith(), Limits()), nothing)
            alone = ingest_all(texts, IngestOptions())
            shared = ingest_all(texts, IngestOptions(workers=address))
            jobs = ingest_all(texts, IngestOptions(jobs=2))
            rows.append((one / two, alone / shared, alone / jobs, empty / 40 / (two / len(texts))))
            say(
                f"reading: one {one:.2f} s, cluster {two:.2f} s; ingest: one {alone:.2f} s, "
                f"cluster {shared:.2f} s, --jobs 2 {jobs:.2f} s; batch {1000 * empty / 40:.1f} ms"
            )
    reading, whole, jobs_whole, batch = (
        statistics.median(column) for column in zip(*rows, strict=True)
    )
    say(f"reading, cluster of two against one process: {reading:.2f} times as fast")
    say(f"ingest, cluster of two: {whole:.2f} times; --jobs 2: {jobs_whole:.2f} times")
    say(f"handing over a batch of {DaskCrew.documents} costs as much as {batch:.1f} documents")


if __name__ == "__main__":
    main()
