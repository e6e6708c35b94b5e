"""A run that stores nothing: what `ingest` would do, said without doing it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, Protocol

from records.document import Capture
from store.captures import CaptureState, Kept
from store.results import Added

if TYPE_CHECKING:
    from store.store import Store
    from store.write import Sighting
    from store.write_document import Read


class Keeper(Protocol):
    """What a run writes to; `store.store.Store` is one."""

    def start_run(self, versions: Mapping[str, str]) -> str: ...  # noqa: D102 - see Store
    def end_run(  # noqa: D102
        self, run: str, counts: Mapping[str, int], unchanged: Iterable[Sighting] = ()
    ) -> None: ...
    def document_id(self, sha256: str) -> str | None: ...  # noqa: D102
    def add_captures(self, run: str, captures: Sequence[Capture]) -> list[Kept]: ...  # noqa: D102
    def add_refusal(self, run: str, capture: Capture, code: str, message: str) -> None: ...  # noqa: D102
    def add_documents(self, run: str, read: Sequence[Read]) -> list[Added]: ...  # noqa: D102


class DryStore:
    """Answers as the store would, as far as that can be known, and writes nothing."""

    def __init__(self, store: Store | None) -> None:
        """Ask `store` what it has already; None where there is no store yet."""
        self._store = store
        self._read: set[str] = set()

    def start_run(self, versions: Mapping[str, str]) -> Literal[""]:
        """Start none."""
        return ""

    def end_run(
        self, run: str, counts: Mapping[str, int], unchanged: Iterable[Sighting] = ()
    ) -> None:
        """End none."""

    def document_id(self, sha256: str) -> str | None:
        """Return the id of a document that the store has."""
        return self._store.document_id(sha256) if self._store else None

    def add_captures(self, run: str, captures: Sequence[Capture]) -> list[Kept]:
        """Keep nothing; say what the store knows of some bytes, or that this run has read them."""
        return [self._kept(capture) for capture in captures]

    def add_refusal(self, run: str, capture: Capture, code: str, message: str) -> None:
        """Record nothing."""

    def add_documents(self, run: str, read: Sequence[Read]) -> list[Added]:
        """Say how many mentions would be added; which claims they state, the store alone knows."""
        added = []
        for capture, _, mentions in read:
            self._read.add(capture.sha256)
            replaced = self.document_id(capture.sha256)
            known = replaced is not None
            added.append(Added(replaced or "", len(mentions), 0, 0, replaced=known))
        return added

    def _kept(self, capture: Capture) -> Kept:
        state = self._state_of(capture)
        told = "these bytes were redacted, and would not be read" if state == "redacted" else ""
        return Kept(state, capture, told)

    def _state_of(self, capture: Capture) -> CaptureState:
        if capture.sha256 in self._read:
            return "done"
        return self._store.state_of(capture) if self._store else "absent"
