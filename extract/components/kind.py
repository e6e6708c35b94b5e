"""`earmark_kind`: what sort of statement each amount is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extract.analysis import Analysis, analysis_of
from extract.columns import column_heads
from extract.cues import Cue, vocabulary
from extract.governor import Governed, Sides
from extract.groups import Found, Sheet, read, write
from extract.matching import before, behind, stands_beside
from extract.rulebook import Rule, compile_pattern
from extract.sentences import Sentence, sentence_at

_REACH = 120
# A rate over time, or none, is not the price of a thing.
_PERIODS = {None, "year", "month", "week", "day", "hour", "quarter", "night"}
# Two figures this close may be one, rounded.
_ROUNDING = Decimal("0.021")
# No one is paid more by the year in a sentence that says no more of it.
_MOST_PAY = 400_000
# How many sentences back the figure stands that `it` means.
_BACK = 2
# A tax by the year or the head is one payer's bill below this.
_TAX, _ONE_BILL = "kind.income-tax", 20_000
# What a thing that is built or bought cost is said before it, unless a verb says more.
_BUILT = "kind.cost-built"
_DEFAULT = Cue("funding", "kind.funding-default")


class KindFinder:
    """Write kinds to `doc.spans["earmark_kind"]`, on the amounts' spans; change nothing else."""

    def __call__(self, doc: Sheet) -> Sheet:
        """Give each amount the kind of the word that governs it."""
        analysis = analysis_of(doc)
        amounts = read(doc, "amount")
        found: list[Found] = []
        words, place = None, -1
        rules: list[Rule] = []
        for number, amount in enumerate(amounts):
            index = sentence_at(analysis.sentences, amount.start)
            sentence = analysis.sentences[index]
            if words is None or place != index:
                words = _words_of(analysis, sentence)
                rules = vocabulary(analysis.book).patterns.among(analysis.window(sentence).keys)
            sides = words.about(amount)
            cue = _exception(analysis, sentence, amount, rules) or _decided(sides)
            if cue and cue.rule == _TAX and _one_bill(amount):
                cue = Cue("cost", _TAX)
            if cue is None and found:
                near = index - sentence_at(analysis.sentences, amounts[number - 1].start)
                cue = _carried(analysis, amounts[number - 1], amount, found[-1], sides, near)
            if cue is None and sentence.lead is not None:
                cue = _lead(analysis, sentence.lead)
            if cue is None:
                cue = _column(analysis, amount)
            found.append(_found(amount, cue or _DEFAULT))
            place = index
        write(doc, "kind", list(_repeated(analysis, amounts, found)))
        return doc


def _one_bill(amount: Found) -> bool:
    """Tell whether a tax is what one payer pays."""
    value = _value(amount)
    return bool(amount.values["per"]) and value is not None and value < _ONE_BILL


def _repeated(
    analysis: Analysis, amounts: Sequence[Found], found: Sequence[Found]
) -> Iterator[Found]:
    """Give a figure that nothing governs the kind that the text gives it elsewhere."""
    if all(kind.rule != _DEFAULT.rule for kind in found):
        yield from found
        return
    said: dict[str, list[tuple[Decimal, str, str]]] = {}
    for amount, kind in zip(amounts, found, strict=True):
        value = _value(amount)
        if kind.rule != _DEFAULT.rule and value is not None:
            entry = (value, kind.rule, kind.values["kind"])
            said.setdefault(amount.values["currency"], []).append(entry)
    for entries in said.values():
        entries.sort()
    for amount, kind in zip(amounts, found, strict=True):
        value, others = _value(amount), said.get(amount.values["currency"])
        if kind.rule == _DEFAULT.rule and value and others and _telling(analysis, amount):
            near = bisect_left(others, (value * (1 - _ROUNDING),))
            if near < len(others) and others[near][0] <= value * (1 + _ROUNDING):
                rule = others[near][1].split("+")[0]
                yield _found(amount, Cue(others[near][2], f"{rule}+repeat"))
                continue
        yield kind


def _value(amount: Found) -> Decimal | None:
    bound = amount.values["low"] or amount.values["high"]
    return None if bound is None else Decimal(bound)


