"""One call of `ingest`: source after source, each with one outcome word, each kept or named."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from earmark.gather import Gatherer, Item, Same
from earmark.worker import Worker
from ingest.locate import locate
from records.document import Document
from records.parts import Unread

if TYPE_CHECKING:
    from store.store import Store

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
        document: Local id (`d2`); None when there is none.
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
        id: Local id (`r7`); None where no store was made, for there was nothing to keep.
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


class Ingestion:
    """Reads sources into a store, one transaction each."""

    def __init__(self, store: Store, worker: Worker, versions: Mapping[str, str]) -> None:
        """Write to `store`, which is open for writing, what `worker` reads with `versions`."""
        self._store = store
        self._worker = worker
        self._versions = versions
        self._new_claims = 0
        self._restated = 0

    def run(
        self, sources: Sequence[str], gatherer: Gatherer, progress: Progress | None = None
    ) -> Run:
        """Read every source that `sources` name; one that fails does not stop the others."""
        began = time.monotonic()
        places = list(locate(sources))
        run = self._store.start_run(self._versions)
        outcomes: list[Outcome] = []
        items = (
            (left, item)
            for left, place in zip(range(len(places) - 1, -1, -1), places, strict=True)
            for item in gatherer.items(place)
        )
        for left, item in items:
            outcomes.append(self._outcome(run, item))
            total = len(outcomes) + left
            if progress and progress(len(outcomes), total, outcomes[-1]) is False:
                break
        rest = next(items, None)
        counts = _counts(outcomes)
        self._store.end_run(run, {str(word): number for word, number in counts.items()})
        return Run(
            id=run,
            outcomes=tuple(outcomes),
            counts=counts,
            new_claims=self._new_claims,
            restated=self._restated,
            seconds=time.monotonic() - began,
            sources=len(outcomes) + (rest[0] + 1 if rest else 0),
        )

    def _outcome(self, run: str, taken: Item) -> Outcome:
        if isinstance(taken, Unread):
            return _failed(taken)
        if isinstance(taken, Same):
            document = self._store.document_id(taken.sha256)
            note = f"the page has not changed since document {document}"
            return Outcome(taken.source, "unchanged", document, 0, note)
        state = self._store.state_of(taken)
        taken = self._store.add_capture(run, taken)
        if state == "done":
            document = self._store.document_id(taken.sha256)
            note = f"same bytes as document {document}"
            return Outcome(taken.source, "unchanged", document, 0, note)
        answer = self._worker.derive(taken)
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
            document=added.document,
            claims=added.mentions,
            note=describe(answer.document),
            warnings=answer.document.warnings,
        )


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
