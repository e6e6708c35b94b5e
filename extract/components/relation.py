"""`earmark_relation`: what one amount is to another of the same document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.language import Language

from extract.analysis import Analysis, analysis_of
from extract.arithmetic import (
    rates_and_totals,
    related_to,
    smaller,
    sums_in_sentence,
)
from extract.groups import Found, Sheet, read, read_by_amount, write
from extract.matching import beside
from extract.pots import Pots
from extract.rulebook import Rule, compile_pattern, pattern
from extract.sentences import Sentence, sentence_at

_COORDINATION = pattern("relation.coordination")
_LISTING = pattern("relation.listing")


_CONTENTS = pattern("relation.contents")


class RelationFinder:
    """Write relations to `doc.spans["earmark_relation"]`, on the other amount's span."""

    def __call__(self, doc: Sheet) -> Sheet:
        """Try the rules in order; the first relation of an amount stands."""
        analysis = analysis_of(doc)
        amounts = read(doc, "amount")
        pots = Pots(analysis, amounts, read_by_amount(doc, "kind"))
        related: dict[int, Found] = {}
        for sentence, own in _by_sentence(analysis, amounts):
            stated = _in_sentence(analysis, sentence, own, pots, related)
            added = [*stated, *sums_in_sentence(analysis, sentence, own)]
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
    related: Mapping[int, Found],
) -> list[Found]:
    found: dict[int, Found] = {}
    for place, amount in enumerate(own):
        previous = own[place - 1] if place else None
        for rule in analysis.rules("relation.toml", sentence):
            if (
                rule.id == "relation.further"
                and previous
                and (carried := _carried(analysis, previous, amount, found.get(previous.amount)))
            ):
                found.setdefault(amount.amount, carried)
                continue
            result = _apply(rule, analysis, sentence, previous, amount, pots)
            if result and result.amount not in found:
                found[result.amount] = result
        if amount.amount not in found and (item := _list_item(analysis, sentence, amount, pots)):
            found[amount.amount] = item
        if previous and amount.amount not in found:
            first = found.get(previous.amount)
            if carried := _carried(analysis, previous, amount, first):
                found[amount.amount] = carried
    return [
        item
        for item in found.values()
        if item.amount not in related and _possible(item, own, pots.amount(int(item.values["to"])))
    ]


def _possible(relation: Found, own: list[Found], target: Found) -> bool:
    """Refuse a part that is not below its whole."""
    if relation.values["type"] != "part_of":
        return True
    part = next((a for a in own if a.amount == relation.amount), None)
    return part is None or not smaller(target, part)


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
        return _between(rule, masked, sentence, previous, amount)
    if beside(rule, analysis, sentence, amount) is None:
        return None
    at = rule.values.get("at")
    if at:
        carrier = pots.headline_before(amount) if at == "main" else pots.meant_by(amount)
        return _relation(carrier, amount, rule) if carrier else None
    if rule.values["to"] == "pot" and rule.values.get("share") and not pots.any_before(amount):
        pots.leave_unstated(amount)
    if rule.values["to"] == "main":
        main = pots.subject_before(amount)
        return _relation(amount, main, rule) if main else None
    target = previous if rule.values["to"] == "previous" and previous else pots.meant_by(amount)
    if rule.values["to"] == "previous" and target is None:
        target = pots.nearest(amount)
    return _relation(amount, target, rule) if target else None


def _between(
    rule: Rule, masked: str, sentence: Sentence, previous: Found | None, amount: Found
) -> Found | None:
    if previous is None or not rule.pattern.fullmatch(masked, previous.end, amount.start):
        return None
    lead = rule.values.get("lead")
    if lead and not compile_pattern(lead).search(masked[sentence.start : previous.start]):
        return None
    differ = rule.values.get("differ")
    if differ == "rate" and previous.values["per"] == amount.values["per"]:
        return None
    if differ == "currency" and previous.values["currency"] == amount.values["currency"]:
        return None
    if rule.values["at"] == "first":
        return _relation(previous, amount, rule)
    return _relation(amount, previous, rule)


def _shares(rule: Rule) -> bool:
    return bool(rule.values.get("share"))


def _relation(carrier: Found, target: Found, rule: Rule) -> Found:
    return related_to(carrier, target, rule.values["type"], rule.id, share=_shares(rule))


def _carried(
    analysis: Analysis, previous: Found, amount: Found, first: Found | None
) -> Found | None:
    """Let the second of two coordinated parts be part of the same whole."""
    if first is None or first.values["type"] != "part_of" or amount.values["per"]:
        return None
    if first.start == amount.start or first.rule == "relation.part-of-wider":
        return None
    if not _COORDINATION.fullmatch(analysis.masked, previous.end, amount.start):
        return None
    values = dict(first.values)
    return Found(amount.amount, first.start, first.end, "relation.coordinated-part", values)


def _list_item(analysis: Analysis, sentence: Sentence, amount: Found, pots: Pots) -> Found | None:
    """Make an item's amount part of the whole that its lead-in names or means."""
    if sentence.lead is None or amount.values["per"]:
        return None
    lead = analysis.sentence_of(sentence.lead)
    text = analysis.text[lead.start : lead.end]
    if not (_LISTING.search(text) or (lead.shape == "heading" and _CONTENTS.search(text))):
        return None
    whole = pots.whole_of(lead)
    if whole is None or not smaller(amount, whole):
        return None
    return related_to(amount, whole, "part_of", "relation.list-item", share=True)


@Language.factory("earmark_relation", assigns=["doc.spans"], requires=["doc.spans"])
def make_relation(nlp: Language, name: str) -> RelationFinder:
    """Return the component."""
    return RelationFinder()
