"""Stores of every released schema still say what they said; see scripts/make_released_store.py."""

from __future__ import annotations

import lzma
import subprocess
import sys
from pathlib import Path

import pytest

from store import schema
from store.store import Store
from store.upgrade import upgrade_store
from tests.databases import behind_its_back

ROOT = Path(__file__).parents[2]
RELEASED = sorted(ROOT.glob("tests/store/released/*.xz"))


@pytest.fixture(params=[*RELEASED, None], ids=lambda path: path.name if path else "newest")
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A store of a released schema, or one of the newest as it would be kept now."""
    if request.param is None:
        command = [sys.executable, str(ROOT / "scripts/make_released_store.py"), str(tmp_path)]
        subprocess.run(command, check=True)  # noqa: S603 - our own script
        return tmp_path / f"{schema.REVISION}.db.xz"
    return Path(request.param)


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
