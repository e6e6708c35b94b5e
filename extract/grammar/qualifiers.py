"""Words around an amount: bounds, hedges and rates. Source: docs/annotation.md, "amount"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from extract.grammar.amounts import FoundAmount
from extract.grammar.fold import fold, lower_case
from extract.grammar.words import head_noun, last_plural, singular
from extract.needs import Keys, keys_of
from extract.rulebook import AMOUNT_MASK, Rule, compile_pattern
from extract.rulefiles import Rulebook, RuleSet

_ADVERBS = {
    "annual": "year", "yearly": "year", "annually": "year", "annum": "year", "monthly": "month",
    "weekly": "week", "daily": "day", "hourly": "hour", "nightly": "night", "quarterly": "quarter",
    "fortnightly": "fortnight", "pa": "year", "sq ft": "square foot", "sq m": "square metre",
    "yr": "year", "yrs": "year", "mth": "month", "wk": "week",
}  # fmt: skip
_FILLER = (
    r"(?:\s(?:an? )?(?:further|additional|extra|another|totals? of|combined|estimated|around|about"
    r"|some|roughly|approximately|whopping|staggering|mere|record|potential|possible|between|from"
    r"|at least|more than|up to|nearly|almost|over|cumulative|annual|initial|new|something like))*"
)
_BEFORE = rf"(?:^|(?<![\w'-])){{}}{_FILLER}\s?$"
_ADJACENT = re.compile(r"(?:,| and| or|, and|, or) $")
# `up to £5m for buses and £3m for trains`: the same preposition behind both.
_PARALLEL = re.compile(r" (?P<word>for|to|in|on|from|towards) [^.;:,]{1,50} and (?:a further )?$")
_LISTED = re.compile(rf"(?:, {AMOUNT_MASK}+)*,? (?:and|or) {AMOUNT_MASK}")
_SHARE = re.compile(r" of (?:it|which|that|this|them|the)\b")
_COMPARED = re.compile(
    r", and to $|,? (?:up|down) from (?:[\w]+ ){0,2}$|, from $"
    r"|[, ](?:ris(?:e|es|ing)|rose|f[ae]ll(?:s|en|ing)?|grow(?:s|ing)?|grew|drop(?:s|ped|ping)?"
    r"|cut|raised?|increas(?:e|es|ed|ing)|climb(?:s|ed|ing)?) to (?:about |just |only |nearly )?$"
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


@dataclass(frozen=True, slots=True)
class _Context:
    """The words of a sentence around one of its amounts, in lower case.

    Attributes:
        head: All before the amount.
        before: Those of them that a qualifier may be in.
        after: All behind the amount.
        keys_before: Keys of the words of `before`.
        keys_after: Keys of the words of `after`.
    """

    head: str
    before: str
    after: str
    keys_before: Keys
    keys_after: Keys

    @classmethod
    def around(cls, masked: str, amount: FoundAmount, start: int, end: int) -> _Context:
        """Cut the words around an amount out of its sentence."""
        head, after = lower_case(masked[start : amount.start]), lower_case(masked[amount.end : end])
        before = head[-_REACH:]
        return cls(head, before, after, keys_of(before), keys_of(after))


@dataclass(frozen=True, slots=True)
class _Sides:
    """The rules of one file that read before an amount, and those that read behind it."""

    before: RuleSet
    after: RuleSet


@cache
def _sides(book: Rulebook, name: str) -> _Sides:
    before, after = book.rules(name, _BEFORE).rules, book.rules(name).rules
    return _Sides(
        RuleSet.of(rule for rule in before if rule.values["side"] == "before"),
        RuleSet.of(rule for rule in after if rule.values["side"] == "after"),
    )


def qualify(
    found: Sequence[FoundAmount],
    masked: str,
    starts: Sequence[int],
    ends: Sequence[int],
    book: Rulebook,
) -> list[Qualified]:
    """Read bounds, hedges and rates of amounts in order.

    Args:
        found: The document's amounts.
        masked: Folded text with amounts masked.
        starts: First code point of each amount's sentence.
        ends: One past the last of each amount's sentence.
        book: The rules.
    """
    qualified: list[Qualified] = []
    bounds, rates = _sides(book, "bounds.toml"), _sides(book, "per.toml")
    for index, amount in enumerate(found):
        context = _Context.around(masked, amount, starts[index], ends[index])
        bound, hedge = _bound_and_hedge(context, bounds)
        gap = masked[found[index - 1].end : amount.start] if index else ""
        if qualified and bound is None and hedge is None and _reaches(gap, context.after):
            bound, hedge = _kept(qualified[-1], bounds)
        per, per_rule = _rate(context, rates)
        low, high = amount.low, amount.high
        if bound and bound.values["bound"] == "low":
            high = None
        elif bound:
            low = None
        approximate = bool(hedge) or bool(bound and bound.values.get("approximate"))
        qualified.append(Qualified(low, high, approximate, per, _id(bound), _id(hedge), per_rule))
    return _share_rates(found, qualified, masked)


def words_of(rule: str, before: str, after: str, book: Rulebook) -> tuple[int, int] | None:
    """Find the words on which a rule of bounds, hedges or rates read an amount.

    Args:
        rule: Its id.
        before: The sentence up to the amount.
        after: The sentence behind it.
        book: The rules.

    Returns:
        Where they stand: counted back from the end of `before`, else on from `after`. None where
        the sentence alone does not tell: what holds of the amount before can hold of this one.
    """
    for sides in (_sides(book, "bounds.toml"), _sides(book, "per.toml")):
        for one in sides.before.rules:
            found = one.lowered.search(lower_case(fold(before))) if one.id == rule else None
            if found:
                return found.start() - len(before), len(before.rstrip()) - len(before)
        for one in sides.after.rules:
            found = one.lowered.match(lower_case(fold(after))) if one.id == rule else None
            if found:
                return len(found[0]) - len(found[0].lstrip()), len(found[0].rstrip())
    return None


def _reaches(gap: str, after: str) -> bool:
    """Tell whether what qualifies the amount before reaches over to this one.

    It does over a coordination (`up to £5m and £3m`, `around £5m, £6m and £7m`), not over a comma
    that sets off a share (`up to £5m, £3m of it for roads`).

    Args:
        gap: What stands between the two.
        after: What stands behind this one.
    """
    if _SHARE.match(after):
        return False
    if parallel := _PARALLEL.fullmatch(gap):
        return after.startswith(f" {parallel['word']} ")
    return _ADJACENT.fullmatch(gap) is not None and (gap != ", " or bool(_LISTED.match(after)))


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


def _kept(previous: Qualified, sides: _Sides) -> tuple[Rule | None, Rule | None]:
    """Let `up to £5m and £3m` open both."""
    rules = {rule.id: rule for rule in (*sides.before.rules, *sides.after.rules)}
    return rules.get(previous.bound_rule or ""), rules.get(previous.hedge_rule or "")


def _bound_and_hedge(context: _Context, sides: _Sides) -> tuple[Rule | None, Rule | None]:
    bound: Rule | None = None
    hedge: Rule | None = None
    before = context.before
    matching = [
        rule
        for rule in sides.before.among(context.keys_before)
        if rule.lowered.search(before) and not _barred(rule, context)
    ]
    matching += [
        rule for rule in sides.after.among(context.keys_after) if rule.lowered.match(context.after)
    ]
    # A hedged bound (`just over`) is read before the plain one whose words it holds (`over`).
    for rule in sorted(matching, key=lambda r: not r.values.get("approximate")):
        if "bound" in rule.values:
            bound = bound or rule
        else:
            hedge = hedge or rule
    return bound, hedge


def _barred(rule: Rule, context: _Context) -> bool:
    """Tell whether other words take the qualifier for themselves.

    `unless` stands further left (`told about £5m`), `bar` behind the amount (`under £5m plan`).
    """
    unless, bar = rule.values.get("unless"), rule.values.get("bar")
    if bar and compile_pattern(bar).match(context.after):
        return True
    return bool(unless and compile_pattern(rf"{unless}{_FILLER}\s?$").search(context.before))


def _rate(context: _Context, sides: _Sides) -> tuple[str | None, str | None]:
    for rule in sides.after.among(context.keys_after):
        match = rule.lowered.match(context.after)
        if match and (noun := _counted_by(rule, match, context.head)):
            return noun, rule.id
    for rule in sides.before.among(context.keys_before):
        match = rule.lowered.search(context.before)
        if match and (noun := _counted_by(rule, match, context.head)):
            return noun, rule.id
    return None, None


def _counted_by(rule: Rule, match: re.Match[str], head: str) -> str | None:
    """Return the noun that a rule counts the amount by; None where `each` has no plural."""
    unit = rule.values.get("unit") or match["unit"]
    return last_plural(head) if unit == "each" else _noun(unit)


def _noun(unit: str) -> str:
    lower = unit.lower()
    return _ADVERBS.get(lower) or singular(head_noun(lower))
