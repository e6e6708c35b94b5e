"""One call of `ingest`: source after source, each with one outcome word, each kept or named."""

from __future__ import annotations

import sys
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from earmark.ahead import Taken, take
from earmark.channel import Derived
from earmark.dry import Keeper
from earmark.gather import Gatherer, Instead
from earmark.readers import Readers
from ingest.locate import locate
from ingest.place import Place
from records.document import Capture, Document
from records.errors import SettingsError
from records.parts import Unread
from store.captures import Kept

Word = Literal["added", "updated", "unchanged", "partial", "failed"]
WORDS: tuple[Word, ...] = get_args(Word)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source.

    Attributes:
        source: The name the user gave, or the path found under it.
        word: `added`, `updated` (read again because what the user gives has changed), `unchanged`
            (the same bytes are a document already), `partial` (a document with declared gaps) or
            `failed`.
        document: Local id (`d2`); None when there is none, or not yet.
        claims: Mentions that the document holds, each of which states a claim; 0 when unchanged.
        note: How the publication day is known, what is missing, or why it failed.
        code: Of the error; None when nothing failed.
        warnings: What to know before trusting the document's text.
        detail: The traceback of a failure, for `--debug`; empty when there is none.
    """

    source: str
    word: Word
    document: str | None
    claims: int
    note: str
    code: str | None = None
    warnings: tuple[str, ...] = ()
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """What one call of `ingest` did.

    Attributes:
        id: Local id (`r7`); None where nothing was kept: of a dry run, or where there was nothing.
        outcomes: One for each source that was reached, in order.
        counts: How many sources had each outcome word; all words are there.
        new_claims: Claims that no earlier document had stated.
        restated: Mentions that state an earlier claim again.
        seconds: How long it took.
        sources: How many sources there were, as far as is known: an archive that was not opened
            counts as one. More than outcomes when it was stopped.
    """

    id: str | None
    outcomes: tuple[Outcome, ...]
    counts: Mapping[Word, int]
    new_claims: int
    restated: int
    seconds: float
    sources: int

    @property
    def stopped(self) -> bool:
        """Whether it ended before the last source."""
        return len(self.outcomes) < self.sources


# Called after each source with its number from 1, how many there are, and its outcome; the answer
# False ends the run there.
Progress = Callable[[int, int, Outcome], bool]


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """How a run goes about its work; none of it changes what is read.

    Attributes:
        jobs: Processes to read with.
        stop_after: End after so many sources that are not `unchanged`; None for all.
        dry: Say what would be done, and store nothing.
        progress: Called after each source; see `Progress`.
    """

    jobs: int = 1
    stop_after: int | None = None
    dry: bool = False
    progress: Progress | None = None

    def check(self) -> None:
        """Refuse what cannot be.

        Raises:
            SettingsError: A number is none, or less than 1.
        """
        for name, value in (("jobs", self.jobs), ("stop_after", self.stop_after)):
            wrong = not isinstance(value, int) or isinstance(value, bool) or value < 1
            if wrong and not (name == "stop_after" and value is None):
                raise SettingsError(f"{name}: {value!r} was given; hand in a whole number from 1")


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

    def run(self, sources: Sequence[str], gatherer: Gatherer, options: IngestOptions) -> Run:
        """Read every source that `sources` name; one that fails does not stop the others."""
        began = time.monotonic()
        places = list(locate(sources))
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
            # One process reads a source while the one before it is stored, but not where the next
            # is still to come; with several, so many are begun that none of them waits.
            ahead = int(taken.is_followed) if options.jobs == 1 else 2 * options.jobs
            if not self._finish(run, ahead, options):
                # Only whether this archive holds more is asked: the next place may keep one
                # waiting, as standard input does. The bytes of what is begun are kept, and read
                # when the run is called again.
                return taken.left + taken.has_more() + len(self._begun)
        self._finish(run, 0, options)
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
            finish = self._begin_reading(run, item)
            self._begun.append(_Begun(left, finish, item.capture.sha256))

    def _one_by_one(self, run: str, taken: Capture) -> Outcome:
        (kept,) = self._store.add_captures(run, [taken])
        return self._begin_reading(run, kept)()

    def _instead(self, run: str, taken: Instead) -> Outcome | None:
        """Read the feed's own text of an entry whose page could not be had, or is no article."""
        if any(outcome.word != "failed" for outcome in self._outcomes[-taken.after :]):
            return None
        outcome = self._one_by_one(run, taken.capture)
        return replace(outcome, note=f"the feed's own text, for its page failed; {outcome.note}")

    def _begin_reading(self, run: str, kept: Kept) -> Callable[[], Outcome]:
        """Begin to read bytes; return what waits for the reader and stores what it finds."""
        if kept.state == "done":
            return lambda: self._unchanged(kept.capture)
        answer = self._readers.derive(kept.capture)
        return lambda: self._store_answer(run, kept.capture, answer.result())

    def _finish(self, run: str, ahead: int, options: IngestOptions) -> bool:
        """Store what is read, in order, until only `ahead` sources are under way.

        Where the run is to end after so many, no more are under way than are still wanted.

        Returns:
            Whether the run should go on.
        """
        while len(self._begun) > min(ahead, max(0, self._wanted(options) - 1)):
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
