"""Made-up stories as candidates, with the pots that they state, and how well these are found."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from corpus.clusters import ClusterScores
from corpus.telling import Told
from store.dedup.candidate import Candidate
from store.sentences import sentence_around
from tests.store.dedup.told import claim_scores


def candidates(number: int, told: Told) -> list[tuple[Candidate, str]]:
    """The mentions of one document, each with the name of its pot.

    Args:
        number: Tells documents with equal texts apart.
        told: The document.
    """
    sha256 = hashlib.sha256(f"{number} {told.text}".encode()).hexdigest()
    found = []
    for mention, name in told.mentions:
        mention.check(told.text)
        at = mention.amount.span
        start, end = sentence_around(told.text, at.start, at.end)
        before, after = told.text[start : at.start], told.text[at.end : end]
        found.append((Candidate(sha256, mention, told.published, "GB", before, after), name))
    return found


def scores_of(stories: Iterable[Told]) -> ClusterScores:
    return claim_scores(candidates(number, one) for number, one in enumerate(stories))
