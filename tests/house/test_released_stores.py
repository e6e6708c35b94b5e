"""Stores of every released schema still say what they said; see scripts/make_released_store.py."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest

from store import schema
from store.store import Store
from store.upgrade import upgrade_store
from tests.databases import behind_its_back

RELEASED = sorted((Path(__file__).parents[1] / "store/released").glob("*.xz"))


@pytest.mark.parametrize("kept", RELEASED, ids=lambda path: path.name)
def test_a_store_of_every_released_schema_says_the_same(kept: Path, tmp_path: Path) -> None:
    path = tmp_path / "old.earmark.db"
    path.write_bytes(lzma.decompress(kept.read_bytes()))
    with behind_its_back(str(path)) as connection:
        claims, decisions = (
            connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()  # noqa: S608 - ours
            for table in ("claims", "decisions")
        )
    upgrade_store(str(path))
    with Store.open(str(path)) as store:
        assert store.counts().claims == claims > 0
        assert len(store.decisions()) == decisions > 0
        assert store.audit().findings == ()


def test_there_is_a_store_of_the_newest_schema() -> None:
    assert RELEASED[-1].name == f"{schema.REVISION}.db.xz"
