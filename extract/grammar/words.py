"""Small facts about English nouns: heads and singulars, by spelling and short lists."""

from __future__ import annotations

import re

from extract.rulebook import lexicon

_IRREGULAR = {
    "people": "person", "children": "child", "men": "man", "women": "woman", "families": "family",
    "lives": "life", "loaves": "loaf", "halves": "half", "wives": "wife", "feet": "foot",
    "data": "data",
}  # fmt: skip
_NOT_PLURAL = frozenset(lexicon()["not_plural"])
_NOT_NOUN = frozenset(lexicon()["not_noun"])
# What is given to each is no plural that it is counted by: `families got payments of £5 each`.
_SUMS = frozenset(lexicon()["sum_plural"])
_COMPOUNDS = frozenset(lexicon()["compound_unit"])


def singular(noun: str) -> str:
    """Return the singular of a lower-case noun, unchanged where it is one."""
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun in _NOT_PLURAL or len(noun) < 4 or noun.endswith(("ss", "us", "is")):  # noqa: PLR2004 - `gas`, `bus`
        return noun
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "sses", "xes", "zes")):
        return noun[:-2]
    return noun.removesuffix("s")


def head_noun(phrase: str) -> str:
    """Return the head of a noun phrase: `nhs dentist` to `dentist`, `set of dentures` to `set`."""
    words = re.split(r" of | in | at | who | that ", phrase.strip(), maxsplit=1)[0].split()
    while len(words) > 1 and words[-1].endswith(("ed", "ly", "sold")):
        words.pop()
    pair = " ".join(words[-2:])
    if singular(pair) in _COMPOUNDS:
        return pair
    return words[-1].strip(".,;:'\"") if words else phrase


def last_plural(before: str) -> str | None:
    """Return the singular of the last plural noun before an amount, for `each` and `apiece`."""
    words = re.findall(r"[a-z][a-z'-]{2,}", before.lower())
    plurals = [place for place, word in enumerate(words) if _is_plural(word)]
    counted = [place for place in plurals if words[place] not in _SUMS] or plurals
    if not counted:
        return None
    pair = singular(" ".join(words[max(0, counted[-1] - 1) : counted[-1] + 1]))
    return pair if pair in _COMPOUNDS else singular(words[counted[-1]])


def _is_plural(word: str) -> bool:
    return word in _IRREGULAR or (
        word.endswith("s")
        and not word.endswith(("ss", "'s"))
        and word not in _NOT_PLURAL
        and word not in _NOT_NOUN
    )
