"""Fetch a page as a careful reader would: politely, once, whole or not at all."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx

from ingest.capture import MAX_BYTES
from ingest.fetch.addresses import Resolve, resolve
from ingest.fetch.connect import CheckedTransport
from ingest.fetch.robots import Robots, RobotsError
from records.closing import Closing
from records.document import Capture, Fetched, Metadata
from records.errors import FetchError, LimitExceededError

AGENT = "Earmark"
_USER_AGENT = f"{AGENT}/0.1 (reads articles about public money, one at a time)"
_REDIRECTS = 5
_MIB = 1024 * 1024
_ROBOTS_BYTES = 512 * 1024  # source: RFC 9309, at least 500 KiB
_MOST_DELAY = 30.0  # seconds that a site may ask for between two requests
_NOT_MODIFIED = 304
_OK = 200
_ADVICE = {
    401: "it asks for a login; open it in your browser, save the page, and ingest the file",
    402: "it asks for a subscription; open it in your browser, save the page, and ingest the file",
    403: "it refuses programs; open it in your browser, save the page, and ingest the file",
    404: "there is no such page; check the address, or look for it in a web archive",
    410: "the page was taken down; look for it in a web archive",
    429: "it is asked too often; try again later",
}


_FAILURES = (
    *(httpx.HTTPError, httpx.InvalidURL, httpcore.NetworkError, httpcore.ProtocolError),
    *(httpcore.UnsupportedProtocol, OSError, ValueError, zlib.error),
)


class NotModifiedError(FetchError):
    """The page has not changed since it was captured: no failure, and nothing to read."""

    code = "fetch.not-modified"


class StatusError(FetchError):
    """The server answered, but not with the page."""

    code = "fetch.status"


class Fetcher(Closing):
    """Fetches pages one at a time; keeps connections, robots rules and the pace of each site."""

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
            seconds: For one page in all, redirects included.
            pause: Between two requests to one site; a longer one of its robots.txt is kept to.
            ask: Looks host names up.
        """
        self._seconds = seconds
        self._pause = pause
        self._last: dict[str, float] = {}
        self._client = httpx.Client(
            transport=CheckedTransport(ask, private=allow_private),
            headers={
                "User-Agent": _USER_AGENT,
                "Accept": "text/html, application/pdf, */*;q=0.8",
                "Accept-Encoding": "gzip",
            },
            follow_redirects=False,
            trust_env=False,
        )
        self._robots = Robots(self._robots_file, AGENT)

    def close(self) -> None:
        """End all connections."""
        self._client.close()

    def fetch(self, url: str, given: Metadata, before: Fetched | None = None) -> Capture:
        """Return the bytes behind an address.

        Args:
            url: `http` or `https`.
            given: What the user says about the page.
            before: How the page was fetched the last time; asks only for what has changed.

        Raises:
            NotModifiedError: The page is as it was.
            FetchError: It cannot be had; the message says why and what to do.
            LimitExceededError: It has more than MAX_BYTES bytes.
        """
        deadline = time.monotonic() + self._seconds
        headers = _conditions(before)
        place, chain = url, []
        while True:
            site = _site(place, url)
            if not self._robots.allow(site, place):
                raise RobotsError(
                    f"{place}: the site's robots.txt does not let programs fetch it; open it in "
                    "your browser, save the page, and ingest the file"
                )
            self._wait(site)
            answer, content = self._get(place, url, headers, deadline, MAX_BYTES)
            if not answer.has_redirect_location:
                break
            chain.append(place)
            place = urljoin(place, answer.headers["Location"])
            if len(chain) > _REDIRECTS:
                raise FetchError(f"{url}: leads on more than {_REDIRECTS} times; open it yourself")
        _check(answer, url)
        fetched = Fetched(place, answer.status_code, tuple(_headers(answer)), tuple(chain))
        return Capture.of(url, content, datetime.now(UTC), given, fetched)

    def _get(
        self, place: str, url: str, headers: dict[str, str], deadline: float, most: int
    ) -> tuple[httpx.Response, bytes]:
        """Send one request and read the whole answer, within time and size."""
        left = max(0.1, deadline - time.monotonic())
        try:
            with self._client.stream("GET", place, headers=headers, timeout=left) as answer:
                content, unpack = bytearray(), _unpacker(answer, url)
                for chunk in answer.iter_raw():
                    content += unpack(chunk, most + 1 - len(content))
                    if len(content) > most:
                        raise LimitExceededError(
                            f"{url}: a page may have {most // _MIB} MB, this one has more; save a "
                            "part of it and ingest that"
                        )
                    if time.monotonic() > deadline:
                        raise self._slow(url)
                return answer, bytes(content)
        except (httpx.TimeoutException, httpcore.TimeoutException) as error:
            raise self._slow(url) from error
        except _FAILURES as error:
            raise _failed(url, error) from error

    def _slow(self, url: str) -> FetchError:
        return FetchError(
            f"{url}: the page did not come whole within {self._seconds:g} s; try again later, or "
            "save it in your browser and ingest the file"
        )

    def _robots_file(self, place: str) -> tuple[int, bytes]:
        deadline = time.monotonic() + self._seconds
        for _ in range(_REDIRECTS + 1):
            answer, content = self._get(place, place, {}, deadline, _ROBOTS_BYTES)
            if not answer.has_redirect_location:
                return answer.status_code, content
            place = urljoin(place, answer.headers["Location"])
            _site(place, place)
        return 404, b""  # source: RFC 9309, 2.3.1.2: after five redirects it may be taken as absent

    def _wait(self, site: str) -> None:
        """Keep the pace of a site."""
        pause = max(self._pause, min(self._robots.delay(site), _MOST_DELAY))
        rest = self._last.get(site, -pause) + pause - time.monotonic()
        if rest > 0 and site in self._last:
            time.sleep(rest)
        self._last[site] = time.monotonic()


