"""The hand-written side of scripts/bench_store.py finds what the question language finds."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from store.question import parse
from store.store import Store

BENCH = runpy.run_path(str(Path(__file__).parents[2] / "scripts/bench_store.py"))


@pytest.fixture
def filled(store: Store, place: str) -> Store:
    BENCH["fill"](place, 4000)
    return store


def test_both_sides_find_the_same_claims(filled: Store, place: str) -> None:
    with BENCH["behind"](place) as connection:
        for question, more in BENCH["QUESTIONS"].values():
            found = filled.find_claims(parse(question), limit=BENCH["PAGE"]).claims
            assert found
            hand = BENCH["ByHand"](connection, more)
            assert [int(claim.id[1:]) for claim in found] == hand.find()


def test_every_mention_and_claim_can_be_read(filled: Store) -> None:
    claims = list(filled.all_claims())
    assert [len(claims), sum(len(claim.mentions) for claim in claims)] == [2000, 4000]
    assert filled.count_claims(parse("gives")) == 2000
