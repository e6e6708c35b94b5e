"""Whatever people decide, and in whatever order texts come and go, the claims are what both make.

The audit groups all mentions at once with all decisions in view: it must find the very claims that
were written step by step.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from random import Random
from typing import NamedTuple

import pytest

from records.decision import PAIR_WORDS, PairWord
from records.errors import DecisionConflictError
from store.saying import Saying
from store.store import Store
from tests.store.factory import VERSIONS, given, mention
from tests.store.stories import Story, story

AMOUNTS = (("£2bn", "2000000000"), ("£2.1bn", "2100000000"), ("£41m", "41000000"))
THINGS = ("school roofs", "roads", "the harbour wall")


class Step(NamedTuple):
    """Read a document, decide something, or take a run or a decision back."""

    act: str
    first: int
    second: int
    word: PairWord


ACTS = ("read", "read", "decide", "decide", "decide", "undo", "undo run")


def steps_of(seed: int) -> list[Step]:
    draw = Random(seed)  # noqa: S311 - for variety, not for secrets
    return [
        Step(draw.choice(ACTS), draw.randrange(12), draw.randrange(12), draw.choice(PAIR_WORDS))
        for _ in range(draw.randrange(4, 15))
    ]


def told(number: int, reading: int) -> Story:
    """A document of two amounts on a thing or two, in one of two readings."""
    (one, low), (other, high) = AMOUNTS[number % 2], AMOUNTS[2]
    thing, second = THINGS[number // 2 % 2], THINGS[number % 2 + 1]
    text = f"Note {number}: {one} goes to {thing}. Of it {other} is for {second} in the town."
    mentions = [
        mention(text, one, low, purpose=thing),
        mention(text, other, high, purpose=second),
    ]
    if reading:
        mentions = [mention(text, one, low, recipient=thing), *mentions[1 : 1 + number % 2]]
    return story(text, f"{number}.txt", given(published=date(2024, 5, 1 + number)), mentions)


def take(store: Store, steps: list[Step]) -> None:
    runs: list[str] = []
    for step in steps:
        names = [one.id for claim in store.all_claims() for one in claim.mentions]
        held = [one.id for one in store.decisions() if not one.taken_back]
        if step.act == "read":
            run = store.start_run(VERSIONS)
            told(step.first % 6, step.second % 2).add(store, run)
            store.end_run(run, {})
            runs.append(run)
        elif step.act == "decide" and names:
            pair = names[step.first % len(names)], names[step.second % len(names)]
            with suppress(DecisionConflictError):
                store.decide(Saying(step.word, pair, "anna"))
        elif step.act == "undo" and held:
            store.undo_decision(held[step.first % len(held)], "anna")
        elif step.act == "undo run" and runs:
            store.undo(runs.pop(step.first % len(runs)))
        assert store.audit(None, VERSIONS).findings == ()


@pytest.mark.parametrize("seed", range(12))
def test_claims_are_what_all_texts_and_all_decisions_make(seed: int, store: Store) -> None:
    take(store, steps_of(seed))
