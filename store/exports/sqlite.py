"""A smaller store: chosen claims with the documents that state them, in a SQLite file.

It is made as an import is, so `earmark --store` opens it, and an audit proves it. Its ledger begins
with that import, which names the head of the ledger that the records come from; what happened
before it does not prove.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from store.exports.kinds import FileExport, Written
from store.exports.whole import records
from store.heads import begin
from store.imports.lines import Line, kind_of
from store.place import FilePlace

if TYPE_CHECKING:
    from store.exports.selection import Selection


def write(chosen: Selection, place: Path) -> Written:
    """Write the store, with the bytes of its documents."""
    from store.store import Store  # noqa: PLC0415 - a store exports, and this export makes a store

    try:
        with Store.open(str(place), create=True) as made:
            loaded = made.load(_lines(chosen))
    except BaseException:
        for journal in place.parent.glob(f"{place.name}-*"):
            journal.unlink()
        raise
    finally:  # it takes its name later, and its heads with it
        place.with_name(f"{place.name}.heads").unlink(missing_ok=True)
    differing = ", ".join(loaded.differing)
    note = f"claims that come out otherwise without the rest of the store: {differing}"
    return Written(sum(loaded.added.values()), "record", (note,) if differing else ())


def _lines(chosen: Selection) -> Iterator[Line]:
    for number, data in enumerate(records(chosen, sources=True), 1):
        kind = kind_of(data)
        if kind != "end":
            yield Line(number, kind, data)


def keep_head(place: Path) -> None:
    """Begin the file of heads beside the finished store, as beside any store that is made."""
    from store.store import Store  # noqa: PLC0415 - as above

    with Store.open(str(place), read_only=True) as made:
        begin(FilePlace(place, made.place), made.head())


SQLITE = FileExport("sqlite", write, named=keep_head)
