"""Amounts in raw text: every written form, its exact span, its currency and its bounds as written.

Words around an amount (`up to`, `about`, `a year`) are not read here: see `grammar.qualifiers`.
Source: docs/annotation.md, "amount", and its rulings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from extract.grammar.currencies import Currencies, Unit, currencies
from extract.grammar.forms import REACH, Forms, forms
from extract.grammar.found import FoundAmount
from extract.grammar.numbers import has_scale, multiplier_of, number_of, scale_of, word_number_of
from extract.grammar.plausible import is_money, sign_is_meant
from extract.grammar.ranges import (
    continue_list,
    follows_between,
    range_behind,
    with_lakhs,
    with_range,
)

__all__ = ["FoundAmount", "amounts_at", "find_amounts"]

_DOLLARS = frozenset({"USD", "AUD", "CAD", "NZD", "HKD", "SGD", "TWD", "JMD", "TTD", "BBD", "FJD"})
_LANDS = {"US": "USD", "U.S.": "USD", "Canadian": "CAD", "Cdn": "CAD", "Australian": "AUD",
          "NZ": "NZD"}  # fmt: skip
# `a five-million-pound grant`: the article is the grant's; that of `a hundred` is the number's.
_ARTICLE = re.compile(
    r"an?[\s-](?!(?:hundred|thousand|million|billion|trillion|lakh|crore|quarter)\b)", re.I
)
_WORD = 20
_JOINT = re.compile(r"\s?-\s?|\s(?:to|and)\s")
_IN_CENTS = frozenset({"EUR", "USD", "AUD", "CAD", "NZD", "ZAR", "SGD", "HKD"})


def find_amounts(text: str, country: str) -> list[FoundAmount]:
    """Return every amount of a folded text in order, none overlapping another.

    Args:
        text: What `fold` returned.
        country: ISO 3166 alpha-2 of the document; reads `$`, `kr`, `Rs`, `¥`.
    """
    stops = (match.start() for match in forms().scan.finditer(text))
    return list(amounts_at(text, country, stops))


def amounts_at(text: str, country: str, stops: Iterable[int]) -> Iterator[FoundAmount]:
    """Yield the amounts that stand at some places of a folded text.

    Args:
        text: What `fold` returned.
        country: ISO 3166 alpha-2.
        stops: Offsets, rising. All offsets give what those of the scan give, only later.
    """
    return _Finder(text, currencies(country), forms()).run(stops)


@dataclass(slots=True)
class _Finder:
    """One pass over one text.

    Attributes:
        end: One past the last amount found; nothing before it is read again.
        tried: One past the last place where a worded amount was tried to begin.
        last: Currency of the last amount; decides `cent` where the country does not.
    """

    text: str
    known: Currencies
    forms: Forms
    end: int = 0
    tried: int = 0
    last: str = ""

    def run(self, stops: Iterable[int]) -> Iterator[FoundAmount]:
        """Yield amounts in order."""
        for at in stops:
            if at < self.end:
                continue
            digit = self.text[at] in "0123456789½¼¾"
            amount = (self._signed(at) or self._counted(at)) if digit else self._spoken(at)
            if amount is None:
                continue
            yield amount
            self.end, self.last = amount.end, amount.currency
            for item in continue_list(self.text, amount):
                yield item
                self.end = item.end

    def _signed(self, at: int) -> FoundAmount | None:
        """Read `£5m` from its first digit on."""
        if self.text[at - 1 : at] == "." and not self.text[at - 2].isalnum():
            at -= 1
        sign = self.forms.sign.search(self.text, max(self.end, at - 9), at)
        if sign is None or not (match := self.forms.number.match(self.text, at)):
            return None
        unit = self.known.by_sign(sign["sign"])
        if unit is None or not sign_is_meant(unit, match["digits"], match["mult"]):
            return None
        currency, end = self._repeated(unit.currency, sign["sign"], match)
        value = self._number(match["digits"], match["mult"]) * multiplier_of(match["mult"])
        if "-" in sign["gap"]:
            value = -value
        amount = FoundAmount(sign.start(), end, currency, value, value, "amount.sign")
        amount = with_lakhs(amount, match["mult"], self.text)
        return with_range(amount, match["mult"], self.text, self.forms, self.known)

    def _repeated(self, currency: str, sign: str, match: re.Match[str]) -> tuple[str, int]:
        """Return currency and end where words behind the number name the currency once more."""
        plain = match.end("mult") if match["mult"] else match.end("digits")
        if match["code"]:
            told = match["code"] == currency or (sign == "$" and match["code"] in _DOLLARS)
            return (match["code"], match.end()) if told else (currency, plain)
        if match["land"] and sign == "$":
            return _LANDS[match["land"]], match.end()
        if match["noun"] and (match["mult"] or match["noun"][-1] in "sSg"):
            return currency, match.end()
        return currency, plain

    def _number(self, digits: str, mult: str | None) -> Decimal:
        return number_of(digits, points_group=self.known.points_group, scaled=bool(mult))

    def _counted(self, at: int) -> FoundAmount | None:
        """Read `5m euros` and `5 to 6m euros` from the first digit on."""
        if at and (self.text[at - 1].isalnum() or self.text[at - 1] in "_.,"):
            return None
        amount = self._one_counted(at)
        if amount is None or amount.vague:
            return amount
        if amount.rule == "amount.word" and (gap := _JOINT.match(self.text, amount.end)):
            other = self._one_counted(gap.end())
            return (other and range_behind(self.text, amount, other)) or amount
        return amount

    def _one_counted(self, at: int) -> FoundAmount | None:
        match = self.forms.counted.match(self.text, at)
        unit = self._unit(match["unit"]) if match else None
        if match is None or unit is None:
            return None
        scaled, digits = bool(match["mult"]), match["digits"]
        if not is_money(match, unit, self.known, scaled=scaled, digits=digits):
            return None
        factor = multiplier_of(match["mult"]) * unit.scale
        start, end, high = (
            match.start("digits"),
            match.end(),
            self._number(digits, match["mult"]) * factor,
        )
        if unit.scale < 1 and self.forms.share.match(self.text, end):
            return FoundAmount(start, end, unit.currency, None, None, "amount.vague", vague=True)
        if match["digits0"]:
            own = multiplier_of(match["mult0"]) * unit.scale if match["mult0"] else factor
            low = self._number(match["digits0"], match["mult0"] or match["mult"]) * own
            loose = match["joint"].strip() == "and" and not follows_between(self.text, at)
            if low < high and not loose:
                return FoundAmount(at, end, unit.currency, low, high, "amount.range")
        return FoundAmount(start, end, unit.currency, high, high, "amount.word")

    def _unit(self, word: str) -> Unit | None:
        """Return what a unit stands for; cents are those of the currency last spoken of."""
        unit = self.known.by_word(word)
        if unit and unit.scale < 1 and unit.country and self.last in _IN_CENTS:
            return replace(unit, currency=self.last)
        return unit if unit and unit.currency else None

    def _spoken(self, at: int) -> FoundAmount | None:
        """Read an amount in words, or one without bounds, that holds the letter at `at`."""
        left = max(self.end, self.tried, at - REACH)
        self.tried = at + 1
        for start in self.forms.word_start.finditer(self.text, left, at + _WORD):
            if start.start() > at:
                break
            if match := self.forms.vague.match(self.text, start.start()):
                amount = self._vague(match)
            elif match := self.forms.worded.match(self.text, start.start()):
                amount = self._worded(match)
            else:
                continue
            if amount and amount.end > at:
                # The scan sees no `five rupiah`, so neither may the grammar.
                seen = self.forms.piece.search(self.text, amount.start, amount.end)
                return amount if seen else None
        return None

    def _vague(self, match: re.Match[str]) -> FoundAmount | None:
        word = next(word for word in match.groups() if word)
        unit = self._unit(word)
        if unit is None:
            return None
        return FoundAmount(
            match.start(), match.end(), unit.currency, None, None, "amount.vague", vague=True
        )

    def _worded(self, match: re.Match[str]) -> FoundAmount | None:
        unit = self._unit(match["unit"])
        chain, start = match["chain"], match.start("chain")
        if article := _ARTICLE.match(chain):
            chain, start = chain[article.end() :], start + article.end()
        high = word_number_of(chain)
        first = match["chain0"]
        if first is None and high is None:
            joint = " and " if follows_between(self.text, start) else "-"
            first, _, chain = chain.partition(joint)
            high = word_number_of(chain) if chain else None
        if unit is None or high is None:
            return None
        scaled = has_scale(chain)
        if not is_money(match, unit, self.known, scaled=scaled):
            return None
        high *= unit.scale
        low = self._shared(first, chain, unit) if first else None
        if low is not None and low < high:
            return FoundAmount(match.start(), match.end(), unit.currency, low, high, "amount.words")
        return FoundAmount(start, match.end(), unit.currency, high, high, "amount.words")

    def _shared(self, first: str, chain: str, unit: Unit) -> Decimal | None:
        """Return the lower bound of `three or four million`, which shares the scale behind it."""
        low = word_number_of(first)
        if low is None:
            return None
        factor = Decimal(1) if has_scale(first) else scale_of(chain)
        return low * factor * unit.scale
