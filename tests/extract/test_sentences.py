"""Blocks and sentences: every word in exactly one, in order."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.sentences import Sentences

PIECES = st.sampled_from(
    [
        "The council said. ",
        "£5m",
        ". ",
        "\n",
        "\n\n",
        "Mr. ",
        "- item ",
        "a) x",
        "# Head\n",
        "z " * 600,
    ]
)


def words(text: str) -> list[str]:
    sentences = Sentences(text)
    return [text[s.start : s.end] for s in sentences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("One. Two.", ["One.", "Two."]),
        ("Mr. Lee gave $5m to the U.S. fund.", ["Mr. Lee gave $5m to the U.S. fund."]),
        ("A heading\n\nA sentence.", ["A heading", "A sentence."]),
        ("They get:\n- one\n- two", ["They get:", "one", "two"]),
        ("She said “no.” He left.", ["She said “no.” He left."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_an_item_knows_the_sentence_before_its_list() -> None:
    text = "First. They get:\n- one\n- two\n\nThe end."
    leads = [sentence.lead for sentence in Sentences(text)]
    assert leads == [None, None, 7, 7, None]
    assert [s.shape for s in Sentences(text)] == ["prose", "prose", "item", "item", "prose"]


@settings(max_examples=200)
@given(st.lists(PIECES | st.text(max_size=6), max_size=20).map("".join))
def test_no_word_is_lost_or_in_two_sentences(text: str) -> None:
    sentences = Sentences(text)
    covered = "".join(text[s.start : s.end] for s in sentences)
    assert all(a.end <= b.start for a, b in pairwise(sentences))
    left = re.sub(r"\s", "", covered)
    assert len(re.sub(r"\s", "", text)) - len(left) <= sum(map(len, re.findall(MARK, text)))
    for index, sentence in enumerate(sentences):
        assert sentences.at(sentence.start) == sentences.at(sentence.end - 1) == index


MARK = r"[-*+•o‣◦▪#]+|\(?\w{1,4}[.)]"
