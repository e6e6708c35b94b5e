"""Whatever marks a text has, cutting it there loses nothing and marks each stretch once."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from earmark.web.document import PART, cuts_of
from earmark.words.audit_page import differing_words
from earmark.words.marks import Mark, pieces

TEXTS = st.text(max_size=60)
MARKS = st.lists(
    st.builds(
        lambda start, length, kind: Mark(start, start + length, kind, kind, f"m{start}"),
        st.integers(0, 80),
        st.integers(1, 30),
        st.sampled_from(["amount", "purpose", "recipient"]),
    ),
    max_size=6,
)


@given(TEXTS, st.integers(0, 20), MARKS)
def test_pieces_are_the_text_under_its_marks(text: str, start: int, marks: list[Mark]) -> None:
    found = pieces(text, start, marks)
    assert "".join(piece.text for piece in found) == text
    at = start
    for piece in found:
        over = {one.kind for one in marks if one.start < at + len(piece.text) and one.end > at}
        assert set(piece.kinds) == (over if piece.text else set())
        at += len(piece.text)
    begun = [name for piece in found for name in piece.names]
    inside = {one.name for one in marks if one.start < start + len(text) and one.end > start}
    assert set(begun) == (inside if text else set())


@given(st.lists(st.integers(0, 30_000), max_size=5))
def test_the_parts_of_a_text_come_to_it(lengths: list[int]) -> None:
    text = "\n".join("x" * length for length in lengths)
    cuts = cuts_of(text)
    assert (cuts[0], cuts[-1]) == (0, len(text))
    if text:
        assert all(first < last <= first + PART for first, last in pairwise(cuts))


def test_two_million_characters_are_cut_into_parts() -> None:
    assert len(cuts_of("A line of words.\n" * 120_000)) > 100


def test_words_that_differ_are_marked_named_and_never_markup() -> None:
    before, after = differing_words("£5m for <b>roads</b>", "£6m for <b>roads</b>")
    kept = " for &lt;b&gt;roads&lt;/b&gt;"
    assert before == f'<del><span class="v">only expected: </span>£5m</del>{kept}'
    assert after == f'<ins><span class="v">only found: </span>£6m</ins>{kept}'
