"""What a run says of sources: outcomes, and how they are counted and described."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence

from earmark.outcome import WORDS, Outcome, Progress, Run, Word
from records.document import Document
from records.parts import Unread


def run_without_store(missing: Sequence[Unread], progress: Progress | None = None) -> Run:
    """Name sources that all lead nowhere; no store is to be made for them."""
    began = time.monotonic()
    outcomes = []
    for unread in missing:
        outcomes.append(failed(unread))
        if progress and progress(len(outcomes), len(missing), outcomes[-1]) is False:
            break
    seconds = time.monotonic() - began
    return Run(None, tuple(outcomes), counts_of(outcomes), 0, 0, seconds, len(missing))


def counts_of(outcomes: Sequence[Outcome]) -> dict[Word, int]:
    """Count the outcomes of each word; of what did not come there are 0."""
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


def failed(unread: Unread) -> Outcome:
    """Return the outcome of a source that could not be read."""
    return Outcome(
        unread.source, "failed", None, 0, unread.message, unread.code, detail=unread.detail
    )
