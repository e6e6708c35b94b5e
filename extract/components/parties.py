"""`earmark_parties`: who gets the money, who gives it, and who is reported as saying so."""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

from extract.analysis import Analysis, analysis_of
from extract.groups import Found, read, read_by_amount, write
from extract.speakers import PRONOUN, Bounds, lead_speaker, speaker_of
from extract.phrases import phrase_end, subject_before
from extract.recipients import name_end
from extract.rulebook import Rule, compile_pattern, load_rules
from extract.sentences import Sentence, sentence_at

_GIVER = compile_pattern(r".*\b{funder_noun}$")
_ROLES = ("recipient", "funder", "attribution")


class PartiesFinder:
    """Write recipients, funders and attributions; change nothing else."""

    def __call__(self, doc: Doc) -> Doc:
        """Read each amount's own sentence, then resolve pronouns to the last name in that role."""
        analysis = analysis_of(doc)
        named = read_by_amount(doc, "purpose_recipient")
        fields: dict[str, list[Found]] = {role: [] for role in _ROLES}
        last: dict[str, tuple[Bounds, str]] = {}
        for amount in read(doc, "amount"):
            found = _parties(analysis, amount)
            if amount.amount in named and "recipient" not in found:
                item = named[amount.amount]
                found["recipient"] = ((item.start, item.end), item.rule)
            if speaker := _attribution(analysis, amount):
                found["attribution"] = speaker
            for role, (bounds, rule) in found.items():
                resolved = _resolve(analysis, bounds, role, last)
                if resolved is None:
                    continue
                last[role] = (resolved, rule)
                fields[role].append(Found(amount.amount, *resolved, rule))
        for role, items in fields.items():
            write(doc, role, items)
        return doc


def _parties(analysis: Analysis, amount: Found) -> dict[str, tuple[Bounds, str]]:
    sentence = analysis.sentence_of(amount.start)
    found: dict[str, tuple[Bounds, str]] = {}
    for rule in load_rules("parties.toml", "side", "subject"):
        for role, bounds in _apply(rule, analysis, amount, sentence):
            if bounds:
                found.setdefault(role, (bounds, rule.id))
    return found


def _apply(
    rule: Rule, analysis: Analysis, amount: Found, sentence: Sentence
) -> list[tuple[str, Bounds | None]]:
    masked = analysis.masked
    if rule.values["side"] == "before":
        match = rule.pattern.search(masked[: amount.start], sentence.start)
    else:
        match = rule.pattern.match(masked, amount.end, sentence.end)
    if match is None:
        return []
    if role := rule.values.get("subject"):
        return [(role, subject_before(masked, match.start(), sentence.start))]
    if "owner" in match.re.groupindex:
        owner = match.start("owner"), match.end("owner")
        giver = _GIVER.match(masked[owner[0] : owner[1]])
        return [("funder" if giver else "recipient", owner)]
    role = next(name for name in _ROLES if name in match.re.groupindex)
    start = match.start(role)
    if rule.values["side"] == "before":
        return [(role, (start, match.end(role)))]
    end = phrase_end(masked, start, sentence.end)
    if role == "recipient":
        stop = name_end(masked, start, end)
        return [(role, (start, stop) if stop else None)]
    return [(role, _funder(masked, start, end))]


def _funder(masked: str, start: int, end: int) -> Bounds | None:
    """Cut a giver at its first comma or preposition of place and purpose."""
    stop = re.compile(r",|\s(?:to|for|on|over|in|at|towards|into|and then)\b").search(masked, start, end)
    end = stop.start() if stop else end
    return (start, end) if start < end else None


def _attribution(analysis: Analysis, amount: Found) -> tuple[Bounds, str] | None:
    """Return the speaker of the amount's sentence, of its quotation, or of the lead-in before it."""
    index = sentence_at(analysis.sentences, amount.start)
    sentence = analysis.sentences[index]
    if found := speaker_of(analysis, sentence, amount.start, amount.end):
        return found
    quoted = _in_quotation(analysis, index, amount.start)
    neighbours = [index + 1, index - 1] if quoted else []
    for other in neighbours:
        if 0 <= other < len(analysis.sentences) and analysis.sentences[other].block == sentence.block:
            near = analysis.sentences[other]
            if found := speaker_of(analysis, near, near.start, near.start):
                return found
    previous = index - 1
    while previous >= 0 and analysis.sentences[previous].block == sentence.block:
        previous -= 1
    return lead_speaker(analysis, previous) if previous >= 0 else None


def _in_quotation(analysis: Analysis, index: int, position: int) -> bool:
    """Tell whether a double quotation mark of the block is open at `position`."""
    block = analysis.sentences[index].block
    first = index
    while first > 0 and analysis.sentences[first - 1].block == block:
        first -= 1
    return analysis.text[analysis.sentences[first].start : position].count('"') % 2 == 1


def _resolve(
    analysis: Analysis, bounds: Bounds, role: str, last: dict[str, tuple[Bounds, str]]
) -> Bounds | None:
    """Replace a pronoun by the last full name in the same role; None when there is none."""
    if not PRONOUN.match(analysis.text[bounds[0] : bounds[1]].strip()):
        return bounds
    return last[role][0] if role in last else None


@Language.factory("earmark_parties", assigns=["doc.spans"], requires=["doc.spans"])
def make_parties(nlp: Language, name: str) -> PartiesFinder:  # noqa: ARG001 - spaCy's factory signature
    """Return the component."""
    return PartiesFinder()
