"""Words around an amount: bounds, hedges and rates. Source: docs/annotation.md, "amount"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from extract.grammar.amounts import FoundAmount
from extract.grammar.words import head_noun, last_plural, singular
from extract.rulebook import Rule, compile_pattern, load_rules

_ADVERBS = {
    "annual": "year", "yearly": "year", "annually": "year", "annum": "year", "monthly": "month",
    "weekly": "week", "daily": "day", "hourly": "hour", "nightly": "night", "pa": "year",
    "yr": "year", "yrs": "year", "mth": "month", "wk": "week",
}  # fmt: skip
_FILLER = (
    r"(?:\s(?:an? )?(?:further|additional|extra|another|totals? of|combined|estimated|around|about"
    r"|some|roughly|approximately|whopping|staggering|mere|record|potential|possible|between|from"
    r"|at least|more than|up to|nearly|almost|over|cumulative|annual|initial|new))*"
)
_BEFORE = rf"(?:^|(?<![\w'-])){{}}{_FILLER}\s?$"
_ADJACENT = re.compile(r"(?:,| and| or|, and|, or) $")
_COMPARED = re.compile(
    r",? (?:up|down) from (?:[\w]+ ){0,2}$"
    r"|\b(?:compared (?:with|to)|instead of|rather than|against|versus)\b[^.;:]{0,40}$"
)
_REACH = 70


@dataclass(frozen=True, slots=True)
class Qualified:
    """An amount with what the words around it make of it; rule ids are None where none applied."""

    low: Decimal | None
    high: Decimal | None
    approximate: bool
    per: str | None
    bound_rule: str | None
    hedge_rule: str | None
    per_rule: str | None


@cache
def _bounds() -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    keys = ("side", "bound", "approximate", "unless")
    before = load_rules("bounds.toml", *keys, anchor=_BEFORE)
    after = load_rules("bounds.toml", *keys)
    return (
        tuple(rule for rule in before if rule.values["side"] == "before"),
        tuple(rule for rule in after if rule.values["side"] == "after"),
    )


@cache
def _rates() -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    before = load_rules("per.toml", "side", "unit", anchor=_BEFORE)
    after = load_rules("per.toml", "side", "unit")
    return (
        tuple(rule for rule in after if rule.values["side"] == "after"),
        tuple(rule for rule in before if rule.values["side"] == "before"),
    )


def qualify(
    found: Sequence[FoundAmount], masked: str, starts: Sequence[int], ends: Sequence[int]
) -> list[Qualified]:
    """Read bounds, hedges and rates of amounts in order.

    Args:
        found: The document's amounts.
        masked: Folded text with amounts masked.
        starts: First code point of each amount's sentence.
        ends: One past the last of each amount's sentence.
    """
    qualified: list[Qualified] = []
    for index, amount in enumerate(found):
        before = masked[max(starts[index], amount.start - _REACH) : amount.start]
        bound, hedge = _bound_and_hedge(before, masked, amount.end, ends[index])
        previous = qualified[-1] if qualified else None
        gap = masked[found[index - 1].end : amount.start] if index else ""
        if previous and bound is None and hedge is None and _ADJACENT.fullmatch(gap):
            bound, hedge = _kept(previous)
        per, per_rule = _rate(masked, starts[index], amount, ends[index])
        low, high = amount.low, amount.high
        if bound and bound.values["bound"] == "low":
            high = None
        elif bound:
            low = None
        approximate = bool(hedge) or bool(bound and bound.values.get("approximate"))
        qualified.append(Qualified(low, high, approximate, per, _id(bound), _id(hedge), per_rule))
    return _share_rates(found, qualified, masked)


def _share_rates(
    found: Sequence[FoundAmount], qualified: list[Qualified], masked: str
) -> list[Qualified]:
    """Give both sides of a comparison the one rate that is stated (`from €450 to €625 a week`)."""
    for index in range(1, len(found)):
        first, second = qualified[index - 1], qualified[index]
        gap = masked[found[index - 1].end : found[index].start]
        if found[index - 1].currency != found[index].currency:
            continue
        if second.per and not first.per and gap == " to ":
            qualified[index - 1] = replace(first, per=second.per, per_rule=second.per_rule)
        elif first.per and not second.per and _COMPARED.search(gap):
            qualified[index] = replace(second, per=first.per, per_rule=first.per_rule)
    return qualified


def _id(rule: Rule | None) -> str | None:
    return rule.id if rule else None


def _kept(previous: Qualified) -> tuple[Rule | None, Rule | None]:
    """Let `up to £5m and £3m` open both."""
    rules = {rule.id: rule for side in _bounds() for rule in side}
    return rules.get(previous.bound_rule or ""), rules.get(previous.hedge_rule or "")


def _bound_and_hedge(
    before: str, masked: str, position: int, end: int
) -> tuple[Rule | None, Rule | None]:
    bound: Rule | None = None
    hedge: Rule | None = None
    left, right = _bounds()
    matching = [rule for rule in left if rule.pattern.search(before) and not _barred(rule, before)]
    matching += [rule for rule in right if rule.pattern.match(masked, position, end)]
    # A hedged bound (`just over`) is read before the plain one whose words it holds (`over`).
    for rule in sorted(matching, key=lambda r: not r.values.get("approximate")):
        if "bound" in rule.values:
            bound = bound or rule
        else:
            hedge = hedge or rule
    return bound, hedge


def _barred(rule: Rule, before: str) -> bool:
    """Tell whether the words further left take the qualifier for themselves (`told about £5m`)."""
    unless = rule.values.get("unless")
    return bool(unless and compile_pattern(rf"{unless}{_FILLER}\s?$").search(before))


def _rate(masked: str, start: int, amount: FoundAmount, end: int) -> tuple[str | None, str | None]:
    after, before = _rates()
    for rule in after:
        if match := rule.pattern.match(masked, amount.end, end):
            unit = rule.values.get("unit") or match["unit"]
            noun = last_plural(masked[start : amount.start]) if unit == "each" else _noun(unit)
            if noun:
                return noun, rule.id
    text = masked[max(start, amount.start - _REACH) : amount.start]
    for rule in before:
        if match := rule.pattern.search(text):
            return _noun(match["unit"]), rule.id
    return None, None


def _noun(unit: str) -> str:
    lower = unit.lower()
    return _ADVERBS.get(lower) or singular(head_noun(lower))
