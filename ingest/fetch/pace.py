"""How often a site is asked."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime

import httpx

from ingest.fetch.errors import BusyError

LONGEST = 30.0
"""Seconds that Earmark waits for one request, whatever a site asks for."""
_DIGITS = 9  # of a number of seconds; more are decades


class Pace:
    """When each host may be asked again."""

    def __init__(self) -> None:
        self._next: dict[str, float] = {}

    def hold(self, host: str, seconds: float) -> None:
        """Leave a host alone for so long from now on."""
        self._next[host] = max(self._next.get(host, 0.0), time.monotonic() + seconds)

    def wait(self, host: str) -> float:
        """Wait until a host may be asked again; return the seconds that took.

        Raises:
            BusyError: It asked to be left alone for longer than is waited.
        """
        rest = self._next.get(host, 0.0) - time.monotonic()
        if rest > LONGEST:
            raise BusyError(
                f"{host}: asks to be left alone for another {rest:,.0f} s; run the same command "
                "again after that"
            )
        if rest <= 0:
            return 0.0
        time.sleep(rest)
        return rest


def retry_after(headers: httpx.Headers) -> float | None:
    """Return the seconds after which a server wants to be asked again; None if it does not say.

    Source: RFC 9110, 10.2.3.
    """
    value = headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:_DIGITS])
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None
