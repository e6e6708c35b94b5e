"""Numbers as English money texts write them: digits, groups, multipliers and number words.

Patterns read folded text (`grammar.fold`). Digits are ASCII only, at most 24 before and 8 behind
the point, and exponents are never read, so a number costs no more than its characters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from types import MappingProxyType

from extract.grammar.trie import trie_pattern
from extract.rulebook import read_data

FRACTIONS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
DIGITS = (
    r"(?:[0-9]{1,3}(?:[ '][0-9]{3}){1,7}(?![0-9])(?:[.,][0-9]{1,2}(?![0-9]))?"  # 1 234 567
    r"|[0-9]{1,3}(?:, ?[0-9]{2})?, [0-9]{3}(?=\s(?:crore|lakh|cr|million)\b)"  # 33, 414 crore
    r"|[0-9]{1,3}(?:,[0-9]{3}){1,7}(?![0-9])(?:\.[0-9]{1,8}(?![0-9]))?"  # 1,234,567.89
    r"|[0-9]{1,2}(?:,[0-9]{2}){1,4},[0-9]{3}(?![0-9])(?:\.[0-9]{1,8})?"  # 1,22,000
    r"|[0-9]{1,3}(?:\.[0-9]{3}){2,7}(?![0-9])(?:,[0-9]{1,8})?"  # 1.234.567,89
    r"|[0-9]{1,3}\.[0-9]{3},[0-9]{2}(?![0-9])"  # 1.234,56
    r"|(?:[0-9]{1,24})?[½¼¾]"  # 1½
    r"|[0-9]{1,24}(?:[.,][0-9]{1,8})?(?![0-9])|\.[0-9]{1,8}(?![0-9]))"  # 2100 2.1 2,1 .5
    r"(?!(?:[.,]?\ufffd+)?[.,]?[0-9])"  # no part of a longer number, or of one that is damaged
)
GAP = r"(?:\s|[ \r][ \n])"
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{2,3})*,[0-9]{3}")
_ZEROED = re.compile(r"[1-9][0-9]{0,2}\.[0-9]00")
_POINT_GROUP = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_PART = {"half": Decimal("0.5"), "quarter": Decimal("0.25"), "quarters": Decimal("0.25")}
_ARTICLES = frozenset({"a", "an", "of", "and"})
_HUNDRED = 100


@cache
def multipliers() -> Mapping[str, Decimal]:
    """Return every multiplier, lower case, with its factor."""
    data = read_data("numbers.toml")
    both = {**data["multiplier"], **data["glued"]}
    return MappingProxyType({name: Decimal(value) for name, value in both.items()})


@cache
def multiplier_pattern() -> str:
    """Return a pattern for a multiplier behind digits, with the space or hyphen before it."""
    data = read_data("numbers.toml")
    spaced, glued = list(data["multiplier"]), list(data["glued"])
    double = [name.replace(" ", "-") for name in spaced if " " in name]
    words = trie_pattern([*spaced, *double], any_case=True)
    full = trie_pattern([n for n in [*spaced, *double] if len(n) > 3], any_case=True)  # noqa: PLR2004 - `-million`, never `-m`
    short = trie_pattern(glued, any_case=True)
    # The number of a footnote may be glued to the word (`EUR 750 billion3`).
    note = r"(?:(?![A-Za-z0-9])|(?<=[a-z]{4})(?=[0-9]{1,2}(?![A-Za-z0-9])))"
    return (
        rf"(?:(?:\.|{GAP})?{words}{note}(?:(?<=[Mm]rd)\.|(?<=[Mm]io)\.|(?<=[Cc]r)\.(?=\s[a-z]))?"
        rf"|-\s?{full}(?![A-Za-z0-9])|{short}(?![A-Za-z0-9])|\sk(?![A-Za-z0-9]))"
    )


@cache
def word_values() -> Mapping[str, Decimal]:
    """Return the plain number words with their values."""
    words = read_data("numbers.toml")["word"]
    return MappingProxyType({name: Decimal(value) for name, value in words.items()})


@cache
def scales() -> Mapping[str, Decimal]:
    """Return the words that multiply the number words before them."""
    words = read_data("numbers.toml")["scale"].items()
    return MappingProxyType({name + s: Decimal(value) for name, value in words for s in ("", "s")})


@cache
def first_word_pattern() -> str:
    """Return a pattern for the word that a number in words begins with."""
    return trie_pattern(["a", "an", *word_values(), *_PART], any_case=True)


@cache
def word_number_pattern() -> str:
    """Return a pattern for a number in words: `two and a half`, `twenty-five million`, `half a`."""
    small = ["a", "an", *word_values(), *_PART]
    other = trie_pattern([*small, "hundred", "point", "of", "and", *scales()], any_case=True)
    return rf"{first_word_pattern()}(?!\w)(?:[\s-]{other}(?!\w)){{0,12}}"


def number_of(text: str, *, points_group: bool = False, scaled: bool = False) -> Decimal:
    """Return the value of folded digits in any of the groupings of `DIGITS`.

    A comma or point before exactly the last one or two digits, alone of its kind, is decimal; a
    single comma before three digits or more groups; a single point is decimal.

    Args:
        text: What `DIGITS` matched.
        points_group: A single point before three digits groups too (`€1.500` in a German text).
        scaled: A multiplier follows, so that zeros behind a point are no prices (`€1.500`).
    """
    plain = text.replace(" ", "").replace("'", "")
    if plain[-1] in FRACTIONS:
        return Decimal(plain[:-1] or 0) + FRACTIONS[plain[-1]]
    comma, point = plain.rfind(","), plain.rfind(".")
    if comma >= 0 and point >= 0:
        group, mark = (",", ".") if point > comma else (".", ",")
        return Decimal(plain.replace(group, "").replace(mark, "."))
    if comma >= 0:
        groups = _GROUPED.fullmatch(plain) or len(plain) - comma > 3  # noqa: PLR2004 - `2,1` and `2,15` are decimal
        return Decimal(plain.replace(",", "" if groups else "."))
    # Nobody writes the zeros of a decimal (`€1.100 billion`), so these are groups everywhere.
    grouped = (points_group and _POINT_GROUP.fullmatch(plain)) or (
        scaled and _ZEROED.fullmatch(plain)
    )
    if plain.count(".") > 1 or grouped:
        return Decimal(plain.replace(".", ""))
    return Decimal(plain)


def word_number_of(text: str) -> Decimal | None:
    """Return the value of what `word_number_pattern` matched; None for what is no number.

    `two hundred and fifty thousand`, `half a million`, `three quarters of a billion`, `one point
    five million`, `a million and a half`; neither `two and three` nor a bare `a`.
    """
    total, current, last, before = Decimal(0), None, Decimal(1), ""
    words = re.split(r"[\s-]", text.lower().replace(" point ", "."))
    for word in words:
        value = _value(word)
        if word == "hundred":
            current = (current or Decimal(1)) * _HUNDRED
        elif word in scales():
            last = scales()[word]
            total, current = total + (Decimal(1) if current is None else current) * last, None
        elif word in _PART:
            total, current = _with_part(word, total, current, last)
        elif value is not None:
            if current is not None and not _continues(current, value, before):
                return None
            current = (current or Decimal(0)) + value
        elif word not in _ARTICLES:
            return None
        before = word
    return None if current is None and not total else total + (current or Decimal(0))


def _value(word: str) -> Decimal | None:
    """Return the value of `five` and of `one.five`, which was `one point five`."""
    whole, point, part = word.partition(".")
    values = word_values()
    if whole not in values or (point and part not in values):
        return None
    return Decimal(f"{values[whole]}.{values[part]}") if point else values[whole]


def _with_part(
    word: str, total: Decimal, current: Decimal | None, last: Decimal
) -> tuple[Decimal, Decimal | None]:
    """Add a half or a quarter to what was read: `two and a half`, `a million and a half`."""
    if word == "quarters":
        return total, (current or Decimal(1)) * _PART[word]
    if current is None and total:
        return total + _PART[word] * last, None
    return total, (current or Decimal(0)) + _PART[word]


def _continues(current: Decimal, value: Decimal, before: str) -> bool:
    """Tell whether a number word goes on with the number before it (`twenty-five`)."""
    if before in {"hundred", "and"}:
        return current >= _HUNDRED and current % _HUNDRED == 0
    return current % 10 == 0 and current % _HUNDRED != 0 and value < 10  # noqa: PLR2004 - tens and units


def multiplier_of(text: str | None) -> Decimal:
    """Return the factor of a matched multiplier; 1 for none."""
    name = re.sub(r"[\s-]+", " ", (text or "").strip(" .-\r\n\t")).lower()
    return multipliers()[name] if name else Decimal(1)


def has_scale(words: str) -> bool:
    """Tell whether a number in words holds `thousand`, `million` and the like."""
    return scale_of(words) > 1


def scale_of(words: str) -> Decimal:
    """Return what the scales behind a number in words multiply it by (`four hundred million`)."""
    factor = Decimal(1)
    for word in reversed(re.split(r"[\s-]", words.lower())):
        if word not in scales() and word != "hundred":
            break
        factor *= scales().get(word, Decimal(_HUNDRED))
    return factor
