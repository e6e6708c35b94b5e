#!/usr/bin/env python3
"""Ingest the files of `make_hostile.py`, and hold what came of each against their manifest.

    scripts/check_hostile.py FOLDER [FAMILY…]

Each file goes the real way into a new store: `earmark.open_store(…).ingest(file)`, documents read
in a process with limits. Each document in it must end within 30 s and
1.5 GB with an outcome and a reason; each
planted amount must be found, or be covered by a gap, a failure or a warning that the manifest
allows; nothing else may be found; a good file must be read right after. At the end the store must
audit clean, nothing may have been written elsewhere, no connection made, and nothing that the
commands print may act on a terminal. Ends with 1 on any breach. Linux alone: memory comes from
/proc.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

# The checkout comes first, also where another copy is installed.
sys.path.insert(0, str(Path(__file__).parents[1]))

from earmark import open_store
from tests.hostile import check
from tests.hostile.guard import sitecustomize as guard
from tests.hostile.judge import SECONDS, Entry, Result
from tests.hostile.memory import Memory, peak_of

AUDIT = 300  # seconds that a document may take when it is read again
AGAIN = 2.0  # seconds; files that took longer are not read a second time for what is printed
CANARY = "The council gave £999.99m for canaries."
COLUMNS = (
    "files",
    "added",
    "partial",
    "failed",
    "found",
    "declared",
    "lost",
    "invented",
    "s",
    "MB",
)


def main() -> None:
    """Check, print a table, and end with 1 where anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("families", nargs="*")
    asked = parser.parse_args()
    folder = asked.folder.resolve()
    every = check.entries(folder, asked.families)
    with TemporaryDirectory() as place:
        results, faults = run(folder, every, Path(place))
    for result in results:
        for breach in result.breaches:
            say(f"{result.entry.file!a}: {breach[:300]}")
            faults.append(result.entry.file)
    table(results)
    long = [result for result in results if result.whole > SECONDS]
    for result in long:
        say(f"{result.entry.file!a}: {result.words.total()} documents took {result.whole:.0f} s")
    say("\n".join(faults) or "no breach")
    sys.exit(bool(faults))


def run(folder: Path, every: Iterable[Entry], place: Path) -> tuple[list[Result], list[str]]:
    """Return what became of each file, and what is wrong with the whole."""
    home, work, kept = place / "home", place / "work", place / "kept"
    for made in (home, work, kept):
        made.mkdir()
    (work / "canary.ent").write_text(CANARY, "utf-8")
    _fence(home, kept, place / "guard.log")
    os.chdir(work)
    results = []
    with open_store(kept / "a.earmark.db", fetch="never") as store, Memory() as memory:
        check.goes_on(store, kept, 0)
        for number, entry in enumerate(every, 1):
            result = check.check(store, folder, entry, memory)
            if result.words["failed"]:
                result.faults += check.goes_on(store, kept, number)
            results.append(result)
            sys.stderr.write(_line(number, result) + "\n")
    os.environ["EARMARK_SECONDS"] = str(AUDIT)  # what came in just in time may need longer now
    with open_store(kept / "a.earmark.db", create=False, fetch="never") as store:
        report = store.audit()
    faults = [f"audit: {finding}" for finding in report.findings]
    quick = [folder / result.entry.file for result in results if result.seconds < AGAIN]
    again = kept / "b.earmark.db"
    acting = check.acts_on_terminals(kept / "a.earmark.db", again, quick) if quick else []
    faults += [f"acts on a terminal: {line}" for line in acting]
    faults += check.changed_files(folder, every)
    say(f"this process held {peak_of(Path('/proc/self')) // 2**20} MB")
    faults += [f"left behind: {path}" for path in (*home.rglob("*"), *work.rglob("*"))
               if path.name != "canary.ent"]  # fmt: skip
    faults += (place / "guard.log").read_text("utf-8").splitlines()
    return results, faults


def _fence(home: Path, kept: Path, log: Path) -> None:
    """Watch this process and all that it starts, and give them folders of their own."""
    paths = {"HOME": home, "TMPDIR": home, "XDG_DATA_HOME": home, guard.LOG: log}
    os.environ |= {name: str(path) for name, path in paths.items()}
    os.environ |= {guard.MAY_WRITE: str(kept), "PYTHONDONTWRITEBYTECODE": "1"}
    os.environ["PYTHONPATH"] = str(Path(guard.__file__).parent)
    sys.dont_write_bytecode = True
    guard.watch(str(log), str(kept))


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")


def _line(number: int, result: Result) -> str:
    words = ", ".join(f"{count} {word}" for word, count in result.words.items())
    figures = f"{result.found} found, {result.declared} declared, {len(result.lost)} lost"
    bad = "  BREACH" if result.breaches else ""
    size = f"{result.seconds:.1f} s  {result.memory // 2**20} MB"
    return f"{number}  {result.entry.file!a}  {words}  {figures}  {size}{bad}"


def table(results: list[Result]) -> None:
    """Print a line for each family, and one for all."""
    say(f"{'':20}" + "".join(f"{column:>9}" for column in COLUMNS))
    families = dict.fromkeys(result.entry.family for result in results)
    for family in families:
        _row(family, [result for result in results if result.entry.family == family])
    _row("all", results)


def _row(name: str, results: list[Result]) -> None:
    words = [sum(result.words[word] for result in results) for word in COLUMNS[1:4]]
    found = sum(result.found for result in results)
    declared = sum(result.declared for result in results)
    lost = sum(len(result.lost) for result in results)
    invented = sum(len(result.invented) for result in results)
    seconds = max(result.seconds for result in results)
    memory = max(result.memory for result in results) // 2**20
    figures = [len(results), *words, found, declared, lost, invented, f"{seconds:.1f}", memory]
    say(f"{name:20}" + "".join(f"{figure:>9}" for figure in figures))


if __name__ == "__main__":
    main()
