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
from store.imports.lines import Line, kind_of

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
    finally:  # it takes its name later; its heads are kept from the first change under that
        place.with_name(f"{place.name}.heads").unlink(missing_ok=True)
    differing = ", ".join(loaded.differing)
    note = f"claims that come out otherwise without the rest of the store: {differing}"
    return Written(sum(loaded.added.values()), "record", (note,) if differing else ())


def _lines(chosen: Selection) -> Iterator[Line]:
    for number, data in enumerate(records(chosen, sources=True), 1):
        kind = kind_of(data)
        if kind != "end":
            yield Line(number, kind, data)


SQLITE = FileExport("sqlite", write)
