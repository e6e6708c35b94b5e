"""The fields of the question language, and how the value of each is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from store.question_days import read_days
from store.question_terms import (
    IDS,
    WORDS,
    AmountField,
    AmountTerm,
    DayTerm,
    RateTerm,
    Term,
    TextField,
    TextTerm,
)
from store.question_values import (
    UnreadableValueError,
    read_amount,
    read_currencies,
    read_id,
    read_origins,
    read_words,
)

LATER = {
    "anchor": "Whether the words of claims still stand: earmark audit, or earmark audit c7.",
    **dict.fromkeys(("basis", "budget", "scope"), ""),
}
"""Fields of the language that this release does not answer, each with what to ask instead."""


def _rate(text: str) -> RateTerm:
    return RateTerm(None if text.lower() == "total" else text.lower())


def words_of(field: TextField) -> Callable[[str], TextTerm]:
    """Return the reader of a field that takes words."""

    def read(text: str) -> TextTerm:
        if not re.search(r"[^\W_]", text):
            raise UnreadableValueError(text, f'"{text}" is no word.', "Write a word or a name.")
        return TextTerm(field, text)

    return read


def _amount_of(field: AmountField) -> Callable[[str], AmountTerm]:
    return lambda text: replace(read_amount(text), field=field)


def _by(text: str) -> DayTerm | TextTerm:
    """Read a deadline, or who decided: what begins as a day does is one.

    A day alone is the last one: money is there by 2025 that is there by 2024.
    """
    if not re.match(r"[<>=.]|\d{4}(?:\D|$)|FY\s*\d", text, re.I):
        return words_of("by")(text)
    term = read_days("by", text)
    plain = ".." not in text and text[0] not in "<>="
    return replace(term, first=None) if plain else term


READERS: dict[str, Callable[[str], Term]] = {
    "amount": read_amount,
    "currency": read_currencies,
    "rate": _rate,
    "peryear": _amount_of("peryear"),
    "period": lambda text: read_days("period", text),
    "by": _by,
    "said": lambda text: read_days("said", text),
    "first": lambda text: read_days("first", text),
    **{field: words_of(field) for field in ("who", "to", "for", "source", "rule")},
    **{field: partial(read_words, field) for field in WORDS},
    "within": _amount_of("within"),
    **{field: partial(read_id, field) for field in IDS},
    "origins": read_origins,
}
FIELDS = ", ".join((*READERS, "sort"))
