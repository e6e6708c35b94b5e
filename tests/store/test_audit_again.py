"""Words that are looked up in another reading of their source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.audit.again import look_up

TEXT = (
    "Roads in the north are old. The council will spend £5m on the bridge by 2027. "
    "Buses run as before. A spokesman said the work starts in May."
)
WORDS = "The council will spend £5m on the bridge by 2027."
START = TEXT.index(WORDS)
END = START + len(WORDS)


def without(text: str) -> str:
    return text.replace(f"{WORDS} ", "")


CASES = [
    ("same", TEXT, "exact", WORDS),
    ("wrapped", TEXT.replace("will spend", "will\n  spend"), "exact", None),
    ("shifted", f"A new heading\n\n{TEXT}", "exact", WORDS),
    ("elsewhere", f"{without(TEXT)} {WORDS}", "moved", WORDS),
    ("twice", f"{WORDS} So they said. {WORDS} And again.", "ambiguous", WORDS),
    ("twice-one-at-home", f"{TEXT} And again: {WORDS}", "exact", WORDS),
    (
        "other-sum",
        TEXT.replace("£5m", "£9m"),
        "changed",
        "The council will spend £9m on the bridge by 2027.",
    ),
    (
        "two-other-sums",
        f"{TEXT.replace('£5m', '£9m')} {WORDS.replace('£5m', '£8m')}",
        "ambiguous",
        None,
    ),
    ("gone", without(TEXT), "gone", ""),
    ("sum-alone", f"{without(TEXT)} Tickets cost £5m in all.", "gone", ""),
    ("empty", "", "gone", ""),
]


@pytest.mark.parametrize(
    ("other", "fate", "words"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_what_became_of_words(other: str, fate: str, words: str | None) -> None:
    fare = look_up(TEXT, START, END, other)
    assert fare.fate == fate
    if words is not None:
        assert fare.words == words
    if fare.start is not None:
        assert other[fare.start : fare.start + len(fare.words)] == fare.words


@given(st.text(max_size=80), st.text(max_size=80))
def test_words_in_the_same_surroundings_are_never_called_gone(before: str, after: str) -> None:
    assert look_up(TEXT, START, END, f"{before}{TEXT}{after}").fate in ("exact", "ambiguous")


@given(st.text(max_size=200))
def test_what_is_found_stands_there(other: str) -> None:
    fare = look_up(TEXT, START, END, other)
    assert fare.start is None or other[fare.start :].startswith(fare.words)
