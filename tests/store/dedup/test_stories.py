"""Stories with traps: which statements are one claim."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from store.dedup.decide import cluster
from store.dedup.local import local_pots
from tests.store.dedup.told import candidates, claims_found, claims_told

CASES = Path(__file__).with_name("cases")
STORIES = tomllib.loads((CASES / "stories.toml").read_text("utf-8"))["story"]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: str(story["id"]))
def test_a_story_is_told_apart(story: dict[str, Any]) -> None:
    documents = story["document"]
    pots = [pot for document in documents for pot in local_pots(candidates(document))]
    clusters = cluster(pots)
    assert claims_found(clusters) == claims_told(documents)
    for one in clusters:
        mentions = sum(len(pot.candidates) for pot in one.members)
        assert len(one.matches) == mentions - 1
