"""Matching on annotated articles: mentions as people annotated them, claims as matching finds them.

The floors are the goal of the room: a false match is worse than a missed one.
"""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from corpus.bundle import articles, parts, root
from corpus.clusters import ClusterScores
from ingest.read import read
from records.document import Document
from records.jsonio import mention_from_dict
from store.dedup.candidate import Candidate
from store.sentences import sentence_around
from tests.store.dedup.told import claim_scores

SHARED = root().parent.parent / "shared"
FOLDERS = [*parts().values(), SHARED / "seeds", SHARED / "practice"]
PRECISION, F1 = 0.98, 0.95
FLOORS = {"score": 0.95}
"""Precision of a folder with so few pairs that one false one among them is more than 0.02."""


def annotated(article: Path, row: dict[str, str]) -> list[tuple[Candidate, str]]:
    """The annotated mentions of one article with their claims; vague ones are left out."""
    document = next(read(str(article)))
    data = json.loads(article.with_suffix(".json").read_text("utf-8"))
    published = data["document"].get("published") or row.get("published")
    return [
        (_candidate(entry, document, published), entry["claim"])
        for entry in data["mentions"]
        if not entry["amount"].get("vague")
    ]


def _candidate(entry: dict[str, Any], document: Document, published: str | None) -> Candidate:
    mention = mention_from_dict(entry, document.text)
    at = mention.amount.span
    start, end = sentence_around(document.text, at.start, at.end)
    return Candidate(
        document.sha256,
        mention,
        date.fromisoformat(published) if published else None,
        document.country,
        document.text[start : at.start],
        document.text[at.end : end],
    )


def scores_of(folder: Path) -> ClusterScores:
    with (folder / "metadata.csv").open(encoding="utf-8", newline="") as rows:
        table = {row["path"]: row for row in csv.DictReader(rows)}
    return claim_scores(
        annotated(article, table.get(article.name, {})) for article in articles(folder)
    )


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_claims_are_found_as_annotated(folder: Path) -> None:
    if not folder.is_dir():
        pytest.skip(f"{folder.name}: annotated articles that are not part of the repository")
    found = scores_of(folder).pairwise
    assert found.precision >= FLOORS.get(folder.name, PRECISION)
    assert found.f1 >= F1
