"""Which verb of a sentence an amount is the object of, and who that verb's other parties are.

A rule with `side = "clause"` names verbs alone, and the roles around them: `subject` is the role of
the active verb's subject, `passive` that of the passive one's (`was given £5m`), `object` that of
the noun phrase between the verb and its amount (`give Cardiff £5m`). An amount belongs to the
nearest such verb before it, if nothing that opens another clause stands between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extract.analysis import Analysis, Window
from extract.asking import party_of_verb
from extract.groups import Found
from extract.recipients import is_recipient
from extract.rulebook import AMOUNT_MASK, Rule, lexicon, pattern
from extract.sentences import Sentence
from extract.subjects import subject_before

Bounds = tuple[int, int]

_BREAK = pattern("clause.break")
_SECOND = pattern("clause.second")
_NOUN_BEFORE = pattern("clause.noun-before")
_NOUN_BEHIND = pattern("clause.noun-behind")
_FILLED = pattern("clause.filled")
_OBJECT = pattern("clause.object")
_NO_OBJECT = pattern("clause.no-object")
_NAMED = pattern("clause.named")
_BE = re.compile(
    r"\b(?:be|been|being|is|are|was|were|get|gets|got) (?:[a-z]+ly |also |now |each )?$"
)
_PARTICIPLE = re.compile(r"(?:ed|en|nt|id|ut|ade|de|ft|ht)$")
_PARTICIPLE_BEFORE = re.compile(r"(?:^|[,(] |- |\b(?:by|and|or|while|after|before|also) )$")
# `is celebrating after being awarded`: who celebrates is who was awarded.
_DEPENDS = re.compile(r"\b(?:after|since|on|upon|by|from|for|with|of|before|following) $")
_TOLD = pattern("clause.told")
_PLANS = pattern("clause.plans")
_PLURAL = re.compile(r"\b(?:have|has|had|will|would|to|be|been|can|could|may) [a-z]+[^s]s$")
_FINITE = pattern("clause.finite")
_HEAD_VERB = re.compile(r" [a-z]+$")
# Headings leave out `was` before these, unless an object follows.
_GOT = frozenset(
    {"awarded", "given", "granted", "handed", "offered", "allocated", "fined", "gifted"}
)
_WHO = re.compile(r"\b(?:he|she|it|they|we|i|who|which|that) $")
_ACTIVE = re.compile(r" (?:(?:the|an?|its|their|his|her|more|local|each) |[A-Z])")
_REACH = 120


def _by_last_word(phrases: Iterable[str]) -> dict[str, list[str]]:
    """Return phrases by their last word, the longest first."""
    table: dict[str, list[str]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        table.setdefault(phrase.rsplit(" ", 1)[-1], []).append(phrase)
    return table


_AUXILIARIES = _by_last_word({*lexicon()["aux"], *lexicon()["adverb"]})
_MASK = re.compile(f"{AMOUNT_MASK}+")


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb that a rule names.

    Attributes:
        start: Where its group begins, auxiliaries and adverbs with it.
        word: Where the verb itself begins.
        end: One past the verb.
        rule: The rule that names it.
        passive: It stands in the passive.
        loose: An infinitive or participle, whose subject is that of another verb.
    """

    start: int
    word: int
    end: int
    rule: Rule
    passive: bool
    loose: bool


def verbs_of(analysis: Analysis, sentence: Sentence) -> list[Verb]:
    """Return the verbs of a sentence that rules name, in order, found once."""
    key = ("verbs", sentence.start)
    if key not in analysis.kept:
        analysis.kept[key] = _find_verbs(analysis, sentence)
    verbs: list[Verb] = analysis.kept[key]
    return verbs


def _find_verbs(analysis: Analysis, sentence: Sentence) -> list[Verb]:
    window = analysis.window(sentence)
    found: list[Verb] = []
    for rule in analysis.rules("parties.toml", sentence):
        if rule.values.get("side") == "clause":
            for match in rule.lowered.finditer(window.lower):
                heading = sentence.shape == "heading"
                verb = _verb(window, match.span(), rule, heading=heading)
                if verb and _is_verb(window, verb, heading=heading):
                    found.append(verb)
    return sorted(found, key=lambda verb: (verb.word, -verb.end))


def _verb(window: Window, span: Bounds, rule: Rule, *, heading: bool) -> Verb:
    lower, (start, end) = window.lower, span
    first = _chain_start(lower, start)
    leading = lower[first:start]
    word = lower[start:end].split()[0]
    passive = bool(_BE.search(leading) and _PARTICIPLE.search(word))
    if heading and not leading and word in _GOT and not _WHO.search(lower[:start]):
        passive = _ACTIVE.match(window.text, end) is None
    participle = bool(
        not leading and word.endswith("ing") and _PARTICIPLE_BEFORE.search(lower[:start])
    )
    depends = bool(leading.startswith("being ") and _DEPENDS.search(lower[:first]))
    loose = leading.startswith("to ") or participle or depends
    offset = window.start
    return Verb(offset + first, offset + start, offset + end, rule, passive, loose)


