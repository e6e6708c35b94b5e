import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.sentences import REACH, sentence_around

CASES = tomllib.loads((Path(__file__).parent / "cases/sentences.toml").read_text())["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_sentence(case: dict[str, str]) -> None:
    marked = case["text"]
    quote = marked[marked.index("[") + 1 : marked.index("]")]
    sentence = marked[marked.index("{") + 1 : marked.index("}")].replace("[", "").replace("]", "")
    text = marked.translate(dict.fromkeys(map(ord, "{}[]")))
    start = marked.replace("{", "").index("[")
    left, right = sentence_around(text, start, start + len(quote))
    assert text[left:right] == sentence


@given(st.text('aA .!?\n£5"', min_size=1, max_size=80), st.data())
def test_the_quote_is_always_inside(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    left, right = sentence_around(text, start, end)
    assert 0 <= left <= start < end <= right <= len(text)


def test_an_endless_sentence_is_cut_at_a_space() -> None:
    text = "word " * 1000 + "£5m " + "word " * 1000
    left, right = sentence_around(text, 5000, 5003)
    assert left >= 5000 - REACH
    assert right <= 5003 + REACH
    assert text[left - 1] == " " == text[right]
