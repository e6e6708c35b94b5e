"""A real Dask cluster reads as this machine does, whatever happens to its processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from distributed import Client
from sqlalchemy import select

import earmark
from earmark import cluster
from earmark.cluster import DaskCrew, require_same
from earmark.crew import Answers, BatchLostError
from earmark.limits import Limits
from earmark.outcome import IngestOptions, Outcome, Run
from earmark.reader import ReadWith
from earmark.readers import Readers
from records.document import Capture
from records.errors import ReadingProcessError, SettingsError
from records.parts import Unread
from store.columns import metadata
from tests.databases import behind_its_back

DOCUMENTS = 36
# What no two runs share, or no two databases: random bytes, the time of day, the kind of journal.
CHANCE = {
    "nonce",
    "created_at",
    "journal_mode",
    "captured_at",
    "started_at",
    "ended_at",
    "refused_at",
}
Rows = dict[str, list[dict[str, Any]]]


# In a process of its own, as a user's would be; it ends when its standard input does.
CLUSTER = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=":0", host="127.0.0.1"
    ) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


@contextmanager
def local_cluster(folder: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Start a cluster; yield its address and its process."""
    script = folder / "cluster.py"
    script.write_text(CLUSTER, "utf-8")
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and script
        [sys.executable, str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdin is not None
    with process:
        yield process.stdout.readline().strip().replace("tcp://", "dask://"), process
        process.stdin.close()


@pytest.fixture(scope="module")
def workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with local_cluster(tmp_path_factory.mktemp("cluster")) as (address, _):
        yield address


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents that restate one another, one twice, one in two files, one that cannot be read."""
    folder = tmp_path_factory.mktemp("news")
    for number in range(DOCUMENTS):
        text = (
            f"Report {number}. Ministers will spend £{number % 4 + 1}27.4m on flood defences. "
            f"The council gave £{number + 1},250,000 for roads."
        )
        (folder / f"{number:02}.txt").write_text(text, "utf-8")
    (folder / "20-again.txt").write_bytes((folder / "20.txt").read_bytes())
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4\nnothing of one")
    (folder / "empty.txt").write_bytes(b"")
    return folder


def ingested(place: str, news: Path, options: IngestOptions) -> tuple[Run, Rows]:
    """Read the folder; return the run, and every row of the store but for chance and the clock."""
    with earmark.open_store(place) as kept:
        run = kept.ingest(news, options=options)
        assert kept.audit().outcome == "proven"
    with behind_its_back(place) as connection:
        rows = {
            table.name: [
                {name: value for name, value in row.items() if name not in CHANCE}
                for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()
            ]
            for table in metadata.sorted_tables
            if not table.name.startswith("ledger")
        }
    return run, rows


@pytest.fixture(scope="module")
def alone(news: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Rows]:
    return ingested(str(tmp_path_factory.mktemp("alone") / "s.db"), news, IngestOptions())


def test_a_cluster_reads_as_one_process_does(
    alone: tuple[Run, Rows], news: Path, workers: str, tmp_path: Path
) -> None:
    run, told = ingested(str(tmp_path / "s.db"), news, IngestOptions(workers=workers))
    assert run.outcomes == alone[0].outcomes
    assert told == alone[1]


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX systems")
def test_a_process_killed_in_mid_run_changes_nothing(
    alone: tuple[Run, Rows],
    news: Path,
    workers: str,
    place: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(DaskCrew, "documents", 4)  # so that batches are still to be read
    killed = []

    def kill(done: int, _total: int, _outcome: Outcome) -> bool:
        if done == 1:
            with Client(workers.replace("dask://", "tcp://"), set_as_default=False) as client:
                killed.append(next(iter(client.run(os.getpid).values())))
            os.kill(killed[0], signal.SIGKILL)
        return True

    run, told = ingested(place, news, IngestOptions(workers=workers, progress=kill))
    assert killed
    assert run.outcomes == alone[0].outcomes
    assert told == alone[1]


def capture(name: str, content: bytes) -> Capture:
    return Capture.of(name, content, datetime(2024, 3, 6, tzinfo=UTC))


class _Deadly:
    """Readers who die over one document."""

    slots, documents, content = 1, 10, 1000

    def submit(self, batch: Sequence[Capture]) -> Future[Answers]:
        answer: Future[Answers] = Future()
        if any(capture.content == b"poison" for capture in batch):
            answer.set_exception(BatchLostError("four processes died"))
        else:
            answer.set_result([Unread(one.source, "source.format", "read") for one in batch])
        return answer

    def close(self, *, broken: bool) -> None:
        self.broken = broken


def test_a_document_that_kills_its_readers_is_named_and_its_neighbours_are_read() -> None:
    contents = [b"a", b"b", b"poison", b"c"]
    with Readers(_Deadly()) as readers:
        waits = [readers.derive(capture(f"{n}.txt", one)) for n, one in enumerate(contents)]
        answers = [wait() for wait in waits]
    codes = [one.code if isinstance(one, Unread) else "derived" for one in answers]
    assert codes == ["source.format", "source.format", "source.crash", "source.format"]
    poison = answers[2]
    assert isinstance(poison, Unread)
    assert poison.message.startswith("2.txt: every process of the cluster that read it died")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1:8786",
        "tcp://127.0.0.1:8786",
        "dask://",
        "dask://host",
        "dask://host:",
        "http://h:1",
    ],
)
def test_an_address_that_is_no_cluster_is_refused(address: str) -> None:
    with pytest.raises(SettingsError, match=r"dask://HOST:PORT"):
        DaskCrew(address, ReadWith(), Limits())


def test_a_cluster_with_other_rules_is_refused() -> None:
    here = {"earmark": "1", "rules": "abc", "sqlite": "3.50"}
    require_same(here, {**here, "sqlite": "3.40"})
    with pytest.raises(ReadingProcessError, match="rules xyz there, abc here"):
        require_same(here, {**here, "rules": "xyz"})


def test_jobs_and_workers_contradict_each_other() -> None:
    with pytest.raises(SettingsError, match="leave one out"):
        IngestOptions(jobs=2, workers="dask://127.0.0.1:8786").check()


def test_a_scheduler_that_goes_away_is_said_and_the_next_run_goes_on(
    news: Path, tmp_path: Path, alone: tuple[Run, Rows]
) -> None:
    with earmark.open_store(tmp_path / "s.db") as kept:
        with local_cluster(tmp_path) as (address, process):

            def kill(_done: int, _total: int, _outcome: Outcome) -> bool:
                process.kill()
                return True

            with pytest.raises(ReadingProcessError, match="run the same command again"):
                kept.ingest(news, options=IngestOptions(workers=address, progress=kill))
        again = kept.ingest(news)
        assert again.counts["unchanged"] >= 1
        assert kept.counts().documents == alone[0].counts["added"]
        assert kept.audit().outcome != "findings"


def test_where_no_scheduler_is_nothing_is_read(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 1)
    with (
        earmark.open_store(tmp_path / "s.db") as kept,
        pytest.raises(ReadingProcessError, match="no scheduler answers"),
    ):
        kept.ingest(news, options=IngestOptions(workers="dask://127.0.0.1:9"))
