"""What house styles change, as data: see `style.toml`."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple


class Style(NamedTuple):
    """The data, ready for use.

    Attributes:
        token: Finds the words of a text.
        same: Wording to the one that is kept.
        endings: Endings of words, likewise.
        dropped: Words that are left out.
        calendar: Words with a capital that are no names.
        credits: Words that lines on author, picture or date begin with.
    """

    token: re.Pattern[str]
    same: dict[str, str]
    endings: dict[str, str]
    dropped: frozenset[str]
    calendar: frozenset[str]
    credits: frozenset[str]


@cache
def style() -> Style:
    """Return what `style.toml` says."""
    data = tomllib.loads(resources.files("store.echoes").joinpath("style.toml").read_text("utf-8"))
    same = {word: words[0] for words in data["same"] for word in words}
    longer = (r"\s+".join(words.split()) for words in same if " " in words)
    signs = (re.escape(word) for word in same if not word[0].isalnum())
    initials = r"(?:[A-Z]\.){2,}"
    word = r"(?:[^\W_]|[\u0300-\u036f])+(?:['\u2019][^\W_]+|[.,]\d+)*"
    return Style(
        re.compile("|".join((*(rf"(?i:{one})\b" for one in longer), initials, word, *signs))),
        same,
        data["endings"],
        *(frozenset(data[name]) for name in ("dropped", "calendar", "credits")),
    )


@lru_cache(maxsize=50_000)
def folded(token: str) -> str:
    """Return a word as every house style has it; empty for one that some leave out."""
    known = style()
    word = " ".join(unicodedata.normalize("NFKC", token).casefold().split())
    word = word.translate(_MARKS)
    if not any(letter.isdigit() for letter in word):
        word = word.replace(".", "")
        ending = next((one for one in known.endings if word.endswith(one)), None)
        if ending and len(word) > len(ending) + 1:
            word = word.removesuffix(ending) + known.endings[ending]
    return "" if word in known.dropped else known.same.get(word, word)


_MARKS = str.maketrans("", "", "'\u2019,")
