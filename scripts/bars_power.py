#!/usr/bin/env python3
"""Cut the power on paper, at random moments, and look at what a disk may hold then.

    scripts/bars_power.py [--images 2000] [--quick] [--seed 1]

`strace` records what a process that fills a store writes, cuts off, syncs, makes and removes, and
when it says that a document is kept. An image is what a disk may hold after one of these calls: all
that was synced; of the rest each write may be there, not at all, or up to a multiple of 512 bytes;
what was cut off, made or removed may be so or not, until its folder was synced. This is harsher
than file systems are. Of each image: the store opens, nothing is missing that was said to be kept,
the audit finds nothing. One JSON line; exit 0 where all images of both journal modes held, and
those of the controls, each with one sync too few, did not. Linux, with strace.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from records.errors import StoreError
from store import sqlite
from store.audit.asked import Asked
from store.store import Store
from tests.store.child import numbered
from tests.store.factory import VERSIONS

DOCUMENTS = 12
SETTINGS = {
    "delete": ("delete", 3),
    "wal": ("wal", 2),
    "control delete": ("delete", 2),
    "control wal": ("wal", 1),
}
"""Name to journal mode and `synchronous`: EXTRA, FULL; the controls FULL, NORMAL."""
SECTOR = 512
_CALL = re.compile(r"^(?:\d+\s+)?(\w+)\((.*)\)\s+= (-?\d+)", re.DOTALL)
_HEX = r"(?:\\x[0-9a-f]{2})"
_FILE = re.compile(rf'^(?:AT_FDCWD(?:<[^>]*>)?, )?(?:(\d+)<({_HEX}+)>|"({_HEX}+)")')
_DATA = re.compile(rf'"({_HEX}*)"')


def main() -> int:
    """Run it, or be the process that writes."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--images", type=int, default=2000, help="Of each journal mode.")
    options.add_argument("--quick", action="store_true", help="A tenth.")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--child", metavar="PLACE", help=argparse.SUPPRESS)
    options.add_argument("--synchronous", type=int, help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.child:
        write_all(asked.child, asked.synchronous)
        return 0
    images = asked.images // 10 if asked.quick else asked.images
    draw, began = Random(asked.seed), time.monotonic()  # noqa: S311 - for variety, no secret
    runs = {
        name: cut(mode, synchronous, images, draw) for name, (mode, synchronous) in SETTINGS.items()
    }
    good = all(
        bool(seen["lost"] + seen["broken"]) == name.startswith("control")
        for name, seen in runs.items()
    )
    told = {"bar": "B2 power", "good": good, "runs": runs}
    sys.stdout.write(json.dumps({**told, "seconds": round(time.monotonic() - began, 1)}) + "\n")
    return 0 if good else 1


def write_all(place: str, synchronous: int) -> None:
    """Fill a store, and say after each document that it is kept."""
    settings = sqlite.settings_for

    def chosen(mode: str, wait_seconds: float, *, read_only: bool) -> dict[str, int]:
        return {**settings(mode, wait_seconds, read_only=read_only), "synchronous": synchronous}

    with mock.patch.object(sqlite, "settings_for", chosen), Store.open(place) as store:
        run = store.start_run(VERSIONS)
        for number in range(DOCUMENTS):
            numbered(number).add(store, run)
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()


@dataclass
class Event:
    """A call: `write`, `cut`, `sync`, `make`, `remove`, or `said`."""

    kind: str
    file: str
    at: int = 0
    data: bytes = b""


@dataclass
class Disk:
    """What is on a disk for certain, and what may be.

    Attributes:
        files: Name to content that is synced.
        waiting: Name to writes and cuts that are not.
        names: Files made or removed whose folder was not synced since, and which of the two.
    """

    files: dict[str, bytes]
    waiting: dict[str, list[Event]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    old: dict[str, bytes] = field(default_factory=dict)

    def take(self, event: Event, folder: str) -> None:
        """Let a call happen."""
        name = event.file
        if event.kind in ("write", "cut"):
            self.waiting.setdefault(name, []).append(event)
        elif event.kind == "sync" and name == folder:
            self.names.clear()
            self.old.clear()
        elif event.kind == "sync":
            content = self.files.get(name, b"")
            for one in self.waiting.pop(name, []):
                content = applied(content, one)
            self.files[name] = content
        elif event.kind == "make":
            self.files.setdefault(name, b"")
            self.names[name] = "made"
        elif event.kind == "remove":
            # It may come back as it last was on the disk.
            self.old[name] = self.files.pop(name, b"")
            self.waiting.pop(name, None)
            self.names[name] = "removed"

    def image(self, draw: Random) -> dict[str, bytes]:
        """Return what may be there."""
        held = dict(self.files)
        for name, events in self.waiting.items():
            content = held.get(name, b"")
            for one in events:
                fate = draw.random()
                if fate < 1 / 3:
                    continue
                whole = fate > 2 / 3 or one.kind == "cut"
                content = applied(content, one if whole else torn(one, draw))
            held[name] = content
        for name, what in self.names.items():
            if draw.random() < 1 / 2:
                continue
            if what == "made":
                held.pop(name, None)
            elif name not in held:
                held[name] = self.old[name]
        return held


def applied(content: bytes, event: Event) -> bytes:
    """Return a file's content after a write or a cut."""
    if event.kind == "cut":
        return content[: event.at].ljust(event.at, b"\0")
    padded = content.ljust(event.at, b"\0")
    return padded[: event.at] + event.data + padded[event.at + len(event.data) :]


def torn(event: Event, draw: Random) -> Event:
    """Return a write of which only the first sectors came to the disk."""
    sectors = max(1, len(event.data) // SECTOR)
    return Event("write", event.file, event.at, event.data[: draw.randrange(sectors) * SECTOR])


def cut(mode: str, synchronous: int, images: int, draw: Random) -> Counter[str]:
    """Record one run and look at images of it; return what was seen."""
    seen: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "disk"
        folder.mkdir()
        path = folder / "bar.earmark.db"
        with mock.patch.object(sqlite, "journal_mode_for", return_value=mode):
            Store.open(str(path), create=True).close()
        before = {str(one): one.read_bytes() for one in folder.iterdir()}
        sizes = {one: len(content) for one, content in before.items()}
        log = record(path, synchronous, Path(name) / "calls")
        events = [*events_of(log, str(folder), sizes)]
        seen["calls"] = len(events)
        for _ in range(images):
            disk, said = Disk(dict(before)), set()
            for event in events[: draw.randrange(len(events)) + 1]:
                if event.kind == "said":
                    said |= {int(number) for number in event.data.split()}
                else:
                    disk.take(event, str(folder))
            look(path, disk.image(draw), said, seen)
    return seen


def look(path: Path, image: dict[str, bytes], said: set[int], seen: Counter[str]) -> None:
    """Open what a disk may hold, and count what is wrong with it."""
    for left in path.parent.iterdir():
        left.unlink()
    for name, content in image.items():
        Path(name).write_bytes(content)
    seen["images"] += 1
    try:
        with Store.open(str(path)) as store:
            lost = sum(store.state_of(numbered(one).capture) != "done" for one in said)
            findings = len(store.audit(None, VERSIONS, Asked(deep=False)).findings)
    except StoreError:
        seen["broken"] += 1
        return
    seen["lost"] += lost > 0
    seen["broken"] += findings > 0


def record(path: Path, synchronous: int, log: Path) -> Path:
    """Run the writing process under strace; return the file of its calls."""
    calls = "trace=openat,pwrite64,write,ftruncate,fsync,fdatasync,unlink,unlinkat"
    tracing = ["strace", "-xx", "-y", "-s", "10000000", "-e", calls, "-o", str(log)]
    child = [sys.executable, __file__, "--child", str(path), "--synchronous", str(synchronous)]
    subprocess.run([*tracing, "--", *child], check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    return log


def events_of(log: Path, folder: str, sizes: dict[str, int]) -> Iterator[Event]:
    """Yield what happened in a folder, from the lines of strace.

    Args:
        log: What strace wrote.
        folder: Where the store is.
        sizes: Of the files there at first; a plain `write` goes to the end of its file.
    """
    made = {*sizes}
    for line in log.read_text("ascii").splitlines():
        call = _CALL.match(line)
        file = call and _FILE.match(call[2])
        if not call or not file or int(call[3]) < 0:
            continue
        name = _text(file[2] or file[3]).decode("utf-8", "replace")
        kind, rest = call[1], call[2][file.end() :]
        if kind == "write" and file[1] == "1":
            yield Event("said", "", data=_text(_first(_DATA, rest)))
        elif not name.startswith(folder):
            continue
        elif kind in ("pwrite64", "write"):
            data = _text(_first(_DATA, rest))
            at = int(rest.rsplit(",", 1)[1]) if kind == "pwrite64" else sizes.get(name, 0)
            sizes[name] = at + len(data)
            yield Event("write", name, at, data)
        elif kind == "ftruncate":
            yield Event("cut", name, int(rest.rsplit(",", 1)[1]))
        elif kind in ("fsync", "fdatasync"):
            yield Event("sync", name)
        elif kind == "openat" and "O_CREAT" in rest and name not in made:
            made.add(name)
            yield Event("make", name)
        elif kind in ("unlink", "unlinkat"):
            made.discard(name)
            yield Event("remove", name)


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""


def _text(escaped: str) -> bytes:
    return bytes.fromhex(escaped.replace("\\x", ""))


if __name__ == "__main__":
    sys.exit(main())
