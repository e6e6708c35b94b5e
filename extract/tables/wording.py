"""What captions, headers and labels say, by `rules/table.toml`; each wording is read once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from extract.grammar.calendar import Context, Days
from extract.grammar.currencies import currencies
from extract.grammar.dates import days_of
from extract.grammar.numbers import multiplier_of
from extract.grammar.timeframes import find_timeframes
from extract.rulebook import Rule, pattern
from extract.rulefiles import Rulebook

_NO_MONEY = pattern("table.no-money")
_NO_MONEY_ROW = pattern("table.no-money-row")
_MONEY_WORD = pattern("table.money-word")
_DIFFERENCE = pattern("table.difference")
_PERIOD_WORD = pattern("table.period-word")
_THOUSANDS = "000"
_YEARS = {"annum": "year"}
# Heads of several columns that their reader could not part.
_GLUED = re.compile(
    r"(?:(?:19|20)[0-9]{2}(?:[-/][0-9]{2,4})?\s+)+(?:19|20)[0-9]{2}(?:[-/][0-9]{2,4})?"
)
_LONGEST = 200  # no head of a column or name of a row is longer
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Unit:
    """What the numbers of a table, a column or a row count.

    Attributes:
        currency: ISO 4217.
        factor: What each number is multiplied by.
        rule: Id.
        start: First code point of the words that say so, in what was read.
        end: One past the last.
        alone: A currency without a scale.
    """

    currency: str
    factor: Decimal
    rule: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Period:
    """When the amounts under a header are; offsets count in what was read."""

    start: int
    end: int
    duration: str | None
    days: Days
    rule: str
    whole: bool


@dataclass(slots=True)
class Wording:
    """Reads wordings by one book, for one document's country and day."""

    book: Rulebook
    context: Context
    _kept: dict[tuple[str, str], object] = field(default_factory=dict)
    _rules: dict[str, list[Rule]] = field(default_factory=dict)

    def rules(self, reading: str) -> list[Rule]:
        """Return the rules of one reading, in order."""
        if not self._rules:
            for rule in self.book.rules("table.toml").rules:
                self._rules.setdefault(rule.values["reading"], []).append(rule)
        return self._rules.get(reading, [])

    def unit(self, words: str, *, header: bool = False) -> Unit | None:
        """Return the unit that a caption, a header or a label names."""
        readings = ("unit", "unit-header") if header else ("unit",)
        return self._once(f"unit {header}", words, lambda text: self._unit(text, readings))

    def row_unit(self, words: str) -> Unit | None:
        """Return the unit that a cell under `Currency` names."""
        return self._once("row unit", words, lambda text: self._unit(text, ("unit-row",)))

    def period(self, words: str) -> Period | None:
        """Return the period that a header or a label names; None for a difference to one."""
        return self._once("period", words, self._period)

    def named(self, reading: str, words: str) -> Rule | None:
        """Return the rule of a reading that the words as a whole match."""
        return self._once(reading, words, lambda text: self._named(reading, text))

    def role(self, words: str) -> Rule | None:
        """Return the rule that says what a column of words holds."""
        for reading in ("recipient", "funder", "purpose"):
            if rule := self.named(reading, words):
                return rule
        return None

    def per(self, words: str) -> tuple[str, str] | None:
        """Return what the amounts under a header are counted by, and the rule."""
        return self._once("per", words, self._per)

    def sides(self, words: str) -> Rule | None:
        """Return the rule that says what kinds figures without and with a minus are."""
        return self._once("kind", words, self._sides)

    def is_money(self, words: str) -> bool:
        """Tell whether a header may stand above money: nothing says that it counts else."""
        return not (self._once("no money", words, _NO_MONEY.search) or self.is_glued(words))

    def is_glued(self, words: str) -> bool:
        """Tell whether a header is those of several columns, so that nobody knows what is whose."""
        return _GLUED.fullmatch(words) is not None

    def is_money_row(self, words: str) -> bool:
        """Tell whether the label of a row may stand beside money."""
        return _NO_MONEY_ROW.search(words) is None

    def names_money(self, words: str) -> bool:
        """Tell whether a header names money without a currency (`Amount awarded`)."""
        return bool(_MONEY_WORD.search(words)) and self.is_money(words)

    def _once(self, what: str, words: str, read: Callable[[str], Read]) -> Read:
        key = (what, words)
        if key not in self._kept:
            self._kept[key] = read(words[:_LONGEST])
        return self._kept[key]  # type: ignore[return-value]

    def _unit(self, words: str, readings: tuple[str, ...]) -> Unit | None:
        for reading in readings:
            for rule in self.rules(reading):
                for match in rule.pattern.finditer(words):
                    groups = match.groupdict()
                    currency = self.currency(match["currency"], scaled=bool(groups.get("scale")))
                    if currency:
                        factor = scale_of(groups.get("scale"))
                        return Unit(currency, factor, rule.id, match.start(), match.end())
        return None

    def currency(self, words: str, *, scaled: bool = True) -> str | None:
        """Return the ISO 4217 code of a sign, a code or a word; None for what is none.

        Args:
            words: As written.
            scaled: A scale stands beside it; without one, words that are also others are none.
        """
        known = currencies(self.context.country)
        plain = words.strip()
        unit = known.by_sign(plain) if len(plain) <= 3 or "$" in plain else None  # noqa: PLR2004 - codes
        unit = unit or known.by_word(plain)
        if unit is None or unit.scale != 1 or (unit.strict and not unit.plain and not scaled):
            return None
        return unit.currency or None

    def _period(self, words: str) -> Period | None:
        if _DIFFERENCE.search(words) or not any(c in "0123456789" for c in words):
            return None
        unit = self.unit(words, header=True)
        bare = words
        if unit:
            blank = " " * (unit.end - unit.start)
            bare = words[: unit.start] + blank + words[unit.end :]
        found = find_timeframes(bare, 0, len(bare), self.context, self.book)
        if len(found) == 1:
            one = found[0]
            whole = _says_nothing(bare[: one.start] + " " + bare[one.end :])
            return Period(one.start, one.end, one.duration, one.days, one.rule, whole)
        if found:
            return None
        return self._bare_period(bare)

    def _bare_period(self, words: str) -> Period | None:
        for rule in self.rules("period"):
            match = rule.pattern.search(words)
            if match is None or not _says_nothing(
                words[: match.start()] + " " + words[match.end() :]
            ):
                continue
            first = days_of(match["date"].lower(), self.context)
            last = days_of(match["date2"].lower(), self.context) if match["date2"] else first
            if first is None or last is None:
                continue
            days = Days(first.first, last.last)
            return Period(match.start(), match.end(), None, days, rule.id, whole=True)
        return None

    def _named(self, reading: str, words: str) -> Rule | None:
        found = (rule for rule in self.rules(reading) if rule.pattern.fullmatch(words))
        return next(found, None)

    def _per(self, words: str) -> tuple[str, str] | None:
        for rule in self.rules("per"):
            if match := rule.pattern.search(words):
                unit = match["unit"].lower()
                return _YEARS.get(unit, unit), rule.id
        return None

    def _sides(self, words: str) -> Rule | None:
        return next((rule for rule in self.rules("kind") if rule.pattern.search(words)), None)


def scale_of(words: str | None) -> Decimal:
    """Return what a scale multiplies by; 1 for none."""
    plain = (words or "").strip(" '.()").lower()
    if plain.strip("'s") == _THOUSANDS:
        return Decimal(1000)
    try:
        return multiplier_of(plain)
    except KeyError:
        return multiplier_of(plain.removesuffix("s"))


def _says_nothing(words: str) -> bool:
    """Tell whether what stands beside a period says nothing of its own."""
    return not words.strip() or _PERIOD_WORD.fullmatch(words) is not None
