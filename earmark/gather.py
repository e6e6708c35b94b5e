"""From what a user names to bytes in hand: files, addresses, and what archives and feeds hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, get_args

from earmark.channel import Holds, Open
from earmark.sources import GivenFor
from earmark.unpacker import Unpacker
from ingest.capture import beginning, capture
from ingest.errors import EmptyDocumentError, UnsafeArchiveError
from ingest.fetch.errors import NotModifiedError
from ingest.hints import HEAD, may_hold_documents
from ingest.place import Place
from records.closing import Closing
from records.document import Capture, FetchedBefore, Metadata
from records.errors import IngestError, LimitExceededError, SettingsError
from records.parts import Link, Unread

if TYPE_CHECKING:
    from ingest.fetch.client import Fetcher

_DEEPEST = 4  # archives in mails in archives; honest ones are one or two deep
_MOST_PARTS = 10_000  # of one named source, through all levels
_NO_FETCH = "fetch.off"

BeforeOf = Callable[[str], FetchedBefore | None]
"""Address to how it was fetched the last time; None for never."""


@dataclass(frozen=True, slots=True)
class Same:
    """An address whose page has not changed since the bytes with this SHA-256 were captured."""

    source: str
    sha256: str


Fetch = Literal["public", "any", "never"]
Item = Capture | Same | Unread


class Gatherer(Closing):
    """Turns places into captures, one at a time."""

    def __init__(self, given_for: GivenFor, network: Network | None) -> None:
        """Take files, and with `network` addresses too; `given_for` knows what the user says."""
        self._given_for = given_for
        self._network = network
        self._left = _MOST_PARTS
        # One for each level, for an archive in an archive is taken apart before the outer one ends.
        self._unpackers = [Unpacker() for _ in range(_DEEPEST + 1)]

    def close(self) -> None:
        """End all processes and connections."""
        for unpacker in self._unpackers:
            unpacker.close()
        if self._network:
            self._network.close()

    def items(self, place: Place | Unread) -> Iterator[Item]:
        """Yield what is at a place: one capture, or all that an archive, a mail or a feed holds."""
        if isinstance(place, Unread):
            yield place
            return
        self._left = _MOST_PARTS
        try:
            given = self._given_for(place)
            if place.url is not None:
                yield from self._page(place.url, given, 0)
            elif place.path is None:
                yield from self._held(capture(place, given), 0)
            else:
                yield from self._file(place, given)
        except IngestError as error:
            yield Unread.of(place.name, error)

    def _file(self, place: Place, given: Metadata) -> Iterator[Item]:
        if not may_hold_documents(beginning(place, HEAD), place.name):
            yield capture(place, given)
            return
        path = str(place.path)
        request = Open(place.name, path, None, datetime.now(UTC), given)
        yield from self._unpacked(request, 0, lambda: capture(place, given))

    def _page(self, url: str, given: Metadata, depth: int) -> Iterator[Item]:
        """Fetch an address; a feed there leads to its entries."""
        if self._network is None:
            message = f"{url}: is a web address, and --no-fetch forbids the network"
            yield Unread(url, _NO_FETCH, message)
            return
        taken = self._network.take(url, given)
        if isinstance(taken, Capture):
            yield from self._held(taken, depth)
        else:
            yield taken

    def _held(self, taken: Capture, depth: int) -> Iterator[Item]:
        """Yield a capture, or what it holds, or both."""
        if not may_hold_documents(taken.content[:HEAD], taken.source):
            yield taken
            return
        request = Open(taken.source, None, taken.content, taken.captured_at, taken.given)
        yield from self._unpacked(request, depth, lambda: taken)

    def _unpacked(self, request: Open, depth: int, itself: Callable[[], Capture]) -> Iterator[Item]:
        """Yield what a source holds, after itself where it is a document too."""
        source = request.source
        if depth > _DEEPEST:
            message = f"{source}: stands in archives more than {_DEEPEST} deep; unpack it yourself"
            yield Unread.of(source, UnsafeArchiveError(message))
            return
        count = 0
        for part in self._unpackers[depth].unpack(request):
            if isinstance(part, Holds):
                if part.itself:
                    yield _taken(itself, source)
                count += part.itself
            elif self._left > 0:
                self._left -= 1
                yield from self._part(part, depth)
                count += 1
            else:
                message = f"{source}: holds more than {_MOST_PARTS} documents in all; split it"
                yield Unread.of(source, LimitExceededError(message))
                return
        if not count:
            yield Unread.of(source, EmptyDocumentError(f"{source}: holds no documents"))

    def _part(self, part: Capture | Link | Unread, depth: int) -> Iterator[Item]:
        if isinstance(part, Capture):
            yield from self._held(part, depth + 1)
        elif isinstance(part, Unread):
            yield part
        elif self._network is None and part.otherwise:
            yield part.otherwise
        else:
            had = False
            for item in self._page(part.url, part.given, depth + 1):
                had = had or not isinstance(item, Unread)
                yield item
            if part.otherwise and not had:
                yield part.otherwise


def _taken(itself: Callable[[], Capture], source: str) -> Capture | Unread:
    """Return the bytes of a bundle, or why they cannot be had; what it holds is read anyway."""
    try:
        return itself()
    except IngestError as error:
        return Unread.of(source, error)


def _never(url: str) -> None:
    return None


class Network:
    """Addresses to captures, or to the reason why not."""

    @classmethod
    def of(cls, fetch: Fetch, before: BeforeOf = _never) -> Network | None:
        """Return the network that may be used; None for none.

        Raises:
            SettingsError: `fetch` is no such word.
        """
        if fetch not in get_args(Fetch):
            words = ", ".join(get_args(Fetch))
            raise SettingsError(f"fetch: {fetch!r} was given; hand in one of {words}")
        return None if fetch == "never" else cls(allow_private=fetch == "any", before=before)

    def __init__(self, *, allow_private: bool, before: BeforeOf) -> None:
        """Connect to public addresses; ask only for what has changed since `before`."""
        self._allow_private = allow_private
        self._before = before
        self._fetcher: Fetcher | None = None

    def take(self, url: str, given: Metadata) -> Item:
        """Fetch one address."""
        # Imported here: it takes longer than reading a file, and most runs read files alone.
        from ingest.fetch.client import Fetcher  # noqa: PLC0415

        if self._fetcher is None:
            self._fetcher = Fetcher(allow_private=self._allow_private)
        known = self._before(url)
        try:
            return self._fetcher.fetch(url, given, known.fetched if known else None)
        except NotModifiedError as error:
            return Same(url, known.sha256) if known else Unread.of(url, error)
        except IngestError as error:
            return Unread.of(url, error)

    def close(self) -> None:
        """End all connections."""
        if self._fetcher:
            self._fetcher.close()