def _is_verb(window: Window, verb: Verb, *, heading: bool) -> bool:
    """Tell whether a word stands as a verb, not as a noun or in a name (`a grant`, `Arts Fund`)."""
    start, end = verb.word - window.start, verb.end - window.start
    if verb.start < verb.word:  # `will have grants of` is no verb, `also puts` is
        return not _PLURAL.search(window.lower[verb.start - window.start : end])
    if _NOUN_BEFORE.search(window.lower[:start]):
        return False
    if window.text[start].isupper() and start and not heading and not window.text.isupper():
        return False
    if window.lower[start:end].split()[0].endswith("ing"):
        return verb.rule.values.get("subject") == "recipient" or bool(
            _PARTICIPLE_BEFORE.search(window.lower[:start])
        )
    return window.lower[start:end].endswith("ed") or not _NOUN_BEHIND.match(window.lower, end)


def _chain_start(lower: str, start: int) -> int:
    """Return where the auxiliaries and adverbs before a verb begin."""
    while start and lower[start - 1] == " ":
        word = lower[lower.rfind(" ", 0, start - 1) + 1 : start - 1]
        for phrase in _AUXILIARIES.get(word, ()):
            begin = start - 1 - len(phrase)
            if lower.startswith(phrase, begin) and (begin <= 0 or lower[begin - 1] == " "):
                start = max(begin, 0)
                break
        else:
            if not word.endswith("ly"):
                return start
            start -= len(word) + 1
    return start


def governing(analysis: Analysis, sentence: Sentence, amount: Found) -> list[Verb]:
    """Return the readings of the nearest verb before an amount, if the amount is its object."""
    nearest: list[Verb] = []
    for verb in verbs_of(analysis, sentence):
        if verb.end > amount.start:
            break
        if nearest and nearest[-1].end >= verb.end:
            if nearest[-1].word == verb.word and nearest[-1].end == verb.end:
                nearest.append(verb)
            continue
        nearest = [verb]
    if not nearest or not _reaches(analysis.masked, nearest[0].end, amount.start):
        return []
    return nearest


def _reaches(masked: str, start: int, stop: int) -> bool:
    """Tell whether nothing between a verb and an amount opens another clause."""
    position = start
    for match in _MASK.finditer(masked, start, stop):
        if stop - match.end() > _REACH or not _SECOND.fullmatch(
            masked, match.end(), _next(masked, match.end(), stop)
        ):
            return False
        position = match.end()
    if stop - start > 3 * _REACH or stop - position > _REACH:
        return False
    return _BREAK.search(masked, start, stop) is None


def _next(masked: str, start: int, stop: int) -> int:
    following = masked.find(AMOUNT_MASK, start, stop)
    return following if following >= 0 else stop


def roles(
    verb: Verb, analysis: Analysis, sentence: Sentence, amount: Found
) -> Iterator[tuple[str, Bounds]]:
    """Yield each role that a verb gives, with the noun phrase that fills it."""
    values = verb.rule.values
    masked = analysis.masked
    role = None if verb.passive and "passive" in values else values.get("object")
    if role and (bounds := _object(masked, verb.end, amount.start)):
        yield role, bounds
    role = values.get("passive") if verb.passive else values.get("subject")
    guess = subject_of(verb, masked, sentence) if role else None
    if role and (bounds := party_of_verb(analysis, verb.word, role, guess)):
        yield role, bounds


def _object(masked: str, start: int, stop: int) -> Bounds | None:
    """Return the noun phrase between a verb and its amount; None when only fillers stand there."""
    if _FILLED.fullmatch(masked, start, stop):
        return None
    match = _OBJECT.fullmatch(masked, start, stop)
    if match is None:
        return None
    begin, end = match.span("np")
    phrase = masked[begin:end]
    if _NO_OBJECT.search(phrase):
        return None
    return (begin, end) if _NAMED.match(phrase) or is_recipient(phrase) else None


def subject_of(verb: Verb, masked: str, sentence: Sentence) -> Bounds | None:
    """Return a verb's subject; that of the verb it depends on where it has none of its own."""
    planned = masked.startswith("plans to ", verb.start)
    if verb.loose or planned:
        head = verb.start + len("plans") * planned
        if plans := _PLANS.search(masked[sentence.start : head].rstrip()):
            begin = _chain_start(masked, sentence.start + plans.start())
            return subject_before(masked, max(begin, sentence.start), sentence.start)
    if not verb.loose:
        return subject_before(masked, verb.start, sentence.start)
    if told := _TOLD.search(masked, sentence.start, verb.start):  # `announced hospitals to get`
        return told.span("np")
    return _subject_of_main(verb, masked, sentence)


def _subject_of_main(verb: Verb, masked: str, sentence: Sentence) -> Bounds | None:
    """Return the subject of the verb that a loose one depends on."""
    last: re.Match[str] | None = None
    for match in _FINITE.finditer(masked, sentence.start, verb.start):
        last = match
    if last is not None:
        begin = _chain_start(masked, last.start())
        return subject_before(masked, max(begin, sentence.start), sentence.start)
    if sentence.shape == "heading" and masked.startswith("to ", verb.start):  # `UK to add £21m`
        return subject_before(masked, verb.start, sentence.start)
    head = _HEAD_VERB.search(masked[sentence.start : verb.start].rstrip())
    if head is None:
        return None
    return subject_before(masked, sentence.start + head.start(), sentence.start)


def main_subject(analysis: Analysis, sentence: Sentence, stop: int) -> Bounds | None:
    """Return the subject of a sentence's first finite verb before `stop`; None when unclear."""
    masked = analysis.masked
    match = _FINITE.search(masked, sentence.start, stop)
    if match is None:
        return None
    begin = max(_chain_start(masked, match.start()), sentence.start)
    return subject_before(masked, begin, sentence.start)
