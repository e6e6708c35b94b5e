"""Stores that older programs made: upgraded with everything that they say."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from records.errors import SchemaVersionError, StoreError
from store import schema
from store.store import Store
from store.upgrade import upgrade_store
from tests.databases import dump
from tests.store.everything import fill_everything

NEXT = '''"""A migration to come."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute("{sql}")
'''
HARMLESS = "UPDATE runs SET id = id"


@pytest.fixture
def filled(place: str) -> str:
    with Store.open(place, create=True) as store:
        fill_everything(store)
    return place


def to_come(folder: Path, monkeypatch: pytest.MonkeyPatch, sql: str = HARMLESS) -> None:
    """Make this program one that knows a newer schema."""
    (folder / "0002_next.py").write_text(NEXT.format(sql=sql), "utf-8")
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, folder))
    monkeypatch.setattr(schema, "REVISION", "0002")


def backups(place: str) -> list[Path]:
    return [] if "://" in place else list(Path(place).parent.glob(f"{Path(place).name}.*.backup*"))


def test_an_upgrade_keeps_everything_and_a_backup(
    filled: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, backend: str
) -> None:
    with Store.open(filled, read_only=True) as store:
        claims, report = list(store.all_claims()), store.audit()
    before = dump(filled)
    with monkeypatch.context() as patch:
        to_come(tmp_path, patch)
        with pytest.raises(SchemaVersionError, match="earmark store upgrade"):
            Store.open(filled)
        backup = upgrade_store(filled)
        with Store.open(filled) as store:
            assert list(store.all_claims()) == claims
            after = store.audit()
        assert (after.findings, after.outcome) == ((), report.outcome)
        more = {name: report.checked[name] + 1 for name in ("ledger entries", "heads")}
        assert after.checked == {**report.checked, **more}
        assert upgrade_store(filled) is None
    with pytest.raises(SchemaVersionError, match="Upgrade the program"):
        Store.open(filled)  # as the older program
    with pytest.raises(SchemaVersionError, match="Upgrade the program"):
        upgrade_store(filled)
    assert backups(filled) == ([backup] if backend == "sqlite" else [])
    if backup:
        assert dump(str(backup)) == before
        Store.open(str(backup), read_only=True).close()
        backup.unlink()


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("UPDATE nothing SET x = 1", "nothing"),
        ("CREATE TABLE more (x INTEGER)", "table more is not Earmark's"),
    ],
)
def test_an_upgrade_that_fails_changes_nothing(
    filled: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sql: str, words: str
) -> None:
    before = dump(filled)
    with monkeypatch.context() as patch:
        to_come(tmp_path, patch, sql)
        with pytest.raises(StoreError, match=words):
            upgrade_store(filled)
    assert dump(filled) == before
    with Store.open(filled) as store:
        assert store.audit().findings == ()
    for backup in backups(filled):
        backup.unlink()


def test_an_upgrade_that_failed_can_be_tried_again(
    filled: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    to_come(tmp_path, monkeypatch, "UPDATE nothing SET x = 1")
    with pytest.raises(StoreError):
        upgrade_store(filled)
    (tmp_path / "0002_next.py").write_text(NEXT.format(sql=HARMLESS), "utf-8")
    shutil.rmtree(tmp_path / "__pycache__", ignore_errors=True)
    upgrade_store(filled)
    with Store.open(filled) as store:
        assert store.audit().findings == ()
    for backup in backups(filled):
        backup.unlink()
