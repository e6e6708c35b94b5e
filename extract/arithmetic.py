"""Relations that follow from arithmetic: parts that add up to a whole, a rate over its years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from extract.analysis import Analysis
from extract.groups import Found
from extract.repeats import point
from extract.rulebook import compile_pattern
from extract.sentences import Sentence, sentence_at

# A sentence that breaks a sum down into more parts than this is a table, not a sentence.
_MAX_PARTS = 8
# A total stands in the sentence of its rate or next to it, so not many amounts away.
_NEAR = 40
_AND_THE_REST = compile_pattern(
    r"(?: {T})?(?: -|:) ?{A}[^.;]{0,60}\b(?:the rest|the remainder|the balance)\b"
)


def related_to(carrier: Found, target: Found, kind: str, rule: str, *, share: bool) -> Found:
    """Return the relation `kind` of one amount to another, on the other's span."""
    values = {"type": kind, "to": target.amount, "share": share}
    return Found(carrier.amount, target.start, target.end, rule, values)


def sums_in_sentence(analysis: Analysis, sentence: Sentence, own: list[Found]) -> list[Found]:
    """Read parts from arithmetic: amounts behind a whole that add up to it exactly."""
    for place, whole in enumerate(own):
        parts = own[place + 1 : place + 1 + _MAX_PARTS]
        total = point(whole)
        if total is None or whole.values["per"]:
            continue
        for first in range(len(parts)):
            chosen = _run_that_adds_up(parts[first:], total)
            if chosen:
                return [
                    related_to(p, whole, "part_of", "relation.adds-up", share=True) for p in chosen
                ]
        rest = analysis.masked[whole.end : sentence.end]
        if parts and _AND_THE_REST.search(rest) and smaller(parts[0], whole):
            return [related_to(parts[0], whole, "part_of", "relation.and-the-rest", share=True)]
    return []


def _run_that_adds_up(parts: Sequence[Found], total: Decimal) -> list[Found]:
    """Return the first two or more amounts whose sum is exactly `total`; empty when none are."""
    running = Decimal(0)
    for count, part in enumerate(parts, start=1):
        value = point(part)
        if value is None or running + value > total:
            return []
        running += value
        if running == total:
            return list(parts[:count]) if count > 1 else []
    return []


def adds_up_to_pot(own: Sequence[Found], pot: Found, found: Mapping[int, Found]) -> list[Found]:
    """Read parts from arithmetic: a sentence's amounts that add up to the pot named before it."""
    total = point(pot)
    if total is None or pot in own or pot.values["per"]:
        return []
    chosen = _run_that_adds_up(own, total)
    if any(p.amount in found and found[p.amount].values["to"] != pot.amount for p in chosen):
        return []
    return [related_to(p, pot, "part_of", "relation.adds-up", share=True) for p in chosen]


def smaller(part: Found, whole: Found) -> bool:
    """Tell whether an amount is below another of the same currency."""
    bounds = [
        part.values["high"] or part.values["low"],
        whole.values["high"] or whole.values["low"],
    ]
    if None in bounds or part.values["currency"] != whole.values["currency"]:
        return False
    return Decimal(bounds[0]) < Decimal(bounds[1])


def lump(amount: Found) -> bool:
    """Tell whether an amount is one sum of money: no rate, no range, nothing vague."""
    low, high = amount.values["low"], amount.values["high"]
    ranges = low is not None and high is not None and low != high
    return not (amount.values["per"] or amount.values["vague"] or ranges)


def rates_and_totals(
    analysis: Analysis, amounts: Sequence[Found], timeframes: Mapping[int, Found]
) -> Iterator[Found]:
    """Read a total as its rate over the years stated: £12bn a year for three years is £36bn."""
    for rate in amounts:
        when = timeframes.get(rate.amount)
        years = when.values["duration"] if when else None
        value = point(rate)
        if rate.values["per"] != "year" or value is None or not years or years[-1] != "Y":
            continue
        product = value * int(years[1:-1])
        place = sentence_at(analysis.sentences, rate.start)
        near = amounts[max(0, rate.amount - _NEAR) : rate.amount + _NEAR]
        totals = [a for a in near if not a.values["per"] and point(a) == product]
        gaps = [abs(sentence_at(analysis.sentences, a.start) - place) for a in totals]
        for total, gap in zip(totals, gaps, strict=True):
            if gap == min(gaps) and gap <= 1:
                first, second = sorted((rate, total), key=lambda a: a.start)
                yield related_to(
                    second, first, "equates_to", "relation.rate-over-years", share=False
                )


def adding_up(parts: Sequence[Found], total: Found) -> bool:
    """Tell whether two or more amounts of one currency are together exactly another."""
    values = [point(part) for part in parts]
    whole = point(total)
    if len(parts) < 2 or whole is None or any(value is None for value in values):  # noqa: PLR2004
        return False
    alike = all(part.values["currency"] == total.values["currency"] for part in parts)
    return alike and sum(value for value in values if value is not None) == whole
