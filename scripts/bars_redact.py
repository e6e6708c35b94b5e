#!/usr/bin/env python3
"""Redact documents while others write and read, and look for what they said everywhere.

    scripts/bars_redact.py [--documents 50] [--quick] [--seed 1] [--server URL]

Each document has a marker of 24 bytes of its own in its text, its name, its title, a quote and a
decision. Afterwards markers, their UTF-16 forms and hashes by which they could be guessed are
looked for in every file of the store, its folder and the temporary folder, in exports and in a
backup. One JSON line; exit 0 where nothing is found, the entries of the ledger from before still
stand, and the audit says so. With a server the store is there, and its values and statistics are
searched. The control clears no file (secure_delete off, no VACUUM), and must find markers.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sqlalchemy import text

from store import redacting, sqlite
from store.exports.jsonl import JSONL
from store.exports.whole import STORE_LINES
from store.ledger import Entry, entries
from store.saying import Saying
from store.store import Store
from tests.databases import behind_its_back, dump
from tests.store.factory import VERSIONS, given, mention
from tests.store.stories import Story, story

ROOT = Path(__file__).resolve().parents[1]
AT_ONCE = 5
"""Documents in one order."""


@dataclass(frozen=True)
class Marked:
    """A document and its marker."""

    story: Story
    marker: str

    def forms(self) -> Iterator[bytes]:
        """Yield what must be nowhere."""
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            yield self.marker.encode(encoding)
        for said in (self.story.capture.content, self.marker.encode()):
            yield hashlib.sha256(said).digest()
            yield hashlib.sha256(said).hexdigest().encode()


def main() -> int:
    """Run it, and its control."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--documents", type=int, default=50)
    options.add_argument("--quick", action="store_true", help="A tenth.")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--server", help="Address of an empty database, instead of a file.")
    asked = options.parse_args()
    number = max(AT_ONCE, asked.documents // 10) if asked.quick else asked.documents
    began = time.monotonic()
    runs: dict[str, dict[str, object]] = {}
    if asked.server:
        runs["postgresql"] = run(asked.server, draw(asked.seed), number)
    for mode in () if asked.server else ("delete", "wal"):
        with in_a_folder(mode) as place:
            runs[mode] = run(place, draw(asked.seed), number)
        with in_a_folder(mode) as place, uncleared():
            runs[f"control {mode}"] = run(place, draw(asked.seed), number)
    good = all(bool(one["good"]) != name.startswith("control") for name, one in runs.items())
    seconds = round(time.monotonic() - began, 1)
    told = {"bar": "B13 redact", "documents": number, "good": good, "runs": runs}
    sys.stdout.write(json.dumps({**told, "seconds": seconds}) + "\n")
    return 0 if good else 1


def draw(seed: int) -> Random:
    """Return the same draws for the same seed."""
    return Random(seed)  # noqa: S311 - for variety, not for secrets


@contextmanager
def in_a_folder(mode: str) -> Iterator[str]:
    """Make a place for a store, with temporary files in the same folder."""
    with (
        tempfile.TemporaryDirectory() as name,
        mock.patch.object(sqlite, "journal_mode_for", return_value=mode),
    ):
        temporary = Path(name) / "tmp"
        temporary.mkdir()
        with mock.patch.dict(
            os.environ, {"TMPDIR": str(temporary), "SQLITE_TMPDIR": str(temporary)}
        ):
            yield str(Path(name) / "bar.earmark.db")


@contextmanager
def uncleared() -> Iterator[None]:
    """Leave in the files what was erased."""
    settings = sqlite.settings_for

    def careless(mode: str, wait_seconds: float, *, read_only: bool) -> dict[str, int]:
        return {**settings(mode, wait_seconds, read_only=read_only), "secure_delete": 0}

    with (
        mock.patch.object(sqlite, "settings_for", careless),
        mock.patch.object(redacting, "scrub_file"),
        mock.patch.object(redacting, "look_in_files", return_value=[]),
    ):
        yield


def run(place: str, draws: Random, number: int) -> dict[str, object]:
    """Fill a store, redact under load, and look."""
    marked = [marked_story(draws, one) for one in range(number)]
    with Store.open(place, create=True) as store:
        run_id = store.start_run(VERSIONS)
        names = [one.story.add(store, run_id).document for one in marked]
        store.end_run(run_id, {"added": number})
        decide(store, marked)
        before = ledger_of(store)
    with load(place):
        for start in range(0, number, AT_ONCE):
            with Store.open(place) as store:
                store.redact(names[start : start + AT_ONCE], "erasure-request", "bar")
    with Store.open(place) as store:
        report = store.audit()
        after = ledger_of(store)
        written = exports(store) if "://" in place else [*exports(store), backup(store)]
    redacted = sum(note.verdict == "redacted" for note in report.notes)
    found = look(place, marked, written)
    whole = after[: len(before)] == before
    good = not found and whole and report.outcome == "weaker" and redacted == number
    return {
        **{"good": good, "found": found, "pieces": sum(len([*one.forms()]) for one in marked)},
        **{"audit": report.outcome, "redacted": redacted, "old entries stand": whole},
        "entries": len(after),
    }


def marked_story(draws: Random, number: int) -> Marked:
    """Return a document that says its marker in every way."""
    marker = "".join(draws.choices("bcdfghjkmnpqrstvwxz", k=24))
    amount = f"£{number + 2}.{number % 90 + 10}m"
    said = f"Letter {number}. The fund gives {amount} to {marker} for the {marker} roof."
    sum_ = mention(
        said, amount, str((number + 2) * 10**6 + (number % 90 + 10) * 10**4), recipient=marker
    )
    return Marked(story(said, f"{marker}.txt", given(title=f"To {marker}"), [sum_]), marker)


def decide(store: Store, marked: Sequence[Marked]) -> None:
    """Have people say the markers too."""
    names = [document.mentions[0].id for document in store.documents()]
    for name, one in zip(names, marked, strict=True):
        store.decide(Saying("correct", (name,), "ben", one.marker, "purpose", one.marker))


def ledger_of(store: Store) -> list[Entry]:
    """Return the entries."""
    with store._reading() as connection:  # noqa: SLF001 - there is no other way to them
        return list(entries(connection))


@contextmanager
def load(place: str) -> Iterator[None]:
    """Have another process write documents all the while, each read back."""
    command = [sys.executable, "-m", "tests.store.child", place, "0", "4000"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as child:  # noqa: S603 - ours
        assert child.stdout is not None  # noqa: S101 - it is a pipe; narrows
        child.stdout.readline()  # its first document is kept
        yield
        child.terminate()


def exports(store: Store) -> list[bytes]:
    """Return the claims and the whole store with its sources, as lines."""
    texts = []
    for lines in (JSONL.lines, STORE_LINES.ways["with_sources"]):
        with store.selection() as chosen:
            texts.append("".join(lines(chosen)).encode())
    return texts


def backup(store: Store) -> bytes:
    """Return a copy of the store, as bytes."""
    path = Path(store.place).with_name("backup.earmark.db")
    store.copy_to(str(path))
    return path.read_bytes()


def look(place: str, marked: Sequence[Marked], written: Sequence[bytes]) -> dict[str, int]:
    """Return where markers stand, and how many forms of them."""
    heaps: dict[str, bytes] = {f"export {n}": one for n, one in enumerate(written)}
    if "://" in place:
        heaps["tables"] = "\n".join(row for rows in dump(place).values() for row in rows).encode()
        with behind_its_back(place) as connection:
            values = connection.execute(text("SELECT * FROM pg_stats WHERE schemaname = 'public'"))
            heaps["statistics"] = "\n".join(map(repr, values)).encode()
    else:
        for path in sorted(Path(place).parent.rglob("*")):
            if path.is_file():
                heaps[path.name] = path.read_bytes()
    forms = [form for one in marked for form in one.forms()]
    found = Counter({name: sum(form in heap for form in forms) for name, heap in heaps.items()})
    return {name: number for name, number in found.items() if number}


if __name__ == "__main__":
    sys.exit(main())
