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


def test_a_list_of_equal_amounts_is_left_alone() -> None:
    text = "\n".join(f"Village {number}: £5,000 for its hall." for number in range(250))
    entries = [{"quote": "£5,000", "nth": nth, "value": "5000"} for nth in range(250)]
    pots = local_pots(candidates({"text": text, "mentions": entries}))
    assert len(pots) == 250
    assert not any(pot.profile.figures for pot in pots)
    assert len(cluster(pots)) == 250


def test_reasons_are_in_words() -> None:
    story = next(story for story in STORIES if story["id"] == "more-than-and-exact")
    pots = [pot for document in story["document"] for pot in local_pots(candidates(document))]
    (match,) = cluster(pots)[0].matches
    assert {reason.code: reason.text for reason in match.reasons} == {
        "purpose": "purpose shares dentistry",
        "rounded-amount": "at least £210m and £212m meet by rounding",
        "days": "published within a day",
        "both-open": "each is its document's first amount",
    }
    assert match.score == sum(reason.weight for reason in match.reasons) >= 50
