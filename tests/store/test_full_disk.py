"""Disks that are full, and file systems that nobody can write: said, and nothing half-written."""

from __future__ import annotations

import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from records.errors import StoreError
from store import sqlite
from store.faults import at_the_door
from store.place import ServerPlace, place_of
from store.postgresql import open_engines
from store.store import Store
from tests.databases import dump
from tests.store.everything import fill_everything
from tests.store.factory import VERSIONS
from tests.store.stories import fill, first, second, third

PAGE = 4096
STEP = 3 * PAGE


@contextmanager
def files_up_to(size: int) -> Iterator[None]:
    """Have the system refuse to write past a size, as a full disk does at some place."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_wherever_there_is_no_more_room_a_step_is_whole_or_not_there(
    mode: str, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two documents are added again and again, with a little more room each time."""
    monkeypatch.setattr(sqlite, "journal_mode_for", lambda version: mode)
    with Store.open(str(path), create=True) as store:
        fill(store, [first()])
    size, failures = path.stat().st_size // 2, 0
    while True:
        copy = path.with_name("copy.db")
        shutil.copy(path, copy)
        kept = add_within(copy, size)
        with Store.open(str(copy)) as store:
            documents = store.counts().documents
            assert store.audit().findings == ()
            assert documents in (kept, kept + 1)  # a commit can be done before it is said
            store.start_run(VERSIONS)  # and with room it goes on
        if kept == 3:
            break
        failures, size = failures + 1, size + STEP
        for left in path.parent.glob("copy.db*"):
            left.unlink()
    assert failures > 3


def add_within(path: Path, size: int) -> int:
    """Add two documents while files may have a size; return how many are said to be kept."""
    kept = 1
    with Store.open(str(path)) as store:
        try:
            with files_up_to(size):
                run = store.start_run(VERSIONS)
                for one in (second(), third()):
                    one.add(store, run)
                    kept += 1
        except StoreError as error:
            said = str(error)
            assert "all before it was" in said
            assert "run the same command again" in said
    return kept


@pytest.mark.parametrize("size", [0, 10 * PAGE, 40 * PAGE])
def test_a_store_for_which_there_is_no_room_is_not_made(path: Path, size: int) -> None:
    with pytest.raises(StoreError, match="could not"), files_up_to(size):
        Store.open(str(path), create=True)
    assert list(path.parent.iterdir()) == []


def test_a_copy_for_which_there_is_no_room_is_not_made(place: str, path: Path) -> None:
    with Store.open(place, create=True) as store:
        fill_everything(store)
        before = dump(place)
        with pytest.raises(StoreError, match="could not"), files_up_to(60 * PAGE):
            store.copy_to(str(path))
    assert list(path.parent.iterdir()) == []
    assert dump(place) == before


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("53100", "the server's disk is full"),
        ("25006", "cannot be written"),
        ("42501", "cannot be written"),
        ("40001", "being written by another program"),
        ("57P03", "cannot be reached"),
        ("XX001", "refused"),
    ],
)
def test_what_a_server_says_is_told(database: str, state: str, words: str) -> None:
    place = place_of(database)
    assert isinstance(place, ServerPlace)
    engines = open_engines(place, 1, read_only=True)
    fail = f"DO $$ BEGIN RAISE EXCEPTION 'so it is' USING ERRCODE = '{state}'; END $$"
    with (
        pytest.raises(StoreError, match=words),
        at_the_door(place.shown, 1),
        engines.reader.begin() as connection,
    ):
        connection.execute(text(fail))
    engines.dispose()
