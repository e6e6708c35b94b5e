"""The rules of echoes, on texts that are changed one way at a time."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from store.echoes.judge import judge
from store.echoes.wording import Sum, Wording, wording
from tests.store.stories import RELEASE

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/echoes.toml").read_text("utf-8"))["case"]
NOTICE = """Notice of award. The community fund panel has met to consider bids under the small \
grants scheme. The panel has awarded £5,000 to the hall of Ashby village under reference 417 for \
its roof. The grant must be spent within twelve months of the date of this letter. Receipts must \
be kept for six years and shown to officers on request."""
PICTURE = RELEASE.replace("\n\n", "\n\nPicture: Jane Roe\n\n")
TEXTS = {
    "release": RELEASE,
    "long": f"{RELEASE}\n\n{NOTICE}",
    "notice": NOTICE,
    "picture": PICTURE,
    "short": "Work on the wall will cost £41 million and should be finished within three years.",
}


def words_of(text: str) -> Wording:
    found = re.finditer(r"£([\d,]+)( million|m)?", text)
    return wording(text, [Sum(*one.span(), f"GBP {one[1]} {bool(one[2])}") for one in found])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_changed_text(case: dict[str, Any]) -> None:
    original = changed = TEXTS[case.get("text", "release")]
    for old, new in case.get("change", ()):
        assert old == "*" or old in changed
        changed = new if old == "*" else changed.replace(old, new)
    changed = case.get("head", "") + changed + case.get("tail", "")
    same = case.get("same_source", False)
    link = judge(words_of(changed), words_of(original), same_source=same)
    assert (link.kind if link else "own") == case["is"]


def test_a_link_says_how_much_is_shared() -> None:
    link = judge(words_of(RELEASE), words_of(RELEASE), same_source=False)
    assert link
    assert link.shared == link.words == len(words_of(RELEASE).words)
    assert link.sums == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It\u2019s 5 per cent - or so", "its five % or so"),
        ("The U.K. organization, said Mr. Roe", "the UK organisation said Roe"),
        ("Bread & butter for 1,200", "bread and butter for 1200"),
        ("\uff21 caf\u00e9", "a cafe\u0301"),
    ],
)
def test_house_styles_are_one(one: str, other: str) -> None:
    assert wording(one, []).words == wording(other, []).words


def test_a_sum_is_one_word_however_it_is_written() -> None:
    one = wording("It costs £2 million a year", [Sum(9, 19, "GBP 2")])
    other = wording("It costs £2m a year", [Sum(9, 12, "GBP 2")])
    assert one == other
    assert one.words == ("it", "costs", "GBP 2", "a", "year")
    assert len(one.keys) == 2
