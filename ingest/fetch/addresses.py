"""Which internet addresses may be connected to: public ones, and no others unless allowed.

A page, a feed or a list can name any host, and a name can lead to the reader's own machine or the
network behind it. Source of the ranges: the IANA special-purpose registries, for the most part as
Python's `ipaddress` has them; of the wrapped forms: RFC 4291 (mapped), 3056 (6to4), 6052 (NAT64).
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from ingest.fetch.errors import ForbiddenAddressError, NoAnswerError

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], list[str]]
"""Host and port to the addresses that the name has now."""

_NAT64 = IPv6Network("64:ff9b::/96")
_UNICAST = IPv6Network("2000::/3")  # all that IANA has given out for hosts of the internet
# Not public, and Python 3.11 takes them for public.
_MORE = (
    IPv4Network("192.0.0.0/24"),  # services of the network that one is in
    IPv4Network("192.88.99.0/24"),  # relays of 6to4, withdrawn (RFC 7526)
    IPv4Network("168.63.129.16/32"),  # the host below a virtual machine at Azure
    IPv6Network("3fff::/20"),  # documentation (RFC 9637)
)


def resolve(host: str, port: int) -> list[str]:
    """Ask the system for the addresses of a host.

    Raises:
        OSError: The name has none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def public_addresses(host: str, port: int, ask: Resolve, *, private: bool) -> list[str]:
    """Return the addresses of a host to connect to; the caller connects to these and no others.

    Args:
        host: A name or an address in any of its spellings.
        port: The port.
        ask: Looks the name up, once.
        private: Whether addresses of this machine and of private networks are allowed.

    Raises:
        ForbiddenAddressError: One of them is not public, and that is not allowed. All count: a name
            that is half public is a trap.
        NoAnswerError: The name has no address.
    """
    try:
        found = ask(host, port)
    except TimeoutError:
        raise
    except (OSError, UnicodeError) as error:
        raise _no_address(host) from error
    if not found:
        raise _no_address(host)
    for text in found:
        if not private and not is_public(ip_address(text.partition("%")[0])):
            raise ForbiddenAddressError(
                f"{host}: leads to {text}, an address of this machine or of a private network; "
                "allow such addresses with --allow-private if that is meant"
            )
    return found


def _no_address(host: str) -> NoAnswerError:
    return NoAnswerError(
        f"{host}: has no address on the internet; check the spelling, or your connection"
    )


def is_public(address: Address) -> bool:
    """Tell whether an address, and what is wrapped in it, is on the public internet."""
    inner = _wrapped(address)
    if inner is not None:
        return is_public(inner)
    if isinstance(address, IPv6Address) and address not in _UNICAST:
        return False
    if any(address in network for network in _MORE):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


def _wrapped(address: Address) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 one stands for."""
    if isinstance(address, IPv4Address):
        return None
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour
