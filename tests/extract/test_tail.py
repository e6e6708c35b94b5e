"""Where the words end that may stand between an amount and what is said of it."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.rulebook import AMOUNT_MASK, TIMEFRAME_MASK, expand, lexicon
from extract.tail import tail_ends

# `#` is an amount, `@` a timeframe, `|` every place where the tail of the first amount can end.
CASES = {
    "nothing": "#| for roads",
    "rate": "#| a year| for roads",
    "pot": "#| in new funding| for roads",
    "steps in a row": "#| a year| extra| in new grants|, and roads",
    "part of the pot": "#| of investment| and grants| for roads",
    "two nouns": "#| grant| funding| from them",
    "another amount": "#| and up to #| loans| for roads",
    "two more amounts": "#|, #| and #|, # for roads",
    "whole": "#| of the first # it needs| for roads",
    "whole before its verb": "#| of the #| is for roads",
    "whole of another verb": "#| of the # went to roads",
    "timeframe": "#| a year|, @| for roads",
    "not inside a word": "#| a yearling",
    "end of the text": "#|",
}
WORDS = [
    " a year",
    " in new funding",
    " grant",
    " and #",
    ", @",
    " of it",
    " (#)",
    " to roads",
    ")",
]


def masked(text: str) -> str:
    return text.replace("#", 3 * AMOUNT_MASK).replace("@", 5 * TIMEFRAME_MASK)


@pytest.mark.parametrize("marked", [pytest.param(text, id=name) for name, text in CASES.items()])
def test_ends(marked: str) -> None:
    first, *pieces = masked(marked).split("|")
    text, expected = first, []
    for piece in pieces:
        expected.append(len(text))
        text += piece
    ends = tail_ends(text, len(first))
    assert sorted(ends) == expected
    assert ends[0] == max(ends)


@cache
def whole() -> re.Pattern[str]:
    return re.compile("".join(f"(?:{expand(step)})?" for step in lexicon()["tail"]), re.IGNORECASE)


@settings(max_examples=200)
@given(st.lists(st.sampled_from(WORDS), max_size=6).map("".join))
def test_the_first_end_is_that_of_one_pattern_of_all_steps(behind: str) -> None:
    text = masked(f"#{behind}")
    match = whole().match(text, 3)
    assert match
    ends = tail_ends(text, 3)
    assert ends[0] == match.end()
    assert len(set(ends)) == len(ends)
    assert ends[-1] == 3, "every step may be left out"
