"""Which web addresses are asked for: read once, by one parser, for checks and for the request.

What programs read in different ways is refused, so that no two parts can disagree on a host.
"""

from __future__ import annotations

import re
from ipaddress import IPv6Address

import httpx

from ingest.fetch.errors import BadAddressError
from ingest.links import NO_SECRETS, NO_WEB_ADDRESS, has_userinfo, without_userinfo
from ingest.shorten import shorten

_LONGEST = 8_000  # source: RFC 9110, 4.1, what everybody should support
_AMBIGUOUS = re.compile(r"[\0-\x1f\x7f\\]")  # browsers drop some, and read `\` as `/`
_NAME = re.compile(r"[a-z0-9._-]{1,253}", re.IGNORECASE)
_MOST_PORT = 65_535
# Ports of services that may take a request for their own language.
# Source: WHATWG Fetch, "port blocking".
_BAD_PORTS = frozenset(
    {
        *(0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95),
        *(101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161),
        *(179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563),
        *(587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061),
        *(6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080),
    }
)


def web_address(url: str) -> httpx.URL:
    """Read the address that is to be fetched.

    Raises:
        BadAddressError: It is none that is asked for; the message says why.
    """
    shown = without_userinfo(url)[:_LONGEST]
    if why := _fault_of_text(url):
        raise BadAddressError(f"{shown}: {why}")
    try:
        place = httpx.URL(url.strip())
    except (httpx.InvalidURL, ValueError) as error:
        raise BadAddressError(f"{shown}: is no web address; check its spelling") from error
    if why := _fault_of(place):
        raise BadAddressError(f"{shown}: {why}")
    return place


def led_to(place: httpx.URL, location: str, url: str) -> httpx.URL:
    """Return the address that a redirect leads to.

    Args:
        place: Where the redirect came from.
        location: What it says, absolute or relative.
        url: What was asked for first, for the message.

    Raises:
        BadAddressError: It is none that is asked for.
    """
    why = _fault_of_text(location)
    if not why:
        try:
            target = place.join(location.strip())
            why = _fault_of(target)
        except (httpx.InvalidURL, ValueError):
            why = "is no web address"
    if why:
        shown = shorten(without_userinfo(location))
        raise BadAddressError(f"{url}: leads on to {shown}, which {why}")
    return target


def _fault_of_text(text: str) -> str | None:
    if len(text) > _LONGEST:
        return f"is longer than {_LONGEST:,} characters; no page has such an address"
    if _AMBIGUOUS.search(text.strip()):
        return "holds a control character or a backslash; write it as % and its code"
    if has_userinfo(text.strip()):
        return NO_SECRETS
    return None


def _fault_of(place: httpx.URL) -> str | None:
    if place.scheme not in {"http", "https"}:
        return NO_WEB_ADDRESS
    if not _is_host(place.raw_host.decode("ascii", "replace")):
        return "names no host that can be looked up; check its spelling"
    if place.port is not None and (place.port > _MOST_PORT or place.port in _BAD_PORTS):
        return f"names port {place.port}, where no web page is served; check it"
    return None


def _is_host(host: str) -> bool:
    """Tell a name or a numeric address; one with a zone (`fe80::1%eth0`) is of this machine."""
    if ":" not in host:
        return bool(_NAME.fullmatch(host))
    try:
        return IPv6Address(host).scope_id is None
    except ValueError:
        return False
