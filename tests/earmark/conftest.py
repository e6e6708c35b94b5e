from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

import earmark
from corpus import bundle
from earmark.cli.program import run as run_command
from store.store import Store
from tests.readers import SpareReaders

UNSET = ("NO_COLOR", "FORCE_COLOR", "EARMARK_STORE", "EARMARK_SECONDS", "PYTHONWARNINGS")


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


Cli = Callable[..., Ended]


@pytest.fixture(autouse=True)
def spare_readers(spare: SpareReaders, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read with processes that other tests have left, and leave them to others."""
    spare.lend(monkeypatch)


def environment(home: Path, **extra: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in UNSET}
    return {**kept, "XDG_DATA_HOME": str(home), "PYTHONUTF8": "1", **extra}


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Run a command as the program does, in an empty folder, in a pipe; in this process."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, stdin: bytes = b"", **extra: str) -> Ended:
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
        with monkeypatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
            for name in UNSET:
                patch.delenv(name, raising=False)
            for name, value in {"XDG_DATA_HOME": str(tmp_path / "home"), **extra}.items():
                patch.setenv(name, value)
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8"))
            status = run_command(arguments)
        return Ended(status, _text(out), _without_progress(_text(err)))

    return run


def _without_progress(err: str) -> str:
    """Leave out the lines that a run longer than five seconds prints, as on a busy machine."""
    lines = err.splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(("reading: ", "checking: ")))


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode()


@pytest.fixture
def program(tmp_path: Path) -> Cli:
    """Run `earmark` as a user does: in a process of its own, an empty folder, no terminal."""

    def run(*arguments: str, **extra: str) -> Ended:
        ended = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "earmark", *arguments],
            capture_output=True,
            cwd=tmp_path,
            env=environment(tmp_path / "home", **extra),
            check=False,
        )
        err = _without_progress(ended.stderr.decode())
        return Ended(ended.returncode, ended.stdout.decode(), err)

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


@pytest.fixture(scope="session")
def made_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store without documents, made once; never write to it."""
    path = tmp_path_factory.mktemp("empty") / "empty.earmark.db"
    Store.open(str(path), create=True).close()
    return path


@pytest.fixture
def empty_store(made_store: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may write to."""
    for path in made_store.parent.iterdir():
        shutil.copy(path, tmp_path / path.name)
    return tmp_path / made_store.name
