"""Fetching ends in time whatever a server does, keeps a site's pace, and obeys its robots.txt."""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Callable
from email.message import Message
from types import SimpleNamespace

import pytest

from ingest.fetch import pace
from ingest.fetch.client import Fetcher
from ingest.fetch.errors import (
    BusyError,
    NoAnswerError,
    StatusError,
)
from records.document import Metadata
from records.errors import LimitExceededError
from tests.ingest.servers import Answer, Site, speaking

NOTHING = Metadata()
NO_ROBOTS = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
HEAD = b"HTTP/1.1 200 OK\r\n"


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    time = SimpleNamespace(monotonic=lambda: made.now, time=lambda: made.now, sleep=made.sleep)
    monkeypatch.setattr(pace, "time", time)
    return made


def asks_for_robots(client: socket.socket) -> bool:
    """Read a request; answer it where it is for robots.txt."""
    request = b""
    while b"\r\n\r\n" not in request:
        received = client.recv(4096)
        if not received:
            raise ConnectionError
        request += received
    if request.startswith(b"GET /robots.txt "):
        client.sendall(NO_ROBOTS)
        return True
    return False


def dripping(start: bytes, drop: bytes) -> Callable[[socket.socket], None]:
    """Return a server that never ends what it began; each drop comes well within any timeout."""
    stopped = threading.Event()

    def speak(client: socket.socket) -> None:
        if asks_for_robots(client):
            return
        client.sendall(start)
        while not stopped.wait(0.02):
            client.sendall(drop)  # until the client has gone

    return speak


@pytest.mark.parametrize(
    ("start", "drop"),
    [
        (b"", b"H"),
        (HEAD + b"X-Long: ", b"a"),
        (HEAD, b"X-More: a\r\n"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (HEAD + b"Content-Length: 90000\r\n\r\n", b"x"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n1;", b"extension"),
        (HEAD + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"")),
    ],
    ids=["status", "header", "headers", "continue", "body", "chunks", "chunk-size", "empty-gzip"],
)
def test_an_answer_that_drips_is_given_up(start: bytes, drop: bytes) -> None:
    with (
        speaking(dripping(start, drop)) as port,
        Fetcher(allow_private=True, pause=0, seconds=0.3) as hurried,
        pytest.raises(NoAnswerError, match="did not come whole"),
    ):
        hurried.fetch(f"http://127.0.0.1:{port}/a", NOTHING)


def test_a_handshake_that_drips_is_given_up() -> None:
    def speak(client: socket.socket) -> None:
        client.recv(4096)
        client.sendall(b"\x16\x03\x03\x3f\xff\x02\x00\x3f\xfb")  # a long greeting begins
        while True:
            client.sendall(b"\x03")
            threading.Event().wait(0.02)

    with (
        speaking(speak) as port,
        Fetcher(allow_private=True, pause=0, seconds=0.3) as hurried,
        pytest.raises(NoAnswerError),
    ):
        hurried.fetch(f"https://127.0.0.1:{port}/a", NOTHING)


def test_redirects_share_the_time_of_the_page(site: Site) -> None:
    """Each hop alone is quick enough."""

    def slow(headers: Message) -> Answer:
        threading.Event().wait(0.15)
        return Answer(status=302, headers={"Location": f"/{len(site.asked)}"})

    site.pages |= {f"/{hop}": slow for hop in range(9)}
    with (
        Fetcher(allow_private=True, pause=0, seconds=0.4) as hurried,
        pytest.raises(NoAnswerError, match=r"within 0\.4 s"),
    ):
        hurried.fetch(site.url("/0"), NOTHING)
    assert len(site.asked) < 6


def test_a_name_server_that_is_silent_is_given_up() -> None:
    silent = threading.Event()

    def ask(host: str, port: int) -> list[str]:
        silent.wait()
        return ["127.0.0.1"]

    with (
        Fetcher(allow_private=True, pause=0, seconds=0.2, ask=ask) as hurried,
        pytest.raises(NoAnswerError, match="did not come whole"),
    ):
        hurried.fetch("http://slow.example/a", NOTHING)
    silent.set()


def test_what_follows_an_answer_is_not_the_answer_to_the_next_request() -> None:
    answer = HEAD + b"Content-Length: 5\r\n\r\n"

    def speak(client: socket.socket) -> None:
        while True:
            if not asks_for_robots(client):
                client.sendall(answer + b"right" + answer + b"wrong")

    with speaking(speak) as port, Fetcher(allow_private=True, pause=0) as fetcher:
        for name in ("a", "b"):
            page = fetcher.fetch(f"http://127.0.0.1:{port}/{name}", NOTHING)
            assert page.content == b"right"


@pytest.mark.parametrize(
    "answer",
    [
        b"SSH-2.0-OpenSSH_9.6\r\n",
        HEAD + b"Content-Length: 5\r\nContent-Length: 7\r\n\r\nright",
        HEAD + b"Content-Length: -5\r\n\r\nright",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nright\r\n0\r\n\r\n",
        HEAD + b"X: " + b"a" * 200_000 + b"\r\n\r\n",
        HEAD + b"Content-Length: 900\r\n\r\nhalf",
        HEAD + b"Content-Encoding: br\r\nContent-Length: 4\r\n\r\nhalf",
        HEAD + b"Content-Encoding: zstd\r\nContent-Length: 4\r\n\r\nhalf",
        HEAD + b"Content-Encoding: gzip, gzip\r\nContent-Length: 4\r\n\r\nhalf",
        HEAD + b"Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nhalf",
        HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"whole")[:-9],
    ],
    ids=[
        *("no-http", "two-lengths", "negative", "bad-chunk", "endless-header", "short"),
        *("brotli", "zstd", "twice", "no-gzip", "cut-gzip"),
    ],
)
def test_an_answer_that_is_damaged_is_no_page(answer: bytes) -> None:
    def speak(client: socket.socket) -> None:
        if not asks_for_robots(client):
            client.sendall(answer)

    with (
        speaking(speak) as port,
        Fetcher(allow_private=True, pause=0) as fetcher,
        pytest.raises(NoAnswerError, match="cannot be fetched"),
    ):
        fetcher.fetch(f"http://127.0.0.1:{port}/a", NOTHING)


