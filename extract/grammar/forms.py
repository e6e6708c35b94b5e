"""Patterns of written money, and the scan that finds the few places where one can stand.

All patterns read folded text and spell out case. A form begins at a digit (`£5m`, `5m euros`) or a
number word (`five million pounds`). `SCAN` stops at every digit beside a sign or before a unit, and
inside every word that a worded amount must hold; it may stop once too often, never too seldom.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extract.grammar.currencies import sign_texts, word_texts
from extract.grammar.numbers import (
    DIGITS,
    GAP,
    first_word_pattern,
    multiplier_pattern,
    word_number_pattern,
)
from extract.grammar.trie import trie_pattern
from records.money import currency_codes

# A worded amount holds one of these: a scale (`million`, `lakh`), or a currency of everyday speech.
# Each piece is what is left of the word from its rarest letter on.
_PIECES = ["llion", "llar", "lakh", "usand", "undred", "uro", "uid", "pound", "pence", "penny"]
_PIECES += ["crore", "cents", "cent", "upee", "uck", "grand"]
_SHARE = r"(?:\s?in\s(?:the|every|each)\s(?:pound|£)|\son\sthe\s(?:pound|dollar|euro))(?!\w)"
_NOUNS = ["pounds", "pound", "dollars", "dollar", "euros", "euro", "rupees", "sterling", "stg"]
_COUNTRIES = ["US", "U.S.", "Canadian", "Cdn", "Australian", "NZ"]
_FREE = r"(?=\s*(?:[.,;:)\"]|$)|\s(?:in|for|to|from|over|on|by|and|or|per|a|as|at|with|of|each)\b)"
REACH = 110


@dataclass(frozen=True, slots=True)
class Forms:
    """The compiled patterns; see the module.

    Attributes:
        scan: Where an amount can begin or, for words, what it must hold.
        piece: What a worded amount must hold, alone.
        sign: A sign that ends where a number begins.
        number: Number and multiplier behind a sign, with what repeats the currency behind it.
        counted: A number or a range of numbers with its unit behind it.
        worded: The same in number words.
        vague: Amounts without bounds.
        share: What makes pence a proportion (`in the pound`).
        tail: The other bound of a range whose first bound has a sign.
        word_start: Where a worded or vague amount can begin.
    """

    scan: re.Pattern[str]
    piece: re.Pattern[str]
    sign: re.Pattern[str]
    number: re.Pattern[str]
    counted: re.Pattern[str]
    worded: re.Pattern[str]
    vague: re.Pattern[str]
    share: re.Pattern[str]
    tail: re.Pattern[str]
    word_start: re.Pattern[str]


def _symbols() -> str:
    """Return a class of every single character that is a sign of its own."""
    return "".join(re.escape(s) for s in sign_texts() if len(s) == 1 and not s.isalpha())


def _sign() -> str:
    lettered = trie_pattern(sign_texts())
    codes = trie_pattern(currency_codes())
    symbols = _symbols()
    return (
        rf"(?:(?<![A-Za-z])(?:{lettered}(?<![A-Za-z])|{lettered}(?![A-Za-z])"
        rf"|{codes}(?:\s?[{symbols}])?(?![A-Za-z]))|(?<=[a-z])Pounds|[{symbols}])"
    )


def _unit() -> str:
    words = trie_pattern(word_texts(), any_case=True)
    signs = sign_texts()
    lettered = [s for s in signs if s.isalpha() and len(s) > 1 and s.lower() not in _NOUNS]
    symbols = "".join(re.escape(s) for s in signs if len(s) == 1 and not s.isalpha())
    trailing = symbols.replace("£", "").replace(r"\$", "")
    # `0800 £££` is a telephone number and a price band: £ and $ only stand right behind a figure.
    return (
        rf"(?:(?:{GAP}|-)?{words}(?!\w)|\s?[{trailing}](?!\s?[0-9])|[£$](?!\s?[0-9£$]|\w)"
        rf"|\s?(?:{trie_pattern([*currency_codes(), *lettered])})(?!\w|\s?[0-9])"
        rf"|(?<=[0-9½])p(?!\w|\.m)|(?<=[0-9])c(?!\w|\.\s?[0-9])|\s?¢)"
    )


def _before_digit() -> str:
    """Return what tells that a sign may end before a consumed digit: its last letters."""
    symbols = _symbols()
    ends = sorted({s[-2:] for s in sign_texts() if len(s) > 1 and s[-1] not in "£$€¥₹₵¢"})
    ends = [end for end in ends if not re.fullmatch("[A-Z]{2}", end)]
    tails = [rf"[{symbols}]", "[A-Z]{2}", *map(re.escape, ends)]
    tails += [rf"(?<![A-Za-z]){s}" for s in sign_texts() if len(s) == 1 and s.isalpha()]
    gaps = ["", r"\s", r"\s\s", "-"]
    behind = "|".join(rf"(?<={tail}{gap}.)" for tail in tails for gap in gaps)
    return rf"{behind}|(?<=[{symbols}\s-]\..)"


def _scan(unit: str) -> str:
    # Nothing possessive here: Python 3.11.2, which Debian 12 has, then misses places.
    figures = r"[0-9.,']{0,31}(?: [0-9]{3}(?![0-9])){0,7}[½¼¾]?"
    joint = rf"(?:{multiplier_pattern()})?(?:\s?-\s?|\s(?:to|or|and)\s)[0-9]{figures}"
    ahead = rf"{figures}(?:{joint})?(?:{multiplier_pattern()})?{unit}"
    letters = "".join(sorted({p[0] + p[0].upper() for p in _PIECES}))
    pieces = "|".join(
        rf"(?<=[{first}{first.upper()}])"
        + trie_pattern([p[1:] for p in _PIECES if p[0] == first], any_case=True)
        for first in sorted({p[0] for p in _PIECES})
    )
    return (
        rf"(?s:[0-9½¼¾{letters}]"
        rf"(?:(?<=[0-9½¼¾])(?<![0-9].)(?<![0-9][.,'].)(?:{_before_digit()}|(?<![\w.,].)(?={ahead}))"
        rf"|{pieces}))"
    )


def _vague(words: str) -> str:
    scales = "(?:[Tt]housand|[Mm]illion|[Bb]illion|[Tt]rillion|[Cc]rore|[Ll]akh|[Hh]undred)"
    amount = rf"(?:(?:\sof)?[\s-]{scales}s?){{0,2}}(?:\s(?:more|extra|of))?"
    return (
        rf"(?:(?:[Tt]ens|[Ss]cores|{scales}s){amount}\sof\s(?P<unit1>{words})(?!\w)"
        rf"|{scales}s(?:\s(?:more|extra))?\s(?P<unit2>{words})(?!\w)"
        rf"|[Mm]ulti[\s-]?{scales}[\s-](?P<unit3>{words})(?!\w)"
        rf"|(?:[Ss]everal|[Aa]\sfew|[Mm]any|[Cc]ountless|[Aa]\scouple\sof)"
        rf"(?:\s{scales}s?){{1,2}}(?:\sof)?[\s-](?P<unit4>{words})(?!\w))"
    )


@cache
def forms() -> Forms:
    """Compile every pattern, once."""
    number, mult, chain, unit = DIGITS, multiplier_pattern(), word_number_pattern(), _unit()
    words = trie_pattern(word_texts(), any_case=True)
    codes, nouns = trie_pattern(currency_codes()), trie_pattern(_NOUNS, any_case=True)
    joint = r"(?:\s?-\s?|\s(?:to|or|and)\s)"
    starts = ["tens", "scores", "several", "few", "many", "countless", "multi", "couple"]
    return Forms(
        re.compile(_scan(unit)),
        re.compile(trie_pattern(_PIECES, any_case=True)),
        re.compile(rf"(?P<sign>{_sign()})(?P<gap>{GAP}?-?)$"),
        re.compile(
            rf"(?P<digits>{number})(?P<mult>{mult})?"
            rf"(?:\s?(?P<code>{codes})(?!\w|\s?[0-9])|[\s-](?P<noun>{nouns})(?!\w)"
            rf"|\s(?P<land>{trie_pattern(_COUNTRIES)}){_FREE})?"
        ),
        re.compile(
            rf"(?:(?P<digits0>{number})(?P<mult0>{mult})?(?P<joint>{joint}))?"
            rf"(?P<digits>{number})(?P<mult>{mult})?(?P<unit>{unit})"
        ),
        re.compile(
            rf"(?:(?P<chain0>{chain}?)(?P<joint>\s(?:to|or)\s))?(?P<chain>{chain})"
            rf"(?P<unit>(?:[\s-]|{GAP}){words})(?!\w)"
        ),
        re.compile(_vague(words)),
        re.compile(_SHARE),
        re.compile(
            rf"(?P<joint>{joint}|\sup\sto\s)(?P<sign>{_sign()})?\s?"
            rf"(?P<digits>{number})(?P<mult>{mult})?(?P<noun>[\s-]{nouns}(?!\w))?"
        ),
        re.compile(
            rf"\b(?:{first_word_pattern()}|{trie_pattern(starts, any_case=True)}"
            r"|(?:[Tt]housand|[Mm]illion|[Bb]illion|[Tt]rillion|[Cc]rore|[Ll]akh|[Hh]undred)s)"
        ),
    )
