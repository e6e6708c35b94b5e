"""What one server is: its store, who may write, and what it has worked out already."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

from earmark.web.audits import Audits
from earmark.web.stores import Stores
from store.pots.model import PotsReport
from store.results import StoredDocument, Summary
from store.versions import Version

T = TypeVar("T")
HOSTS = ("127.0.0.1", "localhost", "[::1]")
"""Names that a browser on this machine calls it by."""


class Cache(Generic[T]):
    """The last answers, by what they answer; the one unused for longest goes first."""

    def __init__(self, most: int) -> None:
        """Keep at most so many."""
        self._most = most
        self._kept: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> T | None:
        """Return an answer; None when it is not kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        return None

    def of(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return an answer, worked out when it is not kept."""
        kept = self.get(key)
        if kept is None:
            kept = make()
            with self._lock:
                self._kept[key] = kept
                while len(self._kept) > self._most:
                    self._kept.popitem(last=False)
        return kept


@dataclass(frozen=True)
class Site:
    """One server.

    Attributes:
        stores: What it shows.
        write: Decisions, ingest and undo are offered.
        hosts: Names in a `Host` header that are answered, without their port.
        token: What the API wants from whoever writes, and what a browser gets from the printed
            address.
        terms: What a question can ask for.
        sums: What lists add up to, and their facets.
        reports: Reports on pots.
        pictures: Pages of PDFs, with their size in points.
        documents: Documents that were shown last.
        audits: What audits found.
    """

    stores: Stores
    write: bool = False
    hosts: tuple[str, ...] = HOSTS
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    terms: Cache[Sequence[str]] = field(default_factory=lambda: Cache(2))
    sums: Cache[Summary] = field(default_factory=lambda: Cache(400))
    reports: Cache[PotsReport] = field(default_factory=lambda: Cache(8))
    pictures: Cache[bytes] = field(default_factory=lambda: Cache(64))
    documents: Cache[tuple[StoredDocument, Sequence[Version]]] = field(
        default_factory=lambda: Cache(32)
    )
    audits: Audits = field(init=False)

    def __post_init__(self) -> None:
        """Make ready to audit the store."""
        object.__setattr__(self, "audits", Audits(self.stores))

    def is_token(self, given: str) -> bool:
        """Tell whether somebody has the token, taking as long for every wrong one."""
        return hmac.compare_digest(given.encode(), self.token.encode())

    @property
    def form_key(self) -> str:
        """What every form that writes carries, which no other site can know."""
        return hmac.new(self.token.encode(), b"form", hashlib.sha256).hexdigest()
