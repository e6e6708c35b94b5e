"""Case tables: TOML files in `cases/`, one array of tables named `case`, each with an `id`."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from records.document import Capture, Metadata

_CASES = Path(__file__).parent / "cases"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def cases(name: str) -> list[Any]:
    """Return the cases of a table as parameters that carry their ids."""
    rows = tomllib.loads((_CASES / f"{name}.toml").read_text("utf-8"))["case"]
    return [pytest.param(row, id=row["id"]) for row in rows]


def captured(content: bytes | str, source: str = "a.txt", given: Metadata | None = None) -> Capture:
    """Capture bytes, or a text as UTF-8, without a file."""
    raw = content.encode() if isinstance(content, str) else content
    return Capture.of(source, raw, NOON, given)
