from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.words.safe import json_text, one_line, show_safe

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("£2.1bn for NHS IT — “new”", "£2.1bn for NHS IT — “new”"),
        ("\x1b[31mred\x1b]52;c;cHduZWQ=\x07", r"\x1b[31mred\x1b]52;c;cHduZWQ=\x07"),
        ("\x9b31m", r"\x9b31m"),
        ("\x7f\x00\r\n\t", r"\x7f\x00\x0d\x0a\x09"),
        ("\u202e000,5£\u202c", r"\u202e000,5£\u202c"),
        ("5\u200b00", r"5\u200b00"),
        ("file\udce9.txt", r"file\udce9.txt"),
        ("tag\U000e0041", r"tag\U000e0041"),
        ("e\u0301 क्षि 👍", "e\u0301 क्षि 👍"),
    ],
)
def test_show_safe(text: str, shown: str) -> None:
    assert show_safe(text) == shown


@given(ANY_TEXT)
def test_nothing_shown_can_act_on_a_terminal(text: str) -> None:
    shown = show_safe(text)
    assert not {unicodedata.category(character) for character in shown} & {"Cc", "Cs", "Zl", "Zp"}
    assert not {unicodedata.bidirectional(character) for character in shown} & {
        "LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI", "BN",
    }  # fmt: skip
    assert shown.encode().decode() == shown


@given(ANY_TEXT)
def test_one_line_is_one_line_and_safe(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1
    assert one_line(text) == show_safe(one_line(text))


def test_one_line_joins_what_was_wrapped() -> None:
    assert one_line("  £5m for\r\n\tflood  defences\n") == "£5m for flood defences"


@given(st.dictionaries(ANY_TEXT, st.lists(ANY_TEXT)), st.sampled_from([None, 1]))
def test_json_says_the_same_and_is_safe(data: dict[str, list[str]], indent: int | None) -> None:
    text = json_text(data, indent=indent)
    assert json.loads(text) == data
    assert show_safe(text.replace("\n", "")) == text.replace("\n", "")


def test_json_keeps_the_pound_sign() -> None:
    assert json_text({"text": "£5m\x9b"}) == r'{"text": "£5m\u009b"}'


def test_no_character_that_acts_or_hides_counts_as_one_that_prints() -> None:
    every = map(chr, range(0x110000))
    acting = [one for one in every if unicodedata.category(one) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]
    assert len(acting) > 2000
    assert not [one for one in acting if one.isprintable()]
