"""Sources taken a little ahead of their reading, so that the bytes of many are kept at once.

Each commit waits for the disk. Bytes are kept before anything reads them, so those of the next
files of a folder can share one commit; each document still has a commit of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from earmark.gather import Gatherer, Instead, Item
from ingest.place import Place
from records.document import Capture
from records.parts import Unread

if TYPE_CHECKING:
    from earmark.dry import Keeper
    from store.captures import Kept

_MOST = 50
_BYTES = 8 * 1024 * 1024  # with as many, a batch is full


class Taken(NamedTuple):
    """A source in hand.

    Attributes:
        left: How many places come after its own.
        item: Bytes that were kept; or kept bytes that others in hand have too, so that it is yet to
            be known what became of those; or what there is instead of bytes.
        is_followed: Whether the next source is in hand too.
        has_more: Tells whether its own place holds more sources.
    """

    left: int
    item: Kept | Capture | Instead | Unread
    is_followed: bool
    has_more: Callable[[], bool]


def take(
    store: Keeper,
    run: str,
    places: Sequence[Place | Unread],
    gatherer: Gatherer,
    wanted: Callable[[], int],
) -> Iterator[Taken]:
    """Yield what is at places, in order, after its bytes were kept.

    Args:
        store: Keeps the bytes.
        run: The open run.
        places: Files and other places; what waits for a network or a person is taken one by one.
        gatherer: Finds what is at a place.
        wanted: Tells how many more sources may be needed at most.
    """
    batch: list[tuple[int, Item]] = []
    for left, place in zip(range(len(places) - 1, -1, -1), places, strict=True):
        if isinstance(place, Place) and place.path is None:
            yield from _keep(store, run, batch, iter(()))
            batch = []
        items = gatherer.items(place)
        for item in items:
            batch.append((left, item))
            if _is_full(batch, min(_MOST, wanted())):
                yield from _keep(store, run, batch, items)
                batch = []
    yield from _keep(store, run, batch, iter(()))


def _is_full(batch: Sequence[tuple[int, Item]], most: int) -> bool:
    """Tell whether a batch is kept now; it is when the next source may take long to come."""
    sizes = [len(item.content) for _, item in batch if isinstance(item, Capture)]
    last = batch[-1][1]
    at_once = isinstance(last, Capture) and last.fetched is None
    return not at_once or len(batch) >= most or sum(sizes) >= _BYTES


def _keep(
    store: Keeper, run: str, batch: Sequence[tuple[int, Item]], rest: Iterator[Item]
) -> Iterator[Taken]:
    """Keep the bytes of a batch at once; `rest` are the further sources of its last place."""
    captures = [item for _, item in batch if isinstance(item, Capture)]
    answers = iter(store.add_captures(run, captures) if captures else [])
    seen: set[str] = set()
    for number, (left, item) in enumerate(batch, 1):
        taken: Kept | Capture | Instead | Unread
        if isinstance(item, Capture):
            kept = next(answers)
            taken = kept.capture if item.sha256 in seen else kept
            seen.add(item.sha256)
        else:
            taken = item
        following = batch[number : number + 1]
        more = iter([each for each in following if each[0] == left]) if following else rest
        yield Taken(left, taken, bool(following), partial(_has_more, more))


def _has_more(rest: Iterator[object]) -> bool:
    return next(rest, None) is not None
