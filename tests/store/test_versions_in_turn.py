"""Programs of two versions on one store: in turn where they know its schema, else refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from records.errors import SchemaVersionError
from store.store import Store
from store.upgrade import upgrade_store
from tests.databases import dump
from tests.store.factory import VERSIONS
from tests.store.stories import first, second, third
from tests.store.test_upgrade import to_come

NEWER = {**VERSIONS, "earmark": "99.0.0"}


def test_two_versions_write_in_turn_and_keep_one_ledger(place: str) -> None:
    with Store.open(place, create=True) as older, Store.open(place) as newer:
        before, after = older.start_run(VERSIONS), newer.start_run(NEWER)
        first().add(older, before)
        second().add(newer, after)
        third().add(older, before)
        older.end_run(before, {"added": 2})
        newer.end_run(after, {"added": 1})
        report = newer.audit()
        assert report.findings == ()
        assert older.counts().documents == 3
        # The store's own, two runs begun and ended, three captures and three documents.
        assert report.checked["ledger entries"] == 11


def test_a_program_that_a_newer_one_overtook_writes_no_more(
    place: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with Store.open(place, create=True) as older:
        run = older.start_run(VERSIONS)
        first().add(older, run)
        with monkeypatch.context() as patch:
            to_come(tmp_path, patch)
            upgrade_store(place)
        upgraded = dump(place)
        with pytest.raises(SchemaVersionError, match="Upgrade the program"):
            second().add(older, run)
        assert dump(place) == upgraded