def test_a_page_that_says_it_is_too_large_is_not_waited_for(fetcher: Fetcher) -> None:
    def speak(client: socket.socket) -> None:
        if not asks_for_robots(client):
            client.sendall(HEAD + b"Content-Length: 99000000000\r\n\r\nx")
            client.recv(1)  # the client goes

    with speaking(speak) as port, pytest.raises(LimitExceededError, match="may have 50 MB"):
        fetcher.fetch(f"http://127.0.0.1:{port}/a", NOTHING)


def test_a_page_in_several_packed_pieces_is_whole(site: Site, fetcher: Fetcher) -> None:
    body = gzip.compress(b"one ") + gzip.compress(b"two") + bytes(9)
    site.pages["/a"] = Answer(body, headers={"Content-Encoding": "gzip"})
    assert fetcher.fetch(site.url("/a"), NOTHING).content == b"one two"


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_site_is_asked_again_when_it_says(
    site: Site, fetcher: Fetcher, clock: Clock, status: int
) -> None:
    def page(headers: Message) -> Answer:
        busy = Answer(b"", status, {"Retry-After": "20"})
        return busy if site.paths.count("/a") == 1 else Answer(b"x")

    site.pages["/a"] = page
    assert fetcher.fetch(site.url("/a"), NOTHING).content == b"x"
    assert clock.slept == [20]


def test_a_site_that_stays_busy_is_asked_twice(site: Site, fetcher: Fetcher, clock: Clock) -> None:
    site.pages["/a"] = Answer(b"", 503, {"Retry-After": "Thu, 01 Jan 1970 00:17:00 GMT"})
    with pytest.raises(StatusError, match="503 Service Unavailable"):
        fetcher.fetch(site.url("/a"), NOTHING)
    assert (site.paths.count("/a"), clock.slept) == (2, [20])


def test_a_site_that_asks_for_hours_is_left_alone(
    site: Site, fetcher: Fetcher, clock: Clock
) -> None:
    site.pages |= {"/a": Answer(b"", 429, {"Retry-After": "7200"}), "/b": Answer(b"x")}
    for path in ("/a", "/b"):
        with pytest.raises(BusyError, match="for another 7,200 s"):
            fetcher.fetch(site.url(path), NOTHING)
    assert (site.paths, clock.slept) == (["/robots.txt", "/a"], [])


@pytest.mark.parametrize("value", ["", "soon", "-5", "1e3", "9" * 5000, "\xb2"])
def test_a_time_that_cannot_be_read_is_none(
    site: Site, fetcher: Fetcher, clock: Clock, value: str
) -> None:
    site.pages["/a"] = Answer(b"", 429, {"Retry-After": value})
    kind = BusyError if value.startswith("9") else StatusError
    with pytest.raises(kind):
        fetcher.fetch(site.url("/a"), NOTHING)
    assert (site.paths.count("/a"), clock.slept) == (1, [])


def test_a_site_is_asked_once_a_second_redirects_included(site: Site, clock: Clock) -> None:
    site.pages |= {"/a": Answer(status=302, headers={"Location": "/b"}), "/b": Answer(b"x")}
    with Fetcher(allow_private=True) as polite:
        for path in ("/a", "/b"):
            polite.fetch(site.url(path), NOTHING)
    assert clock.slept == [1, 1]


@pytest.mark.parametrize(("asks", "gets"), [("0.2", 1), ("7", 7), ("3600", 30), ("nan", 1)])
def test_a_site_may_ask_for_a_slower_pace(site: Site, clock: Clock, asks: str, gets: float) -> None:
    site.pages["/robots.txt"] = Answer(f"User-agent: *\nCrawl-delay: {asks}\n".encode())
    site.pages["/a"] = Answer(b"x")
    with Fetcher(allow_private=True) as polite:
        for _ in range(2):
            polite.fetch(site.url("/a"), NOTHING)
    assert clock.slept == [gets]
