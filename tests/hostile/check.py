"""Ingest hostile files by the real way, and hold what came of each against its manifest."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from earmark import IngestOptions, open_store
from earmark.api import EarmarkStore
from earmark.cli.program import run as run_command
from earmark.outcome import Outcome
from records.errors import EarmarkError
from tests.hostile.families import MANIFEST
from tests.hostile.judge import Entry, Result, judge
from tests.hostile.memory import Memory

GOOD = "The council gave £{}m to the museum.\n"
_CLEAR = "\r\x1b[K"  # what the progress bar writes to make room for a line
_ACTS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
_AT_ONCE = 200  # claims that are shown


def entries(folder: Path, families: Iterable[str] = ()) -> list[Entry]:
    """Return the lines of a folder's manifest, of some families or of all."""
    lines = (folder / MANIFEST).read_text("utf-8").splitlines()
    every = [Entry(**json.loads(line)) for line in lines]
    return [entry for entry in every if not families or entry.family in set(families)]


def check(store: EarmarkStore, folder: Path, entry: Entry, memory: Memory) -> Result:
    """Ingest one file and say what became of it."""
    took: list[float] = []
    last = time.monotonic()

    def progress(_number: int, _total: int, _outcome: Outcome) -> bool:
        nonlocal last
        took.append(time.monotonic() - last)
        last = time.monotonic()
        return True

    memory.reset()
    try:
        run = store.ingest(str(folder / entry.file), options=IngestOptions(progress=progress))
    except EarmarkError as error:
        return Result(entry, faults=[f"it ended the run: {error}"])
    result = judge(entry, run.outcomes, list(_quotes(store, run.outcomes)))
    result.memory = memory.peak()
    took.append(time.monotonic() - last)
    result.seconds, result.whole = max(took), sum(took)
    return result


def _quotes(store: EarmarkStore, outcomes: Sequence[Outcome]) -> Iterator[str]:
    for document in dict.fromkeys(o.document for o in outcomes if o.document is not None):
        for stored in store.document(document).mentions:
            yield stored.mention.amount.span.text


def goes_on(store: EarmarkStore, place: Path, number: int) -> list[str]:
    """Tell whether a good file is read as ever; this also starts the process that a file killed."""
    path = place / f"good-{number}.txt"
    path.write_text(GOOD.format(number), "utf-8")
    (outcome,) = store.ingest(str(path)).outcomes
    return [] if (outcome.word, outcome.claims) == ("added", 1) else [f"then: {outcome.note}"]


def changed_files(folder: Path, every: Iterable[Entry]) -> Iterator[str]:
    """Name the files whose bytes are no longer those of the manifest."""
    for entry in every:
        content = (folder / entry.file).read_bytes()
        if hashlib.sha256(content).hexdigest() != entry.sha256:
            yield f"{entry.file!r} has changed"


class _Terminal(io.TextIOWrapper):
    """Stands for a terminal that keeps what is written to it."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), "utf-8", "backslashreplace", newline="")

    def isatty(self) -> bool:
        return True

    def shown(self) -> str:
        self.flush()
        assert isinstance(self.buffer, io.BytesIO)
        return self.buffer.getvalue().decode()


def printed(*arguments: str) -> str:
    """Return what a command prints on a terminal, its own ways to move on the screen left out."""
    terminal = _Terminal()
    with redirect_stdout(terminal), redirect_stderr(terminal):
        run_command(arguments)
    return terminal.shown().replace(_CLEAR, "")


def acting(shown: str) -> list[str]:
    """Return the lines of some output that would act on a terminal, hide or turn round."""
    return [ascii(line) for line in shown.split("\n") if _ACTS.search(line)]


def acts_on_terminals(store: Path, other: Path, files: Sequence[Path]) -> list[str]:
    """Ingest files once more, and look at everything; return the lines that act on a terminal.

    Args:
        store: Of the first reading; its claims and documents are shown.
        other: Where a second store is made.
        files: To ingest into that.
    """
    os.environ["NO_COLOR"] = "1"  # so that every escape is a document's
    found = acting(printed("ingest", *map(str, files), "--no-fetch", "--store", str(other)))
    for arguments in (["query"], ["runs"]):
        found += acting(printed(*arguments, "--store", str(store)))
    with open_store(other, create=False) as opened:
        names = [claim.id for claim in opened.claims()][:_AT_ONCE]
        names += [document.id for document in opened.documents()][:_AT_ONCE]
    found += acting(printed("show", *names, "--store", str(other)))
    return found
