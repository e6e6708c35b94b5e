"""Matching on a slice of the made-up stories; `scripts/make_pots.py` measures it on all."""

from __future__ import annotations

from corpus.telling import stories
from tests.store.dedup.made_up import scores_of


def test_pots_of_made_up_stories_are_told_apart() -> None:
    found = scores_of(stories(seed=1, documents=500))
    assert found.pairwise.precision >= 0.98
    assert found.pairwise.f1 >= 0.95
    assert found.b_cubed.f1 >= 0.95


def test_stories_follow_from_their_seed() -> None:
    assert stories(3, 5) == stories(3, 5)
    assert stories(3, 5) != stories(4, 5)


def test_half_of_the_mentions_state_no_purpose() -> None:
    mentions = [mention for told in stories(1, 300) for mention, _ in told.mentions]
    without = sum(not mention.purpose for mention in mentions)
    assert 0.35 < without / len(mentions) < 0.6
