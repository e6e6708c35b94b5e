"""Words of purposes and parties, folded so that two wordings of one thing can be compared.

The data is `words.toml`. Amounts never come here: words are compared only after money, rate and
period agree.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from sys import intern
from typing import Any, Literal, NamedTuple

MAX_LENGTH = 512
"""Characters of one text that are looked at."""
INITIALS = 4
"""Letters of the longest initials: a text in capitals without a longer word shouts nothing."""
SLIP_LETTERS = 6
"""Letters of a word that can be misspelt and still be told."""
KEPT_TEXTS = 100_000
"""Texts, and words, whose folding stays in memory."""
KEPT_SENTENCES = 4096
"""Beginnings of sentences of which what they refer to stays in memory: a page has few."""
_TOKEN = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_POSSESSIVE = re.compile(r"[\u2019']s?\b")
_MANY_INITIALS = re.compile(r"\b([A-Z]{2,})s\b")
"""`MRIs`, whose last letters would else look like those of `analysis`."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_ENDINGS = (
    *((ending, "is", 3) for ending in ("isation", "ization", "ising", "izing", "ised", "ized")),
    *((ending, "is", 3) for ending in ("ise", "ize")),
    *((ending, "", 4) for ending in ("ation", "ating", "ated", "ative", "ator", "ate", "ment")),
    *((ending, "", 3) for ending in ("ing", "ed")),
)
"""Ending, what stands for it, and how many letters it leaves at least."""
_E_STAYS = 4
"""In words so short a last `e` tells them apart (`care`, `car`)."""


class Term(NamedTuple):
    """One telling word.

    Attributes:
        stem: What is compared.
        weight: 2; 1 for a word so broad that sharing it alone says little.
        shown: The word as the text has it, in lower case.
    """

    stem: str
    weight: int
    shown: str


def can_slip(term: Term) -> bool:
    """Tell whether a word is so long that it can be misspelt and still be told."""
    return len(term.stem) >= SLIP_LETTERS and not term.stem.isdigit()


def ends_of(stem: str) -> tuple[str, str]:
    """Return what one slip leaves of a word, at one end of it or at the other."""
    return intern(stem[:3]), intern(f"-{stem[-3:]}")


@dataclass(frozen=True, slots=True)
class Words:
    """The telling words of a text, each once, in the order of their stems.

    Attributes:
        terms: The words.
        weight: What all of them together weigh.
    """

    terms: tuple[Term, ...] = ()
    weight: int = field(init=False, compare=False)
    _stems: tuple[str, ...] | None = field(init=False, compare=False, repr=False, default=None)
    _ends: tuple[str, ...] | None = field(init=False, compare=False, repr=False, default=None)

    def __post_init__(self) -> None:
        """Work out what every comparison needs."""
        object.__setattr__(self, "weight", sum([term.weight for term in self.terms]))

    @property
    def stems(self) -> tuple[str, ...]:
        """What is compared of each word; kept from when it is first asked for."""
        if self._stems is None:
            object.__setattr__(self, "_stems", tuple([term.stem for term in self.terms]))
        return self._stems or ()

    @property
    def ends(self) -> tuple[str, ...]:
        """First and last letters of the words that can be misspelt and still be told, likewise."""
        if self._ends is None:
            ends = [end for term in self.terms if can_slip(term) for end in ends_of(term.stem)]
            object.__setattr__(self, "_ends", tuple(ends))
        return self._ends or ()

    @classmethod
    def union(cls, parts: Iterable[Words]) -> Words:
        """Return every word that stands in any of the parts."""
        return cls.of(term for part in parts for term in part.terms)

    @classmethod
    def of(cls, terms: Iterable[Term]) -> Words:
        """Return the words, each once."""
        return _shared(tuple(sorted({term.stem: term for term in sorted(terms)}.values())))


@lru_cache(KEPT_TEXTS)
def _shared(terms: tuple[Term, ...]) -> Words:
    """Return the one text of these words that all pots share."""
    return Words(terms)


NO_WORDS = Words()


@lru_cache(KEPT_TEXTS)
def words_of(text: str) -> Words:
    """Return the telling words of a purpose or a party."""
    data = _data()
    terms = []
    for stem, shown in _stems(text[:MAX_LENGTH]):
        if stem in data.generic or _YEAR.fullmatch(stem):
            continue
        slight = stem in data.broad or (stem.isdigit() and len(stem) <= 2)  # noqa: PLR2004 - `11 miles`
        terms.append(_term(intern(stem), 1 if slight else 2, shown))
    return Words.of(terms)


@lru_cache(KEPT_TEXTS)
def _term(stem: str, weight: int, shown: str) -> Term:
    """Return the one term that all texts share."""
    return Term(stem, weight, shown)


