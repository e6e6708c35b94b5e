#!/usr/bin/env python3
"""Read every article again under ten hash seeds, in two processes each: the same to the byte.

    scripts/bars_rederive.py [--seeds 10] [--quick]

Articles, their reprints, page layouts and hostile files of the tests: text, layout, what is known
of the document and mentions, or the words of the refusal. One JSON line; exit 0 where all of a
document's results are one, and the control, whose rules go by the order of a set, was found out.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from earmark.reading import derive
from ingest.registry import FORMATS
from records.document import Capture
from records.errors import EarmarkError
from store.canonical import canonical
from store.mention_rows import mention_row
from store.rows import document_row

ROOT = Path(__file__).resolve().parents[1]
WHEN = datetime(2026, 11, 2, tzinfo=UTC)
FOLDERS = ("corpus/tune", "corpus/pdf", "tests/ingest", "tests/corpus", "tests/hostile")
PROCESSES = 2
"""Under each seed."""


def main() -> int:
    """Run it, or be one of the processes."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--seeds", type=int, default=10)
    options.add_argument("--quick", action="store_true", help="Three seeds, every tenth document.")
    options.add_argument("--every", type=int, default=1, help=argparse.SUPPRESS)
    options.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    options.add_argument("--control", action="store_true", help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.child:
        read_all(asked.every, control=asked.control)
        return 0
    seeds, every = (3, 10) if asked.quick else (asked.seeds, asked.every)
    began = time.monotonic()
    documents, differing = compare(seeds, every, control=False)
    _, planted = compare(2, 40, control=True)
    good = documents > 0 and not differing and bool(planted)
    told: dict[str, object] = {"bar": "B11 rederive", "good": good, "documents": documents}
    told |= {"seeds": seeds, "processes": PROCESSES, "python": sys.version.split()[0]}
    told |= {"differing": differing, "control": len(planted)}
    sys.stdout.write(json.dumps({**told, "seconds": round(time.monotonic() - began, 1)}) + "\n")
    return 0 if good else 1


def compare(seeds: int, every: int, *, control: bool) -> tuple[int, list[str]]:
    """Return how many documents there are, and those that did not come out the same."""
    found: dict[str, set[str]] = defaultdict(set)
    command = [sys.executable, __file__, "--child", "--every", str(every)]
    for seed in range(seeds):
        for _ in range(PROCESSES):
            ended = subprocess.run(  # noqa: S603 - ours
                [*command, *(["--control"] if control else [])],
                env={**os.environ, "PYTHONHASHSEED": str(seed)},
                capture_output=True,
                text=True,
                check=True,
            )
            for line in ended.stdout.splitlines():
                name, digest = line.split("\t")
                found[name].add(digest)
    return len(found), sorted(name for name, digests in found.items() if len(digests) > 1)


def read_all(every: int, *, control: bool) -> None:
    """Print a hash of all that is read of each document."""
    for path in list(articles())[::every]:
        capture = Capture.of(path.name, path.read_bytes(), WHEN)
        try:
            document, mentions = derive(capture)
        except EarmarkError as error:
            said: object = [error.code, str(error)]
        else:
            row = {name: _plain(value) for name, value in document_row(document).items()}
            said = [row, [mention_row(one, document) for one in mentions]]
        if control:
            said = [said, list({"roof", "road", "park", "school"})]
        digest = hashlib.sha256(canonical(said)).hexdigest()
        sys.stdout.write(f"{path.relative_to(ROOT)}\t{digest}\n")


def articles() -> Iterator[Path]:
    """Yield what tests and corpus read."""
    endings = {ending for one in FORMATS for ending in one.suffixes}
    for folder in FOLDERS:
        yield from sorted(one for one in (ROOT / folder).rglob("*") if one.suffix in endings)


def _plain(value: object) -> object:
    return hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else value


if __name__ == "__main__":
    sys.exit(main())
