from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import earmark
from corpus import bundle

PLAIN = {"PYTHONWARNINGS", "NO_COLOR", "FORCE_COLOR", "EARMARK_STORE", "EARMARK_DEBUG"}


@dataclass(frozen=True)
class Ended:
    """How a command of the real program ended."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


Cli = Callable[..., Ended]


def environment(home: Path, **extra: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in PLAIN}
    return {**kept, "XDG_DATA_HOME": str(home), "PYTHONUTF8": "1", **extra}


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    """Run `earmark` as a user does: in a process of its own, an empty folder, no terminal."""

    def run(*arguments: str, stdin: bytes = b"", **extra: str) -> Ended:
        ended = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "earmark", *arguments],
            input=stdin,
            capture_output=True,
            cwd=tmp_path,
            env=environment(tmp_path / "home", **extra),
            timeout=120,
            check=False,
        )
        return Ended(ended.returncode, ended.stdout.decode(), ended.stderr.decode())

    return run


@pytest.fixture(scope="session")
def read_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the bundled story, made once; never write to it."""
    path = tmp_path_factory.mktemp("store") / "story.earmark.db"
    with earmark.open_store(path) as store:
        run = store.ingest(bundle.demo_files(), metadata=bundle.demo_metadata())
    assert run.counts["failed"] == 0
    return path


@pytest.fixture
def own_store(read_store: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may write to: the only store of its folder."""
    for path in read_store.parent.iterdir():
        shutil.copy(path, tmp_path / path.name)
    return tmp_path / read_store.name
