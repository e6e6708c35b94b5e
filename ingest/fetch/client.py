"""Fetch a page as a careful reader would: politely, once, whole or not at all."""

from __future__ import annotations

import ssl
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus
from typing import NamedTuple

import httpcore
import httpx

from ingest.capture import MAX_BYTES
from ingest.fetch import robots
from ingest.fetch.addresses import Resolve, resolve
from ingest.fetch.body import read_body
from ingest.fetch.connect import connections
from ingest.fetch.errors import (
    CertificateError,
    NoAnswerError,
    NotModifiedError,
    StatusError,
)
from ingest.fetch.pace import LONGEST, Pace, retry_after
from ingest.fetch.urls import led_to, web_address
from ingest.transport import kept_headers
from records.closing import Closing
from records.document import Capture, Fetched, Metadata
from records.errors import FetchError, LimitExceededError

AGENT = "Earmark"
_HEADERS = {
    "User-Agent": f"{AGENT}/0.1 (reads articles about public money, one at a time)",
    "Accept": "text/html, application/pdf, */*;q=0.8",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}
_REDIRECTS = 5
_LEADS_ON = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 503})
_MIB = 1024 * 1024
_OK, _NOT_MODIFIED = 200, 304
_WANTED = range(200, 300)
_ADVICE = {
    401: "it asks for a login; open it in your browser, save the page, and ingest the file",
    402: "it asks for a subscription; open it in your browser, save the page, and ingest the file",
    403: "it refuses programs; open it in your browser, save the page, and ingest the file",
    404: "there is no such page; check the address, or look for it in a web archive",
    410: "the page was taken down; look for it in a web archive",
    429: "it is asked too often; try again later",
}
_FAILURES = (
    *(httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol),
    *(OSError, ValueError, zlib.error),
)


_Read = Callable[[httpx.Headers, Iterator[bytes]], bytes]
"""Headers and the body as it comes to its content."""


class _Answer(NamedTuple):
    """What a server said; `content` is empty where it did not send what was asked for."""

    status: int
    headers: httpx.Headers
    content: bytes

    @property
    def location(self) -> str | None:
        return self.headers.get("Location") if self.status in _LEADS_ON else None


class Fetcher(Closing):
    """Fetches pages one at a time; keeps the rules and the pace of each site, and no cookies."""

    def __init__(
        self,
        *,
        allow_private: bool = False,
        seconds: float = 30.0,
        pause: float = 1.0,
        ask: Resolve = resolve,
    ) -> None:
        """Make a fetcher; nothing is connected to before the first `fetch`.

        Args:
            allow_private: Connect to this machine and to private networks too.
            seconds: For one page in all, redirects included, and as much for each robots.txt;
                waiting for a site's pace does not count.
            pause: Between two requests to one host; a longer one of its robots.txt is kept to.
            ask: Looks host names up.
        """
        self._seconds = seconds
        self._pause = pause
        self._pace = Pace()
        self._pool = connections(ask, private=allow_private)
        self._robots = robots.Robots(self._robots_file, AGENT)

    def close(self) -> None:
        """End all connections."""
        self._pool.close()

    def fetch(self, url: str, given: Metadata, before: Fetched | None = None) -> Capture:
        """Return the bytes behind an address.

        Args:
            url: `http` or `https`, without user name and password.
            given: What the user says about the page.
            before: How the page was fetched the last time; asks only for what has changed.

        Raises:
            NotModifiedError: The page is as it was.
            FetchError: It cannot be had; the message says why and what to do.
            LimitExceededError: It has more than MAX_BYTES bytes.
        """
        place, chain = web_address(url), list[str]()
        left, patient = self._seconds, True
        while True:
            self._wait(place, url)
            conditions = _conditions(before, place)
            began = time.monotonic()
            answer = self._ask(place, url, conditions, began + left, partial(_page, url))
            left -= time.monotonic() - began
            if answer.location is not None:
                chain.append(str(place))
                place = _next(place, answer.location, url, len(chain))
            elif self._asks_for_patience(place, answer) and patient:
                patient = False
            else:
                break
        _check(answer, url, asked_for_changes=bool(conditions))
        fetched = Fetched(
            str(place), answer.status, kept_headers(answer.headers.multi_items()), tuple(chain)
        )
        return Capture.of(url, answer.content, datetime.now(UTC), given, fetched)

    def _wait(self, place: httpx.URL, url: str) -> None:
        """Ask for leave, and keep the pace of a site."""
        delay = self._robots.check(place, url)
        self._pace.wait(place.host)
        self._pace.hold(place.host, max(self._pause, min(delay, LONGEST)))

    def _asks_for_patience(self, place: httpx.URL, answer: _Answer) -> bool:
        """Note when a busy server wants to be asked again; tell whether it said so."""
        pause = retry_after(answer.headers) if answer.status in _BUSY else None
        if pause is not None:
            self._pace.hold(place.host, pause)
        return pause is not None

    def _robots_file(self, url: str) -> tuple[int, bytes]:
        """Return status and body of a robots.txt."""
        place, end = web_address(url), time.monotonic() + self._seconds
        for _ in range(_REDIRECTS + 1):
            answer = self._ask(place, url, {}, end, _rules)
            if answer.location is None:
                return answer.status, answer.content
            place = led_to(place, answer.location, url)
        return 404, b""  # source: RFC 9309, 2.3.1.2: after five redirects it may be taken as absent

    def _ask(
        self, place: httpx.URL, url: str, conditions: dict[str, str], end: float, read: _Read
    ) -> _Answer:
        """Send one request and read the answer, until a moment."""
        headers = _HEADERS | conditions | {"Host": place.netloc.decode("ascii")}
        target = httpcore.URL(
            scheme=place.raw_scheme, host=place.raw_host, port=place.port, target=place.raw_path
        )
        moments = dict.fromkeys(("connect", "read", "write", "pool"), end)
        try:
            with self._pool.stream(
                "GET", target, headers=list(headers.items()), extensions={"timeout": moments}
            ) as answer:
                told = httpx.Headers(answer.headers)
                wanted = answer.status in _WANTED
                content = read(told, answer.iter_stream()) if wanted else b""
                return _Answer(answer.status, told, content)
        except (TimeoutError, httpcore.TimeoutException) as error:
            raise NoAnswerError(
                f"{url}: did not come whole within {self._seconds:g} s; try again later, or "
                "save it in your browser and ingest the file"
            ) from error
        except FetchError:
            raise
        except _FAILURES as error:
            if error.args and isinstance(error.args[0], ssl.SSLCertVerificationError):
                raise _unproven(place, error.args[0]) from error
            why = " ".join(str(error).split())[:100] or type(error).__name__
            raise NoAnswerError(
                f"{url}: cannot be fetched ({why}); check the address and your connection"
            ) from error


