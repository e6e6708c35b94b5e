"""What a run is asked to do, and what became of its sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from records.errors import SettingsError

Word = Literal["added", "updated", "unchanged", "partial", "failed"]
WORDS: tuple[Word, ...] = get_args(Word)
Fate = Literal["kept", "moved", "changed", "gone", "new"]
FATES: tuple[Fate, ...] = get_args(Fate)
"""What became of a mention whose document was read again."""


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
        jobs: Processes of this machine to read with.
        workers: A cluster to read with instead, as `dask://HOST:PORT`; None for this machine.
        stop_after: End after so many sources that are not `unchanged`; None for all.
        dry: Say what would be done, and store nothing.
        progress: Called after each source; see `Progress`.
    """

    jobs: int = 1
    workers: str | None = None
    stop_after: int | None = None
    dry: bool = False
    progress: Progress | None = None

    def check(self) -> None:
        """Refuse what cannot be.

        Raises:
            SettingsError: A number is none, or less than 1; jobs and workers are both given.
        """
        for name, value in (("jobs", self.jobs), ("stop_after", self.stop_after)):
            wrong = not isinstance(value, int) or isinstance(value, bool) or value < 1
            if wrong and not (name == "stop_after" and value is None):
                raise SettingsError(f"{name}: {value!r} was given; hand in a whole number from 1")
        if self.workers is not None and self.jobs != 1:
            raise SettingsError("jobs and workers contradict each other; leave one out")
