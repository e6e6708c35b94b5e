"""Connections to checked addresses only, which end in time; a network for httpcore.

The address that was checked is the address that is connected to: a name is looked up once for each
connection, so it cannot lead elsewhere a moment later. Name and certificate stay those of the host.

What httpcore hands down as a `timeout` is here the moment (of `time.monotonic`) at which the whole
request must be over, not a length: a server that sends a byte now and then, in its headers, its
body or its handshake, would else never be late.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable
from concurrent.futures import Future
from functools import cache
from threading import Thread
from typing import Any

import httpcore

from ingest.fetch.addresses import Resolve, public_addresses

_MOST_TRIED = 6  # of a name's addresses; who names a hundred has others in mind than to serve


def connections(ask: Resolve, *, private: bool) -> httpcore.ConnectionPool:
    """Return what sends requests; each has a connection of its own.

    Nothing that a server says after one answer can then be taken for the next, and every request
    goes to an address that was checked for it.

    Args:
        ask: Looks host names up.
        private: Whether addresses of this machine and of private networks are allowed.
    """
    return httpcore.ConnectionPool(
        ssl_context=_tls(),
        network_backend=_CheckedNetwork(ask, private=private),
        max_keepalive_connections=0,
    )


@cache
def _tls() -> ssl.SSLContext:
    """Load the system's certificates, which takes longer than a request to this machine."""
    return ssl.create_default_context()


class _CheckedNetwork(httpcore.NetworkBackend):
    """Looks names up and refuses addresses before it connects."""

    def __init__(self, ask: Resolve, *, private: bool) -> None:
        self._ask = ask
        self._private = private
        self._system = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first checked address that answers."""

        def ask(host: str, port: int) -> list[str]:
            return _in_time(self._ask, host, port, _left(timeout))

        addresses = public_addresses(host, port, ask, private=self._private)[:_MOST_TRIED]
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for untried, address in zip(range(len(addresses), 0, -1), addresses, strict=True):
            try:
                stream = self._system.connect_tcp(
                    # One address that swallows everything leaves time for the others.
                    address,
                    port,
                    _left(timeout) / untried,
                    local_address,
                    socket_options,
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _TimedStream(stream)
        raise failure


class _TimedStream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, _left(timeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(end: float | None) -> float:
    """Return the seconds until a moment; every request has one."""
    assert end is not None  # noqa: S101 - `client` sets it
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _in_time(ask: Resolve, host: str, port: int, seconds: float) -> list[str]:
    """Look a name up, for no longer than that: the system's own look-up cannot be broken off."""
    answer: Future[list[str]] = Future()

    def work() -> None:
        try:
            answer.set_result(ask(host, port))
        except Exception as error:  # noqa: BLE001 - raised where the answer is taken
            answer.set_exception(error)

    Thread(target=work, daemon=True).start()
    return answer.result(seconds)
