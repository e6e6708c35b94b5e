"""Several processes on one store, and processes that die."""

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from store import sqlite
from store.create import create_file
from store.store import Store
from tests.store.child import numbered

ROOT = Path(__file__).parents[2]
DOCUMENTS = 40


def start(path: Path, first: int, last: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.store.child", str(path), str(first), str(last)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own


def acknowledged(child: subprocess.Popen[str], least: int) -> set[int]:
    """Kill a child somewhere after its `least`th document; return what it said is kept."""
    assert child.stdout is not None
    said = {int(child.stdout.readline()) for _ in range(least)}
    child.send_signal(signal.SIGKILL)
    rest = child.communicate()[0]
    return said | {int(line) for line in rest.split("\n")[:-1]}


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_a_killed_writer_loses_nothing_and_is_resumed(
    path: Path, mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "journal_mode_for", lambda version: mode)
    create_file(path, "0.1.0")
    chance = random.Random(7)  # noqa: S311 - where to kill, nothing secret
    kept: set[int] = set()
    for _ in range(4):
        child = start(path, 0, DOCUMENTS)
        kept |= acknowledged(child, chance.randint(1, DOCUMENTS - 1))
        with Store.open(str(path), read_only=True) as store:
            assert store.audit().findings == ()
            for number in kept:
                assert store.state_of(numbered(number).capture) == "done"
    with start(path, 0, DOCUMENTS) as child:
        child.communicate()
    assert child.returncode == 0
    with Store.open(str(path), read_only=True) as store:
        counts = store.counts()
        assert (counts.documents, counts.mentions, counts.pending) == (DOCUMENTS, DOCUMENTS * 2, 0)
        assert store.audit().findings == ()


def test_two_writers_at_once_both_succeed(path: Path) -> None:
    first, second = start(path, 0, 25), start(path, 15, DOCUMENTS)
    first.communicate()
    second.communicate()
    assert (first.returncode, second.returncode) == (0, 0)
    with Store.open(str(path), read_only=True) as store:
        assert store.counts().documents == DOCUMENTS
        assert len({stored.document.sha256 for stored in store.documents()}) == DOCUMENTS
        report = store.audit()
        assert report.findings == ()
        assert report.notes == ()