def _telling(analysis: Analysis, amount: Found) -> bool:
    """Tell whether a figure is a headline's, or no round one that two things may share."""
    index = sentence_at(analysis.sentences, amount.start)
    if index == 0 or analysis.sentences[index].shape == "heading":
        return True
    return len(re.findall(r"[1-9]", analysis.text[amount.start : amount.end])) != 1


def _found(amount: Found, cue: Cue) -> Found:
    return Found(amount.amount, amount.start, amount.end, cue.rule, {"kind": cue.kind})


def _exception(
    analysis: Analysis, sentence: Sentence, amount: Found, rules: Sequence[Rule]
) -> Cue | None:
    for rule in rules:
        if not _rated(rule, amount):
            continue
        if rule.values["side"] == "before":
            hit = before(rule, analysis, sentence, amount, _REACH)
        else:
            hit = behind(rule, analysis, sentence, amount)
        if hit and _led(rule, analysis, sentence, amount):
            return Cue(rule.values["kind"], rule.id)
    return None


def _led(rule: Rule, analysis: Analysis, sentence: Sentence, amount: Found) -> bool:
    """Tell whether the words before an amount are those that a rule asks for."""
    lead = rule.values.get("lead")
    if lead is None:
        return True
    window = analysis.window(sentence)
    stop = amount.start - window.start
    read = window.lower[max(0, stop - _REACH) : stop]
    return compile_pattern(lead).search(read) is not None


def _rated(rule: Rule, amount: Found) -> bool:
    """Tell whether an amount is the rate that a rule asks for: of a `unit`, or as `pay`."""
    rated, per = rule.values.get("rated"), amount.values["per"]
    if rated != "pay":
        return rated is None or per not in _PERIODS
    value = _value(amount)
    return per in _PERIODS and per is not None and value is not None and value < _MOST_PAY


def _decided(sides: Sides) -> Cue | None:
    """Weigh what stands on both sides; a head noun that is no pot of money says most."""
    left, head, content = sides.left, sides.head, sides.content
    verb = sides.behind
    built = head is not None and head.rule == _BUILT
    if head and head.kind != "funding" and not built:
        return head
    if left and left.rule == "kind.funding-noun" and verb and verb.kind != "funding":
        return verb
    granted = any(cue and cue.kind == "funding" for cue in (head, content))
    if granted and left and left.rule == "kind.cost-lost":
        return Cue("saving", left.rule)
    if content and content.kind != "funding":
        weak = left is None or left.kind == "funding" or content.kind == "saving"
        if weak:
            return content
    return left or verb or head or content or sides.weak


def _carried(
    analysis: Analysis, previous: Found, amount: Found, kind: Found, sides: Sides, near: int
) -> Cue | None:
    """Return the kind of the figure that this one is set beside; None when it stands alone."""
    name = kind.rule.split("+")[0]
    if sides.refers and near <= _BACK:
        return Cue(kind.values["kind"], f"{name}+it")
    beside = sides.follows or stands_beside(analysis.masked, previous, amount)
    if near or not (beside or _bracketed(analysis, amount)):
        return None
    return Cue(kind.values["kind"], f"{name}+beside")


def _bracketed(analysis: Analysis, amount: Found) -> bool:
    """Tell whether an amount stands in brackets of its own: `from 2014 (£383,000)`."""
    text = analysis.text
    opened = text[max(0, amount.start - 15) : amount.start].rpartition("(")
    small = opened[1] and not any(mark in opened[2] for mark in ").;")
    return bool(small) and text[amount.end : amount.end + 1] in {")", ",", ";"}


def _words_of(analysis: Analysis, sentence: Sentence) -> Governed:
    window = analysis.window(sentence)
    named = window.text if sentence.shape != "heading" else window.lower
    return Governed(named, window.lower, window.start, analysis.book)


def _lead(analysis: Analysis, start: int) -> Cue | None:
    """Return the kind that a list's lead-in names: `Savings include:`."""
    lead = analysis.sentence_of(start)
    cue = _words_of(analysis, lead).subject()
    return Cue(cue.kind, f"{cue.rule}+lead") if cue else None


def _column(analysis: Analysis, amount: Found) -> Cue | None:
    """Return the kind that the head of a table's column names: `Saving in 2025-26`."""
    for start, end in column_heads(analysis, amount):
        head = analysis.masked[start:end].lower()
        if cue := Governed(head, head, start, analysis.book).subject():
            return Cue(cue.kind, f"{cue.rule}+column")
    return None
