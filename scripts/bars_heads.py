#!/usr/bin/env python3
"""Kill a writing process again and again, and hold the store against its heads each time.

    scripts/bars_heads.py [--kills 200] [--seed 1] [--mode delete|wal]

A child adds documents and says of each, once its method has returned, how many entries the ledger
had then. It gets SIGKILL at a random moment. Afterwards no entry that was acknowledged may be
missing, the file of heads must reach as far as what was acknowledged, and the audit must find
nothing. One JSON line; exit 0 where all of this held. The control writes each head before its
commit, as one should not, and must find stores that look rolled back.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from store import heads, sqlite, writer
from store.audit.asked import Asked
from store.heads import Head, read_heads
from store.store import Store
from tests.store.factory import VERSIONS, given, mention
from tests.store.stories import story

KILLS_A_STORE = 20
LONGEST = 0.25
"""Seconds after the first acknowledgement."""


def main() -> int:
    """Run the bar and its control."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mode", choices=("delete", "wal"), default="delete")
    asked = parser.parse_args()
    with mock.patch.object(sqlite, "journal_mode_for", return_value=asked.mode):
        found = kill(asked.kills, Random(asked.seed))  # noqa: S311 - moments, no secrets
        with mock.patch.object(writer, "keeping", too_early):
            control = kill(asked.kills, Random(asked.seed))  # noqa: S311 - as above
    wrong = found["lost"] + found["heads lost"] + found["findings"]
    passed = not wrong and control["findings"] > 0
    told = {"bar": "heads", "mode": asked.mode, "seed": asked.seed, "passed": passed}
    sys.stdout.write(json.dumps({**told, "found": found, "control": control}) + "\n")
    return 0 if passed else 1


@contextmanager
def too_early(path: Path) -> Iterator[Callable[[Head], None]]:
    """Keep a head before what it is the head of."""
    early: list[Head] = []

    def keep(head: Head) -> None:
        with heads.keeping(path) as kept:
            kept(head)
        early.append(head)

    yield keep


def kill(times: int, random: Random) -> Counter[str]:
    """Kill so often, and count what was seen."""
    seen: Counter[str] = Counter({"kills": 0, "lost": 0, "heads lost": 0, "findings": 0})
    while seen["kills"] < times:
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder) / "a.earmark.db"
            for _ in range(min(KILLS_A_STORE, times - seen["kills"])):
                said = one_kill(str(place), random.uniform(0, LONGEST))
                seen["kills"] += 1
                seen["acknowledged"] += len(said)
                seen["journals left"] += place.with_name(f"{place.name}-journal").exists()
                judge(str(place), said[-1], seen)
    return seen


def judge(place: str, said: int, seen: Counter[str]) -> None:
    """Hold a store against what was said of it."""
    with Store.open(place) as opened:
        size = opened.head().size
        reached = max(head.size for head in read_heads(opened.heads_file))
        seen["heads behind"] += reached < size
        seen["lost"] += size < said
        seen["heads lost"] += reached < said
        seen["findings"] += bool(opened.audit(asked=Asked(deep=False)).findings)


def one_kill(place: str, seconds: float) -> list[int]:
    """Have a child write, kill it, and return what it acknowledged."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        write(place, writing)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        first = pipe.readline()
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        told = first + pipe.read()
    os.waitpid(child, 0)
    return [int(line) for line in told.splitlines(keepends=True) if line.endswith("\n")]


def write(place: str, pipe: int) -> None:
    """Add documents until somebody ends it."""
    with Store.open(place, create=True) as opened:
        while True:
            run = opened.start_run(VERSIONS)
            text = f"The council of {os.getpid()} will give £5m for road {run}."
            made = story(
                text, f"{os.getpid()}-{run}.txt", given(), [mention(text, "£5m", "5000000")]
            )
            made.add(opened, run)
            opened.end_run(run, {"added": 1})
            os.write(pipe, b"%d\n" % opened.head().size)


if __name__ == "__main__":
    sys.exit(main())
