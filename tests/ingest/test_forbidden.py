"""Forbidden addresses: no connection is opened, and the error says why.

Counted three ways: Python's own audit events of every socket that connects, what the fetcher asks
the network for, and sockets that listen where it must not go.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import httpcore
import pytest

from ingest.fetch.client import Fetcher
from records.document import Metadata
from records.errors import FetchError
from tests.ingest.servers import Answer, Site, serving
from tests.ingest.tables import cases

PUBLIC = "93.184.216.34"
_connected: list[tuple[Any, ...]] = []


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect":
        _connected.append(tuple(arguments[1][:2]))


sys.addaudithook(_note)


class Trap:
    """Sockets of this machine that nobody may connect to."""

    def __init__(self) -> None:
        self.sockets = [socket.create_server(("127.0.0.1", 0))]
        self.port = self.sockets[0].getsockname()[1]
        with suppress(OSError):  # no IPv6 on this machine
            self.sockets.append(socket.create_server(("::1", self.port), family=socket.AF_INET6))

    def sprung(self) -> int:
        """Return how many have connected."""
        return sum(map(_accepts, self.sockets))


def _accepts(listening: socket.socket) -> bool:
    listening.settimeout(0)
    try:
        listening.accept()[0].close()
    except BlockingIOError:
        return False
    return True


@pytest.fixture(scope="module")
def trap() -> Iterator[Trap]:
    ready = Trap()
    yield ready
    for listening in ready.sockets:
        listening.close()


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def asked(site: Site, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Record every address that is to be connected to; the one public host is the test's site."""
    real, addresses = httpcore.SyncBackend.connect_tcp, list[str]()

    def connect(self: httpcore.SyncBackend, host: str, *rest: Any) -> httpcore.NetworkStream:
        addresses.append(host)
        return real(self, "127.0.0.1" if host == PUBLIC else host, *rest)

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    return addresses


def resolving(names: dict[str, list[list[str]]]) -> Callable[[str, int], list[str]]:
    """Return a resolver that knows these names, and numbers in all spellings of the system."""
    answers = {name: list(lists) for name, lists in names.items()}

    def resolve(host: str, port: int) -> list[str]:
        if host in answers:
            return answers[host].pop(0) if len(answers[host]) > 1 else answers[host][0]
        found = socket.getaddrinfo(host, port, flags=socket.AI_NUMERICHOST)
        return [str(entry[4][0]) for entry in found]

    return resolve


def build(site: Site, case: dict[str, Any], fill: Callable[[str], str]) -> None:
    """Put up the page that leads on."""
    site.pages.clear()
    site.pages["/a"] = Answer(b"It is 5m.", case.get("status", 200))
    if "location" in case:
        headers = {"Location": fill(case["location"])}
        site.pages["/a"] = Answer(b"", case["status"], headers)
    if "robots" in case:
        site.pages["/robots.txt"] = Answer(b"", case["status"], {"Location": fill(case["robots"])})


@pytest.mark.parametrize("case", cases("forbidden"))
def test_no_connection_is_opened(
    case: dict[str, Any], site: Site, trap: Trap, asked: list[str]
) -> None:
    def fill(text: str) -> str:
        for name, value in (("port", trap.port), ("site", site.port), ("long", "a" * 9000)):
            text = text.replace(f"{{{name}}}", str(value))
        return text

    build(site, case, fill)
    _connected.clear()
    with (
        Fetcher(pause=0, ask=resolving(case.get("names", {}))) as careful,
        pytest.raises(FetchError) as raised,
    ):
        careful.fetch(fill(case["url"]), Metadata())
    right = case.get("connected", 0)
    assert (raised.value.code, trap.sprung()) == (case.get("code", "fetch.address"), 0)
    assert case.get("why", "allow such addresses with --allow-private") in str(raised.value)
    assert asked == [PUBLIC] * right
    assert _connected == [("127.0.0.1", site.port)] * right


def test_proxies_of_the_environment_are_not_asked(
    site: Site, trap: Trap, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{trap.port}")
        monkeypatch.setenv(name.upper(), f"http://127.0.0.1:{trap.port}")
    site.pages["/a"] = Answer(b"It is 5m.")
    with Fetcher(pause=0, allow_private=True) as fetcher:
        assert fetcher.fetch(site.url("/a"), Metadata()).content == b"It is 5m."
    assert trap.sprung() == 0


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "[::1]"])
def test_the_counts_see_a_connection(host: str, trap: Trap, asked: list[str]) -> None:
    """With leave the same sockets are connected to: the trap is no dead one."""
    if host == "[::1]" and len(trap.sockets) == 1:
        pytest.skip("no IPv6 on this machine")
    _connected.clear()
    with (
        Fetcher(pause=0, allow_private=True, seconds=0.2) as open_to_all,
        pytest.raises(FetchError, match="did not come whole"),
    ):
        open_to_all.fetch(f"http://{host}:{trap.port}/", Metadata())
    assert trap.sprung() == len(asked) == len(_connected) == 1
