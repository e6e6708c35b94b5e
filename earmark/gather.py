"""From what a user names to bytes in hand: files, addresses, and what archives and feeds hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, Protocol, get_args

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


class Memory(Protocol):
    """What was fetched before; `store.store.Store` knows it."""

    def fetched_before(self, url: str) -> FetchedBefore | None: ...  # noqa: D102 - see Store
    def capture_of(self, sha256: str) -> Capture: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Instead:
    """What is to be read where all of the `after` items before it failed."""

    capture: Capture
    after: int


Fetch = Literal["public", "any", "never"]
Item = Capture | Unread | Instead


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
        request = Open(
            taken.source, None, taken.content, taken.captured_at, taken.given, taken.fetched
        )
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
            count = 0
            for count, item in enumerate(self._page(part.url, part.given, depth + 1), 1):  # noqa: B007 - the last number counts
                yield item
            if part.otherwise:
                yield Instead(part.otherwise, count)


def _taken(itself: Callable[[], Capture], source: str) -> Capture | Unread:
    """Return the bytes of a bundle, or why they cannot be had; what it holds is read anyway."""
    try:
        return itself()
    except IngestError as error:
        return Unread.of(source, error)


class Network(Closing):
    """Addresses to captures, or to the reason why not."""

    @classmethod
    def of(cls, fetch: Fetch, memory: Memory | None = None) -> Network | None:
        """Return the network that may be used; None for none.

        Raises:
            SettingsError: `fetch` is no such word.
        """
        if fetch not in get_args(Fetch):
            words = ", ".join(get_args(Fetch))
            raise SettingsError(f"fetch: {fetch!r} was given; hand in one of {words}")
        return None if fetch == "never" else cls(memory, allow_private=fetch == "any")

    def __init__(self, memory: Memory | None, *, allow_private: bool) -> None:
        """Connect to public addresses; ask only for what `memory` does not have."""
        self._allow_private = allow_private
        self._memory = memory
        self._fetcher: Fetcher | None = None

    def take(self, url: str, given: Metadata) -> Capture | Unread:
        """Fetch one address; a page that has not changed is what was captured of it before."""
        # Imported here: it takes longer than reading a file, and most runs read files alone.
        from ingest.fetch.client import Fetcher  # noqa: PLC0415

        if self._fetcher is None:
            self._fetcher = Fetcher(allow_private=self._allow_private)
        known = self._memory.fetched_before(url) if self._memory else None
        try:
            return self._fetcher.fetch(url, given, known.fetched if known else None)
        except NotModifiedError:
            assert self._memory is not None  # noqa: S101 - else nothing was asked for as changed
            assert known is not None  # noqa: S101 - likewise
            content = self._memory.capture_of(known.sha256).content
            return Capture.of(url, content, known.captured_at, given, known.fetched)
        except IngestError as error:
            return Unread.of(url, error)

    def close(self) -> None:
        """End all connections."""
        if self._fetcher:
            self._fetcher.close()
