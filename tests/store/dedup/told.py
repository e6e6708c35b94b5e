"""Read stories of a case file as candidates."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from corpus.clusters import ClusterScores, cluster_scores
from store.dedup.candidate import Candidate
from store.dedup.decide import Cluster, cluster
from store.dedup.local import local_pots
from store.dedup.profile import Key
from store.sentences import sentence_around
from tests.store.factory import mention


def candidates(document: dict[str, Any]) -> list[Candidate]:
    """The mentions of one told document, each with the sentence before it."""
    text = document["text"]
    found = []
    for entry in document["mentions"]:
        fields = {key: value for key, value in entry.items() if key != "claim"}
        one = mention(text, fields.pop("quote"), fields.pop("value", None), **fields)
        at = one.amount.span
        start, end = sentence_around(text, at.start, at.end)
        found.append(
            Candidate(
                document=hashlib.sha256(text.encode()).hexdigest(),
                mention=one,
                published=document.get("published"),
                country=document.get("country", "GB"),
                before=text[start : at.start],
                after=text[at.end : end],
            )
        )
    return found


def claims_told(documents: list[dict[str, Any]]) -> set[frozenset[Key]]:
    """The claims as the story tells them."""
    told: dict[str, set[Key]] = {}
    for document in documents:
        pairs = zip(candidates(document), document["mentions"], strict=True)
        for one, entry in pairs:
            told.setdefault(entry["claim"], set()).add(one.key)
    return {frozenset(keys) for keys in told.values()}


def claims_found(clusters: list[Cluster]) -> set[frozenset[Key]]:
    """The claims as matching found them."""
    return {
        frozenset(one.key for pot in found.members for one in pot.candidates) for found in clusters
    }


def claim_scores(documents: Iterable[Sequence[tuple[Candidate, str]]]) -> ClusterScores:
    """Hold the claims that documents lead to against the names of those that they state."""
    names: dict[Key, str] = {}
    pots = []
    for told in documents:
        names.update({one.key: name for one, name in told})
        pots += local_pots([one for one, _ in told])
    return cluster_scores(
        [
            (names[one.key], str(number))
            for number, claim in enumerate(cluster(pots))
            for pot in claim.members
            for one in pot.candidates
        ]
    )
