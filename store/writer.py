"""How a store is written: one transaction a step, with what was decided in mind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from records.errors import StoreReadOnlyError
from store import schema
from store.engine import Engines
from store.faults import at_the_door
from store.heads import keeping
from store.ledger import head_of
from store.matching import Matching
from store.place import Place
from store.reader import StoreReader


class StoreWriter(StoreReader):
    """What every step that writes begins with."""

    def __init__(self, place: Place, engines: Engines, wait_seconds: float) -> None:
        """Write through `engines`; see `StoreReader`."""
        super().__init__(place, engines, wait_seconds)
        self._matching = Matching()

    @contextmanager
    def _changing(self) -> Iterator[Connection]:
        """Write with what was decided in mind; know nothing again when it did not go through."""
        try:
            with self._writing() as connection:
                self._matching.heed(connection)
                yield connection
        except BaseException:
            self._matching.forget()
            raise

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if self._engines.writer is None:
            raise StoreReadOnlyError(f"{self.place} was opened for reading only")
        with (
            keeping(self.heads_file) as keep,
            at_the_door(self.place, self._wait_seconds),
            self._engines.writer.begin() as connection,
        ):
            schema.check_still(connection, self.place)
            yield connection
            keep(head_of(connection))
