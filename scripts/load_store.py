#!/usr/bin/env python3
"""Several processes write into one store at once; prints a JSON line, exits 1 if any is lost.

    scripts/load_store.py PLACE [--writers 8] [--seconds 60]

PLACE is a new file, or the address of an empty database. Each writer adds documents as `ingest`
does, some of them the very documents that its neighbour adds, and says after each that it is kept.
At the end all that was said must be there, once, and the audit must find nothing.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from store.store import Store  # noqa: E402 - found by the line above
from tests.store.factory import VERSIONS, given, mention  # noqa: E402 - likewise
from tests.store.stories import Story, story  # noqa: E402 - likewise

SHARED = 10
"""One document in so many is also added by the next writer."""
THINGS = ("road repairs", "school kitchens", "flood defences", "library roofs", "bus lanes")


def numbered(number: int) -> Story:
    """One of many short articles; every seventh is on the same money as one before."""
    pot = number - number % 7 if number % 7 == 1 else number
    whole, part = f"£{pot + 10_000}.07m", f"£{number + 1}.4m"
    thing = f"{THINGS[pot % 5]} in ward {pot}"
    text = f"Item {number}. The council gives {whole} for {thing}, {part} of it this year."
    mentions = [
        mention(text, whole, f"{pot + 10_000}070000", purpose=thing),
        mention(text, part, f"{number + 1}400000", relation=("part_of", whole)),
    ]
    day = date(2026, 1, 1) + timedelta(number % 300)
    return story(text, f"{number:06}.txt", given(published=day), mentions)


def write(place: str, writer: int, writers: int, seconds: float) -> None:
    """Add documents until the time is up; print the number of each that is kept."""
    with Store.open(place) as store:
        run = store.start_run(VERSIONS)
        end, turn = time.monotonic() + seconds, 0
        while time.monotonic() < end:
            owners = (writer, (writer + 1) % writers) if turn % SHARED == 0 else (writer,)
            for number in (turn * writers + owner for owner in owners):
                one = numbered(number)
                if store.state_of(one.capture) != "done":
                    one.add(store, run)
                sys.stdout.write(f"{number}\n")
                sys.stdout.flush()
            turn += 1
        store.end_run(run, {"added": turn})


def main() -> int:
    """Start the writers, wait, and compare what they said with what is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("place")
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--writer", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.writer is not None:
        write(options.place, options.writer, options.writers, options.seconds)
        return 0
    Store.open(options.place, create=True).close()
    command = [sys.executable, __file__, options.place, f"--writers={options.writers}"]
    command.append(f"--seconds={options.seconds}")
    started = [
        subprocess.Popen([*command, f"--writer={n}"], stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own
        for n in range(options.writers)
    ]
    said = [[int(line) for line in one.communicate()[0].split()] for one in started]
    return report(options.place, said, [one.returncode for one in started])


def report(place: str, said: list[list[int]], statuses: list[int]) -> int:
    """Print what was kept, lost and found, and return the exit status."""
    kept = {number for numbers in said for number in numbers}
    with Store.open(place, read_only=True) as store:
        sources = Counter(stored.document.sha256 for stored in store.documents())
        lost = sum(numbered(number).capture.sha256 not in sources for number in kept)
        audit = store.audit()
    result = {
        "writers": len(said),
        "failed": sum(status != 0 for status in statuses),
        "said": [len(numbers) for numbers in said],
        "documents": len(sources),
        "twice": sum(times - 1 for times in sources.values()),
        "lost": lost,
        "ledger entries": audit.checked["ledger entries"],
        "findings": [finding.what for finding in audit.findings],
    }
    sys.stdout.write(json.dumps(result) + "\n")
    wrong = result["failed"] or result["twice"] or lost or audit.findings
    return 1 if wrong or len(sources) != len(kept) else 0


if __name__ == "__main__":
    sys.exit(main())
