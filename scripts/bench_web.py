#!/usr/bin/env python3
"""Measure how fast pages come while many people read, beside the bare questions behind them.

    scripts/bench_web.py [--mentions 1000000] [--store PLACE] [--readers 50] [--seconds 30]

The store is filled as `bench_store.py` does, with some articles and one document of two million
characters on top. Readers wait two seconds on average between two pages, as people who read; the
time of a page is what the server says in `Server-Timing`, waiting for its turn included; `cpu` is
what its process took of the processor for a page (Linux). The bare question is the same call of the
store in this process, with nobody else about.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import earmark  # noqa: E402 - found by the line above
from earmark.api import EarmarkStore  # noqa: E402 - likewise
from ingest.place import Place  # noqa: E402 - likewise
from scripts.bench_store import make  # noqa: E402 - likewise

THINK = 2.0
"""Seconds between two pages of a reader, on average."""
ROUNDS = 15
CHANCE = random.Random(8)  # noqa: S311 - no secret
ARTICLE = "The council gives £{n}.31m for new library roofs in ward {n} by 2031. " * 40


def main() -> int:
    """Measure, and print a table."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--mentions", type=int, default=1_000_000)
    options.add_argument("--store", default=None)
    options.add_argument("--readers", type=int, default=50)
    options.add_argument("--seconds", type=float, default=30)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = asked.store or str(Path(folder) / "bench.earmark.db")
        make(place, asked.mentions)
        documents = add_documents(place, Path(folder))
        pages = {
            "claims with a filter": filtered,
            "document": lambda: f"/documents/{CHANCE.choice(documents[1:])}",
            "document of 2 million": lambda: (
                f"/documents/{documents[0]}?part={CHANCE.randint(1, 90)}"
            ),
        }
        with served(place) as server, earmark.open_store(place, read_only=True) as store:
            port, pid = server
            bare = {
                "claims with a filter": lambda: store.query(question(), limit=25),
                "document": lambda: store.document(documents[1]),
                "document of 2 million": lambda: store.document(documents[0]),
            }
            heads = ("bare ms", "alone ms", "ratio", "cpu ms", "p50", "p95", "pages")
            say("page".ljust(24) + "".join(head.rjust(10) for head in heads))
            for name, address in pages.items():
                asyncio.run(read(port, address, 1, 3, 0))  # what is loaded at first use
                one = statistics.median(asyncio.run(read(port, address, 1, 4, 0)))
                alone = median(bare[name])
                before = processor(pid)
                many = sorted(asyncio.run(read(port, address, asked.readers, asked.seconds, THINK)))
                cpu = 1000 * (processor(pid) - before) / len(many)
                p50, p95 = many[len(many) // 2], many[int(len(many) * 0.95)]
                say(
                    f"{name:<24}{alone:>10.1f}{one:>10.1f}{one / alone:>10.1f}{cpu:>10.1f}"
                    f"{p50:>10.1f}{p95:>10.1f}{len(many):>10}"
                )
    return 0


def question() -> str:
    """Return one of many questions, so that few answers are had twice."""
    low = CHANCE.randint(1, 400) / 100
    return f"amount:{low}bn..{low + 2}bn currency:GBP"


def filtered() -> str:
    """Return the address of a list of claims."""
    return f"/claims?q={quote(question())}"


def add_documents(place: str, folder: Path) -> list[str]:
    """Put documents into the store that can be read; return their ids, the long one first."""
    long = folder / "long.txt"
    words = "Nothing of money is said in this line of a very long report.\n" * 33_000
    long.write_text(f"The council gives £7.31m for a library roof.\n{words}", "utf-8")
    places = [Place("long.txt", long)]
    for number in range(20):
        path = folder / f"{number}.txt"
        path.write_text(ARTICLE.format(n=number + 3), "utf-8")
        places.append(Place(path.name, path))
    with earmark.open_store(place) as store:
        store.ingest(places)
        return [_id(store, one.name) for one in places]


def _id(store: EarmarkStore, name: str) -> str:
    return store.versions(name)[0].document.id


@contextmanager
def served(place: str) -> Iterator[tuple[int, int]]:
    """Serve a store in a process of its own; its port and its id."""
    command = [sys.executable, "-m", "earmark", "serve", "--store", place, "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:  # noqa: S603 - our own words
        assert server.stderr  # noqa: S101 - asked for
        line = server.stderr.readline()
        found = re.search(r":(\d+)\s", line)
        if not found:
            raise SystemExit(f"the server did not start: {line}")
        try:
            yield int(found.group(1)), server.pid
        finally:
            server.terminate()


def processor(pid: int) -> float:
    """Return the seconds of processor time that a process has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def read(
    port: int, address: Callable[[], str], readers: int, seconds: float, think: float
) -> list[float]:
    """Let readers read for a while; return what the server says each page took, in milliseconds."""
    end = time.monotonic() + seconds

    async def one() -> list[float]:
        took = []
        await asyncio.sleep(CHANCE.random() * think)
        while time.monotonic() < end:
            took.append(await _page(port, address()))
            await asyncio.sleep(CHANCE.expovariate(1 / think) if think else 0)
        return took

    told = await asyncio.gather(*(one() for _ in range(readers)))
    return [took for each in told for took in each]


async def _page(port: int, path: str) -> float:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    head = answer.partition(b"\r\n\r\n")[0].decode("latin-1")
    if " 200 " not in head.splitlines()[0]:
        raise SystemExit(f"{path}: {head.splitlines()[0]}")
    found = re.search(r"server-timing: app;dur=([\d.]+)", head)
    assert found, head  # noqa: S101 - every answer says it
    return float(found.group(1))


def median(act: Callable[[], object]) -> float:
    """Return the median of some rounds in milliseconds, after one that does not count."""
    act()
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        act()
        took.append(1000 * (time.perf_counter() - began))
    return statistics.median(took)


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
