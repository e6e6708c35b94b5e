"""Fetching: whole or not at all, politely, and from public addresses only."""

from __future__ import annotations

import gzip
from email.message import Message
from ipaddress import ip_address

import httpcore
import pytest

from ingest.fetch.addresses import is_public
from ingest.fetch.client import Fetcher
from ingest.fetch.errors import NoAnswerError, NotModifiedError, StatusError
from records.document import Fetched, Known, Metadata
from records.errors import FetchError, LimitExceededError
from tests.ingest.servers import Answer, Site, serving

GIVEN = Metadata(country=Known("IE", "given"))
NOTHING = Metadata()


def test_a_page_comes_with_its_headers(site: Site, fetcher: Fetcher) -> None:
    site.pages["/a"] = Answer("£5m".encode(), headers={"ETag": '"1"', "X-Two": "b"})
    capture = fetcher.fetch(site.url("/a"), GIVEN)
    assert capture.source == site.url("/a")
    assert capture.content == "£5m".encode()
    assert capture.given == GIVEN
    assert capture.fetched is not None
    assert capture.fetched.url == site.url("/a")
    assert capture.fetched.status == 200
    assert ("etag", '"1"') in capture.fetched.headers
    assert ("x-two", "b") in capture.fetched.headers
    assert site.paths == ["/robots.txt", "/a"]
    assert site.asked[1][1]["User-Agent"].startswith("Earmark/")


def test_redirects_are_followed_and_kept(site: Site, fetcher: Fetcher) -> None:
    site.pages["/a"] = Answer(status=301, headers={"Location": "/b"})
    site.pages["/b"] = Answer(b"x")
    fetched = fetcher.fetch(site.url("/a"), NOTHING).fetched
    assert fetched is not None
    assert (fetched.url, fetched.redirects) == (site.url("/b"), (site.url("/a"),))


def test_a_page_is_asked_for_only_if_it_has_changed(site: Site, fetcher: Fetcher) -> None:
    def page(headers: Message) -> Answer:
        same = headers.get("If-None-Match") == '"1"' and headers.get("If-Modified-Since") == "then"
        return Answer(status=304) if same else Answer(b"x", headers={"ETag": '"1"'})

    site.pages["/a"] = page
    before = Fetched(site.url("/a"), 200, (("etag", '"1"'), ("last-modified", "then")))
    with pytest.raises(NotModifiedError):
        fetcher.fetch(site.url("/a"), NOTHING, before)
    assert fetcher.fetch(site.url("/a"), NOTHING).content == b"x"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (404, "answered 404 Not Found; there is no such page"),
        (403, "it refuses programs"),
        (401, "asks for a login"),
        (500, "try again later"),
        (204, "try again later"),
    ],
)
def test_an_answer_without_the_page_is_no_document(
    site: Site, fetcher: Fetcher, status: int, words: str
) -> None:
    site.pages["/a"] = Answer(b"", status)
    with pytest.raises(StatusError, match=words):
        fetcher.fetch(site.url("/a"), NOTHING)


def test_endless_redirects_end(site: Site, fetcher: Fetcher) -> None:
    site.pages["/a"] = Answer(status=302, headers={"Location": "/a"})
    with pytest.raises(FetchError, match="more than 5 times"):
        fetcher.fetch(site.url("/a"), NOTHING)


def test_a_page_that_is_too_large_unpacked_is_refused(site: Site, fetcher: Fetcher) -> None:
    bomb = gzip.compress(bytes(60 * 1024 * 1024))
    site.pages["/a"] = Answer(bomb, headers={"Content-Encoding": "gzip"})
    with pytest.raises(LimitExceededError, match="may have 50 MB"):
        fetcher.fetch(site.url("/a"), NOTHING)


def test_a_packed_page_is_unpacked(site: Site, fetcher: Fetcher) -> None:
    site.pages["/a"] = Answer(gzip.compress(b"hello"), headers={"Content-Encoding": "gzip"})
    assert fetcher.fetch(site.url("/a"), NOTHING).content == b"hello"


def test_a_page_that_does_not_come_whole_is_no_document(site: Site, fetcher: Fetcher) -> None:
    site.pages["/a"] = Answer(b"half", length=900)
    with pytest.raises(FetchError, match="cannot be fetched"):
        fetcher.fetch(site.url("/a"), NOTHING)


def test_a_closed_port_is_a_clear_error(fetcher: Fetcher) -> None:
    with serving() as gone:
        url = gone.url("/a")
    with pytest.raises(FetchError, match="cannot be fetched"):
        fetcher.fetch(url, NOTHING)


def test_a_name_with_many_addresses_is_no_list_of_hosts_to_try(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried: list[str] = []

    def connect(self: httpcore.SyncBackend, host: str, *rest: object) -> None:
        tried.append(host)
        raise httpcore.ConnectError

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    names = [f"93.184.216.{number}" for number in range(1, 100)]
    with (
        Fetcher(pause=0, ask=lambda host, port: names) as fetcher,
        pytest.raises(NoAnswerError, match="cannot be fetched"),
    ):
        fetcher.fetch("http://many.example/a", NOTHING)
    assert tried == names[:6]


def test_each_connection_goes_to_the_address_that_was_checked_for_it(site: Site) -> None:
    """A name is looked up once for a connection: there is no second answer that could differ."""
    asked: list[str] = []

    def ask(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    site.pages["/a"] = Answer(b"x")
    with Fetcher(allow_private=True, pause=0, ask=ask) as fetcher:
        assert fetcher.fetch(site.url("/a", "news.example"), NOTHING).content == b"x"
    assert asked == ["news.example"] * 2  # for robots.txt and for the page
    assert site.asked[1][1]["Host"] == f"news.example:{site.port}"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("10.0.0.1", False),
        ("172.16.9.9", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("198.18.0.1", False),
        ("fc00::1", False),
        ("fec0::1", False),
        ("fe80::1", False),
        ("ff02::1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::5db8:d822", True),
        ("2002:7f00:1::", False),
        ("2001:0:0:0:0:0:80ff:fffe", False),
        ("2002:5db8:d822::1", True),
        ("64:ff9b:1::5db8:d822", False),
        ("3fff::1", False),
        ("168.63.129.16", False),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:  # noqa: FBT001 - a case
    assert is_public(ip_address(address)) is public
