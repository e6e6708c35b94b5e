#!/usr/bin/env python3
"""Kill writers, and servers, at random moments: nothing is lost that was said to be kept.

    scripts/bars_kill.py [--kills 1000] [--quick] [--seed 1] [--postgresql 50]

A process writes documents and says after each that it is kept; it is killed (SIGKILL) some time
after the first. Half of the kills are of a store with a rollback journal, half with a write-ahead
log. After each, by the store alone: every document that was said to be kept is there with all its
mentions, the audit finds nothing, and the next process goes on by itself. With --postgresql all
processes of a server are killed instead, so many times. One JSON line; exit 0 where all held and
the control, whose step commits twice, was found out.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from random import Random
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sqlalchemy import Connection

from records.errors import StoreError
from store import sqlite, write_document
from store.audit.asked import Asked
from store.store import Store
from tests.store.child import numbered
from tests.store.factory import VERSIONS

DOCUMENTS = 120
"""In one store; then another is begun."""
LONGEST = 0.5
"""Seconds from the first document to the kill, at most."""


def main() -> int:
    """Run it, or be the process that is killed."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--kills", type=int, default=1000)
    options.add_argument("--quick", action="store_true", help="A tenth.")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--postgresql", type=int, default=0, metavar="KILLS")
    options.add_argument("--child", metavar="PLACE", help=argparse.SUPPRESS)
    options.add_argument("--split", action="store_true", help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.child:
        write_all(asked.child, split=asked.split)
        return 0
    kills = asked.kills // 10 if asked.quick else asked.kills
    draw, began = Random(asked.seed), time.monotonic()  # noqa: S311 - when to kill, nothing secret
    runs = {mode: kill_writers(mode, kills // 2, draw) for mode in ("delete", "wal")}
    if asked.postgresql:
        runs["postgresql"] = kill_servers(asked.postgresql, draw)
    control = kill_writers("delete", max(6, kills // 50), draw, split=True)
    held = all(
        not one["findings"] and not one["lost"] and not one["stuck"] for one in runs.values()
    )
    good = held and bool(control["findings"])
    told = {"bar": "B1 kill", "good": good, "runs": runs, "control": control}
    sys.stdout.write(json.dumps({**told, "seconds": round(time.monotonic() - began, 1)}) + "\n")
    return 0 if good else 1


def write_all(place: str, *, split: bool) -> None:
    """Write what is not there yet, and say after each document that it is kept."""
    if split:
        mock.patch.object(write_document, "regroup", _in_two(write_document.regroup)).start()
    with Store.open(place) as store:
        run = store.start_run(VERSIONS)
        for number in range(DOCUMENTS):
            one = numbered(number)
            if store.state_of(one.capture) != "done":
                one.add(store, run)
                sys.stdout.write(f"{number}\n")
                sys.stdout.flush()
        store.end_run(run, {})


def _in_two(regroup: object) -> object:
    """Make a step that commits in its middle."""

    def careless(connection: Connection, *rest: object) -> object:
        connection.exec_driver_sql("COMMIT")
        time.sleep(0.02)
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        return regroup(connection, *rest)  # type: ignore[operator]

    return careless


def kill_writers(mode: str, kills: int, draw: Random, *, split: bool = False) -> Counter[str]:
    """Kill processes that write a file; return what was seen."""
    seen: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        while seen["kills"] < kills:
            path = Path(folder) / f"{seen['kills']}.earmark.db"
            with mock.patch.object(sqlite, "journal_mode_for", return_value=mode):
                Store.open(str(path), create=True).close()
            said: set[int] = set()
            kept = 0  # more than was said: some are killed between the one and the other
            while seen["kills"] < kills and kept < DOCUMENTS - 1:
                new = kill_one(str(path), draw.uniform(0, LONGEST), split=split)
                seen["kills"] += 1
                seen["stuck"] += not new
                said |= new
                seen["acknowledged"] += len(new)
                journal = path.with_name(f"{path.name}-journal")
                left = journal.exists() and journal.stat().st_size > 0
                kept = check(str(path), said, seen, left=left)
                if split and seen["findings"]:
                    return seen
    return seen


def kill_one(place: str, after: float, *, split: bool) -> set[int]:
    """Start a process, kill it some time after its first document; return what it said."""
    command = [sys.executable, __file__, "--child", place, *(["--split"] if split else [])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:  # noqa: S603 - ours
        assert child.stdout is not None  # noqa: S101 - it is a pipe; narrows
        first = child.stdout.readline()
        time.sleep(after)
        child.send_signal(signal.SIGKILL)
        rest = child.stdout.read()
    return {int(line) for line in (first + rest).split("\n")[:-1]}


def check(place: str, said: set[int], seen: Counter[str], *, left: bool) -> int:
    """Look at what a killed process left; return how many documents it kept."""
    with Store.open(place, read_only=True) as store:
        counts = store.counts()
        seen["unfinished"] += left or counts.pending > 0
        seen["findings"] += len(store.audit(None, VERSIONS, Asked()).findings)
        seen["lost"] += sum(store.state_of(numbered(one).capture) != "done" for one in said)
        seen["findings"] += counts.mentions != 2 * counts.documents  # each has two
        return counts.documents


class Server:
    """A PostgreSQL server of our own on loopback, durable as it is shipped."""

    def __init__(self) -> None:
        """Make it, and start it."""
        programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
        self._programs = programs[-1] if programs else Path(str(shutil.which("initdb"))).parent
        self._folder = Path(tempfile.mkdtemp())
        self._as: list[str] = []
        if os.getuid() == 0:
            shutil.chown(self._folder, "postgres")
            self._as = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self._run("initdb", "-D", "data", "-U", "earmark", "--auth=trust", "--encoding=UTF8")
        self.start()
        self.place = f"postgresql+psycopg://earmark@127.0.0.1:{self._port}/postgres"

    def start(self) -> None:
        """Start it, and wait for it."""
        flags = f"-p {self._port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
        self._run("pg_ctl", "-D", "data", "-l", "log", "-w", "start", "-o", flags)

    def kill(self) -> None:
        """Kill every process of it at once."""
        first = int((self._folder / "data/postmaster.pid").read_text("utf-8").split()[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text("utf-8").split()
        for process in (first, *map(int, children)):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        while Path(f"/proc/{first}").exists():
            time.sleep(0.05)

    def remove(self) -> None:
        """Stop it, and remove all of it."""
        with suppress(subprocess.CalledProcessError):
            self._run("pg_ctl", "-D", "data", "-m", "immediate", "stop")
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._as, str(self._programs / program), *arguments]
        subprocess.run(  # noqa: S603 - PostgreSQL's own programs
            command,
            cwd=self._folder,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def kill_servers(kills: int, draw: Random) -> Counter[str]:
    """Kill a server again and again while a process writes; return what was seen."""
    seen: Counter[str] = Counter()
    server = Server()
    try:
        Store.open(server.place, create=True).close()
        said: set[int] = set()
        while seen["kills"] < kills and len(said) < DOCUMENTS - 1:
            new = kill_server(server, draw.uniform(0, LONGEST), seen)
            said |= new
            seen["kills"] += 1
            seen["acknowledged"] += len(new)
            check(server.place, said, seen, left=False)
    finally:
        server.remove()
    return seen


def kill_server(server: Server, after: float, seen: Counter[str]) -> set[int]:
    """Kill a server under a writing process, start it again; return what the process said."""
    command = [sys.executable, __file__, "--child", server.place]
    with subprocess.Popen(  # noqa: S603 - ours
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as child:
        assert child.stdout is not None  # noqa: S101 - it is a pipe; narrows
        first = child.stdout.readline()
        time.sleep(after)
        server.kill()
        rest = child.stdout.read()
    server.start()
    new = {int(line) for line in (first + rest).split("\n")[:-1]}
    try:
        Store.open(server.place).close()
    except StoreError:
        seen["stuck"] += 1
    seen["stuck"] += not new
    return new


if __name__ == "__main__":
    sys.exit(main())