def search_words(text: str) -> tuple[str, ...]:
    """Return every word of a text in the form in which a search compares them.

    A question's words and a stored text's words go through here alike, so `for:"NHS IT"` finds
    `digital technology in the NHS`. Generic words stay: a question may ask for `support`.
    """
    return tuple(dict.fromkeys(stem for stem, _ in _stems(text, pronouns=False)))


def same_rate(left: str | None, right: str | None) -> bool:
    """Tell whether two amounts are counted by the same thing; a head is any person."""
    if left == right:
        return True
    rates = _data()
    pair = {left, right}
    return bool(pair & rates.heads) and pair <= rates.heads | rates.persons


def rate_key(rate: str | None) -> str | None:
    """Return what equal rates have in common, for looking them up: one key for all persons."""
    rates = _data()
    return "person" if rate in rates.heads | rates.persons else rate


@lru_cache(KEPT_SENTENCES)
def reference(before: str) -> Literal["repeat", "other"] | None:
    """Tell from the words before an amount whether its text has spoken of this money before.

    Args:
        before: The sentence up to the amount.

    Returns:
        `repeat` for `the £5m`, `other` for `a further £5m` and `a second cheque for £5m`; None
        where the words do not tell.
    """
    clause = re.split(r"[,;:.!?()\u2013\u2014\u2022\n]", before.casefold()[-MAX_LENGTH:])[-1]
    last = _TOKEN.findall(clause)[-3:]
    data = _data()
    if data.other & set(last):
        return "other"
    if data.repeat & set(last[-2:]):
        return "repeat"
    first = _TOKEN.match(before.casefold())
    return "other" if first and first[0] in data.opening else None


class _Data(NamedTuple):
    generic: frozenset[str]
    broad: frozenset[str]
    synonyms: dict[tuple[str, ...], str]
    heads: frozenset[str | None]
    persons: frozenset[str | None]
    repeat: frozenset[str]
    other: frozenset[str]
    opening: frozenset[str]


@cache
def _raw() -> dict[str, Any]:
    return tomllib.loads(resources.files("store.dedup").joinpath("words.toml").read_text("utf-8"))


@cache
def _data() -> _Data:
    raw = _raw()
    synonyms = {
        tuple(_stem(word) for word in _TOKEN.findall(phrase)): key
        for key, phrases in raw["synonyms"].items()
        for phrase in phrases
    }

    def folded(words: str) -> frozenset[str]:
        stems = (_stem(word) for word in words.split())
        return frozenset(synonyms.get((stem,), stem) for stem in stems)

    return _Data(
        generic=folded(raw["generic"]),
        broad=folded(raw["broad"]),
        synonyms=synonyms,
        heads=frozenset(raw["rates"]["generic"]),
        persons=frozenset(raw["rates"]["persons"]),
        repeat=frozenset(raw["references"]["repeat"]),
        other=frozenset(raw["references"]["other"]),
        opening=frozenset(raw["references"]["opening"]),
    )


def _stems(text: str, *, pronouns: bool = True) -> Iterator[tuple[str, str]]:
    """Yield the stem of each word, or of a phrase with a synonym, and the words as written.

    Args:
        text: Any text.
        pronouns: A small `it` is the pronoun, and only `IT` is technology: none of a headline in
            capitals, but that of `NHS IT`.
    """
    data = _data()
    words = _TOKEN.findall(_POSSESSIVE.sub("", _MANY_INITIALS.sub(r"\1", text)))
    shouted = text.isupper() and any(len(word) > INITIALS for word in words)
    aside = {"it", "IT"} if shouted else {"it"}
    stems = ["its" if pronouns and word in aside else _stem(word.casefold()) for word in words]
    at = 0
    while at < len(words):
        size = next((n for n in (3, 2) if tuple(stems[at : at + n]) in data.synonyms), 1)
        key = tuple(stems[at : at + size])
        yield data.synonyms.get(key, key[0]), " ".join(words[at : at + size]).casefold()
        at += size


@lru_cache(KEPT_TEXTS)
def _stem(word: str) -> str:
    """Fold a word's plural and its commonest endings; British and American `-ise` are one."""
    forms: dict[str, str] = _raw()["forms"]
    word = word.replace(",", "")
    if word in forms or not word.isalpha():
        return forms.get(word, word)
    word = _singular(word)
    for ending, instead, least in _ENDINGS:
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= least and not (ending == "ed" and rest.endswith("e")):
            word = rest + instead
            if len(rest) > least and rest[-1] == rest[-2] and rest[-1] not in "lsz":
                word = rest[:-1]
            break
    return word[:-1] if len(word) > _E_STAYS and word.endswith("e") else word


def _singular(word: str) -> str:
    if len(word) <= 2 or not word.endswith("s") or word.endswith(("ss", "us", "is")):  # noqa: PLR2004 - `us`
        return word
    if word.endswith("ies") and len(word) > _E_STAYS:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("ches", "shes", "sses", "xes", "zes")) else word[:-1]
