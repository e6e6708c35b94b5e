from collections.abc import Iterator
from pathlib import Path

import pytest

from store.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "test.earmark.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(str(path), create=True) as opened:
        yield opened
