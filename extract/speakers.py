"""Who is reported as saying so: by the clause, the quotation or the lead-in of a sentence."""

from __future__ import annotations

import re

from extract.analysis import Analysis
from extract.phrases import phrase_end
from extract.rulebook import compile_pattern, lexicon, pattern
from extract.sentences import Sentence, sentence_at
from extract.subjects import subject_before

Bounds = tuple[int, int]

# Verbs that also have plain objects speak only before `that`, a quotation or a pause.
_WEAK = frozenset(lexicon()["weak_report"])
# Verbs whose plain object is a sum (`found £5m`): they report only before `that` or a quotation.
_TRANSITIVE = frozenset({"found", "added", "claims", "expects"})
_SAID = re.compile(r",? (?:that\b|\")")
_REPORT = compile_pattern(r"\b(?P<verb>{report})\b")
_COMPLEMENT = pattern("speaker.complement")
_ACCORDING = re.compile(r"\baccording to (?=\w)", re.I)
_BY = compile_pattern(r"\b{announce_verb}(?: [\w]+){0,2} by (?=\w)")
_INVERTED = pattern("speaker.inverted")
_APPOSED = re.compile(r", (?P<name>(?:[A-Z][\w.'-]+ ){1,3}[A-Z][\w'-]+)")
_HEADLINE = re.compile(r",? (?:says|say|warns?|claims?|finds?) (?P<name>[\w' -]{3,50})$")
_MODAL = pattern("speaker.modal")
# A sentence that is about somebody, though it reports nothing: `Sir Julian Hart, who ran …`.
_PERSON = re.compile(
    r"(?P<name>(?:(?:Sir|Dame|Lord|Lady|Dr|Mr|Mrs|Ms|Prof|Professor|Cllr|Councillor|Ald)\.? )?"
    r"[A-Z][\w'-]+ [A-Z][\w'-]+),? (?:who|whose|an?|the|has|had|is|was|of|from)\b"
)
_PUTS = pattern("speaker.puts")
_LEAD = pattern("speaker.lead")
PRONOUN = pattern("speaker.pronoun")
_NOT_SPEAKER = pattern("speaker.not-speaker")


def speaker_of(
    analysis: Analysis, sentence: Sentence, start: int, end: int
) -> tuple[Bounds, str] | None:
    """Return who is reported as stating what stands at `start` to `end`, with the rule's id."""
    masked = analysis.masked
    if bounds := _before(masked, sentence, start):
        return bounds, "attribution.says"
    if bounds := _behind(masked, sentence, end, sentence.end):
        return bounds, "attribution.said-behind"
    for cue, rule in (
        (_ACCORDING, "attribution.according-to"),
        (_BY, "attribution.announced-by"),
    ):
        for match in cue.finditer(masked, sentence.start, sentence.end):
            stop = _name_stop(masked, match.end(), sentence.end)
            if stop > match.end():
                return (match.end(), stop), rule
    return None


def last_speaker(analysis: Analysis, position: int) -> Bounds | None:
    """Return the last full name that spoke before `position`, at most five sentences back."""
    index = sentence_at(analysis.sentences, position)
    for other in range(index, max(-1, index - 6), -1):
        sentence = analysis.sentences[other]
        end = min(sentence.end, position)
        bounds = _before(analysis.masked, sentence, end) or _behind(
            analysis.masked, sentence, sentence.start, end
        )
        if bounds and not PRONOUN.match(analysis.text[bounds[0] : bounds[1]].strip()):
            return bounds
        person = _PERSON.match(analysis.text, sentence.start, end)
        if person:
            return person.span("name")
    return None


def lead_speaker(analysis: Analysis, index: int) -> tuple[Bounds, str] | None:
    """Return who speaks in the lead-in before a block (`Care minister Dana Whitlock said:`)."""
    sentence = analysis.sentences[index]
    match = _LEAD.match(analysis.masked[sentence.start : sentence.end])
    if not match:
        return None
    return (
        sentence.start + match.start("subject"),
        sentence.start + match.end("subject"),
    ), "attribution.lead-in"


def _before(masked: str, sentence: Sentence, start: int) -> Bounds | None:
    found: Bounds | None = None
    for match in _REPORT.finditer(masked, sentence.start, start):
        verb = match["verb"].lower()
        if re.match(r"\s*[,.](?!\s?\")", masked[match.end() : match.end() + 3]):
            continue  # `…, X said,` speaks of what stands before it
        if ";" in masked[match.end() : start] or _MODAL.search(masked[: match.start()][-14:]):
            continue
        if verb.split()[0] in _WEAK and not _COMPLEMENT.match(masked, match.end()):
            continue
        if verb in _TRANSITIVE and not _SAID.match(masked, match.end()):
            continue
        found = _speaker(masked, match.start(), sentence.start) or found
    puts = _PUTS.search(masked, sentence.start, start) if found is None else None
    return _speaker(masked, puts.start(), sentence.start) if puts else found


def _behind(masked: str, sentence: Sentence, end: int, limit: int) -> Bounds | None:
    if sentence.shape == "heading" and (match := _HEADLINE.search(masked[end:limit])):
        return end + match.start("name"), end + match.end("name")
    if match := _INVERTED.search(masked, end, limit):
        if proper := _APPOSED.match(masked, match.end("name"), limit):
            return proper.start("name"), proper.end("name")
        return match.start("name"), _name_stop(masked, match.start("name"), match.end("name"))
    for match in _REPORT.finditer(masked, end, limit):
        gap = masked[end : match.start()]
        pause = max(gap.rfind(", "), gap.rfind('" '), gap.rfind("' "), gap.rfind(" - "))
        if pause < 0 or re.match(r", (?:which|who|whose)\b", gap[pause:]):
            continue
        bounds = _speaker(masked, match.start(), end + pause + 1)
        if bounds and len(masked[bounds[1] : match.start()].split()) <= 3:  # noqa: PLR2004 - `has already`
            return bounds
    return None


def _speaker(masked: str, position: int, floor: int) -> Bounds | None:
    position = _without_auxiliaries(masked, position, floor)
    bounds = subject_before(masked, position, floor)
    if bounds is None or _NOT_SPEAKER.match(masked[bounds[0] : bounds[1]]):
        return None
    return bounds


_AUXILIARIES = pattern("speaker.auxiliaries")


def _without_auxiliaries(masked: str, position: int, floor: int) -> int:
    match = _AUXILIARIES.search(masked[floor:position])
    return floor + match.start() if match else position


def _name_stop(masked: str, start: int, end: int) -> int:
    """End a speaker's name at the first pause or verb."""
    stop = phrase_end(masked, start, end)
    comma = masked.find(",", start, stop)
    return comma if comma > start else stop
