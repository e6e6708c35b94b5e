"""Ctrl-C and kill -9 in the middle of an ingest: nothing acknowledged is lost, and it goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

import pytest

from earmark.cli.interrupt import Interrupt
from earmark.cli.main import main
from tests.earmark.conftest import Cli, environment

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX systems")

DOCUMENTS = 12


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder whose documents restate one another's money."""
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(DOCUMENTS):
        text = (
            f"Report {number}. Ministers will spend £{number % 4 + 1}27.4m on flood defences. "
            f"The council gave £{number + 1},250,000 for roads."
        )
        (folder / f"{number:02}.txt").write_text(text, "utf-8")
    return folder


def started(tmp_path: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "earmark", "ingest", *arguments],
        cwd=tmp_path,
        env=environment(tmp_path / "home"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def next_line(stream: IO[str] | None) -> str:
    assert stream is not None
    return stream.readline()


def gold(cli: Cli, tmp_path: Path, store: str) -> dict[str, list[object]]:
    """Return every document's mentions, in which claims are named by the mentions they hold."""
    cli("export", "--format", "gold", "-o", f"gold-{store}", "--store", store)
    files = sorted((tmp_path / f"gold-{store}").iterdir())
    data = {path.name: json.loads(path.read_text("utf-8"))["mentions"] for path in files}
    members: dict[str, list[str]] = {}
    for name, mentions in data.items():
        for mention in mentions:
            members.setdefault(mention["claim"], []).append(f"{name}@{mention['amount']['start']}")
    for mentions in data.values():
        for mention in mentions:
            mention["claim"] = members[mention["claim"]]
    return data


def test_a_killed_ingest_leaves_a_store_that_audits_clean_and_resumes(
    cli: Cli, news: Path, tmp_path: Path
) -> None:
    process = started(tmp_path, "news", "--store", "killed.db")
    acknowledged = [next_line(process.stdout).split("\t")[2] for _ in range(3)]
    process.kill()
    process.communicate()
    assert cli("audit", "--deep", "--store", "killed.db").status == 0
    kept = gold(cli, tmp_path, "killed.db")
    assert {Path(name).with_suffix(".json").name for name in acknowledged} <= set(kept)
    assert cli("ingest", "news", "--store", "killed.db").status == 0
    assert cli("ingest", "news", "--store", "whole.db").status == 0
    assert len(gold(cli, tmp_path, "whole.db")) == DOCUMENTS
    assert gold(cli, tmp_path, "killed.db") == gold(cli, tmp_path, "whole.db")
    assert cli("audit", "--deep", "--store", "killed.db").status == 0


def test_ctrl_c_finishes_the_document_and_says_how_to_go_on(
    cli: Cli, news: Path, tmp_path: Path
) -> None:
    process = started(tmp_path, "news", "--store", "stopped.db")
    next_line(process.stdout)
    process.send_signal(signal.SIGINT)
    rest, errors = process.communicate()
    done = 1 + len(rest.splitlines())
    assert process.returncode == 130
    assert "Press Ctrl-C again to stop at once." in errors
    assert f"Stopped after {done} of {DOCUMENTS} sources" in errors
    assert "Run the same command again" in errors
    assert "Traceback" not in errors
    assert cli("audit", "--deep", "--store", "stopped.db").status == 0
    resumed = cli("ingest", "news", "--store", "stopped.db")
    assert resumed.status == 0
    words = [line.split("\t")[1] for line in resumed.lines]
    assert words == ["unchanged"] * done + ["added"] * (DOCUMENTS - done)


def test_a_second_ctrl_c_stops_at_once(cli: Cli, news: Path, tmp_path: Path) -> None:
    """The second source is standard input, which never ends."""
    process = started(tmp_path, "news/00.txt", "-", "--store", "stopped.db")
    next_line(process.stdout)
    process.send_signal(signal.SIGINT)
    while "Press Ctrl-C again" not in next_line(process.stderr):
        pass
    process.send_signal(signal.SIGINT)
    status = process.wait(timeout=60)
    _, errors = process.communicate()
    assert status == 130
    assert "Traceback" not in errors
    assert cli("audit", "--deep", "--store", "stopped.db").status == 0


class Loading:
    """Is interrupted where Python looks for a module."""

    def find_spec(self, name: str, *_: object) -> None:
        raise KeyboardInterrupt(name)


def test_ctrl_c_while_the_program_is_loaded_is_no_traceback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(sys.modules, "earmark.cli.program", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Loading()])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130


class Stubborn:
    """Is interrupted while Python finalizes it, which drops what is raised there."""

    def __del__(self) -> None:
        signal.raise_signal(signal.SIGINT)


def interrupt_twice() -> None:
    with Interrupt() as interrupt:
        signal.raise_signal(signal.SIGINT)
        assert interrupt.asked
        Stubborn()
        time.sleep(30)


def test_a_second_ctrl_c_is_not_dropped(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(KeyboardInterrupt):
        interrupt_twice()
    assert "Traceback" not in capsys.readouterr().err
