"""How currencies are written, by country: signs, codes and words, from `rules/currency.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from records.money import currency_codes

# Countries whose newspapers write cents as `50c`.
_CENT_COUNTRIES = {"IE": "EUR", "AU": "AUD", "NZ": "NZD", "ZA": "ZAR"}
_LEADING = frozenset("£￡$")
_PENCE = r"(?<=[0-9])p(?![\w])"
_CENT_SIGN = r"¢"
_CENT_LETTER = r"(?<=[0-9])c(?![\w])"


@dataclass(frozen=True, slots=True)
class Unit:
    """What a sign, code or word stands for.

    Attributes:
        currency: ISO 4217.
        scale: Share of the whole unit (0.01 for pence).
        needs_multiplier: A code that is also a word: money only before `million` and the like.
        bare: A word that is money only after a multiplier.
    """

    currency: str
    scale: Decimal = Decimal(1)
    needs_multiplier: bool = False
    bare: bool = False


@dataclass(frozen=True)
class Currencies:
    """The signs and words of one country's documents.

    Attributes:
        key: Names the set of patterns: countries with the same forms share it.
        sign_pattern: What stands before digits.
        unit_pattern: What stands behind digits, with the space or hyphen before it.
        word_pattern: Currency words alone.
        vague_pattern: Amounts without bounds.
    """

    key: str
    sign_pattern: str
    unit_pattern: str
    word_pattern: str
    vague_pattern: str
    signs: dict[str, Unit]
    words: dict[str, Unit]

    def by_sign(self, sign: str) -> Unit | None:
        """Return what a matched sign or code stands for; None for a code in lower case."""
        return self.signs.get(sign) or self.signs.get(sign.capitalize() if sign[0] == "r" else sign)

    def by_word(self, word: str) -> Unit | None:
        """Return what a matched word stands for."""
        plain = re.sub(r"\s+", " ", word.strip(" -"))
        return self.words.get(plain) or self.words.get(plain.lower())

    def vague_currency(self, match: re.Match[str]) -> str:
        """Return the currency of a vague amount's word or sign."""
        for name, value in match.groupdict().items():
            if value and name.startswith("unit"):
                unit = self.by_word(value) or self.by_sign(value)
                if unit:
                    return unit.currency
        return "GBP"


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(
        resources.files("extract.rules").joinpath("currency.toml").read_text("utf-8")
    )


@cache
def currencies(country: str) -> Currencies:
    """Return the signs and words as a document of `country` (ISO 3166 alpha-2) means them."""
    signs = {
        text: Unit(entry.get("country", {}).get(country, entry["currency"]))
        for entry in _data()["sign"]
        for text in entry["text"]
    }
    words = {
        text.lower(): Unit(
            entry.get("country", {}).get(country, entry["currency"]),
            Decimal(entry.get("scale", "1")),
            bare=entry.get("bare", False),
        )
        for entry in _data()["word"]
        for text in entry["text"]
    }
    ambiguous = set(_data()["codes"]["ambiguous"])
    codes = {code: Unit(code, needs_multiplier=code in ambiguous) for code in currency_codes()}
    bare_codes = {code: Unit(code, bare=code in ambiguous) for code in currency_codes()}
    cents = _CENT_COUNTRIES.get(country)
    units = {
        **bare_codes,
        **words,
        **{sign: unit for sign, unit in signs.items() if len(sign) == 1},
        "kr": signs["kr"],
        "p": Unit("GBP", Decimal("0.01")),
        "¢": Unit(signs["$"].currency, Decimal("0.01")),
    }
    if cents:
        units["c"] = Unit(cents, Decimal("0.01"))
    word_pattern = "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))
    return Currencies(
        key=f"{'c' if cents else ''}",
        sign_pattern=_sign_pattern([*signs], [*codes]),
        unit_pattern=_unit_pattern(word_pattern, [*signs], [*codes], with_cents=bool(cents)),
        word_pattern=word_pattern,
        vague_pattern=_vague_pattern(word_pattern),
        signs={**codes, **signs},
        words=units,
    )


def _longest_first(names: list[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


def _sign_pattern(signs: list[str], codes: list[str]) -> str:
    symbols = [sign for sign in signs if not sign[0].isalpha()]
    lettered = [sign for sign in signs if sign[0].isalpha()]
    return (
        rf"(?-i:(?<![A-Za-z])(?:{_longest_first(lettered)})(?![A-Za-z])"
        rf"|(?:{_longest_first(symbols)})|(?<![A-Za-z])(?:{_longest_first(codes)})(?![A-Za-z]))"
    )


def _unit_pattern(
    word_pattern: str, signs: list[str], codes: list[str], *, with_cents: bool
) -> str:
    # `0800 £££` is a telephone number and a price band: a pound sign never follows its figure.
    symbols = [sign for sign in signs if len(sign) == 1 and sign not in _LEADING]
    cents = f"|{_CENT_LETTER}" if with_cents else ""
    return (
        rf"(?:[\s-](?:{word_pattern})(?!\w)|\s?(?-i:{_longest_first(symbols)})(?!\s?[0-9])"
        rf"|\s?(?-i:{_longest_first(codes)}|kr)(?!\w)|{_PENCE}|\s?{_CENT_SIGN}{cents})"
    )


def _vague_pattern(word_pattern: str) -> str:
    scales = "thousand|million|billion|trillion|crore|lakh"
    return (
        rf"\b(?:(?:tens|hundreds|thousands) of )?(?:{scales})s(?: more| extra)? of "
        rf"(?P<unit1>{word_pattern})\b"
        rf"|\bmulti-?\s?(?:million|billion)[- ](?P<unit2>{word_pattern})s?\b"
        rf"|\b(?:several|a few|many|countless)(?: hundred| thousand)? (?:{scales})s? "
        rf"(?P<unit3>{word_pattern})\b"
        rf"|[0-9]{{1,3}}(?P<unit4>p)(?= in (?:the|every|each) (?:pound|£))"
    )
