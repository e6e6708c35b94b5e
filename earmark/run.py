"""One call of `ingest`: source after source, each with one outcome word, each kept or named."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from earmark.ahead import Taken, take
from earmark.channel import Derived
from earmark.gather import Gatherer, Instead
from earmark.outcome import IngestOptions, Outcome, Run, Word
from earmark.readers import Readers
from earmark.telling import counts_of, describe, failed
from ingest.place import Place
from records.document import Capture, Document
from records.errors import (
    EarmarkError,
    RedactedError,
    StoreGoneError,
    StoreLockedError,
    StoreReadOnlyError,
)
from records.parts import Unread

if TYPE_CHECKING:
    from earmark.dry import Keeper
    from store.captures import Kept
    from store.results import Added


MOST_AT_ONCE = 32
"""Documents that are stored in one transaction."""
PATIENCE = 0.5
"""Seconds that a document which was read may wait for others to be stored with it."""


class Ingestion:
    """Reads sources into a store, in the order in which they are named.

    The first document is stored by itself, then two at once, then four: who watches sees the first
    soon, and of many few commits wait for the disk. A source has its line when it is stored.
    """

    def __init__(self, store: Keeper, readers: Readers, versions: Mapping[str, str]) -> None:
        """Write to `store`, which is open for writing, what `readers` read with `versions`."""
        self._store = store
        self._readers = readers
        self._versions = versions
        self._outcomes: list[Outcome] = []
        self._begun: deque[_Begun] = deque()
        self._read_now: list[_Read] = []
        self._at_once = 1
        self._since = 0.0  # when the first of `_read_now` was read
        self._new_claims = 0
        self._restated = 0

    def run(
        self, places: Sequence[Place | Unread], gatherer: Gatherer, options: IngestOptions
    ) -> Run:
        """Read what is at every place; one that fails does not stop the others."""
        began = time.monotonic()
        run = self._store.start_run(self._versions)
        rest = self._read_all(run, places, gatherer, options)
        counts = counts_of(self._outcomes)
        tally = {str(word): number for word, number in counts.items()}
        every = ((one.word, one.document, one.source) for one in self._outcomes)
        found = [(name, source) for word, name, source in every if word == "unchanged" and name]
        self._store.end_run(run, tally, found)
        return Run(
            id=run or None,
            outcomes=tuple(self._outcomes),
            counts=counts,
            new_claims=self._new_claims,
            restated=self._restated,
            seconds=time.monotonic() - began,
            sources=len(self._outcomes) + rest,
        )

    def _read_all(
        self, run: str, places: Sequence[Place | Unread], gatherer: Gatherer, options: IngestOptions
    ) -> int:
        """Read places until they end or the run is ended; return how many sources are left."""
        for taken in take(self._store, run, places, gatherer, lambda: self._wanted(options)):
            self._begin(run, taken)
            if not self._finish(run, self._readers.ahead(followed=taken.is_followed), options):
                # Only whether this archive holds more is asked: the next place may keep one
                # waiting, as standard input does. The bytes of what is begun are kept, and read
                # when the run is called again.
                return taken.left + taken.has_more() + len(self._read_now) + len(self._begun)
        self._finish(run, 0, options)
        return 0

    def _begin(self, run: str, taken: Taken) -> None:
        """Hand a source to a reader where it is to be read."""
        left, item = taken.left, taken.item
        if isinstance(item, Unread):
            self._begun.append(_Begun(left, lambda: failed(item)))
        elif isinstance(item, Instead):
            self._begun.append(_Begun(left, lambda: self._instead(run, item)))
        elif isinstance(item, Capture):
            self._begun.append(_Begun(left, lambda: self._one_by_one(run, item)))
        elif item.capture.sha256 in self._in_hand():
            # The same bytes are being read already; whether they are a document is known then.
            self._begun.append(_Begun(left, lambda: self._one_by_one(run, item.capture)))
        else:
            self._begun.append(_Begun(left, *self._begin_reading(run, item)))

    def _in_hand(self) -> set[str | None]:
        """Return the hashes of bytes that are being read, or are read and not stored."""
        return {one.sha256 for one in self._begun} | {one.capture.sha256 for one in self._read_now}

    def _one_by_one(self, run: str, taken: Capture) -> Outcome:
        (kept,) = self._store.add_captures(run, [taken])
        finish, _ = self._begin_reading(run, kept)
        found = finish()
        if isinstance(found, Outcome):
            return found
        (outcome,) = self._add(run, [found])
        return outcome

    def _instead(self, run: str, taken: Instead) -> Outcome | None:
        """Read the feed's own text of an entry whose page could not be had, or is no article."""
        if any(outcome.word != "failed" for outcome in self._outcomes[-taken.after :]):
            return None
        outcome = self._one_by_one(run, taken.capture)
        return replace(outcome, note=f"the feed's own text, for its page failed; {outcome.note}")

    def _begin_reading(
        self, run: str, kept: Kept
    ) -> tuple[Callable[[], Outcome | _Read], str | None]:
        """Begin to read bytes where they are no document yet.

        Returns:
            What waits for the reader and stores what it finds; the SHA-256 of what is being read.
        """
        if kept.state == "done":
            return lambda: self._unchanged(kept.capture), None
        if kept.state == "redacted":
            erased = Unread(kept.capture.source, RedactedError.code, kept.told)
            return lambda: failed(erased), None
        answer = self._readers.derive(kept.capture)
        return lambda: self._read(run, kept.capture, answer()), kept.capture.sha256

    def _finish(self, run: str, ahead: int, options: IngestOptions) -> bool:
        """Store what is read, in order, until only `ahead` batches are under way.

        Where the run is to end after so many, no more are under way than are still wanted.

        Returns:
            Whether the run should go on.
        """
        while self._begun and (
            self._begun[0].sha256 is None
            or self._readers.under_way > ahead
            or len(self._begun) >= self._wanted(options)
        ):
            begun = self._begun.popleft()
            # What is found without a reader may be of the same bytes as what was just read.
            if begun.sha256 is None and not self._store_read(run, options):
                return False
            found = begun.finish()
            if isinstance(found, _Read):
                self._since = self._since if self._read_now else time.monotonic()
                self._read_now.append(replace(found, left=begun.left))
                if self._is_enough(options) and not self._store_read(run, options):
                    return False
                continue
            if not self._store_read(run, options):
                return False
            if found and not self._tell([found], begun.left, options):
                return False
        return ahead > 0 or self._store_read(run, options)

    def _is_enough(self, options: IngestOptions) -> bool:
        """Tell whether the documents that were read are to be stored now."""
        waited = time.monotonic() - self._since
        return (
            len(self._read_now) >= self._at_once or waited > PATIENCE or not self._wanted(options)
        )

    def _store_read(self, run: str, options: IngestOptions) -> bool:
        """Store the documents that were read, and tell of each; return whether to go on."""
        read, self._read_now = self._read_now, []
        if not read:
            return True
        self._at_once = min(2 * self._at_once, MOST_AT_ONCE)
        try:
            outcomes = self._add(run, read)
        except (StoreGoneError, StoreLockedError, StoreReadOnlyError):
            raise
        except EarmarkError:
            if len(read) == 1:
                raise
            # One of them cannot be stored; those before it are.
            for place, one in enumerate(read, 1):
                if not self._tell(self._add(run, [one]), one.left, options):
                    self._read_now = read[place:]
                    return False
            return True
        return self._tell(outcomes, read[-1].left, options)

    def _tell(self, outcomes: Sequence[Outcome], left: int, options: IngestOptions) -> bool:
        """Say what became of sources; return whether the run should go on.

        Args:
            outcomes: Theirs, in order.
            left: How many places come after the last one.
            options: Of the run.
        """
        goes_on = True
        for place, outcome in enumerate(outcomes, 1):
            self._outcomes.append(outcome)
            behind = self._begun[-1].left if self._begun else left
            total = len(self._outcomes) + len(outcomes) - place + len(self._begun) + behind
            told = options.progress and options.progress(len(self._outcomes), total, outcome)
            goes_on = goes_on and told is not False
        return goes_on and self._wanted(options) > 0

    def _wanted(self, options: IngestOptions) -> int:
        """Return how many more sources may change the store before the run ends."""
        if options.stop_after is None:
            return sys.maxsize
        changed = sum(one.word != "unchanged" for one in self._outcomes)
        return options.stop_after - changed - len(self._read_now)

    def _unchanged(self, taken: Capture) -> Outcome:
        document = self._store.document_id(taken.sha256)
        return Outcome(taken.source, "unchanged", document, 0, f"same bytes as document {document}")

    def _read(self, run: str, taken: Capture, answer: Derived | Unread) -> Outcome | _Read:
        if isinstance(answer, Unread):
            self._store.add_refusal(run, taken, answer.code, answer.message)
            return failed(answer)
        return _Read(taken, answer)

    def _add(self, run: str, read: Sequence[_Read]) -> list[Outcome]:
        """Store documents, all of them or none."""
        every = [(one.capture, one.answer.document, one.answer.mentions) for one in read]
        return [
            self._outcome(one.capture, one.answer.document, added)
            for one, added in zip(read, self._store.add_documents(run, every), strict=True)
        ]

    def _outcome(self, taken: Capture, document: Document, added: Added) -> Outcome:
        self._new_claims += added.new_claims
        self._restated += added.restated
        word: Word = "partial" if document.gaps else "added"
        return Outcome(
            source=taken.source,
            word="updated" if added.replaced else word,
            document=added.document or None,
            claims=added.mentions,
            note=describe(document) + (f"; {added.echo.head}" if added.echo else ""),
            warnings=document.warnings,
        )


@dataclass(frozen=True, slots=True)
class _Read:
    """A document that was read and is not stored yet.

    Attributes:
        capture: Its bytes.
        answer: What the reader made of them.
        left: How many places come after its own.
    """

    capture: Capture
    answer: Derived
    left: int = 0


@dataclass(frozen=True, slots=True)
class _Begun:
    """A source under way.

    Attributes:
        left: How many places come after its own.
        finish: Waits for it, and says what became of it, or what is to be stored; None where it was
            not needed.
        sha256: Of bytes that are being read; None where nothing is read.
    """

    left: int
    finish: Callable[[], Outcome | _Read | None]
    sha256: str | None = None
