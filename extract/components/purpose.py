"""`earmark_purpose`: what the money is for, what it is not for, and the recipient named there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from spacy.language import Language

from extract.analysis import Analysis, analysis_of
from extract.groups import Found, Sheet, read, read_by_amount, write
from extract.matching import beside, stands_beside
from extract.phrases import phrase_end
from extract.recipients import is_recipient, name_end
from extract.rulebook import MASKS, Rule, lexicon, pattern
from extract.sentences import Sentence
from extract.subjects import subject_before

_ONWARD = pattern("purpose.onward")
_EXCLUDES = pattern("purpose.excludes")
_ANOTHER = pattern("purpose.another")
# Rules whose phrase is an infinitive, which alone says nothing (`to run`).
_VERBAL = frozenset(
    {"purpose.to-infinitive", "purpose.later-to", "purpose.behind-aside", "purpose.it-will-use"}
)
_NEGATED = pattern("purpose.negated")


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase with what it turned out to be."""

    field: str
    start: int
    end: int
    rule: str


class PurposeFinder:
    """Write purposes, exclusions and the recipients they name; change nothing else."""

    def __call__(self, doc: Sheet) -> Sheet:
        """Read each amount's own sentence, rules in order of their file."""
        analysis = analysis_of(doc)
        kinds = read_by_amount(doc, "kind")
        fields: dict[str, list[Found]] = {"purpose": [], "excludes": [], "purpose_recipient": []}
        previous: Found | None = None
        for amount in read(doc, "amount"):
            sentence = analysis.sentence_of(amount.start)
            kind = str(kinds[amount.amount].values["kind"])
            phrases = _phrases(analysis, amount, sentence, kind)
            if previous and not phrases and previous.start >= sentence.start:
                phrases = _shared(analysis, previous, amount, fields["purpose"])
            for phrase in phrases:
                fields[phrase.field].append(
                    Found(amount.amount, phrase.start, phrase.end, phrase.rule)
                )
            previous = amount
            if excludes := _excludes(analysis, amount, sentence):
                fields["excludes"].append(excludes)
        for name, found in fields.items():
            write(doc, name, found)
        return doc


def _phrases(analysis: Analysis, amount: Found, sentence: Sentence, kind: str) -> list[_Phrase]:
    """Return the purpose and the recipient named with it, from the first rules that give them."""
    chosen: dict[str, _Phrase] = {}
    for rule in analysis.rules("purpose.toml", sentence):
        if kind not in rule.values.get("kinds", (kind,)):
            continue
        if rule.values.get("shape", sentence.shape) != sentence.shape:
            continue
        for phrase in _apply(rule, analysis, amount, sentence):
            chosen.setdefault(phrase.field, phrase)
        if "purpose" in chosen:
            break
    return list(chosen.values())


def _shared(
    analysis: Analysis, previous: Found, amount: Found, found: list[Found]
) -> list[_Phrase]:
    """Give an amount that only restates or continues the one before it the same purpose."""
    if not found or found[-1].amount != previous.amount:
        return []
    gap = analysis.masked[previous.end : amount.start]
    if stands_beside(analysis.masked, previous, amount) or _ANOTHER.search(gap):
        last = found[-1]
        return [_Phrase("purpose", last.start, last.end, f"{last.rule.split('+')[0]}+beside")]
    return []


def _apply(rule: Rule, analysis: Analysis, amount: Found, sentence: Sentence) -> list[_Phrase]:
    masked = analysis.masked
    hit = beside(rule, analysis, sentence, amount)
    if hit is None:
        return []
    if rule.values.get("subject"):
        bounds = subject_before(masked, hit.start, sentence.start)
        return [] if bounds is None else _as_purpose(analysis, *bounds, rule)
    if "purpose" in hit.groups:
        start, stop = hit.groups["purpose"]
        limit = stop if rule.values["side"] == "before" else sentence.end
        return _as_purpose(analysis, start, phrase_end(masked, start, limit), rule)
    if "compound" in hit.groups:
        return _as_purpose(analysis, *hit.groups["compound"], rule)
    if "label" in hit.groups:
        start, end = hit.groups["label"]
        field = "purpose_recipient" if is_recipient(masked[start:end], label=True) else "purpose"
        return [_Phrase(field, start, end, rule.id)]
    limit = hit.groups["span"][1] if "span" in hit.groups else sentence.end
    return _thing(analysis, hit.groups["thing"][0], limit, rule)


def _thing(analysis: Analysis, start: int, limit: int, rule: Rule) -> list[_Phrase]:
    """Decide whether a noun phrase is a recipient, and read on behind one for the purpose."""
    masked = analysis.masked
    end = phrase_end(masked, start, limit)
    if end <= start or masked[start] in MASKS:
        return []
    recipient_end = name_end(masked, start, end)
    if recipient_end is None:
        return _as_purpose(analysis, start, end, rule)
    found = [_Phrase("purpose_recipient", start, recipient_end, rule.id)]
    onward = _ONWARD.match(masked, recipient_end, limit)
    if onward:
        begin = onward.start("infinitive") if onward["infinitive"] else onward.start("gerund")
        found += _as_purpose(analysis, begin, phrase_end(masked, begin, limit), rule)
    return found


@cache
def _empty_words() -> tuple[frozenset[str], frozenset[str]]:
    """Return the phrases that name no purpose, and the words of which none says what for."""
    money = {*lexicon()["fund_noun"], *lexicon()["fund_modifier"], "and", "of", "the", "in", "a"}
    return frozenset(lexicon()["generic_purpose"]), frozenset(money)


def _as_purpose(analysis: Analysis, start: int, end: int, rule: Rule) -> list[_Phrase]:
    words = analysis.text[start:end].strip(" \"'").lower()
    bare = re.sub(r"^(?:the|a|an|this|its|their|his|her|our|some|more|such|that)\s+", "", words)
    generic, money = _empty_words()
    bare_verb = rule.id in _VERBAL and " " not in words
    if end <= start or bare_verb or words in generic or bare in generic:
        return []
    if money.issuperset(bare.split()):
        return []
    return [_Phrase("purpose", start, end, rule.id)]


def _excludes(analysis: Analysis, amount: Found, sentence: Sentence) -> Found | None:
    masked = analysis.masked
    for match in _EXCLUDES.finditer(masked, amount.end, sentence.end):
        if not _NEGATED.search(match.group()) or masked[amount.end : match.start()].count("\ue000"):
            continue
        end = phrase_end(masked, match.end(), sentence.end)
        if end > match.end():
            return Found(amount.amount, match.end(), end, "excludes.not-for")
    return None


@Language.factory("earmark_purpose", assigns=["doc.spans"], requires=["doc.spans"])
def make_purpose(nlp: Language, name: str) -> PurposeFinder:
    """Return the component."""
    return PurposeFinder()
