"""A run that stores nothing: what `ingest` would do, said without doing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, Protocol

from records.document import Capture, Document
from records.mention import Mention
from store.results import Added

if TYPE_CHECKING:
    from store.captures import CaptureState
    from store.store import Store


class Keeper(Protocol):
    """What a run writes to; `store.store.Store` is one."""

    def start_run(self, versions: Mapping[str, str]) -> str: ...  # noqa: D102 - see Store
    def end_run(self, run: str, counts: Mapping[str, int]) -> None: ...  # noqa: D102
    def state_of(self, capture: Capture) -> CaptureState: ...  # noqa: D102
    def document_id(self, sha256: str) -> str | None: ...  # noqa: D102
    def add_capture(self, run: str, capture: Capture) -> Capture: ...  # noqa: D102
    def add_refusal(self, run: str, capture: Capture, code: str, message: str) -> None: ...  # noqa: D102
    def add_document(  # noqa: D102
        self, run: str, capture: Capture, document: Document, mentions: Sequence[Mention]
    ) -> Added: ...


class DryStore:
    """Answers as the store would, as far as that can be known, and writes nothing."""

    def __init__(self, store: Store | None) -> None:
        """Ask `store` what it has already; None where there is no store yet."""
        self._store = store
        self._read: set[str] = set()

    def start_run(self, versions: Mapping[str, str]) -> Literal[""]:
        """Start none."""
        return ""

    def end_run(self, run: str, counts: Mapping[str, int]) -> None:
        """End none."""

    def state_of(self, capture: Capture) -> CaptureState:
        """Tell what the store knows of some bytes, and whether this run has read them."""
        if capture.sha256 in self._read:
            return "done"
        return self._store.state_of(capture) if self._store else "absent"

    def document_id(self, sha256: str) -> str | None:
        """Return the id of a document that the store has."""
        return self._store.document_id(sha256) if self._store else None

    def add_capture(self, run: str, capture: Capture) -> Capture:
        """Keep nothing."""
        return capture

    def add_refusal(self, run: str, capture: Capture, code: str, message: str) -> None:
        """Record nothing."""

    def add_document(
        self, run: str, capture: Capture, document: Document, mentions: Sequence[Mention]
    ) -> Added:
        """Say how many mentions would be added; which claims they state, the store alone knows."""
        self._read.add(capture.sha256)
        replaced = self.document_id(capture.sha256)
        return Added(replaced or "", len(mentions), 0, 0, replaced=replaced is not None)
