#!/usr/bin/env python3
"""Time writing documents beside raw `sqlite3.executemany` of the very rows that this wrote.

    scripts/bench_write.py [--documents N] [--batch N] [--store URL]

Short articles of five mentions each are made up before the clock starts. Ours keeps the bytes of a
batch and then writes its documents, as `ingest` does: two transactions. `rows` are sources, texts,
mentions and ledger: all but what matching, origins and the index of words take and write, which is
timed apart. Raw writes the same rows into the same tables with the same indexes and settings, one
transaction for each of ours. Times are processor time of this one process; the clock's stand beside
them, with the disk's waiting in them. With `--store` an empty database of a server takes ours.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from store import sqlite, write_document
from store.store import Store
from tests.store.factory import VERSIONS, given, mention
from tests.store.stories import Story, story

ROWS = ("contents", "captures", "documents", "mentions", "ledger")
REST = (
    *("claims", "claim_mentions", "pot_lists", "matches", "claim_relations"),
    *("wordings", "passages"),
)
STEPS = {
    "matching": ("enter_all", "regroup"),
    "origins": ("regroup_origins", "echoes_of"),
    "words": ("add_words",),
}
"""What is timed apart, by functions that `store.write_document` calls."""
WHAT = (
    *("road", "school", "hospital", "library", "bridge", "harbour", "railway", "forest", "prison"),
    *("museum", "broadband", "research", "housing", "flood", "cycling", "theatre", "nursery"),
)
WORK = ("repairs", "kitchens", "defences", "roofs", "lanes", "grants", "screening", "visits")
PLACE = "ashby corby denton eldon farley garton hilton ilford kelso luton marlow norton oakley"
FILLER = "the council said local people want better services while members met to hear the plans"


def article(number: int, dice: random.Random) -> Story:
    """One of many short articles; every seventh is on the money of one before."""
    pot = random.Random(number - number % 7 if number % 7 == 1 else number)  # noqa: S311 - repeatable
    parts, found = [], []
    for place in range(5):
        amount = f"{pot.randrange(10, 1000)}.{place}{pot.randrange(1, 10)}"
        thing = f"{pot.choice(WHAT)} {pot.choice(WORK)} in {pot.choice(PLACE.split()).title()}"
        filler = " ".join(dice.choices(FILLER.split(), k=20))
        parts.append(f"{filler.capitalize()}. Report {number} has £{amount}m for {thing} by 2030.")
        found.append((f"£{amount}m", amount.replace(".", "") + "0000", thing))
    text = " ".join(parts)
    day = date(2020, 1, 1) + timedelta(number * 37 % 2000)
    mentions = [mention(text, said, value, purpose=thing) for said, value, thing in found]
    return story(text, f"{number:06}.txt", given(published=day), mentions)


class Clock:
    """Processor and wall time, in seconds."""

    def __init__(self) -> None:
        """Start."""
        self._began = time.process_time(), time.perf_counter()

    def read(self) -> tuple[float, float]:
        """Return both since the start."""
        return time.process_time() - self._began[0], time.perf_counter() - self._began[1]


def timed_apart(spent: dict[str, float]) -> None:
    """Have the steps of writing a document add their time to `spent`."""

    def timing(step: str, act: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*given: Any, **named: Any) -> Any:
            clock = Clock()
            try:
                return act(*given, **named)
            finally:
                spent[step] += clock.read()[0]

        return timed

    for step, names in STEPS.items():
        for name in names:
            setattr(write_document, name, timing(step, getattr(write_document, name)))


def ours(place: str, stories: Sequence[Story], batch: int) -> tuple[float, float]:
    """Write the articles as `ingest` does; return the time that it took."""
    with Store.open(place, create=True) as store:
        run = store.start_run(VERSIONS)
        clock = Clock()
        for start in range(0, len(stories), batch):
            part = stories[start : start + batch]
            kept = store.add_captures(run, [one.capture for one in part])
            store.add_documents(
                run,
                [
                    (one.capture, each.document, each.mentions)
                    for one, each in zip(kept, part, strict=True)
                ],
            )
        took = clock.read()
        store.end_run(run, {"added": len(stories)})
    return took


def raw(made: Path, place: Path, tables: Sequence[str], commits: int) -> tuple[int, float, float]:
    """Write the rows of a store into an empty one; return how many, and the time that it took."""
    Store.open(str(place), create=True).close()
    with closing(sqlite.open_engines(made, 30, read_only=True).reader.raw_connection()) as read:
        found = {name: rows_of(read.cursor(), name) for name in tables}
    rows = {name: every for name, every in found.items() if every}
    rows["ledger"] = rows["ledger"][1:]  # the new store has a first entry of its own
    total = sum(map(len, rows.values()))
    writer = sqlite.open_engines(place, 30, read_only=False).writer
    assert writer is not None  # noqa: S101 - opened for writing; narrows
    with closing(writer.raw_connection()) as pooled:
        cursor = pooled.cursor()
        cursor.execute("PRAGMA foreign_keys=0")  # the run and its end are not among the rows
        clock = Clock()
        for part in range(commits):
            cursor.execute("BEGIN IMMEDIATE")
            for name, every in rows.items():
                chosen = every[len(every) * part // commits : len(every) * (part + 1) // commits]
                slots = ", ".join("?" * len(every[0]))
                cursor.executemany(f"INSERT INTO {name} VALUES ({slots})", chosen)  # noqa: S608 - names of ours
            cursor.execute("COMMIT")
        took = clock.read()
    return total, *took


def rows_of(cursor: Any, table: str) -> list[tuple[object, ...]]:
    """Return all rows of a table, by their keys."""
    cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - names of ours
    return [tuple(row) for row in cursor.fetchall()]


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Print what each side takes for a document, and rows a second of one against the other."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--store", default=None)
    asked = parser.parse_args()
    dice = random.Random(3)  # noqa: S311 - the same texts each time
    stories = [article(number, dice) for number in range(asked.documents)]
    spent = dict.fromkeys(STEPS, 0.0)
    timed_apart(spent)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "ours.earmark.db"
        cpu, wall = ours(asked.store or str(made), stories, asked.batch)
        own = cpu - sum(spent.values())
        each = 1000 / asked.documents
        say(f"ours: {cpu * each:.2f} ms a document, {wall * each:.2f} ms by the clock")
        for step, took in {"rows and ledger": own, **spent}.items():
            say(f"  {step}: {took * each:.2f} ms")
        if asked.store:
            return 0
        commits = 2 * -(-asked.documents // asked.batch)
        for name, tables, side in (("rows", ROWS, own), ("all", (*ROWS, *REST), cpu)):
            rows, took, _ = raw(made, Path(folder) / f"{name}.db", tables, commits)
            told = f"raw {took * each:.2f} ms a document, ours {side * each:.2f} ms"
            say(f"{name}: {rows:,} rows, {told}: {took / side:.2f} times the rows a second")
    return 0


if __name__ == "__main__":
    sys.exit(main())
