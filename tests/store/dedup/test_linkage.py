"""Average linkage with vetoes: no chains, no choices without a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations, product

import pytest

from store.dedup.linkage import Grouping, group
from store.dedup.verdict import NEUTRAL, Verdict

VETO = Verdict(gate="never")


def grouping(pairs: Mapping[str, int | Verdict], pots: str) -> Grouping:
    """Group letters; a pair that is not named scores nothing at all."""

    def judge(left: int, right: int) -> Verdict:
        found = pairs.get(pots[left] + pots[right], 0)
        return found if isinstance(found, Verdict) else Verdict(found)

    def bars(ours: Sequence[int], theirs: Sequence[int]) -> bool:
        return any(judge(*sorted(pair)).gate for pair in product(ours, theirs))

    found = ((*pair, judge(*pair)) for pair in combinations(range(len(pots)), 2))
    edges = [(left, right, verdict.score) for left, right, verdict in found if verdict.joins]
    return group(range(len(pots)), edges, judge, bars)


def groups(pairs: Mapping[str, int | Verdict], pots: str = "abcd") -> list[str]:
    return ["".join(pots[place] for place in one) for one in grouping(pairs, pots).groups]


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ({"ab": 50}, ["ab", "c", "d"]),
        ({"ab": 49}, ["a", "b", "c", "d"]),
        ({"ab": 95, "bc": 90, "cd": 85}, ["ab", "cd"]),
        ({"ab": 90, "bc": 80, "ac": 20}, ["abc", "d"]),
        ({"ab": 90, "bc": 80, "ac": -1}, ["ab", "c", "d"]),
        ({"ab": 90, "bc": 95, "ac": VETO}, ["a", "b", "c", "d"]),
        ({"ab": 80, "bc": 95, "ac": VETO}, ["a", "bc", "d"]),
        ({"ab": 70, "bc": 70, "ac": 35}, ["a", "b", "c", "d"]),
        ({"ab": 70, "bc": 71, "ac": 35}, ["abc", "d"]),
        ({"ab": 90, "bc": 80, "ac": NEUTRAL}, ["abc", "d"]),
        ({"ab": 90, "ac": 80, "bc": -1, "bd": 80, "ad": VETO}, ["ab", "c", "d"]),
    ],
    ids=[
        "at-the-threshold",
        "under-the-threshold",
        "a-chain-breaks",
        "the-mean-joins",
        "the-mean-does-not",
        "two-rivals-too-alike",
        "the-better-of-two-rivals",
        "no-reason-to-choose",
        "a-reason-to-choose",
        "what-cannot-be-compared-does-not-count",
        "a-group-inherits-its-vetoes",
    ],
)
def test_groups(pairs: Mapping[str, int | Verdict], expected: list[str]) -> None:
    assert groups(pairs) == expected


def test_each_merge_names_its_strongest_pair() -> None:
    found = grouping({"ab": 90, "ac": 60, "bc": 80}, "abc")
    assert found.merges == ((0, 1), (1, 2))
