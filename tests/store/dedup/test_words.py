"""Words: what two wordings share, and the cues before an amount."""

from __future__ import annotations

import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.dedup.likeness import likeness
from store.dedup.words import rate_key, reference, same_rate, search_words, words_of

CASES = tomllib.loads(Path(__file__).with_name("cases").joinpath("words.toml").read_text("utf-8"))
DATA = tomllib.loads(resources.files("store.dedup").joinpath("words.toml").read_text("utf-8"))
TEXT = st.text() | st.lists(
    st.sampled_from(
        ["IT", "it", "schools", "roof", "roofs", "£5m", "\u2019s", "the", "NHS", "2024"]
    )
).map(" ".join)


@pytest.mark.parametrize("case", CASES["pair"], ids=lambda case: str(case["id"]))
def test_texts_share_their_telling_words(case: dict[str, Any]) -> None:
    left, right = words_of(case["left"]), words_of(case["right"])
    found = likeness(left, right)
    assert sorted(found.shared) == case["shared"]
    assert found.weight == case["weight"]
    assert likeness(right, left).weight == case["weight"]


@given(TEXT, TEXT)
def test_likeness_is_a_share_and_the_same_both_ways(left: str, right: str) -> None:
    one, two = words_of(left), words_of(right)
    there, back = likeness(one, two), likeness(two, one)
    assert 0 <= there.score <= 100
    assert (there.score > 0) == bool(there.shared)
    assert there.weight <= min(one.weight, two.weight)
    if not any(len(term.stem) >= 6 for term in one.terms):  # no slips of the pen to pair
        assert (there.score, there.weight) == (back.score, back.weight)


@given(TEXT)
def test_a_text_is_wholly_like_itself(text: str) -> None:
    words = words_of(text)
    assert likeness(words, words).score == (100 if words.terms else 0)


def test_a_shortened_wording_is_not_the_same() -> None:
    full, short = words_of("roofs, boilers and windows of libraries"), words_of("roofs")
    assert 0 < likeness(full, short).score < 100


def test_no_synonym_is_a_word_that_says_nothing() -> None:
    lost = [
        phrase
        for phrases in DATA["synonyms"].values()
        for phrase in phrases
        if not words_of(phrase.upper() if phrase == "it" else phrase).terms and phrase != "it"
    ]
    assert lost == []


def test_each_synonym_stands_for_one_thing() -> None:
    phrases = [phrase for phrases in DATA["synonyms"].values() for phrase in phrases]
    assert sorted(set(phrases)) == sorted(phrases)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("NHS IT", "digital technology in the NHS"),
        ("nhs it", "NHS computers"),
        ("dentists", "put dentistry within reach"),
        ("support", "support for carers"),
        ("repair of roofs", "the repair of a roof"),
    ],
)
def test_a_search_finds_other_forms_and_words(question: str, text: str) -> None:
    assert set(search_words(question)) <= set(search_words(text))


def test_a_search_does_not_find_part_of_a_word() -> None:
    assert not set(search_words("art")) & set(search_words("department start"))


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ("The ", "repeat"),
        ("people welcomed the extra ", "repeat"),
        ("This new ", "repeat"),
        ("and a further ", "other"),
        ("a second cheque for ", "other"),
        ("another ", "other"),
        ("a separate fund of ", "other"),
        ("the second year of the ", "repeat"),
        ("Separately, a sum of ", "other"),
        ("Separately, the ", "repeat"),
        ("another day, another rule: it gets ", None),
        ("Ministers gave ", None),
        ("", None),
    ],
)
def test_words_before_an_amount_tell_whether_it_was_said(before: str, told: str | None) -> None:
    assert reference(before) == told


@pytest.mark.parametrize("rates", [("head", "patient"), ("person", "people"), (None, None)])
def test_equal_rates_have_one_key(rates: tuple[str | None, str | None]) -> None:
    assert same_rate(*rates)
    assert rate_key(rates[0]) == rate_key(rates[1])


def test_other_rates_keep_their_own_key() -> None:
    assert [rate_key(rate) for rate in ("year", "household", None)] == ["year", "household", None]
