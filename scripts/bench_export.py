#!/usr/bin/env python3
"""Measure exports: peak memory and processor time of each format, at two sizes of store.

    scripts/bench_export.py [--claims 10000 100000] [--formats csv xlsx …]

A store is made straight by SQL from one document with ten claims, again and again under new ids; so
its ledger knows nothing of it, and it is good for nothing else. Each export is a process of its
own. The last column is its peak of memory at the larger size over that at the smaller: near 1 where
it does not grow with the store. What does grow is the list of the ids of claims, and of documents
for the formats about these. Linux only.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sqlalchemy import Connection, Table, create_engine, insert, select

from earmark.api import open_store
from earmark.reading import derive
from records.document import Capture
from store.store import Store
from store.tables import captures, claim_mentions, claims, contents, documents, mentions

FORMATS = ("csv", "jsonl", "xlsx", "datapackage", "gold", "store", "parquet", "jsonld")
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
AT_ONCE = 200
PLACES = ("Arden", "Boxley", "Corwen", "Dunmere", "Esk", "Farley", "Grane", "Holm", "Inver", "Jay")
TEXT = "\n\n".join(
    f"The council of {place} will spend £{number}.5m over three years on roads in {place}."
    for number, place in enumerate(PLACES, 11)
)
LINKS = {
    contents: {"id": 1},
    captures: {"id": 1, "content_id": 1},
    documents: {"id": 1, "number": 1, "content_id": 1, "capture_id": 1},
    mentions: {"id": 10, "number": 10, "document_id": 1},
    claims: {"id": 10},
    claim_mentions: {"mention_id": 10, "claim_id": 10},
}
"""Columns that number rows, and how many of these a document has."""


def main() -> int:
    """Print a line for each format."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--claims", type=int, nargs=2, default=(10_000, 100_000))
    options.add_argument("--formats", nargs="+", default=FORMATS)
    options.add_argument("--export", nargs=3, help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.export:
        return _export(*asked.export)
    small, large = asked.claims
    with tempfile.TemporaryDirectory() as folder:
        stores = [_made(Path(folder) / f"{size}.db", size) for size in (small, large)]
        _say(f"{'':12}{small:>9} claims{'':8}{large:>9} claims")
        for form in asked.formats:
            found = [_measured(store, form) for store in stores]
            cells = "   ".join(f"{peak:7.1f} MB {took:7.1f} s" for peak, took in found)
            _say(f"{form:12}{cells}   memory {found[1][0] / found[0][0]:.2f} times")
    return 0


def _made(place: Path, size: int) -> Path:
    """Return a store of so many claims."""
    with Store.open(str(place), create=True) as store:
        run = store.start_run({"earmark": "0"})
        taken = store.add_capture(run, Capture.of("roads.txt", TEXT.encode(), NOON))
        store.add_document(run, taken, *derive(taken))
        if store.counts().claims != len(PLACES):
            raise SystemExit(f"the document has {store.counts().claims} claims, not {len(PLACES)}")
    engine = create_engine(f"sqlite:///{place}")
    with engine.begin() as connection:
        first = {table: _rows(connection, table) for table in LINKS}
        for start in range(1, size // len(PLACES), AT_ONCE):
            numbers = range(start, min(start + AT_ONCE, size // len(PLACES)))
            for table, links in LINKS.items():
                rows = [_again(row, links, n) for n in numbers for row in first[table]]
                connection.execute(insert(table), rows)
    engine.dispose()
    return place


def _rows(connection: Connection, table: Table) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(select(table)).mappings()]


def _again(row: dict[str, Any], links: dict[str, int], number: int) -> dict[str, Any]:
    """Return a row of the first document as one of the document of this number."""
    moved = {name: row[name] + number * step for name, step in links.items()}
    if "sha256" in row:
        moved["sha256"] = hashlib.sha256(str(number).encode()).hexdigest()
    return {**row, **moved}


def _measured(store: Path, form: str) -> tuple[float, float]:
    """Return the peak of a process that exports, in MB, and its seconds of processor."""
    target = store.with_name(f"{store.stem}.{form}")
    command = [sys.executable, __file__, "--export", str(store), form, str(target)]
    ended = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - this script
    peak, took = map(float, ended.stdout.split())
    return peak, took


def _export(store: str, form: str, target: str) -> int:
    began = time.process_time()
    with open_store(store, create=False, read_only=True) as kept:
        kept.export(form, target)
    # Not getrusage: its peak is also that of the process that started this one.
    found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text("ascii"))
    peak = int(found[1]) / 1024 if found else float("nan")
    _say(f"{peak} {time.process_time() - began}")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