def _unpacker(answer: httpx.Response, url: str) -> Callable[[bytes, int], bytes]:
    """Return what unpacks a body piece by piece, never more at once than is asked for.

    The library's own decoders unpack a piece whole, and a kilobyte may be a gigabyte.
    """
    packed = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if packed in {"", "identity"}:
        return lambda piece, most: piece
    if packed not in {"gzip", "x-gzip", "deflate"}:
        raise FetchError(f"{url}: came packed as {packed[:40]!r}, which was not asked for")
    inflate = zlib.decompressobj(zlib.MAX_WBITS | 32)
    return lambda piece, most: inflate.decompress(piece, max(most, 1))


def _site(place: str, url: str) -> str:
    """Return scheme and host of an address; refuse what is no web address."""
    try:
        parts = urlsplit(place)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise FetchError(f"{url}: is no web address ({error}); check it") from error
    if parts.scheme not in {"http", "https"} or not host:
        raise FetchError(
            f"{url}: leads to {parts.scheme or 'no'} address; only http and https are fetched"
            if place != url
            else f"{url}: is no web address; only http and https are fetched"
        )
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + (f":{port}" if port else "")


def _conditions(before: Fetched | None) -> dict[str, str]:
    """Return the headers that ask for a page only if it has changed."""
    known = dict(before.headers) if before else {}
    pairs = (("etag", "If-None-Match"), ("last-modified", "If-Modified-Since"))
    values = {ask: known.get(name, "") for name, ask in pairs}
    return {ask: value for ask, value in values.items() if value and value.isascii()}


def _check(answer: httpx.Response, url: str) -> None:
    status = answer.status_code
    if status == _NOT_MODIFIED:
        raise NotModifiedError(f"{url}: has not changed since it was captured")
    if status != _OK:
        advice = _ADVICE.get(status, "try again later")
        raise StatusError(f"{url}: the server answered {status} {answer.reason_phrase}; {advice}")


def _headers(answer: httpx.Response) -> list[tuple[str, str]]:
    return [(name.lower(), value) for name, value in answer.headers.multi_items()]


def _failed(url: str, error: Exception) -> FetchError:
    why = " ".join(str(error).split())[:100] or type(error).__name__
    return FetchError(f"{url}: cannot be fetched ({why}); check the address and your connection")
