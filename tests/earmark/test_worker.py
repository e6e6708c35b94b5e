from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from earmark.channel import Derived
from earmark.limits import MIB, Limits
from earmark.worker import Worker
from records.document import Capture
from records.errors import ReadingProcessError
from records.parts import Unread

POSIX = pytest.mark.skipif(os.name != "posix", reason="signals and limits of POSIX systems")


def capture(name: str, content: bytes) -> Capture:
    return Capture.of(name, content, datetime(2024, 3, 6, tzinfo=UTC))


GOOD = capture("good.txt", "The council gave £5m for flood defences.".encode())


@pytest.fixture(autouse=True)
def spare_readers() -> None:
    """Every process here is the test's own."""


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker(Limits(seconds=30)) as started:
        started.derive(GOOD)
        yield started


def read(answer: Derived | Unread) -> list[str]:
    assert isinstance(answer, Derived)
    return [mention.amount.span.text for mention in answer.mentions]


def test_one_process_reads_document_after_document(worker: Worker) -> None:
    process = worker.pid
    assert read(worker.derive(GOOD)) == ["£5m"]
    assert read(worker.derive(GOOD)) == ["£5m"]
    assert worker.pid == process


def test_a_refusal_keeps_its_code_and_words(worker: Worker) -> None:
    answer = worker.derive(capture("empty.txt", b""))
    assert isinstance(answer, Unread)
    assert answer.code.startswith("source.")
    assert "empty" in answer.message
    assert "Traceback" in answer.detail


@POSIX
def test_a_document_that_takes_too_long_is_stopped_and_the_next_one_read() -> None:
    with Worker(Limits(seconds=3)) as worker:
        worker.derive(GOOD)
        assert worker.pid
        os.kill(worker.pid, signal.SIGSTOP)
        answer = worker.derive(capture("slow.txt", b"never"))
        assert isinstance(answer, Unread)
        assert answer.code == "source.limit"
        assert answer.message.startswith("slow.txt: took longer than 3 s")
    with Worker(Limits(seconds=30)) as worker:
        assert read(worker.derive(GOOD)) == ["£5m"]


@POSIX
def test_a_process_that_dies_over_a_document_is_named_and_replaced(worker: Worker) -> None:
    worker.derive(GOOD)
    process = worker.pid
    assert process
    os.kill(process, signal.SIGSTOP)

    def crash() -> None:
        os.kill(process, signal.SIGSEGV)
        os.kill(process, signal.SIGCONT)

    clock = threading.Timer(0.2, crash)
    clock.start()
    answer = worker.derive(capture("crash.pdf", b"%PDF-"))
    clock.join()
    assert isinstance(answer, Unread)
    assert answer.code == "source.crash"
    assert "crash.pdf: the process that read it died (SIGSEGV)" in answer.message
    assert read(worker.derive(GOOD)) == ["£5m"]
    assert worker.pid != process


@POSIX
def test_a_document_that_needs_too_much_memory_is_refused() -> None:
    page = b"<html><body><article><p>" + b"five million pounds " * 1_000_000
    with Worker(Limits(memory=512 * MIB)) as worker:
        answer = worker.derive(capture("big.html", page))
        assert isinstance(answer, Unread)
        assert answer.code == "source.limit"
        assert "memory" in answer.message
        assert worker.pid is None
        assert read(worker.derive(GOOD)) == ["£5m"]


def test_a_process_is_replaced_after_its_share_of_bytes() -> None:
    with Worker(Limits(content=2 * len(GOOD.content))) as worker:
        pids = []
        for _ in range(4):
            worker.derive(GOOD)
            pids.append(worker.pid)
    assert pids[0] == pids[1] != pids[2] == pids[3]


def test_nothing_a_reader_prints_reaches_the_user(capfd: pytest.CaptureFixture[str]) -> None:
    broken = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n%%EOF"
    with Worker() as worker:
        worker.derive(capture("broken.pdf", broken))
    assert capfd.readouterr() == ("", "")


def test_a_process_that_cannot_start_is_an_error_with_the_reason(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "ingest"
    broken.mkdir()
    (broken / "__init__.py").write_text("raise ImportError('half an installation')")
    monkeypatch.syspath_prepend(tmp_path)
    with Worker() as worker, pytest.raises(ReadingProcessError, match="half an installation"):
        worker.derive(GOOD)


def test_the_current_folder_offers_no_modules(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "pickle.py").write_text("raise SystemExit('a document was run')")
    monkeypatch.chdir(tmp_path)
    with Worker() as worker:
        assert read(worker.derive(GOOD)) == ["£5m"]


@POSIX
def test_the_process_ends_when_its_parent_is_killed() -> None:
    program = (
        "import os, sys; from datetime import UTC, datetime; from earmark.worker import Worker; "
        "from records.document import Capture; worker = Worker(); "
        "worker.derive(Capture.of('a.txt', b'text', datetime.now(UTC))); "
        "print(worker.pid, flush=True); os.kill(os.getpid(), 9)"
    )
    killed = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    child = int(killed.stdout)
    for _ in range(100):
        if not _runs(child):
            return
        time.sleep(0.05)
    pytest.fail(f"process {child} outlived its parent")


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/stat")  # a zombie that nobody waits for has ended, too
    return not (status.exists() and ") Z " in status.read_text())
