"""Several processes on one store, and processes that die."""

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from store import sqlite
from store.store import Store
from tests.store.child import numbered

ROOT = Path(__file__).parents[2]
DOCUMENTS = 40


def start(place: str, first: int, last: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.store.child", place, str(first), str(last)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own


def acknowledged(child: subprocess.Popen[str], least: int) -> set[int]:
    """Kill a child somewhere after its `least`th document; return what it said is kept."""
    assert child.stdout is not None
    said = {int(child.stdout.readline()) for _ in range(least)}
    child.send_signal(signal.SIGKILL)
    rest = child.communicate()[0]
    return said | {int(line) for line in rest.split("\n")[:-1]}


@pytest.fixture
def writable(request: pytest.FixtureRequest, path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A place where a store is: a file in one of two journal modes, or a server."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("database"))
    monkeypatch.setattr(sqlite, "journal_mode_for", lambda version: request.param)
    Store.open(str(path), create=True).close()
    return str(path)


@pytest.mark.parametrize("writable", ["delete", "wal", "postgresql"], indirect=True)
def test_a_killed_writer_loses_nothing_and_is_resumed(writable: str) -> None:
    chance = random.Random(7)  # noqa: S311 - where to kill, nothing secret
    kept: set[int] = set()
    for _ in range(4):
        child = start(writable, 0, DOCUMENTS)
        kept |= acknowledged(child, chance.randint(1, DOCUMENTS - 1))
        with Store.open(writable, read_only=True) as store:
            assert store.audit().findings == ()
            for number in kept:
                assert store.state_of(numbered(number).capture) == "done"
    with start(writable, 0, DOCUMENTS) as child:
        child.communicate()
    assert child.returncode == 0
    with Store.open(writable, read_only=True) as store:
        counts = store.counts()
        assert (counts.documents, counts.mentions, counts.pending) == (DOCUMENTS, DOCUMENTS * 2, 0)
        assert store.audit().findings == ()


def test_writers_at_once_all_succeed(place: str) -> None:
    """The short form of `scripts/load_store.py`."""
    writers = [start(place, first, last) for first, last in ((0, 20), (10, 30), (20, DOCUMENTS))]
    for writer in writers:
        writer.communicate()
    assert [writer.returncode for writer in writers] == [0, 0, 0]
    with Store.open(place, read_only=True) as store:
        assert store.counts().documents == DOCUMENTS
        assert len({stored.document.sha256 for stored in store.documents()}) == DOCUMENTS
        report = store.audit()
        assert report.findings == ()
        assert [note for note in report.notes if note.level != "storage"] == []
