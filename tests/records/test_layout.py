"""The words of a layout come back as they were put in."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.layout import NO_LAYOUT, Layout, Word

NUMBERS = st.integers(0, 2**31 - 1)
EDGES = st.integers(1 - 2**31, 2**31 - 1)
WORDS = st.lists(st.builds(Word, NUMBERS, NUMBERS, NUMBERS, st.tuples(*[EDGES] * 4)), max_size=9)


@given(WORDS)
def test_words_come_back(words: list[Word]) -> None:
    layout = Layout(words)
    assert list(layout) == words
    assert [layout[n] for n in range(len(layout))] == words
    assert layout[1:7:2] == tuple(words[1:7:2])
    assert pickle.loads(pickle.dumps(layout)) == layout  # noqa: S301 - made here
    assert hash(Layout(words)) == hash(layout)
    assert bool(layout) == bool(words)


@given(WORDS, NUMBERS, NUMBERS)
def test_pages_are_those_of_the_words_between_two_offsets(
    words: list[Word], start: int, end: int
) -> None:
    pages = {word.page for word in words if word.start < end and start < word.end}
    assert Layout(words).pages(start, end) == pages


@given(WORDS, WORDS)
def test_layouts_are_equal_as_their_words_are(one: list[Word], other: list[Word]) -> None:
    assert (Layout(one) == Layout(other)) == (one == other)


def test_the_last_word_is_found_and_none_beyond() -> None:
    layout = Layout([Word(0, 1, 1, (1, 2, 3, 4)), Word(2, 3, 1, (5, 6, 7, 8))])
    assert layout[-1].box == (5, 6, 7, 8)
    with pytest.raises(IndexError):
        layout[2]
    with pytest.raises(IndexError):
        NO_LAYOUT[0]


def test_an_edge_beyond_all_pages_is_brought_to_the_end() -> None:
    (word,) = Layout([Word(0, 1, 1, (-(10**12), 0, 10**12, 5))])
    assert word == Word(0, 1, 1, (1 - 2**31, 0, 2**31 - 1, 5))
