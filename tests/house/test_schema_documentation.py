"""The tables and views of a store are in its documentation, as they are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from store import tables
from store.views import views

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/schema.md").read_text("utf-8")


@pytest.mark.parametrize("name", [*tables.stores.metadata.tables, *views("sqlite")])
def test_every_table_and_view_is_described(name: str) -> None:
    assert any(f"`{name}`" in line.split("|")[1] for line in TEXT.splitlines() if "|" in line)


def test_the_picture_shows_the_tables() -> None:
    command = [sys.executable, str(ROOT / "scripts/make_schema.py"), "--check"]
    ended = subprocess.run(command, cwd=ROOT, check=False)  # noqa: S603 - our own script
    assert ended.returncode == 0, "docs/schema.svg is not up to date; run scripts/make_schema.py"
