#!/usr/bin/env python3
"""Have each write and each sync of a run fail once, as on a full or a failing disk.

    scripts/bars_disk.py [--every 1] [--quick] [--seed 1]

A process adds twenty documents to a store and says after each that it is kept. `strace` lets its
nth write (pwrite64) fail with ENOSPC, then its nth sync (fdatasync) with EIO: every n that there
is, or with --every every so many. After each: it ended with an error and did not say what is not
so, the store opens, the audit finds nothing, and the same run without failures makes the store
that a run without any makes. One JSON line; exit 0 where all held and the control, which goes on
after an error, was found out. Linux, with strace.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeAlias
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from records.errors import StoreError
from store import sqlite
from store.audit.asked import Asked
from store.exports.jsonl import JSONL
from store.store import Store
from tests.store.child import numbered
from tests.store.factory import VERSIONS

Ended: TypeAlias = subprocess.CompletedProcess[str]
DOCUMENTS = 20
FAILURES = (("pwrite64", "ENOSPC"), ("fdatasync", "EIO"))
"""Calls that fail, and how."""


def main() -> int:
    """Run it, or be the process whose writes fail."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--every", type=int, default=1, help="Only every so many writes.")
    options.add_argument("--quick", action="store_true", help="Every tenth.")
    options.add_argument("--start", type=int, default=1, help="The first to fail.")
    options.add_argument("--child", metavar="PLACE", help=argparse.SUPPRESS)
    options.add_argument("--swallow", action="store_true", help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.child:
        return write_all(asked.child, swallow=asked.swallow)
    every, began = 10 if asked.quick else asked.every, time.monotonic()
    runs = {mode: fail_each(mode, asked.start, every) for mode in ("delete", "wal")}
    control = fail_each("delete", 40, every=200, swallow=True)
    wrong = [f"{mode} {what}" for mode, seen in runs.items() for what in WRONG if seen[what]]
    good = not wrong and control["said falsely"] > 0
    told = {"bar": "B3 disk", "good": good, "every": every, "runs": runs, "control": control}
    sys.stdout.write(json.dumps({**told, "seconds": round(time.monotonic() - began, 1)}) + "\n")
    return 0 if good else 1


WRONG = ("said falsely", "ended well", "findings", "not resumed", "other store")


def write_all(place: str, *, swallow: bool) -> int:
    """Add what is not there, and say after each document that it is kept."""
    stop = StoreError if not swallow else ()
    try:
        with Store.open(place) as store:
            run = store.start_run(VERSIONS)
            for number in range(DOCUMENTS):
                one = numbered(number)
                with suppress(*([StoreError] if swallow else [])):
                    if store.state_of(one.capture) != "done":
                        one.add(store, run)
                sys.stdout.write(f"{number}\n")
                sys.stdout.flush()
            store.end_run(run, {})
    except stop as error:
        sys.stderr.write(f"{error}\n")
        return StoreError.exit_status
    return 0


def fail_each(mode: str, start: int, every: int, *, swallow: bool = False) -> Counter[str]:
    """Let the calls of a run fail, one a run; return what was seen."""
    seen: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        empty, whole = Path(folder) / "empty.earmark.db", Path(folder) / "whole.earmark.db"
        with mock.patch.object(sqlite, "journal_mode_for", return_value=mode):
            Store.open(str(empty), create=True).close()
        shutil.copy(empty, whole)
        log = Path(folder) / "calls"
        run(whole, ["-o", str(log), "-e", f"trace={','.join(name for name, _ in FAILURES)}"])
        calls = Counter(re.findall(r"^(?:\d+ +)?(\w+)\(", log.read_text("utf-8"), re.M))
        expected = claims_of(whole)
        for name, error in FAILURES:
            seen[name] = calls[name]
            for number in range(start, calls[name] + 1, every):
                with copied(empty) as path:
                    inject = ["-o", "/dev/null", "-e", f"trace={name}"]
                    inject += ["-e", f"inject={name}:error={error}:when={number}"]
                    look(path, run(path, inject, swallow=swallow), seen, expected)
    return seen


def run(
    path: Path, tracing: list[str], *, swallow: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run the child under strace."""
    traced = ["strace", "-f", "--seccomp-bpf", *tracing, "--", sys.executable, __file__]
    command = [*traced, "--child", str(path), *(["--swallow"] if swallow else [])]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ours


def look(path: Path, ended: Ended, seen: Counter[str], expected: list[str]) -> None:
    """Look at what a run with one failure left, then run again without."""
    seen["failures"] += 1
    said = {int(line) for line in ended.stdout.split()}
    # A write that fails after a commit (of a shared-memory index, say) may be made good at once.
    whole = ended.returncode == 0 and len(said) == DOCUMENTS
    seen["made good"] += whole
    with Store.open(str(path)) as store:
        kept = {number for number in said if store.state_of(numbered(number).capture) == "done"}
        seen["said falsely"] += len(said - kept)
        seen["ended well"] += ended.returncode == 0 and not whole
        seen["findings"] += len(store.audit(None, VERSIONS, Asked()).findings)
    again = subprocess.run(  # noqa: S603 - ours
        [sys.executable, __file__, "--child", str(path)], capture_output=True, check=False
    )
    seen["not resumed"] += again.returncode != 0
    seen["other store"] += claims_of(path) != expected


def claims_of(path: Path) -> list[str]:
    """Return the claims of a store as lines."""
    with Store.open(str(path), read_only=True) as store, store.selection() as chosen:
        return list(JSONL.lines(chosen))


@contextmanager
def copied(empty: Path) -> Iterator[Path]:
    """Lend a copy of an empty store."""
    path = empty.with_name("copy.earmark.db")
    shutil.copy(empty, path)
    yield path
    for left in path.parent.glob(f"{path.name}*"):
        left.unlink()


if __name__ == "__main__":
    sys.exit(main())
