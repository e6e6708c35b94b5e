"""One call of `ingest`: source after source, each with one outcome word, each kept or named."""

from __future__ import annotations

import sys
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from earmark.ahead import Taken, take
from earmark.channel import Derived
from earmark.gather import Gatherer, Instead
from earmark.outcome import WORDS, IngestOptions, Outcome, Progress, Run, Word
from earmark.readers import Readers
from ingest.place import Place
from records.document import Capture, Document
from records.errors import RedactedError
from records.parts import Unread

if TYPE_CHECKING:
    from earmark.dry import Keeper
    from store.captures import Kept


class Ingestion:
    """Reads sources into a store, one transaction each, in the order in which they are named."""

    def __init__(self, store: Keeper, readers: Readers, versions: Mapping[str, str]) -> None:
        """Write to `store`, which is open for writing, what `readers` read with `versions`."""
        self._store = store
        self._readers = readers
        self._versions = versions
        self._outcomes: list[Outcome] = []
        self._begun: deque[_Begun] = deque()
        self._new_claims = 0
        self._restated = 0

    def run(
        self, places: Sequence[Place | Unread], gatherer: Gatherer, options: IngestOptions
    ) -> Run:
        """Read what is at every place; one that fails does not stop the others."""
        began = time.monotonic()
        run = self._store.start_run(self._versions)
        rest = self._read(run, places, gatherer, options)
        counts = _counts(self._outcomes)
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

    def _read(
        self, run: str, places: Sequence[Place | Unread], gatherer: Gatherer, options: IngestOptions
    ) -> int:
        """Read places until they end or the run is ended; return how many sources are left."""
        for taken in take(self._store, run, places, gatherer, lambda: self._wanted(options)):
            self._begin(run, taken)
            if not self._finish(self._readers.ahead(followed=taken.is_followed), options):
                # Only whether this archive holds more is asked: the next place may keep one
                # waiting, as standard input does. The bytes of what is begun are kept, and read
                # when the run is called again.
                return taken.left + taken.has_more() + len(self._begun)
        self._finish(0, options)
        return 0

    def _begin(self, run: str, taken: Taken) -> None:
        """Hand a source to a reader where it is to be read."""
        left, item = taken.left, taken.item
        if isinstance(item, Unread):
            self._begun.append(_Begun(left, lambda: _failed(item)))
        elif isinstance(item, Instead):
            self._begun.append(_Begun(left, lambda: self._instead(run, item)))
        elif isinstance(item, Capture):
            self._begun.append(_Begun(left, lambda: self._one_by_one(run, item)))
        elif any(item.capture.sha256 == begun.sha256 for begun in self._begun):
            # The same bytes are being read already; whether they are a document is known then.
            self._begun.append(_Begun(left, lambda: self._one_by_one(run, item.capture)))
        else:
            self._begun.append(_Begun(left, *self._begin_reading(run, item)))

    def _one_by_one(self, run: str, taken: Capture) -> Outcome:
        (kept,) = self._store.add_captures(run, [taken])
        finish, _ = self._begin_reading(run, kept)
        return finish()

    def _instead(self, run: str, taken: Instead) -> Outcome | None:
        """Read the feed's own text of an entry whose page could not be had, or is no article."""
        if any(outcome.word != "failed" for outcome in self._outcomes[-taken.after :]):
            return None
        outcome = self._one_by_one(run, taken.capture)
        return replace(outcome, note=f"the feed's own text, for its page failed; {outcome.note}")

    def _begin_reading(self, run: str, kept: Kept) -> tuple[Callable[[], Outcome], str | None]:
        """Begin to read bytes where they are no document yet.

        Returns:
            What waits for the reader and stores what it finds; the SHA-256 of what is being read.
        """
        if kept.state == "done":
            return lambda: self._unchanged(kept.capture), None
        if kept.state == "redacted":
            erased = Unread(kept.capture.source, RedactedError.code, kept.told)
            return lambda: _failed(erased), None
        answer = self._readers.derive(kept.capture)
        return lambda: self._store_answer(run, kept.capture, answer()), kept.capture.sha256

    def _finish(self, ahead: int, options: IngestOptions) -> bool:
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
            outcome = begun.finish()
            if outcome is None:
                continue
            self._outcomes.append(outcome)
            done, left = len(self._outcomes), (self._begun[-1] if self._begun else begun).left
            total = done + len(self._begun) + left
            if options.progress and options.progress(done, total, outcome) is False:
                return False
            if not self._wanted(options):
                return False
        return True

    def _wanted(self, options: IngestOptions) -> int:
        """Return how many more sources may change the store before the run ends."""
        if options.stop_after is None:
            return sys.maxsize
        return options.stop_after - sum(one.word != "unchanged" for one in self._outcomes)

    def _unchanged(self, taken: Capture) -> Outcome:
        document = self._store.document_id(taken.sha256)
        return Outcome(taken.source, "unchanged", document, 0, f"same bytes as document {document}")

    def _store_answer(self, run: str, taken: Capture, answer: Derived | Unread) -> Outcome:
        if isinstance(answer, Unread):
            self._store.add_refusal(run, taken, answer.code, answer.message)
            return _failed(answer)
        added = self._store.add_document(run, taken, answer.document, answer.mentions)
        self._new_claims += added.new_claims
        self._restated += added.restated
        word: Word = "partial" if answer.document.gaps else "added"
        return Outcome(
            source=taken.source,
            word="updated" if added.replaced else word,
            document=added.document or None,
            claims=added.mentions,
            note=describe(answer.document) + (f"; {added.echo.head}" if added.echo else ""),
            warnings=answer.document.warnings,
        )


@dataclass(frozen=True, slots=True)
class _Begun:
    """A source under way.

    Attributes:
        left: How many places come after its own.
        finish: Waits for it, stores it, and says what became of it; None where it was not needed.
        sha256: Of bytes that are being read; None where nothing is read.
    """

    left: int
    finish: Callable[[], Outcome | None]
    sha256: str | None = None


def run_without_store(missing: Sequence[Unread], progress: Progress | None = None) -> Run:
    """Name sources that all lead nowhere; no store is to be made for them."""
    began = time.monotonic()
    outcomes = []
    for unread in missing:
        outcomes.append(_failed(unread))
        if progress and progress(len(outcomes), len(missing), outcomes[-1]) is False:
            break
    seconds = time.monotonic() - began
    return Run(None, tuple(outcomes), _counts(outcomes), 0, 0, seconds, len(missing))


def _counts(outcomes: Sequence[Outcome]) -> dict[Word, int]:
    tally = Counter(outcome.word for outcome in outcomes)
    return {word: tally[word] for word in WORDS}


def describe(document: Document) -> str:
    """Say how the publication day is known and what is missing: one line for people."""
    published = document.metadata.published
    day = (
        f"published {published.value.isoformat()} ({published.how})"
        if published
        else ("no publication date")
    )
    gaps = [f"{gap.where}: {gap.why}" for gap in document.gaps]
    return "; ".join([day, *gaps])


def _failed(unread: Unread) -> Outcome:
    return Outcome(
        unread.source, "failed", None, 0, unread.message, unread.code, detail=unread.detail
    )
