"""`earmark_relation`: what one amount is to another of the same document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from extract.analysis import Analysis, analysis_of
from extract.arithmetic import (
    adds_up_to_pot,
    rates_and_totals,
    related_to,
    smaller,
    sums_in_sentence,
)
from extract.groups import Found, Sheet, read, read_by_amount, write
from extract.listing import list_item, table_rows
from extract.matching import beside
from extract.pots import Pots
from extract.rulebook import Rule, compile_pattern, pattern
from extract.sentences import Sentence, sentence_at
from extract.sums import Sums

_COORDINATION = pattern("relation.coordination")
# A sum that `it` comes on top of does not itself bring the total to anything.
_OWN_POT = {"relation.brings-total", "relation.part-of-wider"}
_FRONTED = pattern("relation.fronted")
_REST = pattern("relation.rest")
_COMPARED = pattern("relation.compared")
# So many figures that add up to a pot named before do not do so by chance.
_MANY = 3


class RelationFinder:
    """Write relations to `doc.spans["earmark_relation"]`, on the other amount's span."""

    def __call__(self, doc: Sheet) -> Sheet:
        """Try the rules in order; the first relation of an amount stands."""
        analysis = analysis_of(doc)
        amounts = read(doc, "amount")
        pots = Pots(analysis, amounts, read_by_amount(doc, "kind"))
        sums = Sums(analysis, amounts)
        related: dict[int, Found] = {}
        for sentence, own in _by_sentence(analysis, amounts):
            stated = _in_sentence(analysis, sentence, own, pots, sums, related)
            other = {f.amount for f in stated if f.values["type"] != "part_of"}
            inside = sums_in_sentence(analysis, sentence, own)
            added = [*stated, *(inside if other.isdisjoint(f.amount for f in inside) else [])]
            pots.settle(own, [f for f in added if related.setdefault(f.amount, f) is f])
        for found in rates_and_totals(analysis, amounts, read_by_amount(doc, "timeframe")):
            related.setdefault(found.amount, found)
        write(doc, "relation", [related[i] for i in sorted(related)])
        return doc


def _by_sentence(
    analysis: Analysis, amounts: Sequence[Found]
) -> list[tuple[Sentence, list[Found]]]:
    grouped: dict[int, list[Found]] = {}
    for amount in amounts:
        grouped.setdefault(sentence_at(analysis.sentences, amount.start), []).append(amount)
    return [(analysis.sentences[i], own) for i, own in grouped.items()]


def _in_sentence(
    analysis: Analysis,
    sentence: Sentence,
    own: list[Found],
    pots: Pots,
    sums: Sums,
    related: Mapping[int, Found],
) -> list[Found]:
    found: dict[int, Found] = {}
    for place, amount in enumerate(own):
        previous = own[place - 1] if place else None
        for result in _stated(analysis, sentence, previous, amount, pots, found):
            if _possible(result, pots) and found.setdefault(result.amount, result) is result:
                pots.note(result)
        if previous and amount.amount not in found:
            carried = _carried(analysis, previous, amount, found.get(previous.amount))
            if carried:
                found[amount.amount] = carried
    for item in _shares_of_a_whole(analysis, sentence, own, pots, sums, found):
        found.setdefault(item.amount, item)
    return [item for item in found.values() if item.amount not in related]


def _shares_of_a_whole(
    analysis: Analysis,
    sentence: Sentence,
    own: list[Found],
    pots: Pots,
    sums: Sums,
    found: Mapping[int, Found],
) -> Iterator[Found]:
    """Yield items of lists, shares of a pot named first, and parts that add up to a pot."""
    bases = {int(r.values["to"]) for r in found.values() if r.values["type"] == "replaces"}
    for amount in own:
        if amount.amount not in found and amount.amount not in bases:
            item = list_item(analysis, sentence, amount, pots, sums)
            if item:
                yield item
    yield from _fronted(analysis, sentence, own, pots, bases)
    yield from table_rows(analysis, sentence, own[0], sums)
    if len(own) >= _MANY and not bases and (pot := sums.of(own)):
        yield from adds_up_to_pot(own, pot, found)
    if len(own) > 1 and not bases and _REST.search(analysis.window(sentence).lower):
        for pot in (pots.meant_by(own[0]), pots.main_before(own[0])):
            if pot and all(pots.alike(pot, amount) for amount in own):
                yield from adds_up_to_pot(own, pot, found)


def _stated(
    analysis: Analysis,
    sentence: Sentence,
    previous: Found | None,
    amount: Found,
    pots: Pots,
    found: Mapping[int, Found],
) -> Iterator[Found]:
    """Yield what each rule says of an amount, in the order of the rules."""
    for rule in analysis.rules("relation.toml", sentence):
        if previous is None and rule.values["where"] == "between":
            continue
        if rule.id == "relation.further" and previous:
            previous = pots.beside_of(amount, sentence) or previous
            carried = _carried(analysis, previous, amount, found.get(previous.amount))
            if carried:
                yield carried
            if carried or not pots.alike(previous, amount):
                continue
        result = _apply(rule, analysis, sentence, previous, amount, pots)
        if result and not (rule.id in _OWN_POT and _is_base(result.amount, found)):
            yield result