def _unproven(place: httpx.URL, error: ssl.SSLCertVerificationError) -> CertificateError:
    return CertificateError(
        f"{place.scheme}://{place.netloc.decode('ascii')}: does not prove who it is "
        f"({error.verify_message}), so nothing of it is read; check the address and the clock of "
        "this computer, or open it in your browser, save the page, and ingest the file"
    )


def _page(url: str, headers: httpx.Headers, body: Iterator[bytes]) -> bytes:
    """Return a page; one that says it is too long is not waited for."""
    said = headers.get("Content-Length", "")
    if not (said.isdigit() and int(said) > MAX_BYTES):
        content, whole = read_body(body, headers.get("Content-Encoding", ""), MAX_BYTES)
        if whole:
            return content
    raise LimitExceededError(
        f"{url}: a page may have {MAX_BYTES // _MIB} MB, this one has more; save a part of it and "
        "ingest that"
    )


def _rules(headers: httpx.Headers, body: Iterator[bytes]) -> bytes:
    """Return a robots.txt, of a long one the first rules; half a rule would be another one."""
    content, whole = read_body(body, headers.get("Content-Encoding", ""), robots.MOST)
    return content if whole else content.rpartition(b"\n")[0]


def _next(place: httpx.URL, location: str, url: str, redirects: int) -> httpx.URL:
    if redirects > _REDIRECTS:
        raise NoAnswerError(
            f"{url}: leads on more than {_REDIRECTS} times; open it in your browser, save the "
            "page, and ingest the file"
        )
    return led_to(place, location, url)


def _conditions(before: Fetched | None, place: httpx.URL) -> dict[str, str]:
    """Return the headers that ask for a page only if it has changed.

    They are for the address alone that gave the page: to another host they say who asks.
    """
    known = dict(before.headers) if before and before.url == str(place) else {}
    pairs = (("etag", "If-None-Match"), ("last-modified", "If-Modified-Since"))
    values = {ask: known.get(name, "") for name, ask in pairs}
    return {
        ask: value
        for ask, value in values.items()
        if value and value.isascii() and value.isprintable()
    }


def _check(answer: _Answer, url: str, *, asked_for_changes: bool) -> None:
    status = answer.status
    if status == _NOT_MODIFIED and asked_for_changes:
        raise NotModifiedError(f"{url}: has not changed since it was captured")
    if status != _OK:
        advice = _ADVICE.get(status, "try again later")
        raise StatusError(f"{url}: the server answered {_named(status)}; {advice}")


def _named(status: int) -> str:
    """Return a status with its standard name; a server may say anything in its place."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
