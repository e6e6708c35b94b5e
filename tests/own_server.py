"""A PostgreSQL server of a test's own, which can be killed and started again."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.databases import VARIABLE

USER = "postgres"
"""Whom Debian's package makes: a server refuses to run as root."""


class OwnServer:
    """A server in a folder, durable as one in use is."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = int(free.getsockname()[1])
        self._folder = folder
        self._options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
        self.place = f"postgresql+psycopg://earmark@127.0.0.1:{port}/postgres"
        self._run("initdb", "-U", "earmark", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._run("pg_ctl", "-l", "log", "-w", "start", "-o", self._options)

    def kill(self) -> None:
        """End every process of it at once, as when its machine loses power."""
        self._run("pg_ctl", "-m", "immediate", "stop")

    def _run(self, program: str, *arguments: str) -> None:
        found = _program(program) or program
        root = os.getuid() == 0
        subprocess.run(  # noqa: S603 - our own words
            [found, "-D", "data", *arguments],
            cwd=self._folder,
            user=USER if root else None,
            group=USER if root else None,
            extra_groups=[] if root else None,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )


@contextmanager
def own_server() -> Iterator[OwnServer]:
    """Make a server, start it, and remove it at the end; skip where tests have none."""
    if VARIABLE not in os.environ or _program("initdb") is None:
        pytest.skip("no PostgreSQL to be started: see scripts/with_postgresql")
    folder = Path(tempfile.mkdtemp())  # where the server's user may go, as in no folder of pytest's
    if os.getuid() == 0:
        user = pwd.getpwnam(USER)
        os.chown(folder, user.pw_uid, user.pw_gid)
    try:
        server = OwnServer(folder)
        server.start()
        try:
            yield server
        finally:
            server.kill()
    finally:
        shutil.rmtree(folder)


def _program(name: str) -> str | None:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return shutil.which(name, path=os.pathsep.join([*map(str, folders[-1:]), os.environ["PATH"]]))