def _is_base(amount: int, found: Mapping[int, Found]) -> bool:
    """Tell whether another figure was said to come on top of this one."""
    return any(
        item.values["type"] == "in_addition_to" and item.values["to"] == amount
        for item in found.values()
    )


def _fronted(
    analysis: Analysis,
    sentence: Sentence,
    own: list[Found],
    pots: Pots,
    bases: Set[int],
) -> list[Found]:
    """Make every figure of a sentence that begins `Of this,` a part of what `this` means."""
    window = analysis.window(sentence)
    match = _FRONTED.match(window.lower)
    if match is None:
        return []
    named = match.end() > own[0].end - window.start
    whole = own[0] if named else pots.named_whole(match[0], own[0]) or pots.meant_by(own[0])
    parts = []
    for amount in own[1:] if named else own:
        other = amount.values["per"] or amount.amount in bases
        compared = _COMPARED.search(window.lower, 0, amount.start - window.start)
        if whole and not other and not compared and smaller(amount, whole):
            parts.append(related_to(amount, whole, "part_of", "relation.fronted-share", share=True))
    return parts


def _possible(relation: Found, pots: Pots) -> bool:
    """Refuse a part that is not below its whole."""
    if relation.values["type"] != "part_of":
        return True
    target = pots.amount(int(relation.values["to"]))
    return not smaller(target, pots.amount(relation.amount))


def _apply(
    rule: Rule,
    analysis: Analysis,
    sentence: Sentence,
    previous: Found | None,
    amount: Found,
    pots: Pots,
) -> Found | None:
    masked, where = analysis.masked, rule.values["where"]
    if where == "between":
        return _between(rule, analysis, sentence, previous, amount)
    hit = beside(rule, analysis, sentence, amount)
    if hit is None:
        return None
    at, to = rule.values.get("at"), rule.values["to"]
    if at:
        words = masked[hit.start : hit.end].lower()
        carrier = pots.headline_before(amount) if at == "main" else pots.carrier(words, amount)
        return _relation(carrier, amount, rule) if carrier else None
    if to == "pot" and rule.values.get("share") and not pots.any_before(amount):
        pots.leave_unstated(amount)
    if to in {"main", "rest"}:
        target = (pots.broken_down(amount) if to == "rest" else None) or pots.subject_before(amount)
        if target and not smaller(amount, target):
            target = pots.meant_by(amount)
    elif to == "previous" and previous:
        target = previous
    else:
        target = pots.rated_before(amount) if to == "previous" else None
        words = masked[hit.start : hit.end].lower()
        target = target or pots.named_whole(words, amount) or pots.meant_by(amount)
        if to == "previous" and target is None:
            target = pots.nearest(amount)
        if to == "pot" and target and not smaller(amount, target):
            target = pots.main_before(amount) or target
    return _relation(amount, target, rule) if target and _differ(rule, target, amount) else None


def _between(
    rule: Rule, analysis: Analysis, sentence: Sentence, previous: Found | None, amount: Found
) -> Found | None:
    if previous is None:
        return None
    window = analysis.window(sentence)
    begin, end = previous.end - window.start, amount.start - window.start
    read, text = (rule.pattern, window.text) if rule.cased else (rule.lowered, window.lower)
    if not read.fullmatch(text, begin, end):
        return None
    lead = rule.values.get("lead")
    if lead and not compile_pattern(lead).search(text, 0, previous.start - window.start):
        return None
    if not _differ(rule, previous, amount):
        return None
    if rule.values["at"] == "first":
        return _relation(previous, amount, rule)
    return _relation(amount, previous, rule)


def _differ(rule: Rule, previous: Found, amount: Found) -> bool:
    """Tell whether two figures differ in what the rule asks for, so that one restates the other."""
    differ = rule.values.get("differ")
    if differ == "currency":
        return bool(previous.values["currency"] != amount.values["currency"])
    if differ != "rate":
        return True
    if previous.values["per"] == amount.values["per"]:
        return False
    if previous.values["per"] and amount.values["per"]:
        return True
    rate, total = (previous, amount) if previous.values["per"] else (amount, previous)
    return not smaller(total, rate)


def _shares(rule: Rule) -> bool:
    return bool(rule.values.get("share"))


def _relation(carrier: Found, target: Found, rule: Rule) -> Found:
    return related_to(carrier, target, rule.values["type"], rule.id, share=_shares(rule))


def _carried(
    analysis: Analysis, previous: Found, amount: Found, first: Found | None
) -> Found | None:
    """Let the second of two coordinated parts be part of the same whole."""
    if first is None or amount.values["per"] or first.start == amount.start:
        return None
    added = first.rule == "relation.on-top-of-that"
    if not added and (first.values["type"] != "part_of" or first.rule == "relation.part-of-wider"):
        return None
    if not _COORDINATION.fullmatch(analysis.masked, previous.end, amount.start):
        return None
    rule = "relation.coordinated-addition" if added else "relation.coordinated-part"
    return Found(amount.amount, first.start, first.end, rule, dict(first.values))
