"""How currencies are written, by country: signs, codes and words, from `rules/currency.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from extract.rulebook import read_data
from records.money import currency_codes


@dataclass(frozen=True, slots=True)
class Unit:
    """What a sign, code or word stands for.

    Attributes:
        currency: ISO 4217.
        scale: Share of the whole unit (0.01 for pence).
        strict: Also something else: money only before or behind a multiplier.
        grouped: Grouped digits are enough for a strict one (`MAD 5,000`).
        plain: Three digits are enough (`R350` in South Africa).
        country: Its currency depends on the document's country.
    """

    currency: str
    scale: Decimal = Decimal(1)
    strict: bool = False
    grouped: bool = False
    plain: bool = False
    country: bool = False


@dataclass(frozen=True)
class Currencies:
    """The signs and words as one country's documents mean them.

    Attributes:
        signs: What stands before a number.
        words: What stands behind one, words in lower case.
        points_group: A point groups thousands.
        weighs: A pound is first of all a weight.
    """

    signs: Mapping[str, Unit]
    words: Mapping[str, Unit]
    points_group: bool
    weighs: bool

    def by_sign(self, sign: str) -> Unit | None:
        """Return what a matched sign stands for; a code may be joined to one (`USD $`)."""
        plain = " ".join(sign.split())
        return self.signs.get(plain) or self.signs.get(plain[:3])

    def by_word(self, word: str) -> Unit | None:
        """Return what a matched word, sign or code behind a number stands for."""
        plain = re.sub(r"\s+", " ", word.strip(" -\r\n\t"))
        return self.words.get(plain) or self.words.get(plain.lower())


@cache
def _data() -> Mapping[str, Any]:
    return read_data("currency.toml")


def sign_texts() -> list[str]:
    """Return every sign that may stand before a number, codes left out."""
    return [text for entry in _data()["sign"] for text in entry["text"]]


def word_texts() -> list[str]:
    """Return every word that may stand behind a number, with its adjectives."""
    return [text for entry in _data()["word"] for text in _with_adjectives(entry)]


def _with_adjectives(entry: dict[str, Any]) -> dict[str, str | None]:
    adjectives = entry.get("of", {})
    long = {f"{a} {text}": currency for a, currency in adjectives.items() for text in entry["text"]}
    return {**dict.fromkeys(entry["text"], None), **long}


@cache
def currencies(country: str) -> Currencies:
    """Return the signs and words as a document of `country` (ISO 3166 alpha-2) means them."""
    data = _data()
    ambiguous = set(data["codes"]["ambiguous"])
    codes = {
        code: Unit(code, strict=code in ambiguous, grouped=code in ambiguous)
        for code in currency_codes()
    }
    signs = {**codes, **_signs(country)}
    behind = {text: unit for text, unit in signs.items() if len(text) == 1 or text.isalpha()}
    words = {**behind, **_words(country)}
    words["p"] = Unit("GBP", Decimal("0.01"))
    words["¢"] = Unit(words["cent"].currency, Decimal("0.01"), country=True)
    cents = data["country"]["cent_letter"].get(country)
    # Elsewhere `c` is read only after an amount of the document that has cents.
    words["c"] = Unit(cents or "", Decimal("0.01"), country=not cents)
    return Currencies(
        signs,
        words,
        points_group=country in data["country"]["point_groups"],
        weighs=country in data["country"]["weighs_in_pounds"],
    )


def _signs(country: str) -> dict[str, Unit]:
    signs: dict[str, Unit] = {}
    for entry in _data()["sign"]:
        by_country = entry.get("country", {})
        at_home = country in entry.get("strict", ())
        currency = by_country.get(country, entry["currency"])
        for text in entry["text"]:
            strict = "strict" in entry and (not at_home or len(text) == 1)
            signs[text] = Unit(currency, strict=strict, grouped=strict, plain=at_home)
    return signs


def _words(country: str) -> dict[str, Unit]:
    words: dict[str, Unit] = {}
    for entry in _data()["word"]:
        by_country = entry.get("country", {})
        for text, currency in _with_adjectives(entry).items():
            words[text.lower()] = Unit(
                currency or by_country.get(country, entry["currency"]),
                Decimal(entry.get("scale", "1")),
                strict=bool(entry.get("bare")) and currency is None,
                country=bool(by_country) and currency is None,
            )
    return words
