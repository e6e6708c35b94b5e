"""The life of a pot of money in print: who said it when, and whether that was new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from earmark.cli.screen import Screen
from earmark.words.story import story_lines
from records.claim import Claim


def print_timeline(screen: Screen, history: Sequence[Claim], related: Mapping[str, Claim]) -> None:
    """Print what each document does when it states a claim, by day of publication.

    Args:
        screen: Where to.
        history: The claim, and after it those whose figure it was or has become.
        related: Claims by id; those that are not here are named by their ids alone.
    """
    screen.heading("timeline", history[0].id, "who said it when")
    for when, words in story_lines(history, related):
        screen.labelled(when, words)
